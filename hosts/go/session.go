package landfall

import (
	"encoding/json"
	"net/http"
)

// Profile is who a person is, in the same form for every provider. A member is empty where the provider does not say it.
// Accounts hang on Provider and Sub, never on Email.
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

// Session is who is signed in. The times are seconds since 1970.
type Session struct {
	User     Profile         `json:"user"`
	Provider string          `json:"provider"`
	Created  int64           `json:"created"`
	Expires  int64           `json:"expires"`
	Data     json.RawMessage `json:"data"` // The app's own.
	// Verified is false through Supabase: nobody has verified its cookies.
	Verified bool `json:"verified"`
}

// Session gives who is signed in, or nil. It sets the cookies that keep the session, so call it before the response.
func (a *Auth) Session(w http.ResponseWriter, r *http.Request) *Session {
	session, _ := a.session(w, r, "get_session", nil)
	return session
}

// Require gives who is signed in. For everybody else it answers the request, and returns nil: a page leads to the
// sign-in, a fetch gets 401, and what another site changes gets 403.
func (a *Auth) Require(w http.ResponseWriter, r *http.Request) *Session {
	session, _ := a.session(w, r, "require_session", nil)
	return session
}

// CreateSession signs in a person whom the app knows itself. It returns an *Error for a user that has no provider or sub.
func (a *Auth) CreateSession(w http.ResponseWriter, r *http.Request, user Profile, data any) (*Session, error) {
	person, err := toJSON(user)
	if err != nil {
		return nil, err
	}
	return a.change(w, r, "create_session", fields{"user": person}, data)
}

// UpdateSession replaces the app's data in the session. It returns an *Error where nobody is signed in.
func (a *Auth) UpdateSession(w http.ResponseWriter, r *http.Request, data any) (*Session, error) {
	return a.change(w, r, "update_session", fields{}, data)
}

func (a *Auth) change(w http.ResponseWriter, r *http.Request, operation string, more fields, data any) (*Session, error) {
	text, err := toJSON(data)
	if err != nil {
		return nil, err
	}
	more["data"] = text
	return a.session(w, r, operation, more)
}

// session performs an operation that needs no other step. A RESPOND is the answer of Require, and an error elsewhere.
func (a *Auth) session(w http.ResponseWriter, r *http.Request, operation string, more fields) (*Session, error) {
	v := a.visit(r)
	answer, err := v.perform(operation, more)
	if err != nil {
		answer, v.cause = a.fail(r, err), err
	}
	if answer.kind == "respond" {
		if operation == "require_session" {
			v.respond(w, answer)
		}
		return nil, &Error{answer.get("code"), answer.get("message"), answer.get("parameter")}
	}
	for _, line := range answer.list() {
		w.Header().Add("Set-Cookie", line)
	}
	text := answer.get("session")
	if text == "" {
		return nil, nil
	}
	session := &Session{}
	return session, json.Unmarshal([]byte(text), session)
}
