package landfall

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotSame
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger

private const val PATIENCE = 500L

private fun keep(memory: Memory, name: String, size: Int = 1, again: Boolean = false) = Kept(memory, name, again).also {
    memory.join(it, -1)
    it.bring { mapOf("answer" to ByteArray(size)) }
    memory.settle(it, true)
}

class MemoryTest {
    @Test
    fun `a kept response is young, and good`() {
        val memory = Memory(most = 9)
        val find = { age: Long, again: Boolean -> Kept(memory, "a", again).let { it !== memory.join(it, age) } }
        val failed = Kept(memory, "a", false).apply { bring { mapOf("failure" to "network") } }
        memory.settle(failed, false)
        assertEquals(0 to 0, memory.size)
        keep(memory, "a")
        assertTrue(find(600, false))
        assertTrue(!find(0, false), "one that is older than the age")
        memory.settle(memory.join(Kept(memory, "a", true), 0), false)
        assertTrue(!find(600, true), "one that no FETCH with `again` brought")
        keep(memory, "a", again = true)
        assertTrue(find(600, true))
    }

    @Test
    fun `a memory has bounds, and forgets`() {
        val memory = Memory(most = 1000, lifeSeconds = 60)
        for (n in 1..1200) keep(memory, "person-$n/1")
        assertEquals(1000, memory.size.first)
        val first = Kept(memory, "person-200/1", false)
        assertSame(first, memory.join(first, 60), "the oldest has left")
        val last = Kept(memory, "person-201/1", false)
        assertNotSame(last, memory.join(last, 60))
        memory.forget("")
        assertEquals(1000, memory.size.first)
        memory.forget("person-1200/")
        assertEquals(999, memory.size.first)
        repeat(9) { keep(memory, "large-$it", size = 1 shl 20) }
        assertEquals(4, memory.size.first)
        val short = Memory(most = 9, lifeSeconds = -1)
        keep(short, "a")
        assertEquals(0, short.size.first)
        val old = Kept(memory, "large-8", false).apply { bring { mapOf("answer" to ByteArray(1)) } }
        keep(memory, "large-8", size = 2)
        memory.settle(old, true)
        assertEquals(2, memory.join(Kept(memory, "large-8", false), 60).size, "an older response replaces no newer one")
    }

    @Test
    fun `one that was forgotten on its way is not kept`() {
        val memory = Memory(most = 9)
        val one = memory.join(Kept(memory, "person-1/1", false), 60)
        memory.forget("person-1/")
        one.bring { emptyMap() }
        memory.settle(one, true)
        assertEquals(0 to 0, memory.size)
    }

    @Test
    fun `who waits gets the response of another one, or asks when its patience ends`() {
        val memory = Memory(most = 9)
        val first = Kept(memory, "slow", false)
        assertSame(first, memory.join(first, 60))
        val workers = Executors.newCachedThreadPool()
        val end = CountDownLatch(1)
        val slow = workers.submit { first.bring { emptyMap<String, Any?>().also { end.await() } } }
        val waiting = (1..9).map { Callable { memory.join(Kept(memory, "slow", false), 60).isGood(PATIENCE) } }
        assertTrue(workers.invokeAll(waiting).none { it.get() }, "the patience is over")
        end.countDown()
        slow.get()
        assertTrue(workers.invokeAll(waiting).all { it.get() })
        workers.shutdown()
        memory.settle(first, true)
        assertEquals(1 to 0, memory.size)
    }

    @Test
    fun `metadata that is good is asked for once`() {
        val asked = AtomicInteger()
        lateinit var issuer: String
        val answer = { exchange: com.sun.net.httpserver.HttpExchange ->
            val isFirst = asked.incrementAndGet() == 1
            val member = if (isFirst) "another" else "issuer"
            exchange.answer(
                """{"$member":"$issuer","authorization_endpoint":"$issuer/authorize","token_endpoint":"$issuer/token",
                "response_types_supported":["code"],"jwks_uri":"$issuer/jwks"}""",
            )
        }
        Site(answer = answer).use { site ->
            issuer = site.origin
            val work = mapOf("issuer" to issuer, "clientId" to "id", "clientSecret" to "secret")
            TestApp(settings = mapOf("providers" to mapOf("work" to work))).use { app ->
                expect(app.openBrowser().get("/auth/sign-in?provider=work"), 303, "/auth/auth-code-error?error=")
                repeat(3) { expect(app.openBrowser().get("/auth/sign-in?provider=work"), 303, "$issuer/authorize") }
                assertEquals(2, asked.get())
            }
        }
    }
}
