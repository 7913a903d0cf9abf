package landfall

import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit.MILLISECONDS
import java.util.concurrent.TimeUnit.NANOSECONDS
import java.util.concurrent.TimeUnit.SECONDS

/** The bodies of a memory. */
private const val MAX_KEPT_BYTES = 4 shl 20

/** A response that came, or is on its way. */
internal class Kept(val memory: Memory, val name: String, val again: Boolean) {
    private val done = CountDownLatch(1)
    private var nanoseconds = 0L
    var result: Fields? = null
        private set

    private val age get() = System.nanoTime() - nanoseconds
    val ageSeconds get() = NANOSECONDS.toSeconds(age)
    val size get() = (result?.get("answer") as? ByteArray)?.size ?: 0

    /** Makes the request that others may wait for. */
    fun bring(send: () -> Fields) {
        try {
            result = send()
        } finally {
            nanoseconds = System.nanoTime()
            done.countDown()
        }
    }

    /** Waits for it so many milliseconds. One that failed, or takes longer, is not good. */
    fun isGood(patience: Long) = done.await(patience, MILLISECONDS) && result.let { it != null && "failure" !in it }

    fun isOlderThan(seconds: Long) = age > SECONDS.toNanos(seconds)

    fun isNewerThan(other: Kept) = nanoseconds - other.nanoseconds > 0
}

/** Responses by a name, those that the core calls good and those on their way. The oldest leave first. */
internal class Memory(private val most: Int, private val lifeSeconds: Long = Long.MAX_VALUE) {
    private val kept = mutableMapOf<String, Kept>()
    private val underway = mutableMapOf<String, Kept>()

    val size get() = synchronized(this) { kept.size to underway.size }

    /**
     * Gives a kept response that is young enough, or one on its way, but not the one that was [waited] for. Otherwise it
     * is [own], for which others wait.
     */
    @Synchronized
    fun join(own: Kept, maxAge: Long, waited: Kept? = null): Kept {
        val old = kept[own.name]
        if (old != null && !old.isOlderThan(maxAge) && (old.again || !own.again)) return old
        val other = underway[own.name]
        if (other != null && other !== waited) return other
        underway[own.name] = own
        return own
    }

    /** Ends the way of a response, and keeps one that is good, where nobody forgot it or asked anew. */
    @Synchronized
    fun settle(one: Kept, isGood: Boolean) {
        if (!underway.remove(one.name, one)) return
        val old = kept[one.name]
        if (!isGood || (old != null && !one.isNewerThan(old))) return
        kept[one.name] = one
        kept.values.removeIf { it.isOlderThan(lifeSeconds) }
        while (kept.size > most || kept.values.sumOf { it.size } > MAX_KEPT_BYTES) {
            kept.values.remove(kept.values.reduce { oldest, next -> if (oldest.isNewerThan(next)) next else oldest })
        }
    }

    /** Drops the responses whose name begins so, also those on their way; none for an empty beginning. */
    @Synchronized
    fun forget(beginning: String) {
        if (beginning.isEmpty()) return
        for (responses in listOf(kept, underway)) responses.keys.removeIf { it.startsWith(beginning) }
    }
}
