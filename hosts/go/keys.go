package landfall

import (
	"cmp"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
)

// algorithms are those of JOSE by their names (RFC 7518 3.1, RFC 8037 3.1), as certificates have them too. The salt of
// PS is as long as its hash.
var algorithms = map[string]x509.SignatureAlgorithm{
	"RS256": x509.SHA256WithRSA, "RS384": x509.SHA384WithRSA, "RS512": x509.SHA512WithRSA,
	"PS256": x509.SHA256WithRSAPSS, "PS384": x509.SHA384WithRSAPSS, "PS512": x509.SHA512WithRSAPSS,
	"ES256": x509.ECDSAWithSHA256, "ES384": x509.ECDSAWithSHA384, "ES512": x509.ECDSAWithSHA512,
	"EdDSA": x509.PureEd25519,
}

// decode reads base64url without padding. What is none gives bytes that no key and no signature has.
func decode(text string) []byte {
	bytes, _ := base64.RawURLEncoding.DecodeString(text)
	return bytes
}

// verify carries out a VERIFY step: 1 for a good signature, 0 for everything else.
func verify(s step) string {
	key, err := x509.ParsePKIXPublicKey(decode(s.get("spki")))
	signer := x509.Certificate{PublicKey: key}
	signature := decode(cmp.Or(s.get("signature_der"), s.get("signature")))
	if err != nil || signer.CheckSignature(algorithms[s.get("alg")], []byte(s.get("data")), signature) != nil {
		return "0"
	}
	return "1"
}

// sign carries out a SIGN step. A key that is none of P-256 gives no signature.
func sign(s step) string {
	key, _ := x509.ParsePKCS8PrivateKey(decode(s.get("key")))
	own, ok := key.(*ecdsa.PrivateKey)
	if !ok || own.Curve != elliptic.P256() {
		return ""
	}
	sum := sha256.Sum256([]byte(s.get("data")))
	first, second, err := ecdsa.Sign(rand.Reader, own, sum[:])
	if err != nil {
		return ""
	}
	both := append(first.FillBytes(make([]byte, 32)), second.FillBytes(make([]byte, 32))...)
	return base64.RawURLEncoding.EncodeToString(both)
}
