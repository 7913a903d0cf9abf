// Command drivehost is a host under test: docs/abi.md says what it takes and prints ("Test your host").
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync"

	"landfall"
)

// inner sends a request to the address that its origin has in this network.
type inner map[string]string

func (addresses inner) RoundTrip(r *http.Request) (*http.Response, error) {
	address, ok := addresses[r.URL.Scheme+"://"+r.URL.Host]
	if ok {
		target, err := url.Parse(address)
		if err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host, r.Host = target.Scheme, target.Host, target.Host
	}
	return http.DefaultTransport.RoundTrip(r)
}

type token struct{ provider, value string }

// app is the app of docs/abi.md.
type app struct{ sessions sync.Map }

func print(value any) {
	line, _ := json.Marshal(value)
	fmt.Println(string(line))
}

func cookie(line string) http.Header { return http.Header{"Set-Cookie": {line}} }

func (a *app) signIn(in landfall.SignIn) (landfall.Answer, error) {
	current := ""
	if in.Current != nil {
		current = in.Current.Provider
	}
	print(landfall.Map{"hook": "session", "provider": in.Provider, "next": in.Next, "redirect_type": in.RedirectType,
		"current": current, "session": in.Session})
	if in.Next == "/refused" {
		return landfall.Answer{}, errors.New("this person may not sign in")
	}
	var session struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(in.Session, &session); err != nil {
		return landfall.Answer{}, err
	}
	bytes := make([]byte, 16)
	rand.Read(bytes)
	id := fmt.Sprintf("%x", bytes)
	a.sessions.Store(id, token{in.Provider, session.Token})
	return landfall.Answer{
		Redirect: map[string]string{"/first": "/tour", "/astray": "//evil.example"}[in.Next],
		Header:   cookie("app-session=" + id + "; Path=/; HttpOnly; SameSite=Lax"),
	}, nil
}

func (a *app) signOut(r *http.Request) (landfall.Answer, error) {
	print(landfall.Map{"hook": "sign_out"})
	answer := landfall.Answer{TokenTypeHint: "access_token", Header: cookie("app-session=; Path=/; Max-Age=0")}
	own, err := r.Cookie("app-session")
	if err != nil {
		return answer, nil
	}
	if own.Value == "broken" {
		return answer, errors.New("the database does not answer")
	}
	if found, ok := a.sessions.LoadAndDelete(own.Value); ok {
		answer.RevokeProvider, answer.RevokeToken = found.(token).provider, found.(token).value
	}
	return answer, nil
}

// endSession is a page of the app: a provider posts there that a session has ended.
func endSession(w http.ResponseWriter, r *http.Request, auth *landfall.Auth) {
	found, err := auth.VerifyLogoutToken(w, r)
	if failure := (*landfall.Error)(nil); errors.As(err, &failure) {
		print(landfall.Map{"hook": "logout", "code": failure.Code, "parameter": failure.Parameter})
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	print(landfall.Map{"hook": "logout", "provider": found.Provider, "sub": found.Sub, "sid": found.SID, "jti": found.JTI})
}

func main() {
	addresses := inner{}
	if text := os.Getenv("LANDFALL_ADDRESSES"); text != "" {
		if err := json.Unmarshal([]byte(text), &addresses); err != nil {
			log.Fatal(err)
		}
	}
	own := &app{}
	auth, err := landfall.New(context.Background(), landfall.Options{
		Settings:  json.RawMessage(os.Getenv("LANDFALL_OPTIONS")),
		OnSession: own.signIn,
		OnSignOut: own.signOut,
		Transport: addresses,
	})
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening")
	app := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/logout-token" {
			endSession(w, r, auth)
		} else {
			http.NotFound(w, r)
		}
	}
	log.Fatal(http.Serve(listener, auth.Middleware(http.HandlerFunc(app))))
}
