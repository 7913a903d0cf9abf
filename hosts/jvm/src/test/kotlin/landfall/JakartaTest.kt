package landfall

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpClient.Version
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers

class JakartaTest {
    private val providers = mapOf("github" to mapOf("clientId" to "id", "clientSecret" to "secret"))
    private val trusting = mapOf("trustedHosts" to listOf("127.0.0.1"))
    private val auth = Auth.Builder(
        mapOf("origin" to trusting, "secret" to SECRET, "session" to true, "providers" to providers),
    ).logger(Lines()).build()

    private fun <T> inTomcat(run: (String) -> T): T {
        val tomcat = startTomcat(0, auth) { request, response ->
            auth.require(JakartaRequest(request, response))
        }
        try {
            return run("http://127.0.0.1:${tomcat.connector.localPort}")
        } finally {
            tomcat.stop()
            tomcat.destroy()
        }
    }

    @Test
    fun `the host of a request is known with each version of HTTP`() = inTomcat { origin ->
        for (version in Version.values()) {
            val client = HttpClient.newBuilder().version(version).build()
            repeat(2) {
                val request = HttpRequest.newBuilder(URI("$origin/auth/sign-in?provider=github")).build()
                val answer = client.send(request, BodyHandlers.ofString())
                assertEquals(version, answer.version())
                expect(answer, 303, "https://github.com/login/oauth/authorize?")
            }
        }
    }

    @Test
    fun `a default port in the host is none`() {
        for ((scheme, port) in listOf("https" to 443, "http" to 80)) {
            val host = "127.0.0.1:$port"
            val request = TestRequest("GET", "$scheme://$host/auth/sign-in?provider=github", mapOf("host" to host))
            val location = checkNotNull(auth.handle(request)).headers.first { it.key == "location" }.value
            assertTrue("redirect_uri=$scheme%3A%2F%2F127.0.0.1%2Fauth" in location, location)
        }
    }

    @Test
    fun `the filter answers for a page that requires a session`() = inTomcat { origin ->
        val answer = Browser(origin).get("/account?a=b", "Accept", "text/html")
        expect(answer, 303, "/auth/sign-in?")
        assertTrue("account%3Fa%3Db" in answer.location(), answer.location())
    }
}
