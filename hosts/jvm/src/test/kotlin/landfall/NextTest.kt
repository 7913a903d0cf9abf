package landfall

import com.grack.nanojson.JsonObject
import com.grack.nanojson.JsonParser
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File

/** A text of the vectors: as it is, in parts, or repeated. Bytes that are no UTF-8 are no text in this language. */
private fun toText(value: Any?): String? = when (value) {
    is String -> value

    is JsonObject -> when {
        value.has("hex") -> null
        value.has("parts") -> value.getArray("parts").joinToString("") { toText(it)!! }
        else -> value.getString("text").repeat(value.getInt("repeat", 1))
    }

    else -> null
}

class NextTest {
    @Test
    fun `every vector`() {
        val vectors = File("../../tests/vectors/next.json").reader().use { JsonParser.`object`().from(it) }
        var checks = 0
        TestApp().use { app ->
            for (one in vectors.getArray("cases").map { it as JsonObject }) {
                val next = toText(one["next"]) ?: continue
                val usual = listOf("https://app.example", "http://localhost:3000", "https://app.example:8443")
                for (origin in one.getString("origin")?.let(::listOf) ?: usual) {
                    val name = "${one["id"]} under $origin"
                    assertEquals(toText(one["want"]), app.auth.checkNext(next, origin), name)
                    checks++
                }
            }
        }
        assertTrue(checks > 1500, "$checks checks")
    }

    @Test
    fun `half a character is none, and no question mark`() {
        TestApp().use { app ->
            assertEquals("/a%EF%BF%BD//b", app.auth.checkNext("/a\uD800//b"))
            assertNull(app.auth.checkNext("a".repeat(4 shl 20)))
            assertEquals("/a", app.auth.checkNext("/a"))
        }
    }
}
