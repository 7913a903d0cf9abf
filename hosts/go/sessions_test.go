package landfall

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// rotating is a provider that takes each refresh token once. Its first access tokens live for a second.
type rotating struct{ serial, renewed, revoked atomic.Int32 }

func (p *rotating) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	life, serial := 1, p.serial.Load()
	switch {
	case r.URL.Path == "/revoke":
		p.revoked.Add(1)
		return
	case r.URL.Path == "/userinfo":
		fmt.Fprint(w, `{"sub":"ada"}`)
		return
	case r.FormValue("grant_type") == "refresh_token":
		p.renewed.Add(1)
		time.Sleep(50 * time.Millisecond)
		if r.FormValue("refresh_token") != fmt.Sprint("refresh-", serial) {
			w.WriteHeader(400)
			fmt.Fprint(w, `{"error":"invalid_grant"}`)
			return
		}
		life = 3600
	}
	serial = p.serial.Add(1)
	json.NewEncoder(w).Encode(Map{"access_token": fmt.Sprint("access-", serial), "token_type": "bearer", "expires_in": life,
		"refresh_token": fmt.Sprint("refresh-", serial)})
}

// signInForTokens signs in a browser, whose access token is over when it returns.
func signInForTokens(t *testing.T, change func(*Options)) (*rotating, *app, *browser) {
	site := &rotating{}
	app := startApp(t, site.ServeHTTP, func(o *Options) {
		settings := o.Settings.(Map)
		settings["session"] = Map{"tokens": true}
		work := settings["providers"].(Map)["work"].(Map)
		work["revocationEndpoint"] = strings.Replace(work["tokenEndpoint"].(string), "/token", "/revoke", 1)
		if change != nil {
			change(o)
		}
	})
	browser := app.browser(t)
	browser.expect(browser.signIn("code", "/me"), 303, "/me")
	time.Sleep(1100 * time.Millisecond)
	return site, app, browser
}

// request is one of the browser, with the cookies that it has now.
func (b *browser) request() *http.Request {
	request := httptest.NewRequest("GET", b.origin+"/", nil)
	for _, one := range b.client.Jar.Cookies(request.URL) {
		request.AddCookie(one)
	}
	return request
}

// keep gives the browser the cookies of a response.
func (b *browser) keep(w *httptest.ResponseRecorder) {
	b.client.Jar.SetCookies(b.request().URL, w.Result().Cookies())
}

func expectCode(t *testing.T, err error, code string) {
	t.Helper()
	var own *Error
	if !errors.As(err, &own) || own.Code != code {
		t.Errorf("got %v, wanted %s", err, code)
	}
}

func TestTwentyRenewOnce(t *testing.T) {
	site, app, browser := signInForTokens(t, nil)
	old := browser.request()
	var group sync.WaitGroup
	for range 20 {
		group.Add(1)
		go func() {
			defer group.Done()
			recorder := httptest.NewRecorder()
			token, err := app.AccessToken(recorder, old.Clone(old.Context()), 0)
			if err != nil || token.AccessToken != "access-2" || len(recorder.Result().Cookies()) == 0 {
				t.Errorf("got %v, %v", token, err)
			}
			if life := time.Until(token.Expires); life < 59*time.Minute || life > time.Hour {
				t.Errorf("it lives for %s", life)
			}
		}()
	}
	group.Wait()
	recorder := httptest.NewRecorder()
	if token, err := app.AccessToken(recorder, old, 0); err != nil || token.AccessToken != "access-2" {
		t.Errorf("a late one got %v, %v", token, err)
	}
	if got := site.renewed.Load(); got != 1 {
		t.Errorf("renewed %d times", got)
	}
	browser.keep(recorder)
	if token, err := app.AccessToken(httptest.NewRecorder(), browser.request(), 1e9); err != nil || token.AccessToken != "access-2" {
		t.Errorf("the new cookie gives %v, %v", token, err)
	}

	form := browser.request()
	form.Method, form.RequestURI, form.URL.Path = "POST", "/auth/sign-out", "/auth/sign-out"
	form.Header.Set("Origin", app.origin)
	app.ServeHTTP(httptest.NewRecorder(), form)
	_, err := app.AccessToken(httptest.NewRecorder(), old, 0)
	expectCode(t, err, "refresh_refused")
	if site.renewed.Load() != 2 || site.revoked.Load() != 1 {
		t.Errorf("renewed %d times, revoked %d times", site.renewed.Load(), site.revoked.Load())
	}
}

