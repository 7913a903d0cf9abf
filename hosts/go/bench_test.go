package landfall

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
)

const site = "https://app.example"

// tokens answers each request of the app at once.
type tokens struct{}

func (tokens) RoundTrip(*http.Request) (*http.Response, error) {
	header := http.Header{"Content-Type": {"application/json"}}
	body := io.NopCloser(strings.NewReader(`{"access_token":"access","token_type":"bearer","expires_in":3600}`))
	return &http.Response{StatusCode: 200, Header: header, Body: body}, nil
}

func benchOptions() Options {
	work := Map{"clientId": "id", "clientSecret": "secret", "authorizationEndpoint": "https://work.example/authorize",
		"tokenEndpoint": "https://work.example/token"}
	return Options{
		Settings:  Map{"origin": site, "secret": secret, "session": true, "providers": Map{"work": work}},
		Transport: tokens{},
		OnSession: func(SignIn) (Answer, error) { return Answer{}, nil },
		Logger:    slog.New(slog.DiscardHandler),
	}
}

func BenchmarkStartUp(b *testing.B) {
	for range b.N {
		compiled = wazero.NewCompilationCache()
		auth, err := New(context.Background(), benchOptions())
		if err != nil {
			b.Fatal(err)
		}
		auth.Close(context.Background())
		compiled.Close(context.Background())
	}
	compiled = wazero.NewCompilationCache()
}

// Benchmark measures requests without a network.
func Benchmark(b *testing.B) {
	auth, err := New(context.Background(), benchOptions())
	if err != nil {
		b.Fatal(err)
	}
	send := func(request *http.Request) *http.Response {
		recorder := httptest.NewRecorder()
		auth.ServeHTTP(recorder, request)
		return recorder.Result()
	}
	signIn := httptest.NewRequest("GET", site+"/auth/sign-in?provider=work&next=/welcome", nil)
	start := send(signIn)
	location, err := url.Parse(start.Header.Get("Location"))
	if err != nil || start.StatusCode != 303 {
		b.Fatal(start.StatusCode)
	}
	query := url.Values{"code": {"code"}, "state": {location.Query().Get("state")}}
	callback := httptest.NewRequest("GET", site+"/auth/callback/work?"+query.Encode(), nil)
	for _, one := range start.Cookies() {
		callback.AddCookie(one)
	}
	back := send(callback)
	if back.Header.Get("Location") != "/welcome#" {
		b.Fatal(back.Header)
	}
	page := httptest.NewRequest("GET", site+"/me", nil)
	for _, one := range back.Cookies() {
		page.AddCookie(one)
	}
	for _, one := range []struct {
		name string
		run  func()
	}{
		{"check_next", func() { auth.CheckNext("/account/security?tab=keys", site) }},
		{"sign_in", func() { send(signIn) }},
		{"callback", func() { send(callback) }},
		{"other_page", func() { send(page) }},
		{"session", func() { auth.Session(httptest.NewRecorder(), page) }},
	} {
		b.Run(one.name, func(b *testing.B) {
			for range b.N {
				one.run()
			}
		})
	}
}
