package landfall

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxSteps is more than any flow needs.
const maxSteps = 16

// fields are fields of a message by their names.
type fields = map[string]string

// visit is a request of a browser on its way through the core.
type visit struct {
	*Auth
	request *http.Request
	fields  fields
	headers []string
	fetched *kept
	header  http.Header // of the app's hook
	cause   error
}

// ServeHTTP answers the routes of the sign-in, and 404 for every other address.
func (a *Auth) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.Middleware(http.NotFoundHandler()).ServeHTTP(w, r)
}

// Middleware answers the routes of the sign-in, and leaves every other address to next.
func (a *Auth) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := a.visit(r)
		step, err := v.serve()
		if err != nil {
			step, v.header, v.cause = a.fail(r, err), nil, err
		}
		if step.kind == "" {
			next.ServeHTTP(w, r)
			return
		}
		v.respond(w, step)
	})
}

func (a *Auth) visit(r *http.Request) *visit {
	scheme, target := "http://", r.RequestURI
	if r.TLS != nil {
		scheme = "https://"
	}
	if !strings.HasPrefix(target, "/") { // The absolute form, or a request that a program made.
		target = r.URL.RequestURI()
	}
	v := &visit{Auth: a, request: r, fields: fields{"method": r.Method, "url": latin1(scheme + r.Host + target)}}
	for _, name := range tables.Messages["REQUEST_HEADER"] {
		value, join := r.Header.Values(strings.ReplaceAll(name, "_", "-")), ", "
		switch name {
		case "host":
			value = []string{r.Host}
		case "cookie":
			join = "; "
		}
		v.headers = append(v.headers, latin1(strings.Join(value, join)))
	}
	return v
}

// latin1 reads bytes beyond ASCII as Latin-1, as docs/abi.md has it.
func latin1(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r > 127 }) < 0 {
		return text
	}
	runes := make([]rune, len(text))
	for i := range len(text) {
		runes[i] = rune(text[i])
	}
	return string(runes)
}

func (v *visit) perform(operation string, more fields) (step, error) {
	fields := maps.Clone(v.fields)
	maps.Copy(fields, more)
	fields["now"] = strconv.FormatInt(time.Now().Unix(), 10)
	return v.core.perform(operation, "REQUEST", fields, v.headers...)
}

// serve carries out steps until the core has a response.
func (v *visit) serve() (step, error) {
	var result fields
	for range maxSteps {
		next, err := v.perform("serve", result)
		if err != nil {
			return step{}, err
		}
		if v.fetched != nil && next.get("keep") == "1" {
			v.keep(v.fetched)
		}
		v.fetched = nil
		switch next.kind {
		case "", "respond":
			return next, nil
		case "fetch":
			result = v.fetch(next)
		case "verify":
			result = fields{"status": strconv.Itoa(verify(next))}
		case "sign":
			result = fields{"answer": sign(next)}
		case "body":
			body, err := io.ReadAll(io.LimitReader(v.request.Body, number(next, "max_bytes")+1))
			if err != nil {
				return step{}, err
			}
			v.fields["has_body"], v.fields["body"], result = "1", string(body), fields{}
		case "session", "sign_out":
			result = v.ask(next)
		default:
			return step{}, fmt.Errorf("landfall: no step of a request: %s", next.kind)
		}
		result["resume"] = next.get("resume")
	}
	return step{}, errors.New("landfall: the flow does not end")
}

// ask lets the app decide.
func (v *visit) ask(s step) fields {
	answer, err := Answer{}, errors.New("landfall: there is no hook")
	if s.kind == "sign_out" && v.options.OnSignOut != nil {
		answer, err = v.options.OnSignOut(v.request)
	} else if s.kind == "session" && v.options.OnSession != nil {
		text := s.get("session")
		var session struct{ Profile Profile }
		if err = json.Unmarshal([]byte(text), &session); err == nil {
			answer, err = v.options.OnSession(SignIn{v.request, s.get("provider"), s.get("next"), s.get("redirect_type"),
				session.Profile, json.RawMessage(text)})
		}
	}
	data, wrong := toJSON(answer.Data)
	if err = errors.Join(err, wrong); err != nil {
		v.cause = err
		return fields{"failure": "refused"}
	}
	v.header = answer.Header
	return fields{"redirect": answer.Redirect, "data": data, "revoke_provider": answer.RevokeProvider,
		"revoke_token": answer.RevokeToken, "token_type_hint": answer.TokenTypeHint}
}

func toJSON(value any) (string, error) {
	if value == nil {
		return "", nil
	}
	text, err := json.Marshal(value)
	return string(text), err
}

func number(s step, name string) int64 {
	value, _ := strconv.ParseInt(s.get(name), 10, 64)
	return value
}

// fail gives the answer where the core or the host failed.
func (a *Auth) fail(r *http.Request, err error) step {
	fields := fields{"code": "internal_error", "method": r.Method}
	if errors.Is(err, errTooLarge) {
		fields["code"] = "request_too_large"
	}
	if r.URL.Path == a.ready.get("error_path") {
		fields["route"] = "error"
	}
	answer, err := a.core.perform("fail", "FAIL", fields)
	if err != nil {
		return step{"respond", []string{"status"}, []string{"500"}}
	}
	return answer
}

// respond sends a RESPOND, and logs it.
func (v *visit) respond(w http.ResponseWriter, s step) {
	v.log(s)
	header := w.Header()
	for i, list := 0, s.list(); i+1 < len(list); i += 2 {
		if list[i] == "set-cookie" {
			header.Add(list[i], list[i+1])
		} else {
			header.Set(list[i], list[i+1])
		}
	}
	for name, values := range v.header {
		name = http.CanonicalHeaderKey(name)
		if s.get("parameter") != "redirect" && (name == "Set-Cookie" || header[name] == nil) {
			header[name] = append(header[name], values...)
		}
	}
	w.WriteHeader(int(number(s, "status")))
	io.WriteString(w, s.get("body"))
}

func (v *visit) log(s step) {
	level, attrs := slog.LevelInfo, []slog.Attr{}
	if v.cause != nil {
		attrs = append(attrs, slog.String("cause", v.cause.Error()))
	}
	if s.get("log") == "" && v.cause == nil {
		return
	}
	if s.get("code") != "" {
		level = slog.LevelWarn
	}
	for _, name := range s.names[min(slices.Index(s.names, "log")+1, len(s.names)):] {
		if value := s.get(name); value != "" && name != "next" && name != "origin" {
			attrs = append(attrs, slog.String(name, value))
		}
	}
	v.options.Logger.LogAttrs(context.WithoutCancel(v.request.Context()), level, s.get("log"), attrs...)
}
