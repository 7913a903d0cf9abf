package example

import io.ktor.http.ContentType
import io.ktor.http.HttpStatusCode
import io.ktor.http.content.ByteArrayContent
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.createApplicationPlugin
import io.ktor.server.application.hooks.CallFailed
import io.ktor.server.response.respond
import io.ktor.utils.io.jvm.javaio.toInputStream
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import landfall.AccessDenied
import landfall.Auth
import landfall.Request
import landfall.Response

/** A request of Ktor. */
class KtorRequest(private val call: ApplicationCall) : Request {
    override val method get() = call.request.local.method.value
    override val url
        get() = call.request.local.run { "$scheme://${headers("host").joinToString()}$uri" }

    override fun headers(name: String) = call.request.headers.getAll(name).orEmpty()

    override fun body() = call.request.receiveChannel().toInputStream()

    override fun addCookie(line: String) = call.response.headers.append("Set-Cookie", line)
}

/** Asks Landfall in a thread that may wait for a provider. */
suspend fun <T> ApplicationCall.ask(question: (Request) -> T): T =
    withContext(Dispatchers.IO) { question(KtorRequest(this@ask)) }

/** Answers the routes of the sign-in, and sends people away who may not see a page. */
fun landfall(auth: Auth) = createApplicationPlugin("Landfall") {
    onCall { call -> call.ask(auth::handle)?.let { call.send(it) } }
    on(CallFailed) { call, cause -> if (cause is AccessDenied) call.send(cause.response) }
}

private suspend fun ApplicationCall.send(answer: Response) {
    val (types, others) = answer.headers.partition { it.key == "content-type" }
    for ((name, value) in others) response.headers.append(name, value)
    val type = types.firstOrNull()?.let { ContentType.parse(it.value) }
    respond(ByteArrayContent(answer.body.toByteArray(), type, HttpStatusCode.fromValue(answer.status)))
}
