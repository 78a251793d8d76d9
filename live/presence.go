package live

import (
	"slices"
	"time"

	"parley/desk"
)

// Presence is whether an agent is there.
type Presence string

// The presences.
const (
	Online  Presence = "online"
	Away    Presence = "away"
	Offline Presence = "offline"
)

// leaveDelay is how long an agent without a socket is still taken to be there,
// so that a reload or a short break does not flicker on everyone's screen.
const leaveDelay = 10 * time.Second

// person is an agent who has, or lately had, sockets.
type person struct {
	sockets map[*Client]struct{}
	shown   Presence
	gone    *time.Timer // runs while there is no socket; nil at first
}

// arrive counts a socket in. h.mu is held.
func (h *Hub) arrive(c *Client) {
	p := h.people[c.agent]
	if p == nil {
		p = &person{sockets: make(map[*Client]struct{}), shown: Offline}
		h.people[c.agent] = p
	}
	if p.gone != nil {
		p.gone.Stop()
	}
	p.sockets[c] = struct{}{}
	h.showPresence(p)
}

// leave counts a socket out.
func (h *Hub) leave(c *Client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, there := h.clients[c]; !there {
		return
	}
	delete(h.clients, c)
	h.look(c, 0)
	p := h.people[c.agent]
	delete(p.sockets, c)
	if len(p.sockets) > 0 {
		h.showPresence(p)
		return
	}
	p.gone = time.AfterFunc(leaveDelay, func() { h.forget(c.agent, p) })
}

// forget shows an agent as gone who has had no socket for a while.
func (h *Hub) forget(agent desk.ID, p *person) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(p.sockets) == 0 && h.people[agent] == p {
		h.showPresence(p)
		delete(h.people, agent)
	}
}

// showPresence tells everyone when an agent's presence has changed. h.mu is held.
func (h *Hub) showPresence(p *person) {
	now := Offline
	for c := range p.sockets {
		if now = Away; !c.away {
			now = Online
			break
		}
	}
	if now != p.shown {
		p.shown = now
		h.log.add(h.presenceFrame())
	}
}

// presenceFrame is who is there. h.mu is held.
func (h *Hub) presenceFrame() Frame { return plain(presenceFrame{"presence", h.presence()}) }

func (h *Hub) presence() map[desk.ID]Presence {
	agents := make(map[desk.ID]Presence, len(h.people))
	for id, p := range h.people {
		if p.shown != Offline {
			agents[id] = p.shown
		}
	}
	return agents
}

// Presence says who is there; an agent who is not in it is offline.
func (h *Hub) Presence() map[desk.ID]Presence {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.presence()
}

// look notes which conversation a socket shows, 0 for none, and tells everyone.
// h.mu is held.
func (h *Hub) look(c *Client, n desk.Number) {
	before := c.viewing
	if before == n {
		return
	}
	c.viewing = n
	for _, number := range []desk.Number{before, n} {
		if number != 0 {
			h.log.add(plain(viewingFrame{"viewing", number, h.viewers(number)}))
		}
	}
}

// viewers are the agents who have a conversation on their screen. h.mu is held.
func (h *Hub) viewers(n desk.Number) []desk.ID {
	agents := []desk.ID{}
	for c := range h.clients {
		if c.viewing == n && !slices.Contains(agents, c.agent) {
			agents = append(agents, c.agent)
		}
	}
	slices.SortFunc(agents, func(a, b desk.ID) int { return slices.Compare(a[:], b[:]) })
	return agents
}

// allViewing tells a new socket who is viewing what. h.mu is held.
func (h *Hub) allViewing() []Frame {
	var numbers []desk.Number
	for c := range h.clients {
		if c.viewing != 0 && !slices.Contains(numbers, c.viewing) {
			numbers = append(numbers, c.viewing)
		}
	}
	slices.Sort(numbers)
	frames := make([]Frame, 0, len(numbers))
	for _, n := range numbers {
		frames = append(frames, plain(viewingFrame{"viewing", n, h.viewers(n)}))
	}
	return frames
}
