package landfall

import java.security.AlgorithmParameters
import java.security.KeyFactory
import java.security.Signature
import java.security.interfaces.ECPrivateKey
import java.security.spec.AlgorithmParameterSpec
import java.security.spec.ECGenParameterSpec
import java.security.spec.ECParameterSpec
import java.security.spec.MGF1ParameterSpec
import java.security.spec.PKCS8EncodedKeySpec
import java.security.spec.PSSParameterSpec
import java.security.spec.X509EncodedKeySpec
import java.util.Base64

private class Algorithm(val key: String, val signature: String, val parameters: AlgorithmParameterSpec? = null)

/** The algorithms of JOSE by their names (RFC 7518 3.1, RFC 8037 3.1). The salt of PS is as long as its hash. */
private val algorithms =
    listOf(256, 384, 512).fold(mapOf("EdDSA" to Algorithm("Ed25519", "Ed25519"))) { all, bits ->
        val hash = "SHA-$bits"
        val pss = PSSParameterSpec(hash, "MGF1", MGF1ParameterSpec(hash), bits / 8, PSSParameterSpec.TRAILER_FIELD_BC)
        all +
            mapOf(
                "RS$bits" to Algorithm("RSA", "SHA${bits}withRSA"),
                "PS$bits" to Algorithm("RSA", "RSASSA-PSS", pss),
                "ES$bits" to Algorithm("EC", "SHA${bits}withECDSA"),
            )
    }

private fun decode(text: String) = Base64.getUrlDecoder().decode(text)

/** Carries out a VERIFY step. Every failure is a signature that is not good. */
internal fun verify(step: Step): Boolean = runCatching {
    val algorithm = algorithms.getValue(step["alg"])
    val key = KeyFactory.getInstance(algorithm.key).generatePublic(X509EncodedKeySpec(decode(step["spki"])))
    Signature.getInstance(algorithm.signature).run {
        algorithm.parameters?.let(::setParameter)
        initVerify(key)
        update(encode(step["data"]))
        verify(decode(step["signature_der"].ifEmpty { step["signature"] }))
    }
}.getOrDefault(false)

private val p256: ECParameterSpec =
    AlgorithmParameters
        .getInstance("EC")
        .apply { init(ECGenParameterSpec("secp256r1")) }
        .getParameterSpec(ECParameterSpec::class.java)

/** Carries out a SIGN step. A key that is none of P-256 gives no signature. */
internal fun sign(step: Step): String = runCatching {
    val key = KeyFactory.getInstance("EC").generatePrivate(PKCS8EncodedKeySpec(decode(step["key"])))
    check((key as ECPrivateKey).params.curve == p256.curve)
    Signature.getInstance("SHA256withECDSAinP1363Format").run {
        initSign(key)
        update(encode(step["data"]))
        Base64.getUrlEncoder().withoutPadding().encodeToString(sign())
    }
}.getOrDefault("")
