package landfall

import java.io.InputStream
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.security.GeneralSecurityException
import java.util.concurrent.Callable
import java.util.concurrent.ExecutionException
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit.MILLISECONDS
import java.util.concurrent.TimeoutException
import java.util.zip.GZIPInputStream

/** Sends the requests to providers. It follows no redirect, and neither sends nor keeps cookies. */
public fun interface Transport {
    /** Sends one request. Landfall reads the body, up to its bound and within its deadline. */
    @Throws(Exception::class)
    public fun send(request: HttpRequest): HttpResponse<InputStream>

    public companion object {
        /** Sends with a client of your own, which must follow no redirect. Without one, all Auths share a client. */
        @JvmStatic
        @JvmOverloads
        public fun of(client: HttpClient? = null): Transport =
            Transport { (client ?: shared).send(it, BodyHandlers.ofInputStream()) }
    }
}

private val shared by lazy { HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build() }

/** One thread for each request that is under way: a deadline interrupts it, whatever it waits for. */
private val workers = Executors.newCachedThreadPool { Thread(it, "landfall").apply { isDaemon = true } }

private val redirects = 300..399

/** Makes a FETCH step's request within its deadline. */
internal fun Transport.fetch(step: Step): Fields {
    val task = workers.submit(Callable { exchange(step) })
    return try {
        task.get(step.number("deadline"), MILLISECONDS)
    } catch (_: TimeoutException) {
        mapOf("failure" to "timeout", "cause" to "TimeoutException")
    } catch (failure: ExecutionException) {
        toFailure(failure)
    } finally {
        task.cancel(true)
    }
}

private fun Transport.exchange(step: Step): Fields {
    val request = HttpRequest.newBuilder(URI(step["url"])).setHeader("accept-encoding", "gzip")
    for ((name, value) in step.pairs) request.header(name, value)
    val body = step["body"].ifEmpty { null }?.let(BodyPublishers::ofString) ?: BodyPublishers.noBody()
    val response = send(request.method(step["method"], body).build())
    return response.body().use { if (response.statusCode() in redirects) redirect else read(response, step) }
}

private val redirect = mapOf("failure" to "redirect")

private fun read(response: HttpResponse<InputStream>, step: Step): Fields {
    val header = { name: String -> response.headers().firstValue(name).orElse("") }
    val isPacked = header("content-encoding").lowercase() in setOf("gzip", "x-gzip")
    val plain = if (isPacked) GZIPInputStream(response.body()) else response.body()
    val most = step.number("max_bytes").toInt()
    val answer = plain.readNBytes(most + 1)
    if (answer.size > most) return mapOf("failure" to "too_large")
    return mapOf(
        "status" to response.statusCode(),
        "content_type" to header("content-type"),
        "retry_after" to header("retry-after"),
        "answer" to answer,
    )
}

/** Names what kept a request from a response. */
private fun toFailure(failure: Throwable): Fields {
    val chain = generateSequence(failure) { it.cause }.take(16).toList()
    val kind = if (chain.any { it is GeneralSecurityException }) "tls" else "network"
    return mapOf("failure" to kind, "cause" to chain.last().javaClass.simpleName, "error" to failure.cause)
}
