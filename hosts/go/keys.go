package landfall

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/base64"
)

var hashes = map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512}
var curves = map[string]elliptic.Curve{"256": elliptic.P256(), "384": elliptic.P384(), "512": elliptic.P521()}

// decode reads base64url without padding. What is none gives no bytes, which nothing accepts.
func decode(text string) []byte {
	bytes, _ := base64.RawURLEncoding.DecodeString(text)
	return bytes
}

func digest(hash crypto.Hash, data string) []byte {
	h := hash.New()
	h.Write([]byte(data))
	return h.Sum(nil)
}

// verify carries out a VERIFY step: 1 for a good signature, 0 for everything else.
func verify(s step) int {
	key, err := x509.ParsePKIXPublicKey(decode(s.get("spki")))
	if alg := s.get("alg"); err == nil && len(alg) == 5 && isGood(key, alg[:2], alg[2:], s) {
		return 1
	}
	return 0
}

func isGood(key any, family, bits string, s step) bool {
	signature, data := decode(s.get("signature")), s.get("data")
	if key, ok := key.(ed25519.PublicKey); ok {
		return family+bits == "EdDSA" && ed25519.Verify(key, []byte(data), signature)
	}
	hash, ok := hashes[bits]
	if !ok {
		return false
	}
	sum := digest(hash, data)
	switch key := key.(type) {
	case *rsa.PublicKey:
		switch family {
		case "RS":
			return rsa.VerifyPKCS1v15(key, hash, sum, signature) == nil
		case "PS":
			return rsa.VerifyPSS(key, hash, sum, signature, &rsa.PSSOptions{SaltLength: hash.Size()}) == nil
		}
	case *ecdsa.PublicKey:
		return family == "ES" && key.Curve == curves[bits] && ecdsa.VerifyASN1(key, sum, decode(s.get("signature_der")))
	}
	return false
}

// sign carries out a SIGN step. A key that is none of P-256 gives no signature.
func sign(s step) string {
	key, err := x509.ParsePKCS8PrivateKey(decode(s.get("key")))
	own, ok := key.(*ecdsa.PrivateKey)
	if err != nil || !ok || own.Curve != elliptic.P256() {
		return ""
	}
	r, t, err := ecdsa.Sign(rand.Reader, own, digest(crypto.SHA256, s.get("data")))
	if err != nil {
		return ""
	}
	both := make([]byte, 64)
	r.FillBytes(both[:32])
	t.FillBytes(both[32:])
	return base64.RawURLEncoding.EncodeToString(both)
}
