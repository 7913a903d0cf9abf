package androidx.browser.customtabs

import android.content.Context
import android.content.Intent
import android.net.Uri

/** A stand-in for the class of androidx.browser, which only Google's repository has: MainActivity.kt compiles with it. */
class CustomTabsIntent private constructor() {
    fun launchUrl(context: Context, url: Uri) = context.startActivity(Intent(Intent.ACTION_VIEW, url))

    class Builder {
        fun build() = CustomTabsIntent()
    }
}
