package landfall

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestHundredSignInsAtOnce(t *testing.T) {
	app := startApp(t, provider, nil)
	var group sync.WaitGroup
	for n := range 100 {
		group.Add(1)
		go func() {
			defer group.Done()
			browser, code := app.browser(t), fmt.Sprintf("person-%d", n)
			browser.expect(browser.signIn(code, "/me"), 303, "/me")
			browser.expectBody("/me", code+" null")
		}()
	}
	group.Wait()
}

// spoil overwrites the memory of the instance that the next call takes, and returns it.
func (c *core) spoil() []byte {
	all := []*instance{}
	for range cap(c.pool) {
		all = append(all, <-c.pool)
	}
	if all[0] == nil {
		all[0] = c.open()
	}
	memory := all[0].memory()
	for i := range memory {
		memory[i] = 0xff
	}
	for _, one := range all {
		c.pool <- one
	}
	return memory
}

func TestTrapInTheMiddle(t *testing.T) {
	var app *app
	app = startApp(t, provider, func(options *Options) {
		options.OnSession = func(in SignIn) (Answer, error) {
			if in.Next == "/trap" {
				app.core.spoil()
			}
			return Answer{Header: http.Header{"Set-Cookie": {"mine=1"}}}, nil
		}
	})
	browser := app.browser(t)
	broken := browser.signIn("one", "/trap")
	browser.expect(broken, 303, "/auth/auth-code-error?error=internal_error")
	if cookies := fmt.Sprint(broken.Header["Set-Cookie"]); strings.Contains(cookies, "mine") {
		t.Errorf("a sign-in that failed set %s", cookies)
	}
	if !strings.Contains(app.log.String(), "the module failed") {
		t.Errorf("the log has no cause: %s", app.log)
	}
	browser.expectBody("/me", "")
	browser.expect(browser.signIn("two", "/me"), 303, "/me")
	browser.expectBody("/me", "two null")

	app.core.spoil()
	if got := browser.get("/auth/auth-code-error?error=state_mismatch"); !strings.Contains(got.body, "<") {
		t.Errorf("the error page after a trap: %d %s", got.StatusCode, got.Header)
	}
	memory := app.core.spoil()
	if got, ok := app.CheckNext("/a", ""); ok {
		t.Errorf("a next after a trap: %s", got)
	}
	if len(bytes.Trim(memory, "\x00")) > 0 {
		t.Error("the memory of the instance that trapped is not empty")
	}
	browser.expectBody("/me", "two null")
}

func TestWithoutTheModule(t *testing.T) {
	app := startApp(t, provider, nil)
	app.Close(context.Background())
	browser := app.browser(t)
	browser.expect(browser.get("/auth/sign-in?provider=work"), 500, "")
	browser.expect(browser.get("/account"), 500, "")
	browser.expectBody("/me", "")
	if strings.Count(app.log.String(), "the module cannot answer") < 3 {
		t.Errorf("the log says: %s", app.log)
	}
	if _, ok := app.CheckNext("/a", ""); ok {
		t.Error("a next was accepted")
	}
}

func TestLargeRequest(t *testing.T) {
	app := startApp(t, provider, nil)
	request := httptest.NewRequest("GET", app.origin+"/auth/sign-in?provider=work", nil)
	request.Header.Set("Cookie", strings.Repeat("\xff", 1<<20))
	recorder := httptest.NewRecorder()
	app.ServeHTTP(recorder, request)
	app.browser(t).expect(answer{recorder.Result(), ""}, 303, "/auth/auth-code-error?error=request_too_large")
}

func TestClientThatLeaves(t *testing.T) {
	var signedIn sync.WaitGroup
	signedIn.Add(1)
	app := startApp(t, func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(50 * time.Millisecond)
		provider(w, r)
	}, func(options *Options) {
		options.OnSession = func(SignIn) (Answer, error) {
			signedIn.Done()
			return Answer{}, nil
		}
	})
	browser := app.browser(t)
	start := browser.get("/auth/sign-in?provider=work")
	_, state, _ := strings.Cut(start.Header.Get("Location"), "state=")
	state, _, _ = strings.Cut(state, "&")
	request := httptest.NewRequest("GET", app.origin+"/auth/callback/work?code=a&state="+state, nil)
	for _, one := range start.Cookies() {
		request.AddCookie(one)
	}
	ctx, cancel := context.WithCancel(request.Context())
	cancel()
	app.ServeHTTP(httptest.NewRecorder(), request.WithContext(ctx))
	signedIn.Wait()
}

