package landfall

import com.grack.nanojson.JsonParser
import com.grack.nanojson.JsonWriter
import java.net.URI
import java.net.http.HttpRequest
import java.util.UUID
import java.util.concurrent.ConcurrentHashMap

private fun readVariable(name: String) = JsonParser.`object`().from(System.getenv(name) ?: "{}")

private fun tell(vararg parts: Pair<String, Any?>) = println(JsonWriter.string(mapOf(*parts)))

/** The app of docs/abi.md ("Test your host"). */
private class App {
    private val sessions = ConcurrentHashMap<String, Pair<String, String>>()

    fun signIn(signIn: SignIn): Answer {
        tell(
            "hook" to "session",
            "provider" to signIn.provider,
            "next" to signIn.next,
            "redirect_type" to signIn.redirectType,
            "current" to signIn.current?.provider.orEmpty(),
            "session" to signIn.session,
        )
        check(signIn.next != "/refused") { "this person may not sign in" }
        val id = UUID.randomUUID().toString()
        sessions[id] = signIn.provider to signIn.session["access_token"].toString()
        val answer = Answer().header("Set-Cookie", "app-session=$id; Path=/; HttpOnly; SameSite=Lax")
        return mapOf("/first" to "/tour", "/astray" to "//evil.example")[signIn.next]?.let(answer::redirect) ?: answer
    }

    fun signOut(request: Request): Answer {
        tell("hook" to "sign_out")
        val cookies = request.headers("cookie").joinToString("; ")
        val id = Regex("app-session=([^;]*)").find(cookies)?.groupValues?.get(1).orEmpty()
        check(id != "broken") { "the database does not answer" }
        val answer = Answer().header("Set-Cookie", "app-session=; Path=/; Max-Age=0")
        val (provider, token) = sessions.remove(id) ?: return answer
        return answer.revoke(provider, token, "access_token")
    }
}

/** A page of the app: a provider posts there that a session has ended. Every other address is nobody's. */
private fun answer(auth: Auth, request: Request): Int {
    if (!request.url.endsWith("/logout-token")) return 404
    return try {
        val found = auth.verifyLogoutToken(request)
        val (sub, sid) = listOf(found.sub, found.sid).map { it.orEmpty() }
        tell("hook" to "logout", "provider" to found.provider, "sub" to sub, "sid" to sid, "jti" to found.jti)
        200
    } catch (failure: LandfallException) {
        tell("hook" to "logout", "code" to failure.code, "parameter" to failure.parameter)
        400
    }
}

/** Sends a request to the address that its origin has in this network. */
private fun inNetwork(addresses: Map<String, Any?>): Transport {
    val usual = Transport.of()
    return Transport { request ->
        val origin = request.uri().run { "$scheme://$rawAuthority" }
        val url = request.uri().toString().replaceFirst(origin, addresses[origin]?.toString() ?: origin)
        usual.send(HttpRequest.newBuilder(request) { _, _ -> true }.uri(URI(url)).build())
    }
}

/** A host under test: docs/abi.md says what it takes and prints. */
fun main(arguments: Array<String>) {
    val app = App()
    val auth =
        Auth
            .Builder(readVariable("LANDFALL_OPTIONS"))
            .onSession(app::signIn)
            .onSignOut(app::signOut)
            .transport(inNetwork(readVariable("LANDFALL_ADDRESSES")))
            .build()
    val port = System.getenv("PORT").toInt()
    if (arguments.contentEquals(arrayOf("tomcat"))) {
        startTomcat(port, auth) { request, response ->
            response.status = answer(auth, JakartaRequest(request, response))
        }
    } else {
        startJetty(port, auth) { answer(auth, it) }
    }
    println("listening")
}
