package live

import (
	"encoding/json"
	"time"

	"parley/desk"
	"parley/store"
)

// Pass is what a visitor's token stands for: one customer, on one site.
type Pass struct {
	Customer desk.ID // need not have a row yet
	Site     desk.ID
}

// VisitorEnd is the other end of a visitor's socket, as the hub needs it.
type VisitorEnd struct {
	// Lookup reads what the visitor's token stands for, and fails when it stands for
	// nothing any more. It is asked at the beginning, with each ping, and when a token
	// of the customer ends.
	Lookup func() (Pass, error)
	// Wake is called when Take may have something. It may not block.
	Wake func()
	// Delivered is called some time after the page was given the team's messages up to
	// a seq.
	Delivered func(p Pass, n desk.Number, seq uint64)
}

// Visitor is a visitor's socket in what the hub tells. It hears of its own
// conversations and of nothing else. One goroutine at a time calls Take, one calls
// Receive; Ping may be called by both.
type Visitor struct {
	pass Pass
	hub  *Hub
	end  VisitorEnd

	// The rest is under hub.mu.
	first    [][]byte // what it is told before anything else
	sequence uint64   // everything up to here was given to Take's caller, or was not for it
	waiting  []word
	open     bool                   // somebody looks at the panel
	lost     bool                   // more happened than is kept for it
	receipts map[desk.Number]uint64 // what it was given, and nobody was told yet
	ended    error                  // what Take answers from now on

	typedAt time.Time // of Receive's goroutine alone
}

// word is what waits to be told: a fact, or a frame of the moment.
type word struct {
	sequence uint64 // of the fact; 0 for a frame
	fact     fact
	frame    []byte
	receipt  bool // it is a message of the team: its arrival is worth a word
}

// maxWaiting is how many words are kept for a visitor who does not take them.
// Whoever has missed more loads anew.
const maxWaiting = 256

// maxOfVisitor is how many sockets one customer may have: pages of a website that are
// open side by side have one each, and one that a dead network has cut counts for a
// minute more.
const maxOfVisitor = 20

// JoinVisitor connects a visitor's socket. Close must be called when it goes.
// Refused: CodeTooMany for a customer who has as many as one may have.
func (h *Hub) JoinVisitor(from Resume, end VisitorEnd) (*Visitor, error) {
	pass, err := end.Lookup()
	if err != nil {
		return nil, err
	}
	v := &Visitor{pass: pass, hub: h, end: end}
	var head uint64
	var known bool
	if err := h.store.View(func(tx *store.Tx) error {
		head = tx.Head()
		_, err := tx.CustomerBrief(pass.Customer)
		known = err == nil
		return desk.OrGone(err)
	}); err != nil {
		return nil, err
	}
	if !h.enterVisitor(v, from, head, known) {
		return nil, desk.Refuse(desk.CodeTooMany, "", "This visitor is connected often enough.")
	}
	if _, err := end.Lookup(); err != nil { // it may have ended before the hub could know of the socket
		v.Close()
		return nil, err
	}
	return v, nil
}

// enterVisitor gives a visitor its place, and what it missed, if there is room.
func (h *Hub) enterVisitor(v *Visitor, from Resume, head uint64, known bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.visitors.of[v.pass.Customer]) >= maxOfVisitor {
		return false
	}
	epoch := h.store.Epoch()
	v.first = [][]byte{plain(helloFrame{"hello", epoch, head}).Data}
	strange := from.Since > head || from.Since < h.recent.floor() || (from.Epoch != "" && from.Epoch != epoch)
	switch {
	case from.Fresh:
		v.sequence = head
	case strange:
		v.sequence = head
		v.first = append(v.first, plain(helloFrame{"reset", epoch, head}).Data)
	default:
		v.sequence = from.Since
		h.recent.after(from.Since, v.hear)
	}
	h.visitors.enter(v)
	if known {
		h.moments.online(v.pass.Customer, true)
	}
	return true
}

