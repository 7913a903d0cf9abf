package landfall

import com.grack.nanojson.JsonWriter
import java.io.InputStream
import java.net.http.HttpClient
import java.net.http.HttpHeaders
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.util.Optional

private const val SITE = "https://app.example"
private const val TOKENS = """{"access_token":"access","token_type":"bearer","expires_in":3600}"""
private const val RUNS = 20_000

/** HotSpot compiles the module for the second time after this many. */
private const val WARM = 80_000

/** Tokens for each request, at once. */
private class Tokens(private val request: HttpRequest) : HttpResponse<InputStream> {
    override fun statusCode() = 200

    override fun request() = request

    override fun previousResponse() = Optional.empty<HttpResponse<InputStream>>()

    override fun headers(): HttpHeaders =
        HttpHeaders.of(mapOf("content-type" to listOf("application/json"))) { _, _ -> true }

    override fun body(): InputStream = TOKENS.byteInputStream()

    override fun sslSession() = Optional.empty<javax.net.ssl.SSLSession>()

    override fun uri() = request.uri()

    override fun version() = HttpClient.Version.HTTP_1_1
}

private val settings = mapOf(
    "origin" to SITE,
    "secret" to SECRET,
    "session" to true,
    "providers" to mapOf(
        "work" to mapOf(
            "clientId" to "id",
            "clientSecret" to "secret",
            "authorizationEndpoint" to "https://work.example/authorize",
            "tokenEndpoint" to "https://work.example/token",
        ),
    ),
)

private fun toRequest(target: String, before: Response? = null): TestRequest {
    val cookies = before?.headers.orEmpty().filter { it.key == "set-cookie" }.map { it.value.substringBefore(';') }
    return TestRequest("GET", SITE + target, mapOf("host" to "app.example", "cookie" to cookies.joinToString("; ")))
}

private fun Response?.location() = checkNotNull(this).headers.first { it.key == "location" }.value

/** Measures the package as measure-node.mjs does that of Node: milliseconds of the start, else microseconds. */
fun main() {
    val begin = System.nanoTime()
    val auth = Auth.Builder(settings).onSession { Answer() }.transport(::Tokens).logger(Lines()).build()
    val found = mutableMapOf("start_up" to (System.nanoTime() - begin) / 1e6)
    val signIn = toRequest("/auth/sign-in?provider=work&next=/welcome")
    val start = auth.handle(signIn)
    val state = start.location().substringAfter("state=").substringBefore('&')
    val callback = toRequest("/auth/callback/work?code=code&state=$state", start)
    val back = auth.handle(callback)
    check(back.location() == "/welcome#") { back.location() }
    val page = toRequest("/me", back)
    val measured = mapOf<String, () -> Any?>(
        "check_next" to { auth.checkNext("/account/security?tab=keys", SITE) },
        "sign_in" to { auth.handle(signIn) },
        "callback" to { auth.handle(callback) },
        "other_page" to { auth.handle(page) },
        "session" to { auth.getSession(page) },
    )
    for ((name, run) in measured) {
        repeat(WARM) { run() }
        val from = System.nanoTime()
        repeat(RUNS) { run() }
        found[name] = (System.nanoTime() - from) / 1e3 / RUNS
    }
    println(JsonWriter.string(found))
}
