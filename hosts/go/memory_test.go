package landfall

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// renewal is a FETCH step with a cache_key.
func renewal(url, key string) step {
	return makeStep("fetch", fields{"method": "POST", "url": url, "max_bytes": "9", "deadline": "20000",
		"patience": "500", "max_age": "60", "cache_key": key})
}

func TestRequestsWithOneKeyWait(t *testing.T) {
	var asked atomic.Int32
	v, site := makeVisit(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		time.Sleep(200 * time.Millisecond)
		fmt.Fprint(w, r.URL.Path)
	})
	var group sync.WaitGroup
	for n := range 40 {
		group.Add(1)
		go func() {
			defer group.Done()
			own, name := *v, fmt.Sprintf("/%d", n%2)
			result, err := own.fetch(renewal(site+name, "person "+name))
			if err != nil || result["answer"] != name || result["age"] != "0" {
				t.Errorf("got %v, %v", result, err)
			}
			own.settle(true)
		}()
	}
	group.Wait()
	if got := asked.Load(); got != 2 {
		t.Errorf("asked %d times for two people", got)
	}
	if len(v.renewals.underway) != 0 || len(v.addresses.kept) != 0 || len(v.renewals.kept) != 2 {
		t.Errorf("%d are on their way, %d kept", len(v.renewals.underway), len(v.renewals.kept))
	}
}

func TestPatienceEnds(t *testing.T) {
	var asked atomic.Int32
	end := make(chan struct{})
	v, site := makeVisit(t, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 1 {
			<-end
		}
	})
	first, ended := *v, make(chan struct{})
	go func() {
		defer close(ended)
		first.fetch(renewal(site, "slow"))
		first.settle(true)
	}()
	for asked.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	if result, _ := v.fetch(renewal(site, "slow")); result["status"] != "200" || asked.Load() != 2 {
		t.Errorf("got %v after %d requests", result, asked.Load())
	}
	select {
	case <-ended:
		t.Error("the second waited for the end of the first")
	default:
	}
	close(end)
	<-ended
	v.settle(true)
}

func TestFailureIsNobodyElses(t *testing.T) {
	var asked atomic.Int32
	v, site := makeVisit(t, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 1 {
			time.Sleep(100 * time.Millisecond)
			panic(http.ErrAbortHandler)
		}
	})
	first := *v
	done := make(chan fields)
	go func() {
		result, _ := first.fetch(renewal(site, "key"))
		done <- result
	}()
	for asked.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	if result, _ := v.fetch(renewal(site, "key")); result["status"] != "200" {
		t.Errorf("got %v", result)
	}
	if result := <-done; result["failure"] != "network" {
		t.Errorf("the first got %v", result)
	}
}

func TestRenewalsAreBoundedAndForgotten(t *testing.T) {
	m := newMemory(1000, time.Minute)
	now := time.Now()
	keep := func(name string, at time.Time, size int) {
		r := &response{name: name, at: at, result: fields{"answer": strings.Repeat("a", size)}}
		m.underway[name] = r
		m.settle(r, true)
	}
	keep("old", now.Add(-61*time.Second), 1)
	if len(m.kept) != 0 {
		t.Error("one that is older than a minute is kept")
	}
	for n := range 1200 {
		keep(fmt.Sprintf("person-%d/1", n), now.Add(time.Duration(n)), 1)
	}
	if len(m.kept) != 1000 || m.kept["person-199/1"] != nil || m.kept["person-200/1"] == nil {
		t.Errorf("%d are kept", len(m.kept))
	}
	keep("person-1199/1", now, 2)
	if len(m.kept["person-1199/1"].result["answer"]) != 1 {
		t.Error("an older response took the place of a newer one")
	}
	m.forget("")
	m.forget("person-1199/")
	if len(m.kept) != 999 || m.kept["person-1199/1"] != nil {
		t.Errorf("%d are left", len(m.kept))
	}
	r := m.join(&response{memory: m, name: "person-1/1"}, 0, nil)
	m.forget("person-1/")
	if m.settle(r, true); m.kept["person-1/1"] != nil {
		t.Error("one that was forgotten on its way is kept")
	}
	for n := range 9 {
		keep(fmt.Sprintf("large-%d", n), now.Add(time.Second), 1<<20)
	}
	if len(m.kept) > 4 {
		t.Errorf("%d large ones are kept", len(m.kept))
	}
}
