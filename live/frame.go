package live

import (
	"encoding/json"
	"fmt"
	"strconv"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Frame is one text frame, encoded and shared by all who may see it: it must not
// be changed.
type Frame struct {
	Sequence uint64 // the event's; 0 for what is not in the journal
	Data     []byte
	only     desk.ID // the one agent who may see it; zero for all
}

// eventFrame is a frame for an event: the present state of what it is about.
type eventFrame struct {
	Sequence     uint64             `json:"seq"`
	Type         desk.EventType     `json:"type"`
	Conversation *wire.Conversation `json:"conversation,omitempty"`
	Message      *wire.Message      `json:"message,omitempty"`
	Customer     *wire.Customer     `json:"customer,omitempty"`
	Agent        *wire.Agent        `json:"agent,omitempty"`
	AgentTeam    *wire.AgentTeam    `json:"agent_team,omitempty"`
	Reply        *wire.Reply        `json:"reply,omitempty"`
	Team         *wire.Team         `json:"team,omitempty"`
	ID           *desk.ID           `json:"id,omitempty"`
	Number       desk.Number        `json:"number,omitempty"` // of a conversation that was removed

	fact fact // what it is to visitors
}

// build makes an event's frame from the state of the transaction.
func build(tx *store.Tx, entry *store.Entry) (Frame, fact, error) {
	e := &entry.Event
	out := eventFrame{Sequence: entry.Sequence, Type: e.Type}
	only, err := fill(tx, e, &out)
	if err != nil {
		return Frame{}, fact{}, fmt.Errorf("live: event %d (%s): %w", entry.Sequence, e.Type, err)
	}
	data, err := out.encode()
	return Frame{Sequence: entry.Sequence, Data: data, only: only}, out.fact, err
}

// encode writes the frame. Those about conversations are nearly all there are,
// so they take the fast way.
func (f *eventFrame) encode() ([]byte, error) {
	if f.Conversation == nil {
		return json.Marshal(f)
	}
	b := make([]byte, 0, 1024)
	b = strconv.AppendUint(append(b, `{"seq":`...), f.Sequence, 10)
	b = wire.AppendText(append(b, `,"type":`...), string(f.Type))
	b = f.Conversation.AppendJSON(append(b, `,"conversation":`...))
	if f.Message != nil {
		b = f.Message.AppendJSON(append(b, `,"message":`...))
	}
	return append(b, '}'), nil
}

// fill adds what the event is about, and says to whom alone it may go.
func fill(tx *store.Tx, e *desk.Event, out *eventFrame) (only desk.ID, err error) {
	switch e.Type {
	case desk.CustomerCreated, desk.CustomerUpdated, desk.CustomerVisited, desk.CustomerNoteAdded,
		desk.CustomerBlocked, desk.CustomerUnblocked, desk.CustomerRemoved:
		return desk.ID{}, fillCustomer(tx, e, out)
	case desk.AgentCreated, desk.AgentUpdated:
		a, err := tx.Agent(e.Subject)
		shape := wire.FromAgent(&a)
		out.Agent = &shape
		return desk.ID{}, err
	case desk.AgentTeamSaved, desk.AgentTeamDeleted:
		g, err := tx.AgentTeam(e.Subject)
		shape := wire.FromAgentTeam(&g)
		out.AgentTeam = &shape
		return desk.ID{}, err
	case desk.ReplySaved:
		return fillReply(tx, e, out)
	case desk.ReplyDeleted:
		out.ID = &e.Subject
		return e.From, nil // its owner, if it had one
	case desk.TeamUpdated, desk.SamplesAdded, desk.SamplesRemoved:
		team, err := wire.TeamOf(tx)
		out.Team = &team
		return desk.ID{}, err
	}
	if e.Number == 0 { // of settings: whoever has them on the screen loads them again
		if !e.Subject.IsZero() {
			out.ID = &e.Subject
		}
		return desk.ID{}, nil
	}
	return desk.ID{}, fillConversation(tx, e, out)
}

// fillCustomer adds a customer. Whatever happened to one who was removed since is
// told as their removal.
func fillCustomer(tx *store.Tx, e *desk.Event, out *eventFrame) error {
	c, err := tx.Customer(e.Subject)
	if desk.IsNotFound(err) {
		out.Type, out.ID = desk.CustomerRemoved, &e.Subject
		return nil
	}
	out.fact = customerFact(e)
	shape := wire.FromCustomer(&c)
	out.Customer = &shape
	return err
}

// fillReply adds a saved reply. One that was deleted since is told as deleted, to
// whoever could see it then.
func fillReply(tx *store.Tx, e *desk.Event, out *eventFrame) (only desk.ID, err error) {
	reply, err := tx.Reply(e.Subject)
	if desk.IsNotFound(err) {
		out.Type, out.ID = desk.ReplyDeleted, &e.Subject
		return e.To, nil
	}
	shape := wire.FromReply(&reply)
	out.Reply = &shape
	return reply.Owner, err
}

// fillConversation adds a conversation. Whatever happened to one that was removed
// since is told as its removal.
func fillConversation(tx *store.Tx, e *desk.Event, out *eventFrame) error {
	if _, removed := tx.Removed(e.Number); removed {
		out.Type, out.Number = desk.ConversationRemoved, e.Number
		return nil
	}
	c, err := tx.Conversation(e.Number)
	if err != nil {
		return err
	}
	conversation, err := wire.ConversationOf(tx, &c)
	if err != nil {
		return err
	}
	out.Conversation = &conversation
	if e.Seq == 0 {
		out.fact = conversationFact(e, &c, nil)
		return nil
	}
	m, err := tx.Message(&c, e.Seq)
	if err != nil {
		return err
	}
	out.fact = conversationFact(e, &c, &m)
	message, err := wire.MessageOf(tx, &m)
	out.Message = &message
	return err
}

// plain encodes a frame that is in no journal.
func plain(v any) Frame {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // only our own structs of texts and numbers come here
	}
	return Frame{Data: data}
}

type helloFrame struct {
	Type     string `json:"type"` // hello or reset
	Epoch    string `json:"epoch"`
	Sequence uint64 `json:"sequence"`
}

type viewsFrame struct {
	Type string `json:"type"`
	wire.Counts
}

type presenceFrame struct {
	Type   string               `json:"type"` // presence: everybody who is there; presence.changed: those who have changed
	Agents map[desk.ID]Presence `json:"agents"`
}

type viewingFrame struct {
	Type   string      `json:"type"`
	Number desk.Number `json:"number"`
	Agents []desk.ID   `json:"agents"`
}

type typingFrame struct {
	Type    string      `json:"type"`
	Number  desk.Number `json:"number"`
	AgentID desk.ID     `json:"agent_id"`
}

type pingFrame struct {
	Type     string `json:"type"`
	Sequence uint64 `json:"sequence"`
}
