package example

import android.content.Context

/** The storage of the app. `commit` waits for the disk: the system may end the app while the custom tab is open. */
class PreferencesStore(context: Context) : Store {
    private val preferences = context.getSharedPreferences("sign-in", Context.MODE_PRIVATE)

    override fun read(name: String): String? = preferences.getString(name, null)

    override fun write(name: String, value: String) {
        preferences.edit().putString(name, value).commit()
    }
}
