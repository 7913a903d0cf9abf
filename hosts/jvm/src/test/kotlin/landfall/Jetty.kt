package landfall

import org.eclipse.jetty.http.HttpHeader
import org.eclipse.jetty.http.UriCompliance
import org.eclipse.jetty.io.Content
import org.eclipse.jetty.server.Handler
import org.eclipse.jetty.server.HttpConfiguration
import org.eclipse.jetty.server.HttpConnectionFactory
import org.eclipse.jetty.server.Server
import org.eclipse.jetty.server.ServerConnector
import org.eclipse.jetty.util.Callback
import java.io.InputStream
import org.eclipse.jetty.server.Request as Asked
import org.eclipse.jetty.server.Response as Answered

/** A request of Jetty without servlets: a server that passes on everything as it came. */
private class JettyRequest(private val request: Asked, private val response: Answered) : Request {
    override val method: String get() = request.method
    override val url get() = "http://${headers("host").joinToString()}${request.httpURI.pathQuery}"

    override fun headers(name: String): List<String> = request.headers.getValuesList(name)

    override fun body(): InputStream = Content.Source.asInputStream(request)

    override fun addCookie(line: String) {
        response.headers.add(HttpHeader.SET_COOKIE, line)
    }
}

/** Starts Jetty with the routes of the sign-in, in front of an app that answers with nothing but a status. */
fun startJetty(port: Int, auth: Auth, app: (Request) -> Int) {
    val server = Server()
    val configuration = HttpConfiguration().apply { uriCompliance = UriCompliance.UNSAFE }
    configuration.sendServerVersion = false
    val connector = ServerConnector(server, HttpConnectionFactory(configuration))
    connector.host = "127.0.0.1"
    connector.port = port
    server.addConnector(connector)
    server.handler =
        object : Handler.Abstract() {
            override fun handle(request: Asked, response: Answered, callback: Callback): Boolean {
                val own = JettyRequest(request, response)
                val answer = auth.handle(own)
                response.status = answer?.status ?: app(own)
                for ((name, value) in answer?.headers.orEmpty()) response.headers.add(name, value)
                Content.Sink.write(response, true, answer?.body.orEmpty(), callback)
                return true
            }
        }
    server.start()
}
