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

// Session is who is signed in.
type Session struct {
	User     Profile         `json:"user"`
	Provider string          `json:"provider"`
	Created  int64           `json:"created"`  // Seconds since 1970; 0 through Supabase.
	Expires  int64           `json:"expires"`  // Seconds since 1970; 0 through Supabase.
	Data     json.RawMessage `json:"data"`     // The app's own.
	Verified bool            `json:"verified"` // False through Supabase: nobody has verified its cookies.
}

// Session gives who is signed in, or nil. It sets the cookies that keep the session, so call it before the response.
func (a *Auth) Session(w http.ResponseWriter, r *http.Request) *Session {
	session, _ := a.session(w, r, "get_session", nil)
	return session
}

// Require gives who is signed in. For everybody else it answers the request and returns nil: a page leads to the sign-in,
// a fetch gets 401, and a change that another site asks for gets 403.
func (a *Auth) Require(w http.ResponseWriter, r *http.Request) *Session {
	session, _ := a.session(w, r, "require_session", nil)
	return session
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

// session performs an operation that takes no further step.
func (a *Auth) session(w http.ResponseWriter, r *http.Request, operation string, given Map) (*Session, error) {
	v, brought := a.visit(r), fields{}
	for name, value := range given {
		text, err := toJSON(value)
		if err != nil {
			return nil, err
		}
		brought[name] = text
	}
	answer, err := v.perform(operation, brought)
	if err != nil {
		answer = v.fail(err)
	}
	if answer.kind == "respond" {
		if operation == "require_session" {
			v.respond(w, answer)
		} else if err != nil {
			v.log(answer)
		}
		return nil, &Error{answer.get("code"), answer.get("message"), answer.get("parameter")}
	}
	for _, line := range answer.list() {
		w.Header().Add("Set-Cookie", line)
	}
	if answer.get("session") == "" {
		return nil, nil
	}
	session := &Session{}
	return session, json.Unmarshal([]byte(answer.get("session")), session)
}
