package landfall

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

const secret = "a secret of a host under test: 32 bytes and more"

// provider answers with a token that is the code, and with a profile whose sub is the token.
func provider(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch r.URL.Path {
	case "/token":
		json.NewEncoder(w).Encode(Map{"access_token": r.FormValue("code"), "token_type": "bearer"})
	case "/userinfo":
		_, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		json.NewEncoder(w).Encode(Map{"sub": token, "name": "Ada Lovelace"})
	}
}

// app is an Auth behind a server, with a provider of its own.
type app struct {
	*Auth
	origin   string
	provider string
	log      *strings.Builder
}

// startApp changes the options before it starts. Its page tells who is signed in.
func startApp(t testing.TB, answer http.HandlerFunc, change func(*Options)) *app {
	t.Helper()
	site := httptest.NewServer(answer)
	t.Cleanup(site.Close)
	a := &app{provider: site.URL, log: &strings.Builder{}}
	mux := http.NewServeMux()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Set-Cookie", "outer=1")
		a.Middleware(mux).ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	a.origin = server.URL
	work := Map{"clientId": "id", "clientSecret": "secret", "authorizationEndpoint": site.URL + "/authorize",
		"tokenEndpoint": site.URL + "/token", "userinfoEndpoint": site.URL + "/userinfo"}
	options := Options{
		Settings: Map{"origin": a.origin, "secret": secret, "session": true, "providers": Map{"work": work}},
		Logger:   slog.New(slog.NewTextHandler(a.log, nil)),
	}
	if change != nil {
		change(&options)
	}
	auth, err := New(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { auth.Close(context.Background()) })
	a.Auth = auth
	mux.HandleFunc("/me", func(w http.ResponseWriter, r *http.Request) {
		if session := auth.Session(w, r); session != nil {
			fmt.Fprintf(w, "%s %s", session.User.Sub, session.Data)
		}
	})
	mux.HandleFunc("/account", func(w http.ResponseWriter, r *http.Request) {
		if session := auth.Require(w, r); session != nil {
			io.WriteString(w, session.User.Name)
		}
	})
	mux.HandleFunc("/password", func(w http.ResponseWriter, r *http.Request) {
		_, err := auth.CreateSession(w, r, Profile{Provider: "password", Sub: r.FormValue("sub")}, Map{"n": 1})
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	})
	mux.HandleFunc("/data", func(w http.ResponseWriter, r *http.Request) {
		if session, err := auth.UpdateSession(w, r, Map{"n": 2}); session == nil && err == nil {
			io.WriteString(w, "nobody")
		}
	})
	return a
}

// answer is a response whose body has been read.
type answer struct {
	*http.Response
	body string
}

// browser has cookies, and follows no redirect.
type browser struct {
	t      testing.TB
	client *http.Client
	origin string
}

func (a *app) browser(t testing.TB) *browser {
	jar, _ := cookiejar.New(nil)
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t, &http.Client{Jar: jar, CheckRedirect: stay}, a.origin}
}

func (b *browser) get(path string, headers ...string) answer {
	request, _ := http.NewRequest("GET", b.origin+path, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := b.client.Do(request)
	if err != nil {
		b.t.Error(err)
		return answer{&http.Response{Header: http.Header{}}, ""}
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return answer{response, string(body)}
}

// signIn goes to the provider and comes back with a code.
func (b *browser) signIn(code, next string) answer {
	start := b.get("/auth/sign-in?provider=work&next="+url.QueryEscape(next), "Sec-Fetch-Site", "same-origin")
	location, err := url.Parse(start.Header.Get("Location"))
	if err != nil || location.Path != "/authorize" {
		b.t.Errorf("no way to the provider: %d %s", start.StatusCode, start.Header)
		return start
	}
	return b.get("/auth/callback/work?" + url.Values{"code": {code}, "state": {location.Query().Get("state")}}.Encode())
}

func (b *browser) expect(got answer, status int, location string) {
	b.t.Helper()
	if got.StatusCode != status || !strings.HasPrefix(got.Header.Get("Location"), location) {
		b.t.Errorf("got %d %q %q, wanted %d %q", got.StatusCode, got.Header.Get("Location"), got.body, status, location)
	}
}

func (b *browser) expectBody(path, wanted string) {
	b.t.Helper()
	if got := b.get(path); got.body != wanted {
		b.t.Errorf("%s: got %d %q, wanted %q", path, got.StatusCode, got.body, wanted)
	}
}
