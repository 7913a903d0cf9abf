package example

import java.io.File
import java.util.Properties

/** A stand-in for PreferencesStore: a file. */
private class FileStore(private val file: File) : Store {
    private val values = Properties().apply { if (file.exists()) file.inputStream().use(::load) }

    override fun read(name: String): String? = values.getProperty(name)

    override fun write(name: String, value: String) {
        values.setProperty(name, value)
        file.outputStream().use { values.store(it, null) }
    }
}

private fun setting(name: String) = System.getenv().getValue(name)

/**
 * A stand-in for a phone: each run is the app, which the system has started again. The person's browser is the caller's.
 * It takes the file of the store, what happens, and the page or the link.
 */
fun main(arguments: Array<String>) {
    val (file, event) = arguments
    val given = arguments.getOrElse(2) { "" }
    val provider = mapOf(
        "issuer" to setting("ISSUER"),
        "clientId" to setting("CLIENT_ID"),
        "scopes" to "openid profile email",
        "userinfo" to true,
    )
    SignIn(setting("APP_ORIGIN"), provider, FileStore(File(file))).use { signIn ->
        val said = when (event) {
            "start" -> signIn.start(given)
            "link" -> signIn.complete(given)?.let { it.error ?: it.path }
            "who" -> signIn.user()?.run { "$sub $name $email" }
            else -> signIn.signOut()
        }
        println(said)
    }
}
