package landfall

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"strings"
	"testing"
)

func encode(bytes []byte) string { return base64.RawURLEncoding.EncodeToString(bytes) }

func makeStep(kind string, values fields) step {
	s := step{kind: kind, names: messages[strings.ToUpper(kind)]}
	for _, name := range s.names {
		s.values = append(s.values, values[name])
	}
	return s
}

// sum gives the hash of JOSE's name, and how to hash with it.
func sum(t *testing.T, alg string, data []byte) (crypto.Hash, []byte) {
	hash, ok := map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512}[alg[2:]]
	if !ok {
		t.Fatal(alg)
	}
	h := hash.New()
	h.Write(data)
	return hash, h.Sum(nil)
}

func TestVerify(t *testing.T) {
	rsaKey, _ := rsa.GenerateKey(rand.Reader, 2048)
	curves := map[string]elliptic.Curve{"ES256": elliptic.P256(), "ES384": elliptic.P384(), "ES512": elliptic.P521()}
	data := []byte("header.claims")
	good := map[string]fields{}
	for alg := range algorithms {
		var key crypto.Signer = rsaKey
		var signature []byte
		switch {
		case alg == "EdDSA":
			_, own, _ := ed25519.GenerateKey(rand.Reader)
			key, signature = own, ed25519.Sign(own, data)
		case alg[:2] == "ES":
			own, _ := ecdsa.GenerateKey(curves[alg], rand.Reader)
			_, digest := sum(t, alg, data)
			key = own
			signature, _ = ecdsa.SignASN1(rand.Reader, own, digest)
		default:
			hash, digest := sum(t, alg, data)
			var options crypto.SignerOpts = hash
			if alg[:2] == "PS" {
				options = &rsa.PSSOptions{SaltLength: hash.Size(), Hash: hash}
			}
			signature, _ = rsaKey.Sign(rand.Reader, digest, options)
		}
		spki, _ := x509.MarshalPKIXPublicKey(key.Public())
		one := fields{"alg": alg, "spki": encode(spki), "data": string(data), "signature": encode(signature)}
		if alg[:2] == "ES" {
			one["signature_der"], one["signature"] = one["signature"], "AAAA"
		}
		good[alg] = one
		if verify(makeStep("verify", one)) != "1" {
			t.Errorf("%s: a good signature is refused", alg)
		}
	}
	for alg, one := range good {
		for name, value := range map[string]string{"data": "header.claimz", "alg": "none", "spki": "AAAA", "signature": "?"} {
			if alg[:2] == "ES" && name == "signature" {
				name = "signature_der"
			}
			kept := one[name]
			if one[name] = value; verify(makeStep("verify", one)) != "0" {
				t.Errorf("%s with another %s is good", alg, name)
			}
			one[name] = kept
		}
		for other := range good {
			one["alg"] = other
			if other != alg && verify(makeStep("verify", one)) != "0" {
				t.Errorf("a signature of %s is one of %s", alg, other)
			}
		}
	}
	shortSalt := fields{"alg": "PS256", "spki": good["RS256"]["spki"], "data": string(data)}
	hash, digest := sum(t, "PS256", data)
	signature, _ := rsa.SignPSS(rand.Reader, rsaKey, hash, digest, &rsa.PSSOptions{SaltLength: 8})
	if shortSalt["signature"] = encode(signature); verify(makeStep("verify", shortSalt)) != "0" {
		t.Error("a salt of 8 bytes is good")
	}
}

func TestSign(t *testing.T) {
	own, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	pkcs8, _ := x509.MarshalPKCS8PrivateKey(own)
	short := 0
	for range 600 { // A number with a zero byte in front comes every 128 signatures.
		signature := decode(sign(makeStep("sign", fields{"key": encode(pkcs8), "data": "data"})))
		if len(signature) != 64 {
			t.Fatalf("%d bytes", len(signature))
		}
		if signature[0] == 0 || signature[32] == 0 {
			short++
		}
	}
	if short == 0 {
		t.Error("no number was short")
	}
	other, _ := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	wrong, _ := x509.MarshalPKCS8PrivateKey(other)
	for _, key := range []string{encode(wrong), encode(pkcs8[:60]), "", "?"} {
		if got := sign(makeStep("sign", fields{"key": key, "data": "data"})); got != "" {
			t.Errorf("signed with %s: %s", key, got)
		}
	}
}
