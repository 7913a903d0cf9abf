package example

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import androidx.browser.customtabs.CustomTabsIntent
import java.util.concurrent.Executors

private const val ORIGIN = "https://app.example"

// An app on phones is a client of its own: a public one, without a secret.
private val PROVIDER = mapOf(
    "issuer" to "https://sso.example",
    "clientId" to "my-app",
    "scopes" to "openid profile",
    "userinfo" to true,
)

/** The page of the app. The system opens it, and opens it again with the link: `launchMode` is `singleTask`. */
class MainActivity : Activity() {
    // Landfall waits for the provider, and the main thread may not.
    private val worker = Executors.newSingleThreadExecutor()
    private val signIn by lazy { SignIn(ORIGIN, PROVIDER, PreferencesStore(this)) }
    private val who by lazy { TextView(this) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        val button = Button(this).apply { text = "Sign in" }
        button.setOnClickListener { worker.execute { openTab(signIn.start("/account")) } }
        setContentView(LinearLayout(this).apply { listOf(who, button).forEach(::addView) })
        take(intent)
    }

    override fun onNewIntent(intent: Intent) = take(intent)

    private fun take(intent: Intent) = worker.execute {
        val outcome = intent.dataString?.let(signIn::complete)
        val user = signIn.user()
        runOnUiThread { who.text = outcome?.error ?: user?.name ?: "Nobody is signed in" }
    }

    private fun openTab(url: String) = runOnUiThread {
        CustomTabsIntent.Builder().build().launchUrl(this, Uri.parse(url))
    }
}
