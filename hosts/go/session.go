package landfall

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Profile is who a person is, in the same form for every provider. A member is empty where the provider does not say it.
// Accounts hang on Provider and Sub, never on Email. Without a Sub, nobody can tell people apart: refuse them.
type Profile struct {
	Provider      string `json:"provider"`
	Sub           string `json:"sub"`
	Name          string `json:"name,omitempty"`
	Email         string `json:"email,omitempty"`
	EmailVerified bool   `json:"email_verified,omitempty"`
	Picture       string `json:"picture,omitempty"`
	Username      string `json:"username,omitempty"`
	Locale        string `json:"locale,omitempty"`
}

// Session is who is signed in.
type Session struct {
	User     Profile         `json:"user"`
	Provider string          `json:"provider"`
	SID      string          `json:"sid"`      // The session's own name, random.
	Created  int64           `json:"created"`  // Seconds since 1970; 0 through Supabase.
	Expires  int64           `json:"expires"`  // Seconds since 1970; 0 through Supabase.
	Data     json.RawMessage `json:"data"`     // The app's own.
	Verified bool            `json:"verified"` // False from Session through Supabase: nobody has verified its cookies.
}

// Token is an access token of a provider. Expires is zero where nobody says it.
type Token struct {
	AccessToken string
	Expires     time.Time
}

// Session gives who is signed in, or nil. It makes no request. Like every method with a response, it sets the cookies that
// keep the session, so call it before you write the response.
func (a *Auth) Session(w http.ResponseWriter, r *http.Request) *Session {
	session, _ := a.session(w, r, "get_session", nil)
	return session
}

// User gives who is signed in, verified and asked about at IsRevoked, or nil. Through Supabase it may make requests.
func (a *Auth) User(w http.ResponseWriter, r *http.Request) (*Profile, error) {
	session, err := a.session(w, r, "get_user", nil)
	if session == nil {
		return nil, err
	}
	return &session.User, err
}

// Require gives who is signed in, verified as by User. For everybody else it answers the request and returns nil: a page
// leads to the sign-in, a fetch gets 401, and a change that another site asks for gets 403.
func (a *Auth) Require(w http.ResponseWriter, r *http.Request) *Session {
	session, _ := a.session(w, r, "require_session", nil)
	return session
}

// AccessToken gives an access token of the person's provider that lives for a minimum of seconds, 60 for 0. It renews the
// token where it must.
func (a *Auth) AccessToken(w http.ResponseWriter, r *http.Request, minimum uint) (Token, error) {
	given := fields{}
	if minimum > 0 {
		given["minimum"] = strconv.FormatUint(uint64(minimum), 10)
	}
	answer, err := a.ask(w, r, "get_access_token", given)
	if err != nil {
		return Token{}, err
	}
	token := Token{AccessToken: answer.get("access_token")}
	if answer.get("expires_at") != "" {
		token.Expires = time.Unix(answer.number("expires_at"), 0)
	}
	return token, nil
}

// Logout is whose sessions a provider has ended: the one that the ID Token's claim sid names, or without it all of Sub.
type Logout struct{ Provider, Sub, SID, JTI string }

// VerifyLogoutToken reads and checks the logout token that a provider posts (OpenID Connect Back-Channel Logout 2.5).
// Answer 200, and 400 for an error.
func (a *Auth) VerifyLogoutToken(w http.ResponseWriter, r *http.Request) (Logout, error) {
	answer, err := a.ask(w, r, "verify_logout_token", nil)
	if err != nil {
		return Logout{}, err
	}
	return Logout{answer.get("provider"), answer.get("sub"), answer.get("sid"), answer.get("jti")}, nil
}

// CreateSession signs in a person whom the app knows itself. Data is the app's own, written as JSON, nil for none.
func (a *Auth) CreateSession(w http.ResponseWriter, r *http.Request, user Profile, data any) (*Session, error) {
	return a.session(w, r, "create_session", Map{"user": user, "data": data})
}

// UpdateSession replaces the app's data in the session. Where nobody is signed in, it returns nil.
func (a *Auth) UpdateSession(w http.ResponseWriter, r *http.Request, data any) (*Session, error) {
	return a.session(w, r, "update_session", Map{"data": data})
}

func toJSON(value any) (string, error) {
	if value == nil {
		return "", nil
	}
	text, err := json.Marshal(value)
	return string(text), err
}

// readSession reads a session as JSON; nil for an empty text.
func readSession(text string) (*Session, error) {
	if text == "" {
		return nil, nil
	}
	session := &Session{}
	return session, json.Unmarshal([]byte(text), session)
}

// session performs an operation that ends with a session.
func (a *Auth) session(w http.ResponseWriter, r *http.Request, operation string, given Map) (*Session, error) {
	texts := fields{}
	for name, value := range given {
		text, err := toJSON(value)
		if err != nil {
			return nil, err
		}
		texts[name] = text
	}
	answer, err := a.ask(w, r, operation, texts)
	if err != nil {
		return nil, err
	}
	return readSession(answer.get("session"))
}

// writing are the operations that write something new: their cookies count more than those that only keep a session.
var writing = map[string]bool{"create_session": true, "update_session": true, "get_access_token": true}

// setCookies adds cookies to a response. One of the same name that is there already stays, unless the new one is written.
func setCookies(w http.ResponseWriter, lines []string, written bool) {
	for _, line := range lines {
		name, _, _ := strings.Cut(line, "=")
		all := w.Header()["Set-Cookie"]
		isSame := func(other string) bool { return strings.HasPrefix(other, name+"=") }
		if written {
			all = slices.DeleteFunc(all, isSame)
		}
		if !slices.ContainsFunc(all, isSame) {
			all = append(all, line)
		}
		w.Header()["Set-Cookie"] = all
	}
}

// ask performs an operation, and sets the cookies of its answer. A RESPOND is an *Error, and for require_session the
// response too.
func (a *Auth) ask(w http.ResponseWriter, r *http.Request, operation string, given fields) (step, error) {
	v := a.visit(r)
	maps.Copy(v.fields, given)
	answer := v.run(operation)
	if answer.kind != "respond" {
		setCookies(w, answer.list(), writing[operation])
		return answer, nil
	}
	if operation == "require_session" {
		v.respond(w, answer)
	} else {
		v.log(answer)
		setCookies(w, answer.header()["Set-Cookie"], false)
	}
	return answer, &Error{answer.get("code"), answer.get("message"), answer.get("parameter")}
}
