package example

import io.ktor.http.ContentType
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.install
import io.ktor.server.engine.embeddedServer
import io.ktor.server.netty.Netty
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.routing
import landfall.Auth

private val auth = Auth.Builder(
    mapOf(
        "origin" to System.getenv("APP_ORIGIN"),
        "secret" to System.getenv("AUTH_SECRET"),
        "session" to true,
        "providers" to mapOf(
            "sso" to mapOf(
                "issuer" to System.getenv("ISSUER"),
                "clientId" to System.getenv("CLIENT_ID"),
                "clientSecret" to System.getenv("CLIENT_SECRET"),
                "scopes" to "openid profile email",
            ),
        ),
    ),
).build()

private fun escape(text: String?) = text.orEmpty().replace("&", "&amp;").replace("<", "&lt;")

private suspend fun ApplicationCall.page(html: String) = respondText(html, ContentType.Text.Html)

/** Ktor with Landfall as a plugin. */
fun main() {
    embeddedServer(Netty, System.getenv("PORT")?.toInt() ?: 3000, "127.0.0.1") {
        install(landfall(auth))
        routing {
            get("/") {
                val user = call.ask(auth::getSession)?.user
                val name = if (user == null) "you" else user.name ?: user.sub
                call.page("""<h1>Hello ${escape(name)}</h1><a href="/account">Account</a>""")
            }
            get("/account") {
                val session = call.ask(auth::require)
                val form = """<form method="post" action="/auth/sign-out"><button>Sign out</button></form>"""
                call.page("<h1>Account of ${escape(session.user.sub)}</h1>$form")
            }
        }
    }.start(wait = true)
}
