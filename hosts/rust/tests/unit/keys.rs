//! Signatures of all ten algorithms.

use super::module::make_step;
use crate::keys::{decode, sign, verify};
use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::*;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

const DATA: &str = "header.claims";

fn to_spki<'a>(key: &impl AsDer<PublicKeyX509Der<'a>>) -> String {
    encode(key.as_der().unwrap().as_ref())
}

/// A name of JOSE with a public key and a signature of DATA.
type Signed = (&'static str, String, String);

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn sign_all() -> Vec<Signed> {
    let random = SystemRandom::new();
    let rsa = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let rsa_spki = to_spki(rsa.public_key());
    let with_rsa: [(_, &'static dyn RsaEncoding); 6] = [
        ("RS256", &RSA_PKCS1_SHA256),
        ("RS384", &RSA_PKCS1_SHA384),
        ("RS512", &RSA_PKCS1_SHA512),
        ("PS256", &RSA_PSS_SHA256),
        ("PS384", &RSA_PSS_SHA384),
        ("PS512", &RSA_PSS_SHA512),
    ];
    let mut all: Vec<Signed> = with_rsa
        .into_iter()
        .map(|(alg, encoding)| {
            let mut signature = vec![0; rsa.public_modulus_len()];
            rsa.sign(encoding, &random, DATA.as_bytes(), &mut signature).unwrap();
            (alg, rsa_spki.clone(), encode(signature))
        })
        .collect();
    for (alg, signing) in [
        ("ES256", &ECDSA_P256_SHA256_ASN1_SIGNING),
        ("ES384", &ECDSA_P384_SHA384_ASN1_SIGNING),
        ("ES512", &ECDSA_P521_SHA512_ASN1_SIGNING),
    ] {
        let pair = EcdsaKeyPair::generate(signing).unwrap();
        let spki = to_spki(pair.public_key());
        all.push((alg, spki, encode(pair.sign(&random, DATA.as_bytes()).unwrap())));
    }
    let pair = Ed25519KeyPair::generate().unwrap();
    let spki = to_spki(pair.public_key());
    all.push(("EdDSA", spki, encode(pair.sign(DATA.as_bytes()))));
    all
}

fn is_good(alg: &str, spki: &str, signature: &str, data: &str) -> bool {
    let der = if alg.starts_with("ES") { [signature, "AAAA"] } else { ["", signature] };
    let fields = [("alg", alg), ("spki", spki), ("signature_der", der[0]), ("signature", der[1]), ("data", data)];
    verify(&make_step("verify", &fields, &[]))
}

#[test]
fn ten_algorithms() {
    let all = sign_all();
    assert_eq!(all.len(), 10);
    for (alg, spki, signature) in &all {
        assert!(is_good(alg, spki, signature, DATA), "a good signature of {alg} is refused");
        let bad = [("none", &**spki, &**signature, DATA), (alg, "AAAA", signature, DATA), (alg, spki, "?", DATA)];
        for (alg, spki, signature, data) in bad.into_iter().chain([(*alg, &**spki, &**signature, "header.claimz")]) {
            assert!(!is_good(alg, spki, signature, data), "{alg} {spki} {signature} {data} is good");
        }
        for (other, key, _) in all.iter().filter(|(other, ..)| other != alg) {
            assert!(!is_good(other, spki, signature, DATA), "a signature of {alg} is one of {other}");
            assert!(key == spki || !is_good(alg, key, signature, DATA), "the key of {other} is one of {alg}");
        }
    }
}

#[test]
fn a_signature_is_r_and_s() {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let pkcs8 = pair.to_pkcs8v1().unwrap();
    let key = encode(pkcs8.as_ref());
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, pair.public_key());
    let mut short = 0;
    for _ in 0..1500 {
        let signature = decode(&sign(&make_step("sign", &[("key", &key), ("data", DATA)], &[]))).unwrap();
        assert_eq!(signature.len(), 64);
        public.verify(DATA.as_bytes(), &signature).unwrap();
        short += u32::from(signature[0] == 0 || signature[32] == 0); // One of 128.
    }
    assert!(short > 0, "no number was short");
    let other = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap();
    let other = encode(other.to_pkcs8v1().unwrap().as_ref());
    for wrong in [other, encode(&pkcs8.as_ref()[..60]), String::new(), "?".into()] {
        assert_eq!(sign(&make_step("sign", &[("key", &wrong), ("data", DATA)], &[])), "", "signed with {wrong}");
    }
}
