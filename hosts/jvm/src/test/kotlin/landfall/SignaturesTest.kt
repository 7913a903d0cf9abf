package landfall

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.spec.ECGenParameterSpec
import java.security.spec.MGF1ParameterSpec
import java.security.spec.PSSParameterSpec
import java.util.Base64

private fun encodeBase64(bytes: ByteArray) = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)

/** A step with these fields. */
internal fun makeStep(kind: String, fields: Map<String, String>, vararg list: String) =
    Messages[kind.uppercase()].let { names -> Step(kind, names, names.map { fields[it].orEmpty() } + list) }

private fun makeCurve(name: String) =
    KeyPairGenerator.getInstance("EC").apply { initialize(ECGenParameterSpec(name)) }.generateKeyPair()

private val rsa = KeyPairGenerator.getInstance("RSA").apply { initialize(2048) }.generateKeyPair()
private val curves = mapOf("256" to "secp256r1", "384" to "secp384r1", "512" to "secp521r1")

private fun pss(bits: String, salt: Int) =
    PSSParameterSpec("SHA-$bits", "MGF1", MGF1ParameterSpec("SHA-$bits"), salt, 1)

/** The fields of VERIFY for a good signature. */
private fun signAs(alg: String, salt: Int? = null): Map<String, String> {
    val bits = alg.takeLast(3)
    val (pair: KeyPair, signer: Signature) = when (alg.take(2)) {
        "RS" -> rsa to Signature.getInstance("SHA${bits}withRSA")

        "PS" ->
            rsa to
                Signature.getInstance("RSASSA-PSS").apply { setParameter(pss(bits, salt ?: (bits.toInt() / 8))) }

        "ES" -> makeCurve(curves.getValue(bits)) to Signature.getInstance("SHA${bits}withECDSA")

        else -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair() to Signature.getInstance("Ed25519")
    }
    signer.initSign(pair.private)
    signer.update("header.claims".toByteArray())
    val signature = encodeBase64(signer.sign())
    val own = if (alg.startsWith("ES")) mapOf("signature_der" to signature, "signature" to "AAAA") else emptyMap()
    return mapOf(
        "alg" to alg,
        "spki" to encodeBase64(pair.public.encoded),
        "data" to "header.claims",
        "signature" to signature,
    ) + own
}

class SignaturesTest {
    private val names = listOf("RS", "PS", "ES").flatMap { kind -> curves.keys.map { kind + it } } + "EdDSA"

    @Test
    fun `a good signature of each algorithm, and nothing else`() {
        assertEquals(10, names.size)
        for (alg in names) {
            val good = signAs(alg)
            assertTrue(verify(makeStep("verify", good)), alg)
            val signature = if (alg.startsWith("ES")) "signature_der" else "signature"
            val changes = mapOf("data" to "header.claimz", "alg" to "none", "spki" to "AAAA", signature to "?")
            for ((name, value) in changes) {
                assertFalse(verify(makeStep("verify", good + (name to value))), "$alg with another $name")
            }
            for (other in names - alg) {
                assertFalse(verify(makeStep("verify", good + ("alg" to other))), "$alg is $other")
            }
        }
        assertFalse(verify(makeStep("verify", signAs("PS256", salt = 8))), "a salt of 8 bytes")
    }

    @Test
    fun `a signature is 64 bytes, also with small numbers`() {
        val pair = makeCurve("secp256r1")
        val step = makeStep("sign", mapOf("key" to encodeBase64(pair.private.encoded), "data" to "data"))
        val all = (1..600).map { Base64.getUrlDecoder().decode(sign(step)) } // One in 128 begins with a zero byte.
        assertTrue(all.all { it.size == 64 })
        assertTrue(all.any { it[0].toInt() == 0 || it[32].toInt() == 0 })
        val checker = Signature.getInstance("SHA256withECDSAinP1363Format").apply { initVerify(pair.public) }
        checker.update("data".toByteArray())
        assertTrue(checker.verify(all.first()))
    }

    @Test
    fun `a key of another kind signs nothing`() {
        val own = makeCurve("secp256r1").private.encoded
        val others = listOf(makeCurve("secp384r1").private.encoded, rsa.private.encoded, own.copyOf(60))
        for (key in others.map(::encodeBase64) + listOf("", "?")) {
            assertEquals("", sign(makeStep("sign", mapOf("key" to key, "data" to "data"))))
        }
    }
}
