package landfall

import com.sun.net.httpserver.HttpExchange
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.ByteArrayOutputStream
import java.net.ServerSocket
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import java.util.zip.GZIPOutputStream

private const val GOOD = """{"access_token":"person","token_type":"bearer"}"""

private fun pack(bytes: ByteArray) =
    ByteArrayOutputStream().also { target -> GZIPOutputStream(target).use { it.write(bytes) } }.toByteArray()

private fun HttpExchange.send(body: ByteArray, vararg headers: Pair<String, String>) {
    responseHeaders.add("Content-Type", "application/json")
    for ((name, value) in headers) responseHeaders.add(name, value)
    sendResponseHeaders(200, body.size.toLong())
    responseBody.use { it.write(body) }
}

class HostileTest {
    /** What a token endpoint does, and where the browser ends. */
    private val cases: Map<String, Pair<String, (HttpExchange) -> Unit>> = mapOf(
        "good" to ("/me" to { it.answer(GOOD) }),
        "redirect" to ("token_redirect" to { it.answer("", 307, "Location" to "/token?again") }),
        "redirect to no address" to ("token_redirect" to { it.answer("", 302, "Location" to "http://%zz") }),
        "gzip" to ("/me" to { it.send(pack(GOOD.toByteArray()), "Content-Encoding" to "gzip") }),
        "gzip bomb" to ("token_" to { it.send(pack(ByteArray(64 shl 20) { 32 }), "Content-Encoding" to "gzip") }),
        "no gzip" to ("token_" to { it.send(GOOD.toByteArray(), "Content-Encoding" to "gzip") }),
        "endless" to (
            "token_" to { exchange ->
                exchange.sendResponseHeaders(200, 0)
                runCatching { while (true) exchange.responseBody.write(ByteArray(1 shl 16) { 32 }) }
                exchange.close()
            }
            ),
        "broken off" to (
            "token_" to { exchange ->
                exchange.sendResponseHeaders(200, 5000)
                exchange.responseBody.write(GOOD.toByteArray())
                exchange.close()
            }
            ),
        "no answer" to ("token_" to { it.close() }),
        "cookie" to (
            "/me" to { exchange ->
                check(exchange.requestHeaders["Cookie"] == null) { "a cookie came back" }
                exchange.answer(GOOD, 200, "Set-Cookie" to "foreign=1")
            }
            ),
    )

    @Test
    fun `every hostile token endpoint is asked once for each code`() {
        for ((name, case) in cases) {
            val asked = AtomicInteger()
            val answer = { exchange: HttpExchange ->
                if (exchange.requestURI.path == "/token") {
                    asked.incrementAndGet()
                    case.second(exchange)
                } else {
                    answerAsProvider(exchange)
                }
            }
            TestApp(answer).use { app ->
                repeat(2) {
                    val location = app.openBrowser().signIn("code").location()
                    assertTrue(case.first in location, "$name: $location")
                }
                assertEquals(2, asked.get(), name)
            }
        }
    }

    @Test
    fun `a request has a status, a failure, or no time`() {
        val end = CountDownLatch(1)
        val site = Site { exchange ->
            when (exchange.requestURI.path) {
                "/busy" -> exchange.answer("", 503, "Retry-After" to "7")

                "/moved" -> exchange.answer("", 304)

                "/slow" -> {
                    exchange.sendResponseHeaders(200, 0)
                    exchange.responseBody.write(1)
                    exchange.responseBody.flush()
                    end.await()
                    exchange.close()
                }

                else -> exchange.answer(exchange.requestMethod + String(exchange.requestBody.readAllBytes()))
            }
        }
        val ask = { path: String, most: String, deadline: String, origin: String ->
            val fields = mapOf("method" to "POST", "url" to origin + path, "body" to "123", "max_bytes" to most)
            Transport.of().fetch(makeStep("fetch", fields + ("deadline" to deadline), "x-type", "text/plain"))
        }
        site.use {
            val good = ask("/", "7", "5000", site.origin)
            assertEquals("POST123", String(good["answer"] as ByteArray))
            assertEquals(listOf(200, "application/json"), listOf(good["status"], good["content_type"]))
            assertEquals("too_large", ask("/", "6", "5000", site.origin)["failure"])
            val busy = ask("/busy", "9", "5000", site.origin)
            assertEquals(listOf(503, "7"), listOf(busy["status"], busy["retry_after"]))
            assertEquals("redirect", ask("/moved", "9", "5000", site.origin)["failure"])
            assertEquals("timeout", ask("/slow", "9", "100", site.origin)["failure"])
            end.countDown()
        }
        val closed = "http://127.0.0.1:${ServerSocket(0).use { it.localPort }}"
        assertEquals("network", ask("/", "9", "5000", closed)["failure"])
        assertEquals("network", ask("/", "9", "5000", "http://a b")["failure"])
    }

    @Test
    fun `what a client sends does not make the host fail`() {
        TestApp().use { app ->
            val odd =
                listOf("", "*", "\u0000", "\r\n", "\u00ff\u0000", "http://a b/\u0000?%", "\ud800", "a".repeat(9000))
            for (text in odd) {
                for (method in listOf("GET", "POST", text)) {
                    for (url in listOf(
                        text,
                        "${app.origin}/auth/sign-in?provider=work&next=$text",
                        app.origin + text,
                    )) {
                        val headers = Messages["REQUEST_HEADER"].associate { it.replace('_', '-') to text }
                        val request = TestRequest(method, url, headers, text)
                        val answer = app.auth.handle(request)
                        assertFalse(answer?.status == 500, "$method $url")
                        assertFalse(answer?.headers.orEmpty().any { "internal_error" in it.value }, "$method $url")
                        runCatching { app.auth.require(request) }.exceptionOrNull()!!.let {
                            assertTrue(it is AccessDenied && it.code != "internal_error", "$it")
                        }
                    }
                }
            }
            val large = TestRequest("GET", "${app.origin}/auth/sign-in", mapOf("cookie" to "a".repeat(3 shl 20)))
            assertTrue(app.auth.handle(large)!!.headers.any { "request_too_large" in it.value })
        }
    }
}
