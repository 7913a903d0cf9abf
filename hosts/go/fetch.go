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

// maxKept is more responses than the providers of an app have. maxCause is the length of a cause in bytes.
const maxKept, maxCause = 32, 200

// kept is a response that may serve again.
type kept struct {
	url, again string
	at         time.Time
	result     fields
}

func (a *Auth) keep(one kept) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if len(a.kept) >= maxKept {
		clear(a.kept)
	}
	a.kept[one.url] = one
}

// fetch carries out a FETCH step.
func (v *visit) fetch(s step) fields {
	time.Sleep(time.Duration(s.number("delay")) * time.Millisecond)
	v.mutex.Lock()
	old := v.kept[s.get("url")]
	v.mutex.Unlock()
	maxAge := time.Duration(s.number("max_age")) * time.Second
	if maxAge > 0 && time.Since(old.at) <= maxAge && (old.again == "1" || s.get("again") != "1") {
		v.fetched = old
		return maps.Clone(old.result)
	}
	// A client that leaves ends no request: its code can be used only once.
	limit := time.Duration(s.number("deadline")) * time.Millisecond
	ctx, cancel := context.WithTimeout(context.WithoutCancel(v.request.Context()), limit)
	defer cancel()
	result, err := v.exchange(ctx, s)
	v.cause = err
	if err != nil {
		return toFailure(ctx, err)
	}
	if maxAge > 0 {
		v.fetched = kept{s.get("url"), s.get("again"), time.Now(), maps.Clone(result)}
	}
	return result
}

// exchange makes one request: a RoundTripper follows no redirect, knows no cookies, and undoes gzip.
func (v *visit) exchange(ctx context.Context, s step) (fields, error) {
	request, err := http.NewRequestWithContext(ctx, s.get("method"), s.get("url"), strings.NewReader(s.get("body")))
	if err != nil {
		return nil, err
	}
	request.Header = s.header()
	response, err := v.options.Transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 && response.StatusCode < 400 {
		return fields{"failure": "redirect"}, nil
	}
	limit := s.number("max_bytes")
	answer, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if int64(len(answer)) > limit {
		return fields{"failure": "too_large"}, nil
	}
	return fields{"status": strconv.Itoa(response.StatusCode), "content_type": latin1(response.Header.Get("Content-Type")),
		"retry_after": latin1(response.Header.Get("Retry-After")), "answer": string(answer)}, err
}

// toFailure names what kept a request from a response.
func toFailure(ctx context.Context, err error) fields {
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
	return fields{"failure": "network", "cause": err.Error()[:min(len(err.Error()), maxCause)]}
}
