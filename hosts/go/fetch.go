package landfall

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxKept is more responses than the providers of an app have.
const maxKept = 32

// kept is a response that may serve again.
type kept struct {
	url    string
	at     time.Time
	again  string
	result fields
}

func (a *Auth) keep(one *kept) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if len(a.kept) >= maxKept {
		clear(a.kept)
	}
	a.kept[one.url] = *one
}

// fetch carries out a FETCH step. A RoundTripper follows no redirect and knows no cookies.
func (v *visit) fetch(s step) fields {
	time.Sleep(time.Duration(number(s, "delay")) * time.Millisecond)
	v.mutex.Lock()
	old, isKept := v.kept[s.get("url")]
	v.mutex.Unlock()
	age, maxAge := time.Since(old.at), time.Duration(number(s, "max_age"))*time.Second
	if isKept && maxAge > 0 && age <= maxAge && (old.again == "1" || s.get("again") != "1") {
		v.fetched = &old
		return maps.Clone(old.result)
	}
	limit := time.Duration(number(s, "deadline")) * time.Millisecond
	ctx, cancel := context.WithTimeout(context.WithoutCancel(v.request.Context()), limit)
	defer cancel()
	result, err := v.exchange(ctx, s)
	if err != nil {
		return v.failed(ctx, err)
	}
	if maxAge > 0 && result["failure"] == "" {
		v.fetched = &kept{s.get("url"), time.Now(), s.get("again"), maps.Clone(result)}
	}
	return result
}

func (v *visit) exchange(ctx context.Context, s step) (fields, error) {
	request, err := http.NewRequestWithContext(ctx, s.get("method"), s.get("url"), strings.NewReader(s.get("body")))
	if err != nil {
		return nil, err
	}
	for i, list := 0, s.list(); i+1 < len(list); i += 2 {
		request.Header.Set(list[i], list[i+1])
	}
	response, err := v.options.Transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 && response.StatusCode < 400 {
		return fields{"failure": "redirect"}, nil
	}
	limit := number(s, "max_bytes") // The transport has undone gzip.
	answer, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(answer)) > limit {
		return fields{"failure": "too_large"}, nil
	}
	return fields{"status": strconv.Itoa(response.StatusCode), "content_type": latin1(response.Header.Get("Content-Type")),
		"retry_after": latin1(response.Header.Get("Retry-After")), "answer": string(answer)}, nil
}

// failed names what kept a request from an answer.
func (v *visit) failed(ctx context.Context, err error) fields {
	v.cause = err
	var untrusted x509.UnknownAuthorityError
	switch {
	case ctx.Err() != nil:
		return fields{"failure": "timeout", "cause": "TimeoutError"}
	case errors.As(err, &untrusted):
		return fields{"failure": "tls", "cause": "UnknownAuthorityError"}
	}
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return fields{"failure": "network", "cause": err.Error()[:min(len(err.Error()), 200)]}
}
