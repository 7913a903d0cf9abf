package landfall

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha256" // for crypto.Hash
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/base64"
)

var (
	hashes = map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512}
	curves = map[string]elliptic.Curve{"256": elliptic.P256(), "384": elliptic.P384(), "512": elliptic.P521()}
)

// decode reads base64url without padding. What is none gives bytes that no key and no signature has.
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
func verify(s step) string {
	key, err := x509.ParsePKIXPublicKey(decode(s.get("spki")))
	if err == nil && isGood(key, s) {
		return "1"
	}
	return "0"
}

func isGood(key any, s step) bool {
	alg, data, signature := s.get("alg"), s.get("data"), decode(s.get("signature"))
	if key, ok := key.(ed25519.PublicKey); ok {
		return alg == "EdDSA" && ed25519.Verify(key, []byte(data), signature)
	}
	bits := alg[min(2, len(alg)):]
	hash, ok := hashes[bits]
	if !ok {
		return false
	}
	sum := digest(hash, data)
	switch key := key.(type) {
	case *rsa.PublicKey:
		if alg == "RS"+bits {
			return rsa.VerifyPKCS1v15(key, hash, sum, signature) == nil
		}
		length := &rsa.PSSOptions{SaltLength: hash.Size()}
		return alg == "PS"+bits && rsa.VerifyPSS(key, hash, sum, signature, length) == nil
	case *ecdsa.PublicKey:
		return alg == "ES"+bits && key.Curve == curves[bits] && ecdsa.VerifyASN1(key, sum, decode(s.get("signature_der")))
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
	first, second, err := ecdsa.Sign(rand.Reader, own, digest(crypto.SHA256, s.get("data")))
	if err != nil {
		return ""
	}
	both := make([]byte, 64)
	first.FillBytes(both[:32])
	second.FillBytes(both[32:])
	return base64.RawURLEncoding.EncodeToString(both)
}
