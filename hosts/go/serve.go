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
	fetched *response   // by the step before, where it may be kept
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
		if answer := v.run("serve"); answer.kind != "" {
			v.respond(w, answer)
			return
		}
		next.ServeHTTP(w, r)
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

// steps are what the core may ask for, and how to carry it out: the fields of REQUEST that it brings.
var steps = map[string]func(*visit, step) (fields, error){
	"fetch":    (*visit).fetch,
	"verify":   func(_ *visit, s step) (fields, error) { return fields{"status": verify(s)}, nil },
	"sign":     func(_ *visit, s step) (fields, error) { return fields{"answer": sign(s)}, nil },
	"body":     (*visit).read,
	"session":  func(v *visit, s step) (fields, error) { return v.agree(v.askSignIn(s)) },
	"sign_out": func(v *visit, _ step) (fields, error) { return v.agree(v.options.OnSignOut(v.request)) },
	"revoked":  (*visit).askRevoked,
}

// run carries out the steps of an operation until the core has an answer. It has no field where the address is the app's.
func (v *visit) run(operation string) step {
	answer, err := v.perform(operation, nil)
	defer v.settle(false)
	for range maxSteps {
		carryOut, isStep := steps[answer.kind]
		if err == nil && !isStep {
			v.renewals.forget(answer.get("forget"))
			return answer
		}
		var brought fields
		if err == nil {
			brought, err = carryOut(v, answer)
		}
		if err != nil {
			return v.fail(err)
		}
		brought["resume"] = answer.get("resume")
		answer, err = v.perform(operation, brought)
		v.settle(answer.get("keep") == "1")
	}
	return v.fail(errors.New("landfall: the flow does not end"))
}

func (v *visit) read(s step) (fields, error) {
	source := cmp.Or[io.Reader](v.request.Body, http.NoBody)
	body, err := io.ReadAll(io.LimitReader(source, s.number("max_bytes")+1))
	v.fields["has_body"], v.fields["body"] = "1", string(body)
	return fields{}, err
}

func (v *visit) askSignIn(s step) (Answer, error) {
	text := []byte(s.get("session"))
	var session struct{ Profile Profile }
	current, err := readSession(s.get("current"))
	if err = errors.Join(err, json.Unmarshal(text, &session)); err != nil {
		return Answer{}, err
	}
	return v.options.OnSession(SignIn{v.request, s.get("provider"), s.get("next"), s.get("redirect_type"),
		session.Profile, text, current})
}

// agree passes on what a hook answered. An error is a refusal.
func (v *visit) agree(answer Answer, err error) (fields, error) {
	data, wrong := toJSON(answer.Data)
	if v.cause = errors.Join(err, wrong); v.cause != nil {
		return fields{"failure": "refused"}, nil
	}
	v.header = answer.Header
	return fields{"redirect": answer.Redirect, "revoke_provider": answer.RevokeProvider, "revoke_token": answer.RevokeToken,
		"token_type_hint": answer.TokenTypeHint, "data": data}, nil
}

func (v *visit) askRevoked(s step) (fields, error) {
	session, err := readSession(s.get("session"))
	isRevoked := false
	if err == nil {
		isRevoked, err = v.options.IsRevoked(v.request, session)
	}
	if v.cause = err; err != nil {
		return fields{"failure": "refused"}, nil
	}
	return fields{"status": map[bool]string{true: "1", false: "0"}[isRevoked]}, nil
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
