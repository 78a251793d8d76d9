package interchange

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"parley/desk"
)

// How long, in bytes, the texts may be that the desk has no limit for.
const (
	maxID       = 200
	maxChannel  = 100
	maxFileName = 1000
)

func (l *Line) check() error {
	switch {
	case l.Team != nil || l.Agents != nil || l.Teams != nil || l.Reply != nil:
		return errors.New("a conversation stands alone in its line")
	case l.Customer == nil:
		return errors.New("customer.id is missing")
	case l.Status != "open" && l.Status != "resolved" && l.Status != "archived":
		return fmt.Errorf("status %q is none of open, resolved, archived", l.Status)
	case l.Agent != nil && *l.Agent == "":
		return errors.New("agent is empty; null stands for none")
	case l.Bot && l.Agent != nil:
		return errors.New("bot is true although an agent is assigned")
	case len(l.Messages) == 0:
		return errors.New("messages is empty")
	}
	if err := l.Customer.check(); err != nil {
		return err
	}
	if err := l.checkCounts(); err != nil {
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

// checkCounts refuses marks that lie behind the last message.
func (l *Line) checkCounts() error {
	most := uint64(len(l.Messages))
	for _, mark := range []struct {
		name  string
		value *uint64
	}{
		{"unread", l.Unread},
		{"team_read", l.TeamRead},
		{"customer_read", &l.CustomerRead},
		{"customer_delivered", &l.CustomerDelivered},
		{"customer_unread", l.CustomerUnread},
	} {
		if mark.value != nil && *mark.value > most {
			return fmt.Errorf("%s is more than the %d messages", mark.name, most)
		}
	}
	if l.Rating != nil && (l.Rating.Score < 1 || l.Rating.Score > 5) {
		return errors.New("rating.score is a number from 1 to 5")
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
	if err := m.checkBot(); err != nil {
		return err
	}
	if len(m.Attachments) > desk.MaxAttachments {
		return fmt.Errorf("a message has at most %d attachments", desk.MaxAttachments)
	}
	for i := range m.Attachments {
		if err := m.Attachments[i].check(); err != nil {
			return fmt.Errorf("attachments[%d]: %w", i, err)
		}
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
	return m.checkFacts()
}

// checkFacts refuses tags and a reason where no line holds them, and those that no
// conversation and no block could have.
func (m *Message) checkFacts() error {
	event := desk.EventType(m.Event)
	switch {
	case event != desk.ConversationTagged && (len(m.Added) > 0 || len(m.Removed) > 0):
		return errors.New("added and removed belong to the event conversation.tagged and to nothing else")
	case event != desk.ConversationBlocked && m.Reason != "":
		return errors.New("reason belongs to the event conversation.blocked and to nothing else")
	}
	for _, tags := range [][]string{m.Added, m.Removed} {
		clean, err := desk.CleanTags(tags)
		if err != nil {
			return err
		}
		if !slices.Equal(clean, tags) && len(tags) > 0 {
			return fmt.Errorf("tags %q are not clean, sorted and each there once", tags)
		}
	}
	if m.Reason == "" {
		return nil
	}
	_, err := desk.CleanName("reason", m.Reason, desk.MaxReasonRunes)
	return err
}

// checkBot refuses quick answers and sources that no bot's message has.
func (m *Message) checkBot() error {
	if m.From != "bot" && (len(m.Choices) > 0 || len(m.Sources) > 0) {
		return errors.New("choices and sources belong to from \"bot\" and to nothing else")
	}
	if len(m.Sources) > desk.MaxSources {
		return fmt.Errorf("a message names at most %d sources", desk.MaxSources)
	}
	for _, s := range m.Sources {
		if s.Kind != "knowledge" && s.Kind != "message" {
			return fmt.Errorf("source %q is none of knowledge, message", s.Kind)
		}
	}
	return desk.CheckChoices("choices", m.Choices)
}

// check refuses a file that cannot be one.
func (f *File) check() error {
	switch {
	case f.Name == "":
		return errors.New("name is missing")
	case f.Size == 0 || f.Size > desk.MaxFileBytes:
		return fmt.Errorf("size is not 1 to %d", desk.MaxFileBytes)
	}
	if _, err := f.Sum(); err != nil {
		return err
	}
	return desk.CheckText("name", f.Name, maxFileName)
}

// Sum is the SHA-256 of the file's bytes.
func (f *File) Sum() (sum [32]byte, err error) {
	decoded, err := hex.DecodeString(f.SHA256)
	if err != nil || len(decoded) != len(sum) {
		return sum, errors.New("sha256 is not 64 hexadecimal digits")
	}
	return [32]byte(decoded), nil
}

var kinds = map[string]desk.MessageKind{
	"customer": desk.KindCustomer, "agent": desk.KindAgent, "bot": desk.KindBot, "note": desk.KindNote, "event": desk.KindEvent,
}

// Kind is what the message is.
func (m *Message) Kind() desk.MessageKind { return kinds[m.From] }
