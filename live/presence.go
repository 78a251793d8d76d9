package live

import (
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
	h.clients[c] = struct{}{}
	p.sockets[c] = struct{}{}
	h.show(c.agent, p)
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
		h.show(c.agent, p)
		return
	}
	p.gone = h.later(leaveDelay, func() { h.forget(c.agent, p) })
}

// forget takes an agent for gone who has had no socket for a while.
func (h *Hub) forget(agent desk.ID, p *person) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(p.sockets) == 0 && h.people[agent] == p {
		delete(h.people, agent)
		h.moments.present(agent, Offline)
	}
}

// there ranks the presences: of an agent's sockets the one counts that is most there.
var there = map[Presence]int{Online: 2, Away: 1}

// show finds out how an agent with sockets is there. h.mu is held.
func (h *Hub) show(agent desk.ID, p *person) {
	now := Offline
	for c := range p.sockets {
		if there[c.state] > there[now] {
			now = c.state
		}
	}
	if now != p.shown {
		p.shown = now
		h.moments.present(agent, now)
	}
}

// Presence says who is there; an agent who is not in it is offline.
func (h *Hub) Presence() map[desk.ID]Presence {
	h.mu.Lock()
	defer h.mu.Unlock()
	agents := make(map[desk.ID]Presence, len(h.people))
	for id, p := range h.people {
		if p.shown != Offline {
			agents[id] = p.shown
		}
	}
	return agents
}

// setState notes how somebody is there at the page of a socket, or wants to seem to be;
// anything that is no presence counts as being there.
func (h *Hub) setState(c *Client, state Presence) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, there := h.clients[c]; !there {
		return
	}
	if c.state = Online; state == Away || state == Offline {
		c.state = state
	}
	h.show(c.agent, h.people[c.agent])
}
