package live

import (
	"bytes"
	"slices"

	"parley/desk"
)

// look notes which conversation a socket shows, 0 for none. h.mu is held.
func (h *Hub) look(c *Client, n desk.Number) {
	before := c.viewing
	if before == n {
		return
	}
	c.viewing = n
	if before != 0 {
		h.lookers[before] = slices.DeleteFunc(h.lookers[before], func(other *Client) bool { return other == c })
		if len(h.lookers[before]) == 0 {
			delete(h.lookers, before)
		}
		h.moments.viewed(before)
	}
	if n != 0 {
		h.lookers[n] = append(h.lookers[n], c)
		h.moments.viewed(n)
	}
}

// setViewing is look for a socket that is connected.
func (h *Hub) setViewing(c *Client, n desk.Number) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, there := h.clients[c]; there {
		h.look(c, n)
	}
}

// viewers are the agents who have a conversation on a screen, each once, in a
// fixed order. h.mu is held.
func (h *Hub) viewers(n desk.Number) []desk.ID {
	agents := make([]desk.ID, 0, len(h.lookers[n]))
	for _, c := range h.lookers[n] {
		agents = append(agents, c.agent)
	}
	slices.SortFunc(agents, func(a, b desk.ID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(agents)
}
