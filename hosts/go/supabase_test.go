package landfall

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

func TestSupabaseByItsKeys(t *testing.T) {
	key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	var asked atomic.Int32
	project := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1); r.URL.Path != "/auth/v1/.well-known/jwks.json" {
			t.Errorf("asked for %s", r.URL)
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(Map{"keys": []Map{{"kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "one", "use": "sig",
			"key_ops": []string{"verify"}, "x": encode(key.X.FillBytes(make([]byte, 32))),
			"y": encode(key.Y.FillBytes(make([]byte, 32)))}}})
	}))
	defer project.Close()
	app := startApp(t, provider, func(o *Options) {
		o.Settings = Map{"origin": o.Settings.(Map)["origin"], "supabase": Map{"url": project.URL, "key": "sb_publishable_key"}}
	})
	request := func(sub string, forge bool) *http.Request {
		part := func(value Map) string { text, _ := json.Marshal(value); return encode(text) }
		end := time.Now().Add(time.Hour).Unix()
		claims := Map{"iss": project.URL + "/auth/v1", "aud": "authenticated", "sub": sub, "role": "authenticated", "exp": end,
			"iat": end - 3600, "email": "ada@example.test", "app_metadata": Map{"provider": "github"}, "session_id": "s"}
		data := part(Map{"alg": "ES256", "kid": "one", "typ": "JWT"}) + "." + part(claims)
		digest := sha256.Sum256([]byte(data))
		first, second, _ := ecdsa.Sign(rand.Reader, key, digest[:])
		signature := append(first.FillBytes(make([]byte, 32)), second.FillBytes(make([]byte, 32))...)
		if forge {
			signature[40] ^= 1
		}
		session := part(Map{"access_token": data + "." + encode(signature), "refresh_token": "refresh", "expires_at": end,
			"expires_in": 3600, "token_type": "bearer", "user": Map{"id": sub, "email": "ada@example.test"}})
		request := httptest.NewRequest("GET", app.origin+"/", nil)
		request.AddCookie(&http.Cookie{Name: "sb-127-auth-token", Value: "base64-" + session})
		return request
	}
	if session := app.Session(httptest.NewRecorder(), request("ada", false)); session == nil || session.Verified || asked.Load() != 0 {
		t.Errorf("unverified: %+v", session)
	}
	for range 3 {
		user, err := app.User(httptest.NewRecorder(), request("ada", false))
		if err != nil || user == nil || user.Sub != "ada" || user.Provider != "github" {
			t.Errorf("got %+v, %v", user, err)
		}
	}
	if user, err := app.User(httptest.NewRecorder(), request("eve", true)); user != nil || err != nil {
		t.Errorf("a forged one is %+v, %v", user, err)
	}
	if got := asked.Load(); got != 1 {
		t.Errorf("asked for the keys %d times", got)
	}
}
