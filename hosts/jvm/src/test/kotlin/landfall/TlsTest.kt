package landfall

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.InetSocketAddress
import java.net.http.HttpClient
import java.nio.file.Path
import java.security.KeyStore
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import kotlin.io.path.inputStream
import kotlin.io.path.pathString

private const val PASSWORD = "password"

class TlsTest {
    @TempDir
    lateinit var folder: Path

    /** A key with a certificate that nobody has signed. */
    private fun makeKeys(): KeyStore {
        val file = folder.resolve("keys.p12")
        val tool = Path.of(System.getProperty("java.home"), "bin", "keytool").pathString
        val names = listOf("-dname", "CN=127.0.0.1", "-ext", "SAN=IP:127.0.0.1", "-keyalg", "EC")
        val target = listOf("-keystore", file.pathString, "-storepass", PASSWORD)
        assertEquals(0, ProcessBuilder(listOf(tool, "-genkeypair") + names + target).start().waitFor())
        return KeyStore.getInstance("PKCS12").apply { file.inputStream().use { load(it, PASSWORD.toCharArray()) } }
    }

    @Test
    fun `a certificate that nobody trusts, and a client that trusts it`() {
        val keys = makeKeys()
        val managers = KeyManagerFactory.getInstance("PKIX").apply { init(keys, PASSWORD.toCharArray()) }
        val trusting = TrustManagerFactory.getInstance("PKIX").apply { init(keys) }
        val context = SSLContext.getInstance("TLS").apply { init(managers.keyManagers, trusting.trustManagers, null) }
        val server = HttpsServer.create(InetSocketAddress("127.0.0.1", 0), 0)
        server.httpsConfigurator = HttpsConfigurator(context)
        server.createContext("/", ::answerAsProvider)
        server.start()
        val work = mapOf("tokenEndpoint" to "https://127.0.0.1:${server.address.port}/token")
        TestApp(work = work).use { app ->
            expect(app.openBrowser().signIn("code"), 303, "/auth/auth-code-error?error=certificate_untrusted")
        }
        val client = HttpClient.newBuilder().sslContext(context).build()
        TestApp(work = work, change = { transport(Transport.of(client)) }).use { app ->
            expect(app.openBrowser().signIn("code"), 303, "/me")
        }
        server.stop(0)
    }
}
