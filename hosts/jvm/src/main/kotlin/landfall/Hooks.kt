package landfall

import com.grack.nanojson.JsonWriter

/** A person who is about to be signed in. */
public class SignIn internal constructor(
    public val request: Request,
    /** Its name in the settings. */
    public val provider: String,
    /** The path that the person wanted. */
    public val next: String,
    /** `recovery` where the person came to choose a new password. */
    public val redirectType: String,
    /** Who it is, in the same form for every provider. */
    public val profile: Profile,
    /** All of it, with the names on the wire: access_token, refresh_token, claims. */
    public val session: Map<String, Any?>,
    /** The session in which the sign-in started, to link an account; null for none. */
    public val current: Session?,
)

/** What a hook answers. Nothing set agrees. */
public class Answer {
    internal val headers = mutableListOf<Header>()
    internal val fields = mutableMapOf<String, String>()

    /** Adds a header to the response. It replaces nothing that Landfall sets itself. */
    public fun header(name: String, value: String): Answer = apply { headers += Header(name.lowercase(), value) }

    /** Leads elsewhere: a path of the app, or a complete https URL in ASCII. */
    public fun redirect(target: String): Answer = apply { fields["redirect"] = target }

    /** Of [OnSession]: the app's own data for the session, which is what JSON can have. */
    public fun data(data: Any?): Answer = apply { fields["data"] = JsonWriter.string(data) }

    /** Of [OnSignOut]: revokes a token; [hint] is `access_token` or `refresh_token` (RFC 7009 2.1). */
    @JvmOverloads
    public fun revoke(provider: String, token: String, hint: String = ""): Answer =
        apply { fields += mapOf("revoke_provider" to provider, "revoke_token" to token, "token_type_hint" to hint) }
}

/** Takes a new sign-in after all checks. */
public fun interface OnSession {
    /** An exception refuses the person. */
    @Throws(Exception::class)
    public fun signIn(signIn: SignIn): Answer
}

/** Ends the app's own session. */
public fun interface OnSignOut {
    /** An exception makes the sign-out fail. */
    @Throws(Exception::class)
    public fun signOut(request: Request): Answer
}

/** Tells whether the app has ended a session, by its [Session.sid]. */
public fun interface IsRevoked {
    /** An exception lets nobody in. */
    @Throws(Exception::class)
    public fun isRevoked(request: Request, session: Session): Boolean
}
