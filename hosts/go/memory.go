package landfall

import (
	"maps"
	"strings"
	"sync"
	"time"
)

// maxKeptBytes are the bodies of a memory.
const maxKeptBytes = 4 << 20

// response is one that came, or is on its way until done is closed. Nothing of it changes after that.
type response struct {
	memory *memory
	name   string
	again  bool
	done   chan struct{}
	at     time.Time
	result fields
}

// isGood waits for it as long as the step allows. One that failed, or takes longer, is not.
func (r *response) isGood(patience time.Duration) bool {
	select {
	case <-r.done:
		return r.result != nil && r.result["failure"] == ""
	case <-time.After(patience):
		return false
	}
}

// memory has responses by a name, those that the core calls good and those on their way. The oldest leave first.
type memory struct {
	mutex          sync.Mutex
	most           int
	life           time.Duration
	kept, underway map[string]*response
}

func newMemory(most int, life time.Duration) *memory {
	return &memory{most: most, life: life, kept: map[string]*response{}, underway: map[string]*response{}}
}

// join gives a kept response that is young enough, or one on its way, but not the one that r has waited for long enough.
// Otherwise it is r that others wait for from now on.
func (m *memory) join(r *response, maxAge time.Duration, waited *response) *response {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if kept := m.kept[r.name]; kept != nil && time.Since(kept.at) <= maxAge && (kept.again || !r.again) {
		return kept
	}
	if other := m.underway[r.name]; other != nil && other != waited {
		return other
	}
	m.underway[r.name] = r
	return r
}

// settle ends the way of a response, and keeps one that is good, where it was not forgotten and nobody asked anew.
func (m *memory) settle(r *response, isGood bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.underway[r.name] != r {
		return
	}
	delete(m.underway, r.name)
	if old := m.kept[r.name]; !isGood || old != nil && !old.at.Before(r.at) {
		return
	}
	m.kept[r.name] = r
	maps.DeleteFunc(m.kept, func(_ string, one *response) bool { return time.Since(one.at) > m.life })
	for {
		oldest, bytes := r, 0
		for _, one := range m.kept {
			bytes += len(one.result["answer"])
			if one.at.Before(oldest.at) {
				oldest = one
			}
		}
		if len(m.kept) <= m.most && bytes <= maxKeptBytes {
			return
		}
		delete(m.kept, oldest.name)
	}
}

// forget drops the responses whose name begins so, also those on their way; none for an empty beginning.
func (m *memory) forget(beginning string) {
	if beginning == "" {
		return
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	begins := func(name string, _ *response) bool { return strings.HasPrefix(name, beginning) }
	maps.DeleteFunc(m.kept, begins)
	maps.DeleteFunc(m.underway, begins)
}
