package landfall

import com.grack.nanojson.JsonObject
import com.grack.nanojson.JsonParser
import java.time.Instant

/**
 * Who a person is, in the same form for every provider. What a provider does not say is null. Accounts hang on
 * [provider] and [sub], never on [email].
 */
public data class Profile
@JvmOverloads
constructor(
    val provider: String,
    val sub: String?,
    val name: String? = null,
    val email: String? = null,
    val emailVerified: Boolean = false,
    val picture: String? = null,
    val username: String? = null,
    val locale: String? = null,
) {
    internal constructor(json: JsonObject) : this(
        json.getString("provider"),
        json.getString("sub"),
        json.getString("name"),
        json.getString("email"),
        json.getBoolean("email_verified"),
        json.getString("picture"),
        json.getString("username"),
        json.getString("locale"),
    )

    internal fun toMap() = mapOf(
        "provider" to provider,
        "sub" to sub,
        "name" to name,
        "email" to email,
        "email_verified" to emailVerified.takeIf { it },
        "picture" to picture,
        "username" to username,
        "locale" to locale,
    ).filterValues { it != null }
}

/** Who is signed in. */
public class Session internal constructor(json: JsonObject) {
    public val user: Profile = Profile(json.getObject("user"))
    public val provider: String = json.getString("provider")

    /** The session's own name, random. */
    public val sid: String? = json.getString("sid")

    /** Null through Supabase. */
    public val created: Instant? = json.getInstant("created")

    /** Null through Supabase. */
    public val expires: Instant? = json.getInstant("expires")

    /** The app's own, as JSON has it: a Map, a List, a String, a Number, a Boolean, or null. */
    public val data: Any? = json["data"]

    /** False from [Auth.getSession] through Supabase: nobody has verified its cookies. */
    public val isVerified: Boolean = json.getBoolean("verified")

    private fun JsonObject.getInstant(name: String) = getNumber(name)?.let { Instant.ofEpochSecond(it.toLong()) }
}

/** Reads a session as the core writes it; null for none. */
internal fun readSession(text: String) = if (text.isEmpty()) null else Session(JsonParser.`object`().from(text))

/** An access token of a provider. [expires] is null where nobody says it. */
public class AccessToken internal constructor(public val value: String, public val expires: Instant?)

/**
 * Whose sessions a provider has ended: the one that the ID Token's claim [sid] names, or without it all of [sub].
 */
public class Logout internal constructor(
    public val provider: String,
    public val sub: String?,
    public val sid: String?,
    /** The token's own name. */
    public val jti: String,
)
