// Package interchange reads and writes conversations as JSON Lines, one
// conversation a line, the form in which they come from another system, go to
// one, and are kept outside of Parley. See docs/interchange.md for the fields.
//
// It knows the form and nothing of the store: what a line means for the inbox is
// the app's business.
package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"parley/desk"
)

// Line is one line: a conversation, or (with Agents alone) people of the team.
type Line struct {
	Customer *Customer `json:"customer,omitempty"`
	Channel  string    `json:"channel,omitempty"`
	Status   string    `json:"status,omitempty"` // open, resolved or archived
	Agent    *string   `json:"agent"`            // the assigned agent's e-mail, or null
	Bot      bool      `json:"bot"`              // only the bot has answered so far
	Tags     []string  `json:"tags,omitempty"`
	Unread   *uint64   `json:"unread,omitempty"` // absent: counted from the messages
	Messages []Message `json:"messages,omitempty"`

	Agents []Agent `json:"agents,omitempty"`
}

// Customer is the person of a conversation; the same id is the same person.
type Customer struct {
	ID         string            `json:"id"`
	Name       string            `json:"name,omitempty"`
	Email      string            `json:"email,omitempty"`
	Phone      string            `json:"phone,omitempty"`
	Language   string            `json:"language,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
	Tags       []string          `json:"tags,omitempty"`
}

// Message is an entry of the conversation.
type Message struct {
	From  string    `json:"from"` // customer, agent, bot, note or event
	Text  string    `json:"text"`
	At    desk.Time `json:"at"`
	Agent string    `json:"agent,omitempty"` // the author's e-mail where it is not the assigned agent
	Event string    `json:"event,omitempty"` // for from "event": such as conversation.resolved
	By    string    `json:"by,omitempty"`    // for from "event": customer, agent, bot or system
	Was   string    `json:"was,omitempty"`   // for assigned: the agent before
	Now   string    `json:"now,omitempty"`   // for assigned: the agent after
}

// Agent is a person of the team.
type Agent struct {
	Email  string `json:"email"`
	Name   string `json:"name"`
	Role   string `json:"role"`
	Active bool   `json:"active"`
}

// MaxLineBytes is how long a line may be.
const MaxLineBytes = 64 << 20

// Parse reads a line. Unknown fields, missing ones and values that no
// conversation can have are refused, in words that name the field. Times are taken
// in any order: the order of what was said is that of the line, and clocks are set
// back now and then.
func Parse(line []byte) (*Line, error) {
	if !utf8.Valid(line) { // encoding/json would put U+FFFD in its place
		return nil, errors.New("not UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	var l Line
	if err := decoder.Decode(&l); err != nil {
		return nil, describe(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is something after the object")
	}
	if len(l.Agents) > 0 && l.Customer == nil {
		return &l, nil
	}
	return &l, l.check()
}

func describe(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not a JSON object: %w at byte %d", err, syntax.Offset)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("not a JSON object: it ends too early")
	case errors.As(err, &kind):
		return fmt.Errorf("%s: expected %s, found %s", kind.Field, kind.Type, kind.Value)
	}
	return err
}

// How long, in bytes, the texts may be that the desk has no limit for.
const (
	maxID      = 200
	maxChannel = 100
)

func (l *Line) check() error {
	switch {
	case l.Customer == nil || l.Customer.ID == "":
		return errors.New("customer.id is missing")
	case len(l.Customer.ID) > maxID:
		return fmt.Errorf("customer.id is longer than %d bytes", maxID)
	case l.Status != "open" && l.Status != "resolved" && l.Status != "archived":
		return fmt.Errorf("status %q is none of open, resolved, archived", l.Status)
	case l.Agent != nil && *l.Agent == "":
		return errors.New("agent is empty; null stands for none")
	case l.Bot && l.Agent != nil:
		return errors.New("bot is true although an agent is assigned")
	case len(l.Messages) == 0:
		return errors.New("messages is empty")
	case l.Unread != nil && *l.Unread > uint64(len(l.Messages)):
		return fmt.Errorf("unread is more than the %d messages", len(l.Messages))
	}
	if err := desk.CheckText("customer.id", l.Customer.ID, maxID); err != nil {
		return err
	}
	if err := desk.CheckText("channel", l.Channel, maxChannel); err != nil {
		return err
	}
	for i := range l.Messages {
		if err := l.checkMessage(i); err != nil {
			return fmt.Errorf("messages[%d]: %w", i, err)
		}
	}
	return nil
}

func (l *Line) checkMessage(i int) error {
	m := &l.Messages[i]
	if _, known := kinds[m.From]; !known {
		return fmt.Errorf("from %q is none of customer, agent, bot, note, event", m.From)
	}
	if m.At.IsZero() {
		return errors.New("at is missing")
	}
	if err := m.checkEvent(); err != nil {
		return err
	}
	return desk.CheckText("text", m.Text, desk.MaxTextBytes)
}

// checkEvent refuses a line of the thread that no verb says.
func (m *Message) checkEvent() error {
	isEvent := m.From == "event"
	switch {
	case isEvent != (m.Event != ""):
		return errors.New("event belongs to from \"event\" and to nothing else")
	case !isEvent && (m.By != "" || m.Was != "" || m.Now != ""):
		return errors.New("by, was and now belong to from \"event\" and to nothing else")
	case isEvent && !desk.EventType(m.Event).InThread():
		return fmt.Errorf("event %q is none that a conversation tells", m.Event)
	case isEvent && !slices.Contains([]string{"", "customer", "agent", "bot", "system"}, m.By):
		return fmt.Errorf("by %q is none of customer, agent, bot, system", m.By)
	}
	return nil
}

var kinds = map[string]desk.MessageKind{
	"customer": desk.KindCustomer, "agent": desk.KindAgent, "bot": desk.KindBot, "note": desk.KindNote, "event": desk.KindEvent,
}

// Kind is what the message is.
func (m *Message) Kind() desk.MessageKind { return kinds[m.From] }

// Write writes a line with its line feed.
func Write(w io.Writer, l *Line) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(l)
}
