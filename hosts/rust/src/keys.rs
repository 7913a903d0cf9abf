//! The steps `verify` and `sign`.

use crate::module::Step;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair, UnparsedPublicKey, VerificationAlgorithm};
use base64::{DecodeError, Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The names of JOSE (RFC 7518 3.1, RFC 8037 3.1). The salt of PS is as long as its hash.
const ALGORITHMS: [(&str, &dyn VerificationAlgorithm); 10] = [
    ("RS256", &signature::RSA_PKCS1_2048_8192_SHA256),
    ("RS384", &signature::RSA_PKCS1_2048_8192_SHA384),
    ("RS512", &signature::RSA_PKCS1_2048_8192_SHA512),
    ("PS256", &signature::RSA_PSS_2048_8192_SHA256),
    ("PS384", &signature::RSA_PSS_2048_8192_SHA384),
    ("PS512", &signature::RSA_PSS_2048_8192_SHA512),
    ("ES256", &signature::ECDSA_P256_SHA256_ASN1),
    ("ES384", &signature::ECDSA_P384_SHA384_ASN1),
    ("ES512", &signature::ECDSA_P521_SHA512_ASN1),
    ("EdDSA", &signature::ED25519),
];

pub(crate) fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    URL_SAFE_NO_PAD.decode(text)
}

/// Carries out VERIFY: true for a good signature, and false for everything else.
pub(crate) fn verify(step: &Step) -> bool {
    let algorithm = ALGORITHMS.iter().find(|(name, _)| *name == step.get("alg"));
    let signature = match step.get("signature_der") {
        "" => step.get("signature"),
        der => der,
    };
    match (algorithm, decode(step.get("spki")), decode(signature)) {
        (Some((_, algorithm)), Ok(key), Ok(signature)) => {
            UnparsedPublicKey::new(*algorithm, key).verify(step.get("data").as_bytes(), &signature).is_ok()
        }
        _ => false,
    }
}

/// Carries out SIGN: r and s in base64url. A key that is none of P-256 gives no signature.
pub(crate) fn sign(step: &Step) -> String {
    let Ok(key) = decode(step.get("key")) else {
        return String::new();
    };
    let pair = EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, &key).ok();
    let signature = pair.and_then(|pair| pair.sign(&SystemRandom::new(), step.get("data").as_bytes()).ok());
    signature.map(|signature| URL_SAFE_NO_PAD.encode(signature)).unwrap_or_default()
}
