package landfall

import com.dylibso.chicory.runtime.Memory.PAGE_SIZE
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private fun Instance.read() = memory.readBytes(0, memory.pages() * PAGE_SIZE)

/** Overwrites the memory of the instance that the next call takes, and gives it. */
private fun Core.spoil(): Instance {
    val places = List(pool.size) { pool.take() }
    val instance = places[0].instance ?: open().also { places[0].instance = it }
    instance.memory.fill(-1, 0, instance.memory.pages() * PAGE_SIZE)
    pool.addAll(places)
    return instance
}

class TrapTest {
    @Test
    fun `a trap in the middle of a sign-in`() {
        lateinit var core: Core
        val hook = OnSession { signIn ->
            if (signIn.next == "/trap") core.spoil()
            Answer().header("Set-Cookie", "mine=1")
        }
        TestApp(change = { onSession(hook) }).use { app ->
            core = app.auth.core
            val browser = app.openBrowser()
            val broken = browser.signIn("one", "/trap")
            expect(broken, 303, "/auth/auth-code-error?error=internal_error")
            assertFalse("mine=1" in broken.headers().allValues("set-cookie"))
            assertTrue(app.log.all.any { "the module failed" in it }, "${app.log.all}")
            assertEquals("", browser.get("/me").body())
            expect(browser.signIn("two"), 303, "/me")
            assertEquals("two null", browser.get("/me").body())

            core.spoil()
            assertTrue("<h1>" in browser.get("/auth/auth-code-error?error=state_mismatch").body())
            val spoiled = core.spoil()
            assertNull(app.auth.checkNext("/a"))
            assertTrue(spoiled.read().all { it.toInt() == 0 }, "the memory of the instance that trapped")
            assertEquals("two null", browser.get("/me").body())
        }
    }

    @Test
    fun `a token stays in no instance`() {
        val code = "a-code-and-token-that-nobody-may-find"
        TestApp(change = { onSession { Answer() } }).use { app ->
            val browser = app.openBrowser()
            expect(browser.signIn(code), 303, "/me")
            val used = app.auth.core.pool.mapNotNull { it.instance }
            assertTrue(used.isNotEmpty())
            for (one in used) assertFalse(code in String(one.read(), Charsets.ISO_8859_1))
            app.auth.close()
            for (one in used) assertTrue(one.read().all { it.toInt() == 0 })
        }
    }

    @Test
    fun `an Auth that is closed answers nobody`() {
        TestApp().use { app ->
            app.auth.close()
            val browser = app.openBrowser()
            expect(browser.get("/auth/sign-in?provider=work"), 500)
            expect(browser.get("/account"), 500)
            assertNull(app.auth.checkNext("/a"))
            assertThrows(LandfallException::class.java) { app.auth.getSession(browser.toRequest()) }
            assertTrue(app.log.all.any { "the module cannot answer" in it })
        }
    }

    @Test
    fun `a hook that fails holds no instance`() {
        lateinit var auth: Auth
        val hook = OnSession { signIn ->
            if (signIn.next == "/error") throw NoSuchMethodError("no class of the app")
            Answer().redirect(auth.checkNext("/a")!!)
        }
        TestApp(change = { onSession(hook) }).use { app ->
            auth = app.auth
            val browser = app.openBrowser()
            repeat(2 * app.auth.core.pool.size) {
                val callback = browser.toRequest("GET", browser.startSignIn("a", "/error"))
                // The browser has the cookie of the sign-in now.
                val request = browser.toRequest("GET", callback.url.removePrefix(app.origin))
                assertThrows(NoSuchMethodError::class.java) { app.auth.handle(request) }
            }
            expect(browser.signIn("person", "/b"), 303, "/a")
        }
    }
}
