package landfall

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import java.io.InputStream
import java.net.InetSocketAddress
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.util.ResourceBundle
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.Executors

const val SECRET = "a secret of a host under test: 32 bytes and more"

/** A server of the JDK at a free port. */
class Site(vararg filters: com.sun.net.httpserver.Filter, answer: (HttpExchange) -> Unit) : AutoCloseable {
    private val workers = Executors.newCachedThreadPool()
    private val server = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0)
    val origin = "http://127.0.0.1:${server.address.port}"

    init {
        server.executor = workers
        server.createContext("/") { answer(it) }.filters.addAll(filters)
        server.start()
    }

    override fun close() {
        server.stop(0)
        workers.shutdownNow()
    }
}

fun HttpExchange.answer(text: String, status: Int = 200, vararg headers: Pair<String, String>) {
    responseHeaders.add("Content-Type", "application/json")
    for ((name, value) in headers) responseHeaders.set(name, value)
    val body = text.toByteArray()
    sendResponseHeaders(status, if (body.isEmpty()) -1 else body.size.toLong())
    responseBody.use { it.write(body) }
}

/** The form in a request's body. */
fun HttpExchange.readForm() = String(requestBody.readAllBytes()).split('&').associate {
    it.substringBefore('=') to it.substringAfter('=')
}

/** Answers with a token that is the code, and with a profile whose sub is the token. */
fun answerAsProvider(exchange: HttpExchange) = when (exchange.requestURI.path) {
    "/token" -> exchange.answer("""{"access_token":"${exchange.readForm()["code"]}","token_type":"bearer"}""")

    "/userinfo" -> {
        val token = exchange.requestHeaders.getFirst("Authorization").substringAfter(' ')
        exchange.answer("""{"sub":"$token","name":"Ada Lovelace"}""")
    }

    else -> exchange.answer("", 404)
}

/** Keeps what is logged. */
class Lines : System.Logger {
    val all = ConcurrentLinkedQueue<String>()

    override fun getName() = "test"

    override fun isLoggable(level: System.Logger.Level) = true

    override fun log(level: System.Logger.Level, bundle: ResourceBundle?, text: String, cause: Throwable?) {
        all += "$level $text $cause"
    }

    override fun log(level: System.Logger.Level, bundle: ResourceBundle?, text: String, vararg parts: Any?) {
        all += "$level $text"
    }
}

/** An app with a provider of its own. `/me` says who is signed in. */
class TestApp(
    answer: (HttpExchange) -> Unit = ::answerAsProvider,
    settings: Map<String, Any?> = emptyMap(),
    work: Map<String, Any?> = emptyMap(),
    change: Auth.Builder.() -> Unit = {},
) : AutoCloseable {
    val log = Lines()
    val provider = Site(answer = answer)
    val auth: Auth
    private val site = Site(
        object : com.sun.net.httpserver.Filter() {
            override fun description() = "the filter, when there is one"

            override fun doFilter(exchange: HttpExchange, chain: Chain) =
                JdkFilter(this@TestApp.auth).doFilter(exchange, chain)
        },
        answer = ::page,
    )
    val origin = site.origin

    init {
        val own = mapOf(
            "clientId" to "id",
            "clientSecret" to "secret",
            "authorizationEndpoint" to "${provider.origin}/authorize",
            "tokenEndpoint" to "${provider.origin}/token",
            "userinfoEndpoint" to "${provider.origin}/userinfo",
        )
        val usual = mapOf(
            "origin" to site.origin,
            "secret" to SECRET,
            "session" to true,
            "providers" to mapOf("work" to own + work),
        )
        auth = Auth.Builder(usual + settings).logger(log).apply(change).build()
    }

    private fun page(exchange: HttpExchange) {
        val request = JdkRequest(exchange)
        val text = when (exchange.requestURI.path) {
            "/me" -> auth.getSession(request)?.run { "${user.sub} $data" }.orEmpty()
            "/account" -> auth.require(request).user.name.orEmpty()
            "/password" -> auth.createSession(request, Profile("password", "42"), mapOf("n" to 1)).sid.orEmpty()
            "/data" -> auth.updateSession(request, listOf(2))?.sid ?: "nobody"
            else -> "a page"
        }
        exchange.answer(text, 200, "Content-Type" to "text/plain")
    }

    fun openBrowser() = Browser(origin)

    override fun close() {
        site.close()
        provider.close()
        auth.close()
    }
}

/** Has cookies, and follows no redirect. */
class Browser(private val origin: String) {
    private val client = HttpClient.newHttpClient()
    private val jar = ConcurrentHashMap<String, String>()
    val cookies get() = jar.map { (name, value) -> "$name=$value" }.joinToString("; ")

    fun get(path: String, vararg headers: String): HttpResponse<String> {
        val request = HttpRequest.newBuilder(URI(origin + path))
        if (headers.isNotEmpty()) request.headers(*headers)
        if (jar.isNotEmpty()) request.header("Cookie", cookies)
        return client.send(request.build(), BodyHandlers.ofString()).also { keep(it.headers().allValues("set-cookie")) }
    }

    /** Takes Set-Cookie lines as they are. */
    fun keep(lines: List<String>) {
        for (line in lines) {
            val (name, value) = line.substringBefore(';').split('=', limit = 2)
            if ("Max-Age=0" in line) jar.remove(name) else jar[name] = value
        }
    }

    /** Goes to the provider, and gives the address to which it leads back. */
    fun startSignIn(code: String, next: String = "/me"): String {
        val start = get("/auth/sign-in?provider=work&next=" + URLEncoder.encode(next, Charsets.UTF_8))
        val location = start.headers().firstValue("location").orElse("")
        assertTrue("/authorize?" in location, "no way to the provider: ${start.statusCode()} $location")
        return "/auth/callback/work?code=$code&state=" + Regex("[?&]state=([^&]*)").find(location)!!.groupValues[1]
    }

    fun signIn(code: String, next: String = "/me") = get(startSignIn(code, next))

    /** A request with the cookies that the browser has now. */
    fun toRequest(method: String = "GET", path: String = "/", vararg headers: Pair<String, String>) = TestRequest(
        method,
        origin + path,
        mapOf("host" to URI(origin).authority, "cookie" to cookies) + headers,
    )
}

/** A request without a server. */
class TestRequest(
    override val method: String,
    override val url: String,
    private val headers: Map<String, String>,
    private val text: String = "",
) : Request {
    val cookies = mutableListOf<String>()

    override fun headers(name: String) = listOfNotNull(headers[name])

    override fun body(): InputStream = text.byteInputStream()

    override fun addCookie(line: String) {
        cookies += line
    }
}

fun HttpResponse<String>.location(): String = headers().firstValue("location").orElse("")

fun expect(response: HttpResponse<String>, status: Int, location: String = "") {
    assertEquals(status, response.statusCode(), response.body())
    assertTrue(response.location().startsWith(location), response.location())
}