// hear takes note of a fact if it is the visitor's. hub.mu is held.
func (v *Visitor) hear(sequence uint64, f *fact) {
	if f.customer != v.pass.Customer || (f.number != 0 && f.site != v.pass.Site) || sequence <= v.sequence {
		return
	}
	v.wait(word{sequence: sequence, fact: *f})
}

// tell takes note of a frame of the moment. hub.mu is held.
func (v *Visitor) tell(frame []byte) { v.wait(word{frame: frame}) }

func (v *Visitor) wait(w word) {
	if len(v.waiting) == maxWaiting {
		v.waiting, v.lost = nil, true
	}
	v.waiting = append(v.waiting, w)
	v.end.Wake()
}

// check ends the socket when its token holds no more.
func (v *Visitor) check() {
	_, err := v.end.Lookup()
	if err == nil {
		return
	}
	v.hub.mu.Lock()
	defer v.hub.mu.Unlock()
	v.ended = err
	v.end.Wake()
}

// Take gives the frames that wait, in order: what the visitor may see of each event
// after the one where it left off, once, and among them what has no sequence. It
// does not wait.
func (v *Visitor) Take() ([][]byte, error) {
	frames, words, err := v.take()
	if err != nil || len(words) == 0 {
		return frames, err
	}
	err = v.hub.store.View(func(tx *store.Tx) error {
		for i := range words {
			frame, err := v.hub.frameFor(tx, &words[i])
			if err != nil {
				v.hub.out.Error("a visitor was not told", "sequence", words[i].sequence, "err", err)
			}
			if frame != nil {
				frames = append(frames, frame)
			}
		}
		return nil
	})
	v.given(words)
	return frames, err
}

// take takes what waits: what comes first, then what is still to be put into
// frames. When too much was missed, that is one reset.
func (v *Visitor) take() (frames [][]byte, words []word, err error) {
	h := v.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if v.ended != nil {
		return nil, nil, v.ended
	}
	frames, v.first = v.first, nil
	words, v.waiting = v.waiting, nil
	if v.lost {
		v.lost = false
		v.sequence = max(v.sequence, h.recent.head)
		return append(frames, plain(helloFrame{"reset", h.store.Epoch(), v.sequence}).Data), nil, nil
	}
	for i := range words {
		v.sequence = max(v.sequence, words[i].sequence)
	}
	return frames, words, nil
}

// Ping is the frame that asks the page for a sign of life, and tells it up to where
// it has been told everything. A token that has ended meanwhile ends the socket.
func (v *Visitor) Ping() []byte {
	v.check()
	h := v.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(v.waiting) == 0 && !v.lost {
		v.sequence = max(v.sequence, h.recent.head)
	}
	return plain(pingFrame{"ping", v.sequence}).Data
}

// visitorSaid is what a visitor's page may say.
type visitorSaid struct {
	Type   string `json:"type"`
	Handle string `json:"handle"`
	Open   bool   `json:"open"`
}

// Receive takes what the page said, as Client.Receive.
func (v *Visitor) Receive(text []byte) error {
	var s visitorSaid
	if err := json.Unmarshal(text, &s); err != nil {
		return desk.Refuse(desk.CodeInvalid, "", "A frame is a JSON object with a type.")
	}
	switch s.Type {
	case "viewing":
		v.view(s.Open)
	case "typing":
		if time.Since(v.typedAt) < typingEvery {
			return nil
		}
		v.typedAt = time.Now()
		return v.typing(s.Handle)
	}
	return nil
}

// view notes whether somebody looks at the panel, who is then told of the team.
func (v *Visitor) view(open bool) {
	h := v.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if open && !v.open && h.team != nil {
		v.tell(h.team)
	}
	v.open = open
}

// Close takes the socket away.
func (v *Visitor) Close() {
	h := v.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if last := h.visitors.leave(v); last {
		h.later(leaveDelay, func() { h.visitorGone(v.pass.Customer) })
	}
}
