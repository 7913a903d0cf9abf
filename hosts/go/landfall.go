// Package landfall serves the routes of an OAuth sign-in. Every rule is in core.wasm, which is inside the package. The
// package brings the clock, the random bytes, the network and the cryptography.
package landfall

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strings"
	"time"
)

// Map is a JSON object.
type Map = map[string]any

// Options configure an Auth.
type Options struct {
	// Settings are the options of docs/options.md by their names there: a Map, a json.RawMessage, or a struct with JSON
	// tags. An empty text is a setting that has no value yet, and blocks what needs it.
	Settings any
	// OnSession takes a new sign-in after all checks. An error refuses the person.
	OnSession func(SignIn) (Answer, error)
	// OnSignOut ends the app's own session. An error makes the sign-out fail.
	OnSignOut func(*http.Request) (Answer, error)
	// IsRevoked tells whether the app has ended a session, by its SID. User, Require and AccessToken ask it. An error lets
	// nobody in.
	IsRevoked func(*http.Request, *Session) (bool, error)
	// Logger gets each outcome without secrets, its parts as attributes. Without one, it is slog.Default().
	Logger *slog.Logger
	// Transport makes the requests to providers. Without one, it is http.DefaultTransport.
	Transport http.RoundTripper
}

// SignIn is a person who is about to be signed in.
type SignIn struct {
	Request      *http.Request
	Provider     string          // Its name in the settings.
	Next         string          // The path that the person wanted.
	RedirectType string          // "recovery" where the person came to choose a new password.
	Profile      Profile         // Who it is, in the same form for every provider.
	Session      json.RawMessage // All of it, with the names on the wire: access_token, refresh_token, claims.
	Current      *Session        // The session in which the sign-in started, to link an account. Nil for none.
}

// Answer is what a hook answers. The zero value agrees.
type Answer struct {
	Header   http.Header // Added to the response. It replaces nothing that Landfall sets itself.
	Redirect string      // Leads elsewhere: a path of the app, or a complete https URL in ASCII.
	Data     any         // Of OnSession: the app's own data for the session, written as JSON. Nil for none.
	// Of OnSignOut: a token to revoke, "access_token" or "refresh_token" as its hint (RFC 7009 2.1).
	RevokeProvider, RevokeToken, TokenTypeHint string
}

// Error is a failure by its code in docs/errors.md. Parameter is the option or the argument at fault.
type Error struct{ Code, Message, Parameter string }

// Error has all three parts.
func (e *Error) Error() string {
	return fmt.Sprintf("landfall: %s: %s", strings.TrimSpace(e.Code+" "+e.Parameter), e.Message)
}

// Auth is the sign-in of an app. It is safe for concurrent use.
type Auth struct {
	options             Options
	core                *core
	ready               step
	addresses, renewals *memory
}

// New compiles the module and checks the options. A wrong option gives an *Error with the code config_invalid.
func New(ctx context.Context, options Options) (*Auth, error) {
	config, err := options.config()
	if err != nil {
		return nil, &Error{"config_invalid", err.Error(), "Settings"}
	}
	options.Logger = cmp.Or(options.Logger, slog.Default())
	options.Transport = cmp.Or(options.Transport, http.DefaultTransport)
	options.fillHooks()
	a := &Auth{options: options, addresses: newMemory(32, math.MaxInt64),
		renewals: newMemory(1000, time.Minute)}
	if a.core, err = newCore(ctx, config); err == nil {
		a.ready, err = a.core.perform("configure", "", nil, config)
	}
	if err == nil && a.ready.kind != "ready" {
		problem := "the option is refused: " + a.ready.get("problem") + "; like " + a.ready.get("suggestion")
		err = &Error{"config_invalid", strings.TrimSuffix(problem, "; like "), a.ready.get("parameter")}
	}
	if err != nil {
		return nil, errors.Join(err, a.Close(ctx))
	}
	return a, nil
}

// config is the settings as JSON, with true in place of each hook.
func (o Options) config() (string, error) {
	text, err := json.Marshal(o.Settings)
	all := map[string]json.RawMessage{}
	if err != nil || json.Unmarshal(text, &all) != nil || all == nil {
		return "", cmp.Or(err, errors.New("they are no JSON object"))
	}
	for hook, there := range map[string]bool{
		"onSession": o.OnSession != nil, "onSignOut": o.OnSignOut != nil, "isRevoked": o.IsRevoked != nil,
	} {
		if there {
			all[hook] = json.RawMessage("true")
		}
	}
	text, err = json.Marshal(all)
	return string(text), err
}

// fillHooks lets nobody in where the settings name a hook that is not there.
func (o *Options) fillHooks() {
	missing := errors.New("landfall: there is no hook")
	if o.OnSession == nil {
		o.OnSession = func(SignIn) (Answer, error) { return Answer{}, missing }
	}
	if o.OnSignOut == nil {
		o.OnSignOut = func(*http.Request) (Answer, error) { return Answer{}, missing }
	}
	if o.IsRevoked == nil {
		o.IsRevoked = func(*http.Request, *Session) (bool, error) { return false, missing }
	}
}

// Close frees the memory of the module. Nothing works afterwards.
func (a *Auth) Close(ctx context.Context) error { return a.core.runtime.Close(ctx) }

// CheckNext gives the path to use for the next of a request, and false for one that is not safe. The origin is the app's
// own, for a next that is a complete URL. It may be empty.
func (a *Auth) CheckNext(next, origin string) (string, bool) {
	answer, err := a.core.call("check_next", nil, nil, []string{next, origin})
	if err == nil && len(answer) == 1 {
		return answer[0], true
	}
	return next, err == nil && len(answer) == 2
}