func TestRefusedRefreshToken(t *testing.T) {
	site, app, browser := signInForTokens(t, nil)
	site.serial.Add(1) // Somebody else has used it.
	recorder := httptest.NewRecorder()
	_, err := app.AccessToken(recorder, browser.request(), 0)
	expectCode(t, err, "refresh_refused")
	browser.keep(recorder)
	browser.expectBody("/me", "ada null")
	_, err = app.AccessToken(httptest.NewRecorder(), browser.request(), 0)
	expectCode(t, err, "access_token_missing")
	_, err = app.AccessToken(httptest.NewRecorder(), app.browser(t).request(), 0)
	expectCode(t, err, "session_missing")
	if !strings.Contains(app.log.String(), "refresh_refused") {
		t.Errorf("the log says: %s", app.log)
	}
}

func TestIsRevoked(t *testing.T) {
	var fails, isRevoked bool
	asked := []string{}
	_, app, browser := signInForTokens(t, func(o *Options) {
		o.IsRevoked = func(r *http.Request, session *Session) (bool, error) {
			asked = append(asked, session.SID+session.User.Sub)
			if fails {
				return false, errors.New("the store is down")
			}
			return isRevoked, nil
		}
	})
	request := browser.request()
	wanted := app.Session(httptest.NewRecorder(), request).SID + "ada"
	user, err := app.User(httptest.NewRecorder(), request)
	if err != nil || user == nil || user.Sub != "ada" {
		t.Errorf("got %v, %v", user, err)
	}
	browser.expect(browser.get("/account"), 200, "")
	if _, err = app.AccessToken(httptest.NewRecorder(), request, 0); err != nil {
		t.Error(err)
	}
	if fmt.Sprint(asked) != fmt.Sprint([]string{wanted, wanted, wanted}) {
		t.Errorf("asked about %q", asked)
	}
	fails = true
	_, err = app.User(httptest.NewRecorder(), request)
	expectCode(t, err, "session_unavailable")
	browser.expect(browser.get("/account", "Accept", "text/html", "Sec-Fetch-Mode", "navigate"), 303,
		"/auth/auth-code-error?error=session_unavailable")
	if !strings.Contains(app.log.String(), "the store is down") {
		t.Errorf("the log has no cause: %s", app.log)
	}
	fails, isRevoked = false, true
	recorder := httptest.NewRecorder()
	if user, err = app.User(recorder, request); user != nil || err != nil || len(recorder.Result().Cookies()) != 2 {
		t.Errorf("a session that has ended is of %v, %v", user, err)
	}
	browser.expect(browser.get("/account", "Accept", "text/html"), 303, "/auth/sign-in")
	browser.expectBody("/me", "")
}

func TestRevokedWithoutTheHook(t *testing.T) {
	app := startApp(t, provider, func(o *Options) { o.Settings.(Map)["isRevoked"] = true })
	browser := app.browser(t)
	browser.signIn("ada", "/me")
	_, err := app.User(httptest.NewRecorder(), browser.request())
	expectCode(t, err, "session_unavailable")
}

func TestCurrentSession(t *testing.T) {
	found := []string{}
	app := startApp(t, provider, func(o *Options) {
		o.OnSession = func(in SignIn) (Answer, error) {
			if in.Current == nil {
				found = append(found, "")
			} else {
				found = append(found, in.Current.User.Sub)
			}
			return Answer{}, nil
		}
	})
	browser := app.browser(t)
	browser.signIn("first", "/me")
	browser.signIn("second", "/me")
	if fmt.Sprint(found) != "[ first]" {
		t.Errorf("got %q", found)
	}
}

func TestAWrittenCookieStays(t *testing.T) {
	w := httptest.NewRecorder()
	setCookies(w, []string{"session=kept; Path=/", "tokens=1"}, false)
	setCookies(w, []string{"session=new; Path=/"}, true)
	setCookies(w, []string{"session=kept again; Path=/", "session2=other"}, false)
	got := strings.Join(w.Header()["Set-Cookie"], "|")
	if got != "tokens=1|session=new; Path=/|session2=other" {
		t.Error(got)
	}
}
