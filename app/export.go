package app

import (
	"io"

	"parley/desk"
	"parley/interchange"
	"parley/store"
)

// exportPiece is how many conversations one read transaction of an export takes:
// small, so that a long export holds no old pages.
const exportPiece = 200

// Export writes every conversation as JSON Lines, by rising number, after a line
// that names the team's people. step is told how many were written.
func (a *App) Export(w io.Writer, step func(conversations int)) error {
	people, emails, err := a.exportAgents()
	if err != nil {
		return err
	}
	if len(people) > 0 {
		if err := interchange.Write(w, &interchange.Line{Agents: people}); err != nil {
			return err
		}
	}
	written := 0
	for next := desk.Number(1); ; {
		lines, last, err := a.exportPiece(next, emails)
		if err != nil || len(lines) == 0 {
			return err
		}
		for _, line := range lines {
			if err := interchange.Write(w, line); err != nil {
				return err
			}
		}
		next, written = last+1, written+len(lines)
		if step != nil {
			step(written)
		}
	}
}

func (a *App) exportAgents() ([]interchange.Agent, map[desk.ID]string, error) {
	emails := make(map[desk.ID]string)
	people, err := view(a, func(tx *store.Tx) (people []interchange.Agent, err error) {
		agents, err := tx.Agents()
		for i := range agents {
			g := &agents[i]
			people = append(people, interchange.Agent{Email: g.Email, Name: g.Name, Role: g.Role.String(), Active: g.Active})
			emails[g.ID] = g.Email
		}
		return people, err
	})
	return people, emails, err
}

// exportPiece reads the lines of some conversations, starting at a number.
func (a *App) exportPiece(from desk.Number, emails map[desk.ID]string) (lines []*interchange.Line, last desk.Number, err error) {
	err = a.store.View(func(tx *store.Tx) error {
		conversations, err := tx.ConversationsFrom(from, exportPiece)
		if err != nil {
			return err
		}
		for i := range conversations {
			line, err := exportLine(tx, &conversations[i], emails)
			if err != nil {
				return err
			}
			lines, last = append(lines, line), conversations[i].Number
		}
		return nil
	})
	return lines, last, err
}

func exportLine(tx *store.Tx, c *desk.Conversation, emails map[desk.ID]string) (*interchange.Line, error) {
	customer, err := tx.Customer(c.Customer)
	if err != nil {
		return nil, err
	}
	messages, err := tx.Messages(c, 1, c.Messages)
	if err != nil {
		return nil, err
	}
	unread := c.Unread
	line := &interchange.Line{
		Customer: exportCustomer(&customer), Channel: c.Channel, Status: exportStatus(c),
		Bot: c.Lead == desk.LeadBot, Tags: c.Tags, Unread: &unread, Messages: make([]interchange.Message, 0, len(messages)),
	}
	if email, led := emails[c.Agent]; led {
		line.Agent = &email
	}
	for i := range messages {
		line.Messages = append(line.Messages, exportMessage(&messages[i], c, emails))
	}
	return line, nil
}

// exportCustomer names a customer whom no other system knows by our own id.
func exportCustomer(c *desk.Customer) *interchange.Customer {
	external := c.External
	if external == "" {
		external = c.ID.String()
	}
	return &interchange.Customer{
		ID: external, Name: c.Name, Email: c.Email, Phone: c.Phone, Language: c.Language, Attributes: c.Attributes, Tags: c.Tags,
	}
}

func exportStatus(c *desk.Conversation) string {
	if c.Archived {
		return "archived"
	}
	return c.State.String()
}

func exportMessage(m *desk.Message, c *desk.Conversation, emails map[desk.ID]string) interchange.Message {
	out := interchange.Message{From: m.Kind.String(), Text: m.Text, At: m.At}
	if m.Author.Kind == desk.ActorAgent && m.Author.ID != c.Agent {
		out.Agent = emails[m.Author.ID]
	}
	if m.Line != nil {
		out.Event, out.By = string(m.Line.Type), m.Author.Kind.String()
		out.Was, out.Now = emails[m.Line.From], emails[m.Line.To]
	}
	return out
}
