package live

import (
	"strconv"
	"time"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// frameFor makes a visitor's frame from the state of the transaction; nil when the
// word has nothing in it for a visitor.
func (h *Hub) frameFor(tx *store.Tx, w *word) ([]byte, error) {
	switch {
	case w.frame != nil:
		return w.frame, nil
	case w.fact.number == 0:
		return h.visitorFrame(tx, w)
	}
	return h.exchangeFrame(tx, w)
}

// visitorFrame tells visitors what is known of themselves.
func (h *Hub) visitorFrame(tx *store.Tx, w *word) ([]byte, error) {
	c, err := tx.Customer(w.fact.customer)
	if desk.IsNotFound(err) {
		return nil, nil // removed since
	}
	if err != nil {
		return nil, err
	}
	return plain(struct {
		Sequence uint64       `json:"seq"`
		Type     string       `json:"type"`
		Visitor  wire.Visitor `json:"visitor"`
	}{w.sequence, "visitor", wire.VisitorOf(&c, desk.TimeOf(time.Now()))}).Data, nil
}

// exchangeFrame tells of a conversation, with its message if there is one for the
// visitor.
func (h *Hub) exchangeFrame(tx *store.Tx, w *word) ([]byte, error) {
	if _, removed := tx.Removed(w.fact.number); removed {
		return nil, nil
	}
	c, err := tx.Conversation(w.fact.number)
	if err != nil {
		return nil, err
	}
	kind, message := "conversation", []byte(nil)
	if w.fact.seq > 0 {
		m, err := tx.Message(&c, w.fact.seq)
		if err != nil || !m.ShownToCustomer() {
			return nil, err
		}
		shape, err := wire.VisitorMessageOf(tx, h.handles, &m)
		if err != nil {
			return nil, err
		}
		w.receipt = m.Kind != desk.KindCustomer && m.Kind != desk.KindEvent
		kind, message = "message", shape.AppendJSON([]byte(`,"message":`))
	}
	shape, err := wire.VisitorConversationOf(tx, h.handles, &c)
	if err != nil {
		return nil, err
	}
	b := strconv.AppendUint(append(make([]byte, 0, 768), `{"seq":`...), w.sequence, 10)
	b = append(append(append(b, `,"type":"`...), kind...), `","conversation":`...)
	b = append(shape.AppendJSON(b), message...)
	return append(b, '}'), nil
}

// visitorTyping is what agents and visitors are told of each other's typing.
type visitorTyping struct {
	Type   string `json:"type"`
	Handle string `json:"handle"`
	Name   string `json:"name"`
	Bot    bool   `json:"bot"`
}

type customerTyping struct {
	Type     string      `json:"type"`
	Number   desk.Number `json:"number"`
	Customer desk.ID     `json:"customer_id"`
}

type onlineFrame struct {
	Type     string  `json:"type"`
	Customer desk.ID `json:"customer_id"`
	Online   bool    `json:"online"`
}

type onlinesFrame struct {
	Type      string    `json:"type"`
	Customers []desk.ID `json:"customer_ids"`
}
