package landfall

import java.io.InputStream

/** A request as a server has it. [JakartaRequest] and [JdkRequest] are two of them. */
public interface Request {
    /** GET, POST and so on. */
    public val method: String

    /** The scheme of the connection, the Host header, then path and query as they came, not decoded. */
    public val url: String

    /** The values of a header; none where it is not there. */
    public fun headers(name: String): List<String>

    /** The body, which is read only when it is needed. */
    public fun body(): InputStream

    /** Adds a Set-Cookie line to the response to this request. */
    public fun addCookie(line: String)
}

/** An answer to send: all headers in their order, among them several of one name, and a body in ASCII. */
public class Response internal constructor(
    public val status: Int,
    public val headers: List<Map.Entry<String, String>>,
    public val body: String,
)

/** A failure by its code in docs/errors.md. The parameter is the option or the argument at fault. */
public open class LandfallException internal constructor(
    public val code: String,
    message: String,
    public val parameter: String = "",
    cause: Throwable? = null,
) : RuntimeException("$code $parameter".trim() + ": " + message, cause)

/** Somebody may not see a page. A filter of Landfall's sends the response; without one, send it yourself. */
public class AccessDenied internal constructor(
    code: String,
    message: String,
    parameter: String,
    public val response: Response,
) : LandfallException(code, message, parameter)
