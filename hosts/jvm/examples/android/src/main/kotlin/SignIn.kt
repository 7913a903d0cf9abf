package example

import landfall.Auth
import landfall.Profile
import landfall.Request
import landfall.Response
import java.io.ByteArrayInputStream
import java.io.InputStream
import java.net.URI
import java.net.URISyntaxException
import java.net.URLEncoder
import java.security.SecureRandom
import java.util.Base64

/** Texts by name, in the app's own storage: other apps cannot read it. */
interface Store {
    fun read(name: String): String?

    fun write(name: String, value: String)
}

/** What became of a link: the path of the app's page to show, or the code of an error in docs/errors.md. */
data class Outcome(val path: String, val error: String?)

/**
 * The sign-in of an app on a phone, with a provider that the app speaks to directly. The app is a public client. It is
 * its own server, and its own browser: the cookies, with the PKCE verifier and the session, are in its storage.
 *
 * @param origin of the links that open the app, such as `https://app.example`
 * @param provider its options; the provider comes back to `<origin>/auth/callback/sso`
 */
class SignIn(private val origin: String, provider: Map<String, Any>, private val store: Store) : AutoCloseable {
    private val auth = Auth.Builder(
        mapOf(
            "origin" to origin,
            "secret" to secret(),
            "session" to true,
            "paths" to mapOf("error" to ERROR_PATH),
            "providers" to mapOf("sso" to provider),
        ),
    ).build()

    /** Starts a sign-in. Open the address that it gives in a custom tab. @param next the page to show afterwards */
    fun start(next: String): String {
        val location = locationOf(send("GET", "/auth/sign-in?next=${URLEncoder.encode(next, "UTF-8")}"))
        check(!location.startsWith(ERROR_PATH)) { location }
        return location
    }

    /** Finishes the sign-in of a link with which the system opened the app. Null for every other link. */
    fun complete(link: String): Outcome? {
        val path = pathOf(link)?.takeIf { it.startsWith("/auth/callback/") } ?: return null
        val to = URI(locationOf(send("GET", path)))
        if (to.path != ERROR_PATH) return Outcome(to.toString().removeSuffix("#"), null)
        return Outcome(ERROR_PATH, Regex("(?:^|&)error=(\\w+)").find(to.rawQuery)?.groupValues?.get(1))
    }

    /** Gives who is signed in, or null. */
    fun user(): Profile? = auth.getUser(AppRequest("GET", "/"))

    /** Ends the session. */
    fun signOut() {
        send("POST", "/auth/sign-out")
    }

    override fun close() = auth.close()

    private fun send(method: String, path: String): Response =
        checkNotNull(auth.handle(AppRequest(method, path))) { path }.also { response ->
            response.headers.filter { it.key == "set-cookie" }.forEach { keep(it.value) }
        }

    private fun locationOf(response: Response) = response.headers.first { it.key == "location" }.value

    /** The path and the query of a link to the app, as they are written. */
    private fun pathOf(link: String): String? = try {
        val uri = URI(link)
        "${uri.rawPath}?${uri.rawQuery}".takeIf { "${uri.scheme}://${uri.rawAuthority}" == origin }
    } catch (_: URISyntaxException) {
        null
    }

    private fun cookies(): Map<String, String> = store.read(COOKIES).orEmpty().split("; ").filter { it != "" }
        .associate { it.substringBefore('=') to it.substringAfter('=') }

    /** Does what a browser does with a Set-Cookie line. */
    private fun keep(line: String) {
        val name = line.substringBefore('=')
        val value = line.substringAfter('=').substringBefore(';')
        val isOver = value == "" || line.contains("; Max-Age=0", ignoreCase = true)
        val all = if (isOver) cookies() - name else cookies() + (name to value)
        store.write(COOKIES, all.map { (name, value) -> "$name=$value" }.joinToString("; "))
    }

    /** The key of the seals. Each phone draws its own, at the first start. */
    private fun secret(): String = store.read(SECRET) ?: ByteArray(SECRET_BYTES).let { bytes ->
        SecureRandom().nextBytes(bytes)
        Base64.getEncoder().encodeToString(bytes).also { store.write(SECRET, it) }
    }

    private inner class AppRequest(override val method: String, path: String) : Request {
        override val url = origin + path

        override fun headers(name: String): List<String> = when (name.lowercase()) {
            "cookie" -> listOf(cookies().map { (name, value) -> "$name=$value" }.joinToString("; "))
            "host" -> listOf(URI(origin).rawAuthority)
            "origin" -> listOf(origin)
            else -> emptyList()
        }

        override fun body(): InputStream = ByteArrayInputStream(ByteArray(0))

        override fun addCookie(line: String) = keep(line)
    }

    private companion object {
        const val COOKIES = "cookies"
        const val SECRET = "secret"
        const val SECRET_BYTES = 32
        const val ERROR_PATH = "/sign-in-failed"
    }
}
