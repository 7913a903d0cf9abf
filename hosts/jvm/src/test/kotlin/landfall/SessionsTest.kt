package landfall

import com.sun.net.httpserver.HttpExchange
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger

/** A provider that takes each refresh token once. Its first access tokens live for a second. */
private class Rotating : (HttpExchange) -> Unit {
    val serial = AtomicInteger()
    val renewed = AtomicInteger()
    val revoked = AtomicInteger()

    override fun invoke(exchange: HttpExchange) = when (exchange.requestURI.path) {
        "/revoke" -> exchange.answer("").also { revoked.incrementAndGet() }

        "/userinfo" -> exchange.answer("""{"sub":"ada"}""")

        else -> {
            val form = exchange.readForm()
            val isRenewal = form["grant_type"] == "refresh_token"
            if (isRenewal) renewed.incrementAndGet()
            if (isRenewal && form["refresh_token"] != "refresh-${serial.get()}") {
                exchange.answer("""{"error":"invalid_grant"}""", 400)
            } else {
                if (isRenewal) Thread.sleep(50)
                val (n, life) = serial.incrementAndGet() to if (isRenewal) 3600 else 1
                val tokens = """"access_token":"access-$n","refresh_token":"refresh-$n","token_type":"bearer""""
                exchange.answer("""{$tokens,"expires_in":$life}""")
            }
        }
    }
}

private fun codeOf(run: () -> Unit) = assertThrows(LandfallException::class.java) { run() }.code

class SessionsTest {
    private val site = Rotating()

    /** A browser that has signed in, with an access token that is over. */
    private fun withTokens(change: Auth.Builder.() -> Unit = {}, run: (TestApp, Browser) -> Unit) {
        lateinit var revocation: String
        val counting = Site(answer = site)
        revocation = "${counting.origin}/revoke"
        val settings = mapOf("session" to mapOf("tokens" to true))
        counting.use {
            TestApp(site, settings, mapOf("revocationEndpoint" to revocation), change).use { app ->
                val browser = app.openBrowser()
                expect(browser.signIn("code"), 303, "/me")
                Thread.sleep(1100)
                run(app, browser)
            }
        }
    }

    @Test
    fun `twenty requests renew once, and a sign-out ends what is kept`() = withTokens { app, browser ->
        val workers = Executors.newFixedThreadPool(20)
        val asks = List(20) { Callable { browser.toRequest().let { it to app.auth.getAccessToken(it) } } }
        for (one in workers.invokeAll(asks)) {
            val (request, token) = one.get()
            assertEquals("access-2", token.value)
            assertTrue(request.cookies.isNotEmpty())
            val life = Duration.between(Instant.now(), token.expires)
            assertTrue(life > Duration.ofMinutes(59) && life <= Duration.ofHours(1), "$life")
        }
        workers.shutdown()
        assertEquals(1, site.renewed.get())
        val old = browser.toRequest()
        assertEquals("access-2", app.auth.getAccessToken(old).value)
        browser.keep(old.cookies)
        assertEquals("access-2", app.auth.getAccessToken(browser.toRequest(), 1_000_000_000).value)
        assertEquals("argument_invalid", codeOf { app.auth.getAccessToken(browser.toRequest(), -1) })
        val form = browser.toRequest("POST", "/auth/sign-out", "origin" to app.origin)
        assertEquals(303, app.auth.handle(form)!!.status)
        assertEquals("refresh_refused", codeOf { app.auth.getAccessToken(old) })
        assertEquals(listOf(2, 1), listOf(site.renewed.get(), site.revoked.get()))
    }

    @Test
    fun `a refresh token that somebody else has used`() = withTokens { app, browser ->
        site.serial.incrementAndGet()
        val request = browser.toRequest()
        assertEquals("refresh_refused", codeOf { app.auth.getAccessToken(request) })
        browser.keep(request.cookies)
        assertEquals("ada null", browser.get("/me").body())
        assertEquals("access_token_missing", codeOf { app.auth.getAccessToken(browser.toRequest()) })
        assertEquals("session_missing", codeOf { app.auth.getAccessToken(app.openBrowser().toRequest()) })
        assertTrue(app.log.all.any { "refresh_refused" in it })
    }

    @Test
    fun `isRevoked is asked, and who fails to answer lets nobody in`() {
        var answer: () -> Boolean = { false }
        val asked = mutableListOf<String?>()
        val hook = IsRevoked { _, session ->
            asked += session.sid
            answer()
        }
        withTokens({ isRevoked(hook) }) { app, browser ->
            val sid = app.auth.getSession(browser.toRequest())!!.sid
            assertEquals("ada", app.auth.getUser(browser.toRequest())!!.sub)
            expect(browser.get("/account"), 200)
            app.auth.getAccessToken(browser.toRequest())
            assertEquals(listOf(sid, sid, sid), asked)
            answer = { error("the store is down") }
            assertEquals("session_unavailable", codeOf { app.auth.getUser(browser.toRequest()) })
            val page = browser.get("/account", "Accept", "text/html", "Sec-Fetch-Mode", "navigate")
            expect(page, 303, "/auth/auth-code-error?error=session_unavailable")
            assertTrue(app.log.all.any { "the store is down" in it }, "${app.log.all}")
            answer = { true }
            val request = browser.toRequest()
            assertNull(app.auth.getUser(request))
            assertEquals(2, request.cookies.size)
            expect(browser.get("/account", "Accept", "text/html"), 303, "/auth/sign-in")
            assertEquals("", browser.get("/me").body())
        }
    }

    @Test
    fun `an option that names a hook which is not there lets nobody in`() {
        TestApp(settings = mapOf("isRevoked" to true)).use { app ->
            val browser = app.openBrowser()
            browser.signIn("ada")
            assertEquals("session_unavailable", codeOf { app.auth.getUser(browser.toRequest()) })
        }
    }

    @Test
    fun `a hook gets the session in which the sign-in started`() {
        val found = mutableListOf<String?>()
        val hook = OnSession { signIn -> Answer().also { found += signIn.current?.user?.sub } }
        TestApp(change = { onSession(hook) }).use { app ->
            val browser = app.openBrowser()
            for (code in listOf("first", "second")) {
                val back = browser.get(
                    browser.get("/auth/sign-in?provider=work", "Sec-Fetch-Site", "same-origin").location().let {
                        "/auth/callback/work?code=$code&state=" + Regex("[?&]state=([^&]*)").find(it)!!.groupValues[1]
                    },
                )
                assertEquals(303, back.statusCode())
            }
            assertEquals(listOf(null, "first"), found)
        }
    }
}
