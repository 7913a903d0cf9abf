package landfall

import com.grack.nanojson.JsonParser
import java.lang.System.Logger.Level
import java.net.URI
import java.time.Instant

/** More steps than any flow needs. */
private const val MAX_STEPS = 16

/** A request of a browser on its way through the core. */
internal class Visit(private val auth: Auth, private val request: Request, given: Fields = emptyMap()) {
    private val fields = mapOf("method" to request.method, "url" to request.url) + given
    private val headers =
        Messages["REQUEST_HEADER"].map { name ->
            request.headers(name.replace('_', '-')).joinToString(if (name == "cookie") "; " else ", ")
        }
    private var body: Fields = emptyMap()
    private var fetched: Kept? = null
    private var answer: Answer? = null

    /** Of a refusal, or a failed request. */
    var cause: Throwable? = null
        private set

    /** Carries out the steps of an operation until the core has an answer. Null is an address of the app's own. */
    fun run(operation: String): Step? = try {
        follow(operation)
    } catch (failure: Exception) {
        fail(failure)
    } finally {
        settle(false)
    }

    private fun follow(operation: String): Step? {
        var step = perform(operation, emptyMap()) ?: return null
        repeat(MAX_STEPS) {
            val brought = carryOut(step)
            if (brought == null) {
                auth.renewals.forget(step["forget"])
                return step
            }
            step = checkNotNull(perform(operation, brought + ("resume" to step["resume"])))
            settle(step["keep"] == "1")
        }
        error("the flow does not end")
    }

    private fun perform(operation: String, brought: Fields): Step? {
        val now = mapOf("now" to Instant.now().epochSecond)
        return auth.core.perform(operation, "REQUEST", fields + body + brought + now, headers)
    }

    /** The fields of REQUEST that a step brings; null for an answer. */
    private fun carryOut(step: Step): Fields? = when (step.kind) {
        "fetch" -> fetch(step)
        "verify" -> mapOf("status" to toFlag(verify(step)))
        "sign" -> mapOf("answer" to sign(step))
        "body" -> read(step)
        "session" -> agree { askSignIn(step) }
        "sign_out" -> agree { hook(auth.parts.onSignOut).signOut(request).also { answer = it }.fields }
        "revoked" -> agree { mapOf("status" to toFlag(askRevoked(step))) }
        else -> null
    }

    private fun toFlag(isTrue: Boolean) = if (isTrue) "1" else "0"

    /** Makes a request, or takes a kept response or one on its way where the step takes it. */
    private fun fetch(step: Step): Fields {
        Thread.sleep(step.number("delay"))
        val maxAge = step.number("max_age")
        if (maxAge == 0L) return send(step)
        val key = step["cache_key"]
        val memory = if (key.isEmpty()) auth.addresses else auth.renewals
        val own = Kept(memory, key.ifEmpty { step["url"] }, step["again"] == "1")
        var one = memory.join(own, maxAge)
        while (one !== own && !one.isGood(step.number("patience"))) one = memory.join(own, maxAge, one)
        fetched = one
        if (one === own) own.bring { send(step) }
        return one.result!! + ("age" to one.ageSeconds)
    }

    private fun send(step: Step) = auth.parts.transport.fetch(step).also { cause = it["error"] as Throwable? }

    /** Ends the way of the last response, which the core calls good or not. */
    private fun settle(isGood: Boolean) {
        fetched?.let { it.memory.settle(it, isGood) }
        fetched = null
    }

    private fun read(step: Step): Fields {
        body = mapOf("has_body" to "1", "body" to request.body().readNBytes(step.number("max_bytes").toInt() + 1))
        return emptyMap()
    }

    private fun askSignIn(step: Step): Fields {
        val session = JsonParser.`object`().from(step["session"])
        val profile = Profile(session.getObject("profile"))
        val (provider, next, redirectType) = listOf("provider", "next", "redirect_type").map { step[it] }
        val current = readSession(step["current"])
        val signIn = SignIn(request, provider, next, redirectType, profile, session, current)
        return hook(auth.parts.onSession).signIn(signIn).also { answer = it }.fields
    }

    private fun askRevoked(step: Step): Boolean =
        hook(auth.parts.isRevoked).isRevoked(request, checkNotNull(readSession(step["session"])))

    private fun <T> hook(hook: T?): T = checkNotNull(hook) { "there is no hook" }

    /** Passes on what the app answers. An exception is a refusal. */
    private fun agree(ask: () -> Fields): Fields = try {
        cause = null
        ask()
    } catch (failure: Exception) {
        cause = failure
        mapOf("failure" to "refused")
    }

    /** Gives the answer where the core or the host failed. */
    private fun fail(failure: Exception): Step {
        answer = null
        cause = failure
        val code = if (failure is TooLarge) "request_too_large" else "internal_error"
        val isErrorPage = runCatching { URI(request.url).rawPath }.getOrNull() == auth.ready["error_path"]
        val about = mapOf("code" to code, "method" to request.method, "route" to if (isErrorPage) "error" else "")
        return runCatching { auth.core.perform("fail", "FAIL", about) }.getOrNull() ?: lastAnswer(code)
    }

    private fun lastAnswer(code: String) =
        Step("respond", listOf("status", "code", "log"), listOf("500", code, "landfall: the module cannot answer"))

    /** The response of a RESPOND, which is also logged. */
    fun respond(step: Step): Response {
        log(step)
        val own = step.pairs
        val names = own.map { it.key }.filter { it != "set-cookie" }
        val added = if (step["parameter"] == "redirect") emptyList() else answer?.headers.orEmpty()
        return Response(step.number("status").toInt(), own + added.filter { it.key !in names }, step["body"])
    }

    /** Writes the line of a RESPOND. It warns of what is not a browser's own doing. */
    private fun log(step: Step) {
        val hasFailed = step["code"].isNotEmpty()
        val level = if (hasFailed && step["blame"] != "browser") Level.WARNING else Level.INFO
        if (step["log"].isNotEmpty()) auth.parts.logger.log(level, step["log"], cause.takeIf { hasFailed })
    }
}
