package landfall

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

func TestHostileTokenEndpoint(t *testing.T) {
	good := `{"access_token":"person","token_type":"bearer"}`
	var asked atomic.Int32
	cases := map[string]struct {
		wanted string
		answer http.HandlerFunc
	}{
		"good": {"/me", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, good) }},
		"redirect": {"token_redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/token?again", http.StatusTemporaryRedirect)
		}},
		"redirect to no address": {"token_redirect", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://%zz")
			w.WriteHeader(302)
		}},
		"gzip": {"/me", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			io.WriteString(packed, good)
			packed.Close()
		}},
		"gzip bomb": {"token_", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			for range 64 {
				io.WriteString(packed, strings.Repeat(" ", 1<<20))
			}
			packed.Close()
		}},
		"endless": {"token_", func(w http.ResponseWriter, r *http.Request) {
			for err := error(nil); err == nil; {
				_, err = io.WriteString(w, strings.Repeat(" ", 1<<16))
			}
		}},
		"broken off": {"token_", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "5000")
			io.WriteString(w, good)
		}},
		"no answer": {"token_", func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }},
		"cookie": {"/me", func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Cookie") != "" {
				t.Error("a cookie came back")
			}
			http.SetCookie(w, &http.Cookie{Name: "foreign", Value: "1"})
			io.WriteString(w, good)
		}},
	}
	for name, one := range cases {
		t.Run(name, func(t *testing.T) {
			asked.Store(0)
			app := startApp(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				if r.URL.Path != "/token" {
					provider(w, r)
					return
				}
				asked.Add(1)
				one.answer(w, r)
			}, nil)
			for range 2 {
				browser := app.browser(t)
				got := browser.signIn("code", "/me")
				if !strings.Contains(got.Header.Get("Location"), one.wanted) {
					t.Errorf("got %d %s, wanted %s", got.StatusCode, got.Header.Get("Location"), one.wanted)
				}
			}
			if asked := asked.Load(); asked != 2 {
				t.Errorf("the code was sent %d times in two sign-ins", asked)
			}
		})
	}
}

// A hook that panics or that asks the module itself holds no instance.
func TestHookThatPanics(t *testing.T) {
	var app *app
	app = startApp(t, provider, func(o *Options) {
		o.OnSession = func(in SignIn) (Answer, error) {
			if in.Next == "/panic" {
				panic(http.ErrAbortHandler)
			}
			next, _ := app.CheckNext("/a", "")
			return Answer{Redirect: next}, nil
		}
	})
	browser := app.browser(t)
	start := browser.get("/auth/sign-in?provider=work&next=/panic")
	_, state, _ := strings.Cut(start.Header.Get("Location"), "state=")
	state, _, _ = strings.Cut(state, "&")
	for range 2 * cap(app.core.pool) {
		if response, err := browser.client.Get(app.origin + "/auth/callback/work?code=a&state=" + state); err == nil {
			t.Fatalf("got %d", response.StatusCode)
		}
	}
	browser.expect(browser.signIn("person", "/b"), 303, "/a")
}

// Nothing that a client sends makes the host fail.
func FuzzServe(f *testing.F) {
	app := startApp(f, provider, nil)
	f.Add("GET", "/auth/sign-in?provider=work", "Cookie", "a=b")
	f.Add("POST", "/auth/callback/work?code=a&state=b", "Content-Type", "application/x-www-form-urlencoded")
	f.Add("HEAD", "*", "X-Forwarded-Host", "\xff\x00")
	f.Add("", "http://a b/\x00?%", "Origin", strings.Repeat("\r\n", 9))
	f.Fuzz(func(t *testing.T, method, target, name, value string) {
		request := &http.Request{Method: method, RequestURI: target, Host: value, URL: &url.URL{Path: target, RawQuery: value},
			Header: http.Header{http.CanonicalHeaderKey(name): {value, target}}}
		recorder := httptest.NewRecorder()
		app.ServeHTTP(recorder, request)
		if recorder.Code >= 500 || strings.Contains(recorder.Header().Get("Location"), "internal_error") {
			t.Errorf("%d %s", recorder.Code, recorder.Header())
		}
		app.Session(httptest.NewRecorder(), request)
		app.Require(httptest.NewRecorder(), request)
	})
}