func TestSession(t *testing.T) {
	app := startApp(t, provider, func(options *Options) {
		options.OnSession = func(in SignIn) (Answer, error) {
			if in.Profile.Sub != "person" || in.Provider != "work" || !strings.Contains(string(in.Session), "access_token") {
				t.Errorf("the hook got %+v", in)
			}
			header := http.Header{"x-mine": {"1"}, "Location": {"https://evil.example"}}
			header.Add("Set-Cookie", "mine=1")
			return Answer{Data: Map{"role": "admin"}, Header: header}, nil
		}
	})
	browser := app.browser(t)
	browser.expect(browser.get("/account", "Accept", "text/html"), 303, "/auth/sign-in?")
	browser.expect(browser.get("/account", "Sec-Fetch-Dest", "empty", "Accept", "application/json"), 401, "")
	browser.expectBody("/data", "nobody")
	got := browser.signIn("person", "/me")
	browser.expect(got, 303, "/me")
	if cookies := fmt.Sprint(got.Header["Set-Cookie"]); !strings.Contains(cookies, "outer=1") ||
		!strings.Contains(cookies, "mine=1") || !strings.Contains(cookies, "landfall-session=") {
		t.Errorf("cookies: %s", cookies)
	}
	if len(got.Header["Location"]) != 1 || got.Header.Get("X-Mine") != "1" {
		t.Errorf("headers: %v", got.Header)
	}
	browser.expectBody("/me", `person {"role":"admin"}`)
	browser.expectBody("/account", "Ada Lovelace")
	browser.get("/data")
	browser.expectBody("/me", `person {"n":2}`)
	browser.expect(browser.get("/password?sub=42"), 200, "")
	browser.expectBody("/me", `42 {"n":1}`)
	browser.expect(browser.get("/password"), 400, "")

	request := httptest.NewRequest("GET", app.origin+"/me", nil)
	request.AddCookie(&http.Cookie{Name: "landfall-session", Value: "forged"})
	if session := app.Session(httptest.NewRecorder(), request); session != nil {
		t.Errorf("a forged cookie is %+v", session)
	}
}

func TestRefusals(t *testing.T) {
	mine := http.Header{"Set-Cookie": {"mine=1"}}
	for name, change := range map[string]func(*Options){
		"an error": func(o *Options) { o.OnSession = func(SignIn) (Answer, error) { return Answer{}, errors.New("no") } },
		"no hook":  func(o *Options) { o.Settings.(Map)["onSession"] = true },
		"data of no JSON": func(o *Options) {
			o.OnSession = func(SignIn) (Answer, error) { return Answer{Data: func() {}, Header: mine}, nil }
		},
		"astray": func(o *Options) {
			o.OnSession = func(SignIn) (Answer, error) {
				return Answer{Redirect: "//evil.example", Header: mine}, nil
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			app := startApp(t, provider, change)
			browser := app.browser(t)
			got := browser.signIn("person", "/me")
			browser.expect(got, 303, "/auth/auth-code-error?error=session_refused")
			if strings.Contains(fmt.Sprint(got.Header["Set-Cookie"]), "mine=1") {
				t.Error("a refusal set the app's cookie")
			}
			browser.expectBody("/me", "")
		})
	}
}

func TestOptions(t *testing.T) {
	providers := Map{"work": Map{"use": "github", "clientId": "id", "clientSecret": "secret"}}
	for name, settings := range map[string]any{
		"":             nil,
		"Settings":     []int{1},
		"Settings 2":   func() {},
		"Settings 3":   json.RawMessage(`{"secret":`),
		"basePath":     Map{"basePath": 7, "providers": providers},
		"provider":     Map{"provider": Map{}, "providers": providers},
		"session.name": Map{"session": Map{"name": 1}, "secret": secret, "providers": providers},
	} {
		_, err := New(context.Background(), Options{Settings: settings})
		var wrong *Error
		parameter, _, _ := strings.Cut(name, " ")
		if !errors.As(err, &wrong) || wrong.Code != "config_invalid" || !strings.Contains(wrong.Parameter, parameter) {
			t.Errorf("%s: %v", name, err)
		}
	}
	hook := func(SignIn) (Answer, error) { return Answer{}, nil }
	if _, err := New(context.Background(), Options{OnSession: hook}); err == nil {
		t.Error("a hook alone is enough")
	}
	app := startApp(t, provider, func(o *Options) { o.Settings.(Map)["secret"] = "" })
	browser := app.browser(t)
	if got := browser.get("/auth/sign-in?provider=work"); strings.Contains(got.Header.Get("Location"), app.provider) {
		t.Error("a sign-in started without the secret")
	}
}
