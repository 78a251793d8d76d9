package live

import (
	"context"
	"maps"
	"slices"
	"time"

	"parley/desk"
)

// momentsEvery is how long at least lies between two times that everybody is told
// who is there and who is viewing what. A whole team that connects at once is so
// told in a few frames instead of one for each arrival.
const momentsEvery = 250 * time.Millisecond

// moments is who is there and who is viewing what as everybody was told last, and
// what has changed since. It is guarded by Hub.mu.
type moments struct {
	agents  map[desk.ID]Presence // as told; without those who are offline
	whole   Frame                // of agents; without Data after a change
	viewing map[desk.Number]Frame

	guests map[desk.ID]struct{} // customers on a website, as told
	lobby  Frame                // of guests; without Data after a change

	arrivals map[desk.ID]Presence // changed since
	callers  map[desk.ID]bool
	looks    map[desk.Number]struct{}
	stir     chan struct{} // holds one when there is something to tell
}

func newMoments() *moments {
	return &moments{
		agents: make(map[desk.ID]Presence), viewing: make(map[desk.Number]Frame),
		guests: make(map[desk.ID]struct{}), callers: make(map[desk.ID]bool),
		arrivals: make(map[desk.ID]Presence), looks: make(map[desk.Number]struct{}),
		stir: make(chan struct{}, 1),
	}
}

// present notes how an agent is there now.
func (m *moments) present(agent desk.ID, now Presence) {
	m.arrivals[agent] = now
	wake(m.stir)
}

// viewed notes that the viewers of a conversation are others now.
func (m *moments) viewed(n desk.Number) {
	m.looks[n] = struct{}{}
	wake(m.stir)
}

// online notes whether a customer is on a website now.
func (m *moments) online(customer desk.ID, now bool) {
	m.callers[customer] = now
	wake(m.stir)
}

// joined is what somebody is told who connects: all that the others were told, so
// that what they are told next is enough for all.
func (m *moments) joined() []Frame {
	if m.whole.Data == nil {
		m.whole = plain(presenceFrame{"presence", m.agents})
	}
	if m.lobby.Data == nil {
		m.lobby = plain(onlinesFrame{"visitors_online", slices.AppendSeq([]desk.ID{}, maps.Keys(m.guests))})
	}
	frames := make([]Frame, 0, 2+len(m.viewing))
	frames = append(frames, m.whole, m.lobby)
	for _, f := range m.viewing {
		frames = append(frames, f)
	}
	return frames
}

// tellMoments tells everybody what has changed since the last time.
func (h *Hub) tellMoments() {
	h.mu.Lock()
	defer h.mu.Unlock()
	var frames []Frame
	if changed := h.moments.settle(); len(changed) > 0 {
		frames = append(frames, plain(presenceFrame{"presence.changed", changed}))
	}
	for n := range h.moments.looks {
		agents := h.viewers(n)
		f := plain(viewingFrame{"viewing", n, agents})
		frames = append(frames, f)
		if h.moments.viewing[n] = f; len(agents) == 0 {
			delete(h.moments.viewing, n)
		}
	}
	clear(h.moments.looks)
	h.log.add(append(frames, h.moments.settleGuests()...)...)
}

// settleGuests takes over who has come to a website or gone, and gives the frames
// of it.
func (m *moments) settleGuests() (frames []Frame) {
	for customer, now := range m.callers {
		if _, before := m.guests[customer]; now == before {
			continue
		}
		if m.guests[customer] = struct{}{}; !now {
			delete(m.guests, customer)
		}
		m.lobby = Frame{}
		frames = append(frames, plain(onlineFrame{"visitor_online", customer, now}))
	}
	clear(m.callers)
	return frames
}

// settle takes over what has changed in who is there and gives what is to be told
// of it. Whoever came and went meanwhile is not worth a word.
func (m *moments) settle() (changed map[desk.ID]Presence) {
	changed = make(map[desk.ID]Presence, len(m.arrivals))
	for agent, now := range m.arrivals {
		before, known := m.agents[agent]
		if !known {
			before = Offline
		}
		if now == before {
			continue
		}
		changed[agent], m.agents[agent] = now, now
		if now == Offline {
			delete(m.agents, agent)
		}
		m.whole = Frame{}
	}
	clear(m.arrivals)
	return changed
}

// wake leaves word on a channel that holds one.
func wake(stir chan<- struct{}) {
	select {
	case stir <- struct{}{}:
	default:
	}
}

// paced calls tell after each stir until ctx ends, but never oftener than once in
// every while. The first stir after a quiet time is told at once.
func paced(ctx context.Context, stir <-chan struct{}, every time.Duration, tell func()) {
	pause := time.NewTimer(every)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-stir:
		}
		tell()
		pause.Reset(every)
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
	}
}
