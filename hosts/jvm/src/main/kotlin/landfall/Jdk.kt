package landfall

import com.sun.net.httpserver.Filter
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpsExchange
import java.io.InputStream

/** A request of the JDK's own server. */
public class JdkRequest(private val exchange: HttpExchange) : Request {
    override val method: String get() = exchange.requestMethod
    override val url: String
        get() {
            val scheme = if (exchange is HttpsExchange) "https" else "http"
            return "$scheme://${headers("host").joinToString()}${toTarget(exchange.requestURI.toString())}"
        }

    override fun headers(name: String): List<String> = exchange.requestHeaders[name].orEmpty()

    override fun body(): InputStream = exchange.requestBody

    override fun addCookie(line: String): Unit = exchange.responseHeaders.add("Set-Cookie", line)
}

private val absolute = Regex("^https?://[^/?#]*", RegexOption.IGNORE_CASE)

/** Path and query of a request's first line, in which a whole URL may stand. */
private fun toTarget(line: String) = line.replace(absolute, "")

/** Answers the routes of the sign-in, and leaves every other address to the handler. */
public class JdkFilter(private val auth: Auth) : Filter() {
    override fun description(): String = "Landfall"

    override fun doFilter(exchange: HttpExchange, chain: Chain) {
        val response = auth.handle(JdkRequest(exchange))
        if (response != null) return send(exchange, response)
        try {
            chain.doFilter(exchange)
        } catch (denied: AccessDenied) {
            send(exchange, denied.response)
        }
    }

    private fun send(exchange: HttpExchange, response: Response) {
        for ((name, value) in response.headers) exchange.responseHeaders.add(name, value)
        val body = response.body.toByteArray()
        exchange.sendResponseHeaders(response.status, if (body.isEmpty()) -1 else body.size.toLong())
        exchange.responseBody.use { it.write(body) }
    }
}
