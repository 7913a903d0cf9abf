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

// maxCause is the length of a cause in bytes.
const maxCause = 200

// fetch carries out a FETCH step, with a kept response or one on its way where the step takes it.
func (v *visit) fetch(s step) (fields, error) {
	time.Sleep(time.Duration(s.number("delay")) * time.Millisecond)
	maxAge := time.Duration(s.number("max_age")) * time.Second
	if maxAge == 0 {
		return v.send(s), nil
	}
	r := &response{memory: v.addresses, name: s.get("url"), again: s.get("again") == "1", done: make(chan struct{})}
	if key := s.get("cache_key"); key != "" {
		r.memory, r.name = v.renewals, key
	}
	other := r.memory.join(r, maxAge, nil)
	for other != r && !other.isGood(time.Duration(s.number("patience"))*time.Millisecond) {
		other = r.memory.join(r, maxAge, other)
	}
	if other == r {
		v.share(s, r)
	}
	r = other
	v.fetched = r
	result := maps.Clone(r.result)
	result["age"] = strconv.Itoa(int(time.Since(r.at).Seconds()))
	return result, nil
}

// share makes a request that others may wait for.
func (v *visit) share(s step, r *response) {
	defer close(r.done)
	r.result = v.send(s)
	r.at = time.Now()
}

// settle ends the way of the last response, which the core calls good or not.
func (v *visit) settle(isGood bool) {
	if v.fetched != nil {
		v.fetched.memory.settle(v.fetched, isGood)
		v.fetched = nil
	}
}

// send makes one request within its deadline. A client that leaves does not end it: its code can be used only once.
func (v *visit) send(s step) fields {
	limit := time.Duration(s.number("deadline")) * time.Millisecond
	ctx, cancel := context.WithTimeout(context.WithoutCancel(v.request.Context()), limit)
	defer cancel()
	result, err := v.exchange(ctx, s)
	if v.cause = err; err != nil {
		return toFailure(ctx, err)
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
