// Package landfall serves the routes of an OAuth sign-in. Every rule is in core.wasm, which is inside the package; the
// package brings the clock, the random bytes, the network and the cryptography.
package landfall

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
)

// Map is a JSON object.
type Map = map[string]any

// Options configure an Auth.
type Options struct {
	// Settings are the options of docs/options.md by their names there: a Map, a json.RawMessage, or a struct with JSON
	// tags. An empty text is a setting that has no value yet, and blocks what needs it.
	Settings any
	// OnSession takes a new sign-in, after all checks. An error refuses the person.
	OnSession func(SignIn) (Answer, error)
	// OnSignOut ends the app's own session. An error makes the sign-out fail.
	OnSignOut func(*http.Request) (Answer, error)
	// Logger gets each outcome, without secrets, with the parts as attributes. Without one, it is slog.Default().
	Logger *slog.Logger
	// Transport makes the requests to providers. Without one, it is http.DefaultTransport.
	Transport http.RoundTripper
}

// SignIn is a person who is about to be signed in.
type SignIn struct {
	Request *http.Request
	// Provider is its name in the settings.
	Provider string
	// Next is the path that the person wanted.
	Next string
	// RedirectType is "recovery" where the person came to choose a new password.
	RedirectType string
	// Profile is who the person is, in the same form for every provider.
	Profile Profile
	// Session is everything as JSON, with the names on the wire: access_token, refresh_token, claims.
	Session json.RawMessage
}

// Answer is what a hook answers. The zero value agrees.
type Answer struct {
	// Header is added to the response. It replaces nothing that Landfall sets itself.
	Header http.Header
	// Redirect leads the person elsewhere: a path of the app, or a complete https URL in ASCII.
	Redirect string
	// Data is the app's own data for the session, of OnSession.
	Data any
	// RevokeProvider, RevokeToken and TokenTypeHint revoke a token, of OnSignOut (RFC 7009 2.1).
	RevokeProvider, RevokeToken, TokenTypeHint string
}

// Error is a failure by its code in docs/errors.md.
type Error struct {
	Code string
	// Message says what happened, and what to do next.
	Message string
	// Parameter is the option or the argument at fault.
	Parameter string
}

// Error has the code, the parameter and the sentence.
func (e *Error) Error() string {
	return fmt.Sprintf("landfall: %s %s: %s", e.Code, e.Parameter, e.Message)
}

// Auth is the sign-in of an app. It is safe for concurrent use.
type Auth struct {
	options Options
	core    *core
	ready   step
	mutex   sync.Mutex
	kept    map[string]kept
}

// New compiles the module and checks the options. For a wrong option it returns an *Error with the code config_invalid.
func New(ctx context.Context, options Options) (*Auth, error) {
	config, err := options.config()
	if err != nil {
		return nil, err
	}
	a := &Auth{options: options, kept: map[string]kept{}}
	if a.options.Logger == nil {
		a.options.Logger = slog.Default()
	}
	if a.options.Transport == nil {
		a.options.Transport = http.DefaultTransport
	}
	if a.core, err = newCore(ctx, config); err == nil {
		a.ready, err = a.core.perform("configure", "", nil)
	}
	if err == nil && a.ready.kind != "ready" {
		problem := a.ready.get("problem")
		if suggestion := a.ready.get("suggestion"); suggestion != "" {
			problem += "; did you mean " + suggestion + "?"
		}
		err = &Error{"config_invalid", problem, a.ready.get("parameter")}
	}
	if err != nil {
		return nil, errors.Join(err, a.Close(ctx))
	}
	return a, nil
}

// config is the settings, with true for each hook.
func (o Options) config() (string, error) {
	text, err := json.Marshal(o.Settings)
	all := map[string]json.RawMessage{}
	if err != nil || json.Unmarshal(text, &all) != nil || all == nil {
		return "", &Error{"config_invalid", "the settings are no JSON object", ""}
	}
	for name, there := range map[string]bool{"onSession": o.OnSession != nil, "onSignOut": o.OnSignOut != nil} {
		if there {
			all[name] = json.RawMessage("true")
		}
	}
	text, err = json.Marshal(all)
	return string(text), err
}

// Close frees the memory of the module. Nothing of a works afterwards.
func (a *Auth) Close(ctx context.Context) error { return a.core.runtime.Close(ctx) }

// CheckNext gives the path to use for a next of a request, and false for one that is not safe. The origin is the app's,
// for a next that is a complete URL; it may be empty.
func (a *Auth) CheckNext(next, origin string) (string, bool) {
	answer, err := a.core.call("check_next", -1, []string{next, origin})
	switch {
	case err != nil || len(answer) == 0:
		return "", false
	case len(answer) == 1:
		return answer[0], true
	}
	return next, true
}
