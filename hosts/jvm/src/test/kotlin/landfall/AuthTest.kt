package landfall

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.Callable
import java.util.concurrent.Executors

class AuthTest {
    @Test
    fun `one person signs in, has data, and is asked for`() {
        val hook = OnSession { signIn ->
            assertEquals(listOf("person", "work", "/me"), signIn.run { listOf(profile.sub, provider, next) })
            assertEquals("person", signIn.session["access_token"])
            assertNull(signIn.current)
            Answer()
                .data(mapOf("role" to "admin"))
                .header("Set-Cookie", "mine=1")
                .header("X-Mine", "1")
                .header("Location", "https://evil.example")
        }
        TestApp(change = { onSession(hook) }).use { app ->
            val browser = app.openBrowser()
            expect(browser.get("/account", "Accept", "text/html"), 303, "/auth/sign-in?")
            expect(browser.get("/account", "Sec-Fetch-Dest", "empty", "Accept", "application/json"), 401)
            assertEquals("nobody", browser.get("/data").body())
            val back = browser.signIn("person")
            expect(back, 303, "/me")
            assertEquals(listOf("1"), back.headers().allValues("x-mine"))
            assertEquals(1, back.headers().allValues("location").size)
            assertTrue("mine=1" in back.headers().allValues("set-cookie"))
            assertEquals("person {role=admin}", browser.get("/me").body())
            assertEquals("Ada Lovelace", browser.get("/account").body())
            browser.get("/data")
            assertEquals("person [2]", browser.get("/me").body())
            browser.get("/password")
            assertEquals("42 {n=1}", browser.get("/me").body())
            assertEquals("a page", browser.get("/other").body())
            val forged = TestRequest("GET", app.origin, mapOf("cookie" to "landfall-session=forged"))
            assertNull(app.auth.getSession(forged))
        }
    }

    @Test
    fun `a hundred people sign in at once`() {
        TestApp().use { app ->
            val workers = Executors.newFixedThreadPool(100)
            val people = (1..100).map { n ->
                Callable {
                    val browser = app.openBrowser()
                    expect(browser.signIn("person-$n"), 303, "/me")
                    assertEquals("person-$n null", browser.get("/me").body())
                }
            }
            workers.invokeAll(people).forEach { it.get() }
            workers.shutdown()
        }
    }

    @Test
    fun `an app that refuses sets no cookie`() {
        val mine = Answer().header("Set-Cookie", "mine=1")
        val hooks = mapOf(
            "an exception" to OnSession { error("no") },
            "data of no JSON" to OnSession { Answer().header("Set-Cookie", "mine=1").data(Any()) },
            "astray" to OnSession { mine.redirect("//evil.example") },
        )
        for ((name, hook) in hooks) {
            TestApp(change = { onSession(hook) }).use { app ->
                val got = app.openBrowser().signIn("person")
                expect(got, 303, "/auth/auth-code-error?error=session_refused")
                assertFalse("mine=1" in got.headers().allValues("set-cookie"), name)
            }
        }
        TestApp(settings = mapOf("onSession" to true)).use { app ->
            expect(app.openBrowser().signIn("person"), 303, "/auth/auth-code-error?error=session_refused")
            assertTrue(app.log.all.any { it.startsWith("WARNING") && "there is no hook" in it }, "${app.log.all}")
        }
    }

    @Test
    fun `a wrong option names itself`() {
        val providers = mapOf("work" to mapOf("use" to "github", "clientId" to "id", "clientSecret" to "secret"))
        val settings = mapOf(
            "" to emptyMap(),
            "settings" to mapOf("secret" to Any()),
            "basePath" to mapOf("basePath" to 7, "providers" to providers),
            "session.name" to mapOf("session" to mapOf("name" to 1), "secret" to SECRET, "providers" to providers),
        )
        for ((parameter, one) in settings) {
            val wrong = assertThrows(LandfallException::class.java) { Auth.Builder(one).build() }
            assertEquals("config_invalid", wrong.code)
            assertTrue(parameter in wrong.parameter, "$wrong")
        }
        for (nothing in listOf(null, "")) {
            TestApp(settings = mapOf("secret" to nothing)).use { app ->
                assertFalse("/authorize" in app.openBrowser().get("/auth/sign-in?provider=work").location())
            }
        }
    }

    @Test
    fun `a wrong argument names itself`() {
        TestApp().use { app ->
            val request = app.openBrowser().toRequest()
            val wrong = { run: () -> Unit -> assertThrows(LandfallException::class.java) { run() }.code }
            assertEquals("argument_invalid", wrong { app.auth.updateSession(request, Any()) })
            assertEquals("argument_invalid", wrong { app.auth.createSession(request, Profile("password", "")) })
            assertEquals("session_missing", wrong { app.auth.getAccessToken(request) })
        }
    }
}
