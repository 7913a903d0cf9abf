package landfall

import (
	"maps"
	"strings"
	"sync"
	"time"
)

// patience is how long a request waits for the response to another one.
const patience = 3 * time.Second

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

// isGood waits for it. One that failed, or takes long, is not.
func (r *response) isGood() bool {
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

// join gives a kept response that is young enough, or one on its way. Otherwise it is r that others wait for from now on;
// with a maxAge below 0 it is r in any case.
func (m *memory) join(r *response, maxAge time.Duration) *response {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if kept := m.kept[r.name]; kept != nil && time.Since(kept.at) <= maxAge && (kept.again || !r.again) {
		return kept
	}
	if other := m.underway[r.name]; other != nil && maxAge >= 0 {
		return other
	}
	m.underway[r.name] = r
	return r
}

// settle ends the way of a response, and keeps one that is good.
func (m *memory) settle(r *response, isGood bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.underway[r.name] == r {
		delete(m.underway, r.name)
	}
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

// forget drops the kept responses whose name begins so; none for an empty beginning.
func (m *memory) forget(beginning string) {
	if beginning == "" {
		return
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	maps.DeleteFunc(m.kept, func(name string, _ *response) bool { return strings.HasPrefix(name, beginning) })
}
