package landfall

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxSteps is more than any flow needs.
const maxSteps = 16

// visit is a request of a browser on its way through the core.
type visit struct {
	*Auth
	request *http.Request
	fields  fields
	headers []string
	fetched kept        // by the step before
	header  http.Header // of the app's hook
	cause   error       // of a refusal or a failed request
}

// ServeHTTP answers the routes of the sign-in, and 404 for every other address.
func (a *Auth) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.Middleware(http.NotFoundHandler()).ServeHTTP(w, r)
}

// Middleware answers the routes of the sign-in, and leaves every other address to next.
func (a *Auth) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := a.visit(r)
		answer, err := v.serve()
		if err != nil {
			answer = v.fail(err)
		}
		if answer.kind == "" {
			next.ServeHTTP(w, r)
			return
		}
		v.respond(w, answer)
	})
}

func (a *Auth) visit(r *http.Request) *visit {
	url := "http://" + r.Host + r.RequestURI
	if !strings.HasPrefix(r.RequestURI, "/") { // In absolute form, or a request that no server has read.
		url = "http://" + r.Host + r.URL.RequestURI()
	}
	if r.TLS != nil {
		url = "https" + url[4:]
	}
	v := &visit{Auth: a, request: r, fields: fields{"method": r.Method, "url": latin1(url)}}
	for _, name := range messages["REQUEST_HEADER"] {
		value := strings.Join(r.Header.Values(strings.ReplaceAll(name, "_", "-")), ", ")
		switch name {
		case "host":
			value = r.Host
		case "cookie":
			value = strings.Join(r.Header["Cookie"], "; ")
		}
		v.headers = append(v.headers, latin1(value))
	}
	return v
}

// latin1 reads bytes beyond ASCII as Latin-1.
func latin1(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r > 127 }) < 0 {
		return text
	}
	runes := make([]rune, len(text))
	for i := range runes {
		runes[i] = rune(text[i])
	}
	return string(runes)
}

// perform runs an operation on the request, with the fields that the last step brought.
func (v *visit) perform(operation string, brought fields) (step, error) {
	all := maps.Clone(v.fields)
	maps.Copy(all, brought)
	all["now"] = strconv.FormatInt(time.Now().Unix(), 10)
	return v.core.perform(operation, "REQUEST", all, v.headers...)
}

// serve carries out steps until the core has a response.
func (v *visit) serve() (step, error) {
	answer, err := v.perform("serve", nil)
	for range maxSteps {
		if err != nil || answer.kind == "" || answer.kind == "respond" {
			return answer, err
		}
		var brought fields
		if brought, err = v.carryOut(answer); err != nil {
			return step{}, err
		}
		brought["resume"] = answer.get("resume")
		answer, err = v.perform("serve", brought)
		if v.fetched.result != nil && answer.get("keep") == "1" {
			v.keep(v.fetched)
		}
		v.fetched.result = nil
	}
	return step{}, errors.New("landfall: the flow does not end")
}

func (v *visit) carryOut(s step) (fields, error) {
	switch s.kind {
	case "fetch":
		return v.fetch(s), nil
	case "verify":
		return fields{"status": verify(s)}, nil
	case "sign":
		return fields{"answer": sign(s)}, nil
	case "body":
		source := cmp.Or[io.Reader](v.request.Body, http.NoBody)
		body, err := io.ReadAll(io.LimitReader(source, s.number("max_bytes")+1))
		v.fields["has_body"], v.fields["body"] = "1", string(body)
		return fields{}, err
	case "session", "sign_out":
		answer, err := v.ask(s)
		data, wrong := toJSON(answer.Data)
		if v.cause = errors.Join(err, wrong); v.cause != nil {
			return fields{"failure": "refused"}, nil
		}
		v.header = answer.Header
		return fields{"redirect": answer.Redirect, "revoke_provider": answer.RevokeProvider, "revoke_token": answer.RevokeToken,
			"token_type_hint": answer.TokenTypeHint, "data": data}, nil
	}
	return nil, errors.New("landfall: no step of a request: " + s.kind)
}

// ask lets the app decide. Without a hook nobody agrees.
func (v *visit) ask(s step) (Answer, error) {
	switch text := []byte(s.get("session")); {
	case s.kind == "sign_out" && v.options.OnSignOut != nil:
		return v.options.OnSignOut(v.request)
	case s.kind == "session" && v.options.OnSession != nil:
		var session struct{ Profile Profile }
		if err := json.Unmarshal(text, &session); err != nil {
			return Answer{}, err
		}
		return v.options.OnSession(SignIn{v.request, s.get("provider"), s.get("next"), s.get("redirect_type"),
			session.Profile, text})
	}
	return Answer{}, errors.New("landfall: there is no hook")
}

// fail gives the answer where the core or the host failed.
func (v *visit) fail(err error) step {
	v.header, v.cause = nil, err
	about := fields{"code": "internal_error", "method": v.request.Method}
	if errors.Is(err, errTooLarge) {
		about["code"] = "request_too_large"
	}
	if v.request.URL.Path == v.ready.get("error_path") {
		about["route"] = "error"
	}
	answer, err := v.core.perform("fail", "FAIL", about)
	if err != nil {
		line := "landfall: the module cannot answer"
		return step{"respond", []string{"status", "code", "log"}, []string{"500", about["code"], line}}
	}
	return answer
}

// respond sends a RESPOND, and logs it.
func (v *visit) respond(w http.ResponseWriter, s step) {
	v.log(s)
	header := s.header()
	for name, values := range v.header {
		name = http.CanonicalHeaderKey(name)
		if s.get("parameter") != "redirect" && (name == "Set-Cookie" || header[name] == nil) {
			header[name] = append(header[name], values...)
		}
	}
	header["Set-Cookie"] = append(w.Header()["Set-Cookie"], header["Set-Cookie"]...)
	maps.Copy(w.Header(), header)
	w.WriteHeader(int(s.number("status")))
	io.WriteString(w, s.get("body"))
}

// log writes the line of a RESPOND. It warns of what is not a browser's own doing.
func (v *visit) log(s step) {
	level, parts := slog.LevelInfo, []any{"code", s.get("code"), "provider", s.get("provider")}
	if s.get("code") != "" && s.get("blame") != "browser" {
		level = slog.LevelWarn
	}
	if s.get("code") != "" && v.cause != nil {
		parts = append(parts, "cause", v.cause)
	}
	if line := s.get("log"); line != "" {
		v.options.Logger.Log(v.request.Context(), level, line, parts...)
	}
}
