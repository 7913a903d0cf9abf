package landfall

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// makeVisit is a request whose steps go to a server.
func makeVisit(t *testing.T, answer http.HandlerFunc) (*visit, string) {
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	auth := &Auth{options: Options{Transport: http.DefaultTransport}, addresses: newMemory(32, math.MaxInt64),
		renewals: newMemory(1000, time.Minute)}
	return auth.visit(httptest.NewRequest("GET", "/", nil)), server.URL
}

func TestFetch(t *testing.T) {
	v, site := makeVisit(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/busy":
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(503)
		case "/slow":
			io.WriteString(w, "a")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		default:
			w.Header().Set("Content-Type", r.Header.Get("X-Type"))
			body, _ := io.ReadAll(r.Body)
			fmt.Fprintf(w, "%s %s", r.Method, body)
		}
	})
	ask := func(path, max, deadline string) fields {
		s := makeStep("fetch", fields{"method": "POST", "url": site + path, "body": "12345", "max_bytes": max, "deadline": deadline})
		s.values = append(s.values, "x-type", "text/plain")
		result, _ := v.fetch(s)
		return result
	}
	for _, one := range []struct {
		got    fields
		wanted fields
	}{
		{ask("/", "10", "5000"), fields{"status": "200", "content_type": "text/plain", "answer": "POST 12345"}},
		{ask("/", "9", "5000"), fields{"failure": "too_large"}},
		{ask("/busy", "10", "5000"), fields{"status": "503", "retry_after": "7"}},
		{ask("/slow", "10", "100"), fields{"failure": "timeout"}},
	} {
		for _, name := range []string{"failure", "status", "content_type", "answer", "retry_after"} {
			if one.got[name] != one.wanted[name] {
				t.Errorf("%s: got %q, wanted %q", name, one.got[name], one.wanted[name])
			}
		}
	}
	refused := httptest.NewServer(nil)
	refused.Close()
	got, _ := v.fetch(makeStep("fetch", fields{"method": "GET", "url": refused.URL, "max_bytes": "9", "deadline": "5000"}))
	if got["failure"] != "network" || !strings.Contains(got["cause"], "refused") {
		t.Errorf("got %v", got)
	}
}

func TestKeeping(t *testing.T) {
	var asked atomic.Int32
	v, site := makeVisit(t, func(w http.ResponseWriter, r *http.Request) { asked.Add(1) })
	for _, one := range []struct {
		maxAge, again string
		isGood        bool // The next step says to keep it.
		asked         int32
	}{
		{"0", "", true, 1}, {"600", "", false, 2}, {"600", "", true, 3}, {"600", "", true, 3}, {"0", "", true, 4},
		{"600", "1", true, 5}, {"600", "1", true, 5}, {"600", "", true, 5},
	} {
		v.fetch(makeStep("fetch", fields{"method": "GET", "url": site, "max_bytes": "9", "deadline": "5000",
			"max_age": one.maxAge, "again": one.again}))
		v.settle(one.isGood)
		if got := asked.Load(); got != one.asked {
			t.Errorf("%+v: asked %d times", one, got)
		}
	}
	for n := range 1000 {
		r := &response{name: fmt.Sprint(n), at: time.Now()}
		v.addresses.underway[r.name] = r
		v.addresses.settle(r, true)
	}
	if got := len(v.addresses.kept); got != 32 || v.addresses.kept["999"] == nil {
		t.Errorf("%d responses are kept", got)
	}
}

func TestMetadataIsAskedOnce(t *testing.T) {
	var asked atomic.Int32
	var origin string
	app := startApp(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"issuer":"%[1]s","authorization_endpoint":"%[1]s/authorize","token_endpoint":"%[1]s/token",
			"response_types_supported":["code"],"jwks_uri":"%[1]s/jwks"}`, origin)
	}, func(o *Options) {
		work := o.Settings.(Map)["providers"].(Map)["work"].(Map)
		origin = strings.TrimSuffix(work["tokenEndpoint"].(string), "/token")
		o.Settings.(Map)["providers"] = Map{"work": Map{"issuer": origin, "clientId": "id", "clientSecret": "secret"}}
	})
	browser := app.browser(t)
	for range 3 {
		browser.expect(browser.get("/auth/sign-in?provider=work"), 303, origin+"/authorize")
	}
	if got := asked.Load(); got != 1 {
		t.Errorf("asked %d times", got)
	}
}

func TestTLS(t *testing.T) {
	site := httptest.NewTLSServer(http.HandlerFunc(provider))
	defer site.Close()
	app := startApp(t, provider, func(o *Options) {
		o.Settings.(Map)["origin"] = Map{"trustedHosts": []string{"app.example", "127.0.0.1"}}
		o.Settings.(Map)["providers"].(Map)["work"].(Map)["tokenEndpoint"] = site.URL + "/token"
	})
	browser := app.browser(t)
	browser.expect(browser.signIn("code", "/me"), 303, "/auth/auth-code-error?error=certificate_untrusted")

	request := httptest.NewRequest("GET", "/auth/sign-in?provider=work", nil)
	request.Host, request.TLS = "app.example", &tls.ConnectionState{}
	recorder := httptest.NewRecorder()
	app.ServeHTTP(recorder, request)
	browser.expect(answer{recorder.Result(), ""}, 303, app.provider+"/authorize")
	request.TLS = nil
	recorder = httptest.NewRecorder()
	app.ServeHTTP(recorder, request)
	browser.expect(answer{recorder.Result(), ""}, 400, "")
}

// A token stays in no instance, and an instance that is thrown away is empty.
func TestMemoryIsWiped(t *testing.T) {
	app := startApp(t, provider, func(o *Options) {
		o.OnSession = func(SignIn) (Answer, error) { return Answer{}, nil }
	})
	browser, code := app.browser(t), "a-code-and-token-that-nobody-may-find"
	browser.expect(browser.signIn(code, "/me"), 303, "/me")
	browser.get("/me")
	used := 0
	for range cap(app.core.pool) {
		one := <-app.core.pool
		if one != nil {
			used++
			if bytes.Contains(one.memory(), []byte(code)) {
				t.Error("the module still has the token")
			}
			memory := one.memory()
			one.drop()
			if len(bytes.Trim(memory, "\x00")) > 0 {
				t.Error("the memory that was dropped is not empty")
			}
			if _, err := one.input.Call(context.Background(), 8); err == nil {
				t.Error("the instance is still there")
			}
		}
		app.core.pool <- nil
	}
	if used == 0 {
		t.Error("no instance was used")
	}
	browser.expectBody("/me", code+" null")
}
