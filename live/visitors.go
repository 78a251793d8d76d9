package live

import (
	"bytes"
	"slices"

	"parley/desk"
	"parley/store"
)

// visitors is the sockets of visitors by customer: what happens finds those whom it
// concerns without asking the others. It is guarded by Hub.mu.
type visitors struct {
	of    map[desk.ID][]*Visitor
	count int
}

func (all *visitors) enter(v *Visitor) {
	all.of[v.pass.Customer] = append(all.of[v.pass.Customer], v)
	all.count++
}

func (all *visitors) has(v *Visitor) bool { return slices.Contains(all.of[v.pass.Customer], v) }

// leave takes a socket away and reports whether it was the customer's last.
func (all *visitors) leave(v *Visitor) (last bool) {
	before := all.of[v.pass.Customer]
	at := slices.Index(before, v)
	if at < 0 {
		return false
	}
	all.count--
	if len(before) == 1 {
		delete(all.of, v.pass.Customer)
		return true
	}
	all.of[v.pass.Customer] = slices.Delete(before, at, at+1)
	return false
}

// lose makes everybody load anew.
func (all *visitors) lose() {
	for _, theirs := range all.of {
		for _, v := range theirs {
			v.lost = true
			v.end.Wake()
		}
	}
}

// tellVisitors hands the facts of the next events to those whom they concern.
func (h *Hub) tellVisitors(facts []fact) {
	h.mu.Lock()
	defer h.mu.Unlock()
	sequence := h.recent.head
	h.recent.add(facts)
	for i := range facts {
		f := &facts[i]
		sequence++
		if f.customer.IsZero() {
			continue
		}
		theirs := h.visitors.of[f.customer]
		if f.starts && len(theirs) > 0 {
			h.moments.online(f.customer, true)
		}
		for _, v := range theirs {
			v.hear(sequence, f)
		}
	}
}

// CheckVisitors looks at the tokens of a customer's sockets again and ends the
// sockets whose token holds no more. Whoever ends a token calls it.
func (h *Hub) CheckVisitors(customer desk.ID) {
	h.mu.Lock()
	theirs := slices.Clone(h.visitors.of[customer])
	h.mu.Unlock()
	for _, v := range theirs {
		v.check()
	}
}

// TellTeam tells the visitors who look at their panel a frame about the team, and
// others when they do. The same frame again is told nobody.
func (h *Hub) TellTeam(frame []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if bytes.Equal(frame, h.team) {
		return
	}
	h.team = frame
	for _, theirs := range h.visitors.of {
		for _, v := range theirs {
			if v.open {
				v.tell(frame)
			}
		}
	}
}

// Visitors is how many sockets of visitors there are.
func (h *Hub) Visitors() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.visitors.count
}

// visitorGone takes a customer for gone who has had no socket for a while.
func (h *Hub) visitorGone(customer desk.ID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.visitors.of[customer]) == 0 {
		h.moments.online(customer, false)
	}
}

// remember reads the newest events for visitors who come back after a restart.
func (h *Hub) remember() {
	var facts []fact
	err := h.store.View(func(tx *store.Tx) (err error) {
		facts, err = past(tx, h.Head())
		return err
	})
	if err != nil {
		h.out.Warn("visitors who come back have to load anew", "err", err)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.recent.facts = facts
}
