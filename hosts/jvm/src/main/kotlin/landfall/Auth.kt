package landfall

import com.grack.nanojson.JsonWriter
import java.time.Instant

/** What an Auth is made of. */
internal data class Parts(
    val settings: Map<String, Any?>,
    val onSession: OnSession? = null,
    val onSignOut: OnSignOut? = null,
    val isRevoked: IsRevoked? = null,
    val transport: Transport = Transport.of(),
    val logger: System.Logger = System.getLogger("landfall"),
) {
    /** The settings as JSON, with true in place of each hook. */
    fun config(): String {
        val hooks = mapOf("onSession" to onSession, "onSignOut" to onSignOut, "isRevoked" to isRevoked)
        return toJson(settings + hooks.filterValues { it != null }.mapValues { true }, "settings")
    }
}

/** The sign-in of an app. Any number of threads may use it. */
public class Auth private constructor(internal val parts: Parts) : AutoCloseable {
    internal val core = Core(parts.config())
    internal val ready = core.configure()
    internal val addresses = Memory(most = 32)
    internal val renewals = Memory(most = 1000, lifeSeconds = 60)

    init {
        if (ready.kind != "ready") {
            val problem = "the option is refused: ${ready["problem"]}; like ${ready["suggestion"]}"
            throw LandfallException("config_invalid", problem.removeSuffix("; like "), ready["parameter"])
        }
    }

    /**
     * Collects what an Auth is made of.
     *
     * @param settings the options of docs/options.md by their names there: what JSON can have. Null, or an empty text,
     * is a setting that has no value yet, and blocks what needs it.
     */
    public class Builder(settings: Map<String, Any?>) {
        private var parts = Parts(settings)

        /** Sets who takes a new sign-in. */
        public fun onSession(hook: OnSession): Builder = apply { parts = parts.copy(onSession = hook) }

        /** Sets who ends the app's own session. */
        public fun onSignOut(hook: OnSignOut): Builder = apply { parts = parts.copy(onSignOut = hook) }

        /** Sets who knows the sessions that have ended. [getUser], [require] and [getAccessToken] ask it. */
        public fun isRevoked(hook: IsRevoked): Builder = apply { parts = parts.copy(isRevoked = hook) }

        /** Sets what sends the requests to providers. */
        public fun transport(transport: Transport): Builder = apply { parts = parts.copy(transport = transport) }

        /** Sets who gets each outcome without secrets. */
        public fun logger(logger: System.Logger): Builder = apply { parts = parts.copy(logger = logger) }

        /** Checks the settings. A wrong one throws a [LandfallException] with the code `config_invalid`. */
        public fun build(): Auth = Auth(parts)
    }

    /** Answers a request for a route of the sign-in. Null is an address of the app's own. */
    public fun handle(request: Request): Response? {
        val visit = Visit(this, request)
        return visit.run("serve")?.let(visit::respond)
    }

    /** Gives who is signed in, or null. It makes no request, and asks no hook. */
    public fun getSession(request: Request): Session? = readSession(ask(request, "get_session")["session"])

    /**
     * Gives who is signed in, verified and asked about at [IsRevoked], or null. Through Supabase it may make requests.
     */
    public fun getUser(request: Request): Profile? = readSession(ask(request, "get_user")["session"])?.user

    /**
     * Gives who is signed in, verified as by [getUser]. For everybody else it throws [AccessDenied]: a page leads to
     * the sign-in, a fetch gets 401, and a change that another site asks for gets 403.
     */
    public fun require(request: Request): Session =
        checkNotNull(readSession(ask(request, "require_session")["session"]))

    /**
     * Gives an access token of the person's provider that lives for [minimum] seconds, 60 for null. It renews the token
     * where it must.
     */
    @JvmOverloads
    public fun getAccessToken(request: Request, minimum: Int? = null): AccessToken {
        if (minimum != null && minimum < 0) throw LandfallException("argument_invalid", "it is below 0", "minimum")
        val token = ask(request, "get_access_token", mapOf("minimum" to minimum))
        return AccessToken(token["access_token"], token["expires_at"].toLongOrNull()?.let(Instant::ofEpochSecond))
    }

    /**
     * Reads and checks the logout token that a provider posts (OpenID Connect Back-Channel Logout 2.5). Answer 200, and
     * 400 for an exception.
     */
    public fun verifyLogoutToken(request: Request): Logout {
        val found = ask(request, "verify_logout_token")
        val (sub, sid) = listOf("sub", "sid").map { found[it].ifEmpty { null } }
        return Logout(found["provider"], sub, sid, found["jti"])
    }

    /** Signs in a person whom the app knows itself. [data] is the app's own: what JSON can have. */
    @JvmOverloads
    public fun createSession(request: Request, user: Profile, data: Any? = null): Session {
        val given = mapOf("user" to toJson(user.toMap(), "user"), "data" to toJson(data, "data"))
        return checkNotNull(readSession(ask(request, "create_session", given)["session"]))
    }

    /** Replaces the app's data in the session. Where nobody is signed in, it gives null. */
    public fun updateSession(request: Request, data: Any?): Session? =
        readSession(ask(request, "update_session", mapOf("data" to toJson(data, "data")))["session"])

    /**
     * Gives the path to use for the `next` of a request, and null for one that is not safe. The origin is the app's
     * own, for a `next` that is a complete URL. It may be empty.
     */
    @JvmOverloads
    public fun checkNext(next: String, origin: String = ""): String? {
        val answer = runCatching {
            core.call("check_next", listOf(encode(next), encode(origin)))
        }.getOrDefault(emptyList())
        return if (answer.size == 2) next else answer.firstOrNull()
    }

    /** Zeroes the memory of the module. Nothing works afterwards. */
    override fun close(): Unit = core.close()

    /** Performs an operation, and sets the cookies of its answer. A RESPOND is an exception. */
    private fun ask(request: Request, operation: String, given: Fields = emptyMap()): Step {
        val visit = Visit(this, request, given)
        val answer = checkNotNull(visit.run(operation))
        if (answer.kind != "respond") return answer.also { it.list.forEach(request::addCookie) }
        val response = visit.respond(answer)
        val (code, message, parameter) = listOf("code", "message", "parameter").map { answer[it] }
        if (operation == "require_session") throw AccessDenied(code, message, parameter, response)
        response.headers.filter { it.key == "set-cookie" }.forEach { request.addCookie(it.value) }
        throw LandfallException(code, message, parameter, visit.cause)
    }
}

private fun toJson(value: Any?, parameter: String): String = try {
    JsonWriter.string(value)
} catch (failure: RuntimeException) {
    val code = if (parameter == "settings") "config_invalid" else "argument_invalid"
    throw LandfallException(code, "JSON cannot have all of it: ${failure.message}", parameter)
}
