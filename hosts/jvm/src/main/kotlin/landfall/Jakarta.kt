package landfall

import jakarta.servlet.Filter
import jakarta.servlet.FilterChain
import jakarta.servlet.ServletException
import jakarta.servlet.ServletRequest
import jakarta.servlet.ServletResponse
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import java.io.InputStream

/** A request of a servlet container: Tomcat, Jetty, Undertow. */
public class JakartaRequest(private val request: HttpServletRequest, private val response: HttpServletResponse) :
    Request {
    override val method: String get() = request.method
    override val url: String
        get() {
            val scheme = if (request.isSecure) "https" else "http"
            val query = request.queryString?.let { "?$it" }.orEmpty()
            return "$scheme://${headers("host").joinToString()}${request.requestURI}$query"
        }

    /** A request over HTTP/2 has no Host header in some containers. */
    override fun headers(name: String): List<String> {
        val values = request.getHeaders(name)?.toList().orEmpty()
        return if (name == "host" && values.isEmpty()) listOf("${request.serverName}:${request.serverPort}") else values
    }

    override fun body(): InputStream = request.inputStream

    override fun addCookie(line: String): Unit = response.addHeader("Set-Cookie", line)
}

/** Answers the routes of the sign-in, and leaves every other address to the app. Put it before all other filters. */
public class JakartaFilter(private val auth: Auth) : Filter {
    override fun doFilter(request: ServletRequest, response: ServletResponse, chain: FilterChain) {
        response as HttpServletResponse
        val answer = auth.handle(JakartaRequest(request as HttpServletRequest, response))
        if (answer != null) return send(response, answer)
        try {
            chain.doFilter(request, response)
        } catch (failure: ServletException) {
            send(response, (failure.rootCause as? AccessDenied ?: throw failure).response)
        } catch (denied: AccessDenied) {
            send(response, denied.response)
        }
    }

    private fun send(response: HttpServletResponse, answer: Response) {
        response.status = answer.status
        for ((name, value) in answer.headers) response.addHeader(name, value)
        response.outputStream.write(answer.body.toByteArray())
    }
}
