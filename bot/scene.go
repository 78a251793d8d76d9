package bot

import (
	"slices"

	"parley/app"
	"parley/desk"
	"parley/store"
)

// scene is all that the bot looks at before it answers, at one moment.
type scene struct {
	conversation desk.Conversation
	customer     desk.Customer
	team         desk.Team
	settings     desk.BotSettings
	hours        desk.Hours
	tail         []desk.Message // the newest, the message asked about among them
	asked        int            // its place in tail
	now          desk.Time
}

// look reads the scene around a customer's message. ok is false when there is
// nothing to answer: the bot does not lead, the message has an answer, or it is not
// the customer's newest.
func look(tx *store.Tx, n desk.Number, seq uint64, now desk.Time) (s *scene, ok bool, err error) {
	s = &scene{now: now}
	if _, removed := tx.Removed(n); removed {
		return nil, false, nil
	}
	if s.conversation, err = tx.Conversation(n); err != nil {
		return nil, false, err
	}
	c := &s.conversation
	if !c.BotLeads() || c.WaitingSince.IsZero() {
		return nil, false, nil
	}
	if s.tail, err = tx.Messages(c, c.Messages-min(c.Messages, desk.LoopTail)+1, c.Messages); err != nil {
		return nil, false, err
	}
	s.asked = slices.IndexFunc(s.tail, func(m desk.Message) bool { return m.Seq == seq })
	for i := s.asked + 1; i < len(s.tail); i++ {
		if s.tail[i].Kind == desk.KindCustomer {
			return nil, false, nil
		}
	}
	if s.asked < 0 || s.tail[s.asked].Kind != desk.KindCustomer {
		return nil, false, nil
	}
	return s, true, s.read(tx)
}

func (s *scene) read(tx *store.Tx) (err error) {
	if s.customer, err = tx.Customer(s.conversation.Customer); err != nil {
		return err
	}
	if s.team, err = tx.Team(); err != nil {
		return err
	}
	if s.settings, err = tx.Bot(); err != nil {
		return err
	}
	s.hours, err = tx.Hours()
	return err
}

// message is the one that is asked about.
func (s *scene) message() *desk.Message { return &s.tail[s.asked] }

// isFirst reports whether the conversation begins with the message.
func (s *scene) isFirst() bool {
	return s.conversation.Messages <= uint64(len(s.tail)) && s.lastSaid() == nil && !slices.ContainsFunc(s.tail[:s.asked], func(m desk.Message) bool {
		return m.Kind == desk.KindAgent
	})
}

// lastSaid is what the bot said last before the message; nil for nothing.
func (s *scene) lastSaid() *desk.Message {
	for i := s.asked - 1; i >= 0; i-- {
		if s.tail[i].Kind == desk.KindBot && s.tail[i].Author.Kind == desk.ActorBot {
			return &s.tail[i]
		}
	}
	return nil
}

// wholeQuestion joins the message with what the customer wrote just before it and
// nobody has answered: people send a question in pieces. What the team notes and
// does between the pieces is no answer.
func (s *scene) wholeQuestion() string {
	text := ""
	for i := s.asked; i >= 0; i-- {
		switch s.tail[i].Kind {
		case desk.KindCustomer:
			text = s.tail[i].Text + "\n" + text
		case desk.KindNote, desk.KindEvent:
		case desk.KindAgent, desk.KindBot:
			return text
		}
	}
	return text
}

// voice is how the bot speaks to the customer.
func (s *scene) voice() app.Voice {
	return app.VoiceFor(&s.customer, &s.team, &s.hours, s.now)
}
