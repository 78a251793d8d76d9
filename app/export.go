package app

import (
	"encoding/hex"
	"fmt"
	"io"

	"parley/desk"
	"parley/interchange"
	"parley/store"
)

// exportPiece is how many conversations one read transaction of an export takes:
// small, so that a long export holds no old pages.
const exportPiece = 200

// ExportOptions say how an inbox is exported.
type ExportOptions struct {
	Step func(conversations int) // told how many were written
	// File keeps the bytes of an attachment, before the line that carries it is
	// written; nil keeps none.
	File func(a *desk.Attachment) error
}

// Export writes the inbox as JSON Lines: the team, its agents, their teams, its settings, the
// saved replies, the customers, and then every conversation by rising number. Imported into an
// empty store, it is the same inbox. Nothing may change meanwhile.
func (a *App) Export(w io.Writer, opts ExportOptions) error {
	out := &exporter{app: a, out: w, opts: opts, emails: make(map[desk.ID]string), names: make(map[desk.ID]string), active: make(map[desk.ID]bool)}
	for _, part := range []func() error{out.team, out.agents, out.teams, out.settings, out.replies, out.customers, out.conversations} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// exporter writes the parts of an export.
type exporter struct {
	app    *App
	out    io.Writer
	opts   ExportOptions
	emails map[desk.ID]string // of agents
	names  map[desk.ID]string // of teams, deleted ones too
	active map[desk.ID]bool   // teams
}

func (e *exporter) write(r interchange.Record) error {
	return interchange.Write(e.out, &interchange.Line{Record: r})
}

// conversations writes every conversation.
func (e *exporter) conversations() error {
	written := 0
	for next := desk.Number(1); ; {
		piece, err := e.piece(next)
		if err != nil {
			return err
		}
		if len(piece.lines) == 0 {
			return e.given(next)
		}
		for i := range piece.files {
			if err := e.opts.File(&piece.files[i]); err != nil {
				return fmt.Errorf("conversation %d: %w", piece.files[i].Number, err)
			}
		}
		for _, line := range piece.lines {
			if err := interchange.Write(e.out, line); err != nil {
				return err
			}
		}
		next, written = piece.last+1, written+piece.conversations
		if e.opts.Step != nil {
			e.opts.Step(written)
		}
	}
}

// given says which numbers after the last conversation were given out.
func (e *exporter) given(next desk.Number) error {
	last, err := view(e.app, func(tx *store.Tx) (desk.Number, error) { return tx.LastNumber(), nil })
	if err != nil || last < next {
		return err
	}
	return e.write(interchange.Record{Given: last})
}

// exportedPiece is some conversations with the files that are to be kept.
type exportedPiece struct {
	lines []*interchange.Line
	files []desk.Attachment
	last  desk.Number

	conversations int // lines that are one
}

// piece reads the lines of some conversations, starting at a number.
func (e *exporter) piece(from desk.Number) (piece exportedPiece, err error) {
	err = e.app.store.View(func(tx *store.Tx) error {
		conversations, err := tx.ConversationsFrom(from, exportPiece)
		if err != nil {
			return err
		}
		for i := range conversations {
			if n := conversations[i].Number; n > max(piece.last+1, from) {
				piece.lines = append(piece.lines, &interchange.Line{Record: interchange.Record{Given: n - 1}})
			}
			line, files, err := e.line(tx, &conversations[i])
			if err != nil {
				return err
			}
			piece.lines, piece.last = append(piece.lines, line), conversations[i].Number
			piece.conversations++
			if e.opts.File != nil {
				piece.files = append(piece.files, files...)
			}
		}
		return nil
	})
	return piece, err
}

// line is a conversation with everything in it.
func (e *exporter) line(tx *store.Tx, c *desk.Conversation) (*interchange.Line, []desk.Attachment, error) {
	customer, err := tx.Customer(c.Customer)
	if err != nil {
		return nil, nil, err
	}
	messages, err := tx.Messages(c, 1, c.Messages)
	if err != nil {
		return nil, nil, err
	}
	line := e.standing(c)
	line.Customer = exportCustomer(&customer)
	line.Messages = make([]interchange.Message, 0, len(messages))
	var files []desk.Attachment
	for i := range messages {
		m := e.message(&messages[i], c)
		for _, id := range messages[i].Attachments {
			file, err := tx.Attachment(id)
			if err != nil {
				return nil, nil, err
			}
			m.Attachments, files = append(m.Attachments, exportFile(&file)), append(files, file)
		}
		line.Messages = append(line.Messages, m)
	}
	return line, files, nil
}

// standing is a conversation without its customer and its messages.
func (e *exporter) standing(c *desk.Conversation) *interchange.Line {
	line := &interchange.Line{
		Channel: c.Channel, Status: exportStatus(c), Bot: c.Lead == desk.LeadBot, Tags: c.Tags, Unread: &c.Unread,
		TeamRead: &c.TeamRead, CustomerDelivered: c.CustomerDelivered, CustomerRead: c.CustomerRead,
		CustomerUnread: &c.CustomerUnread, Category: c.Category, Site: c.Site, Misses: c.Misses,
	}
	if c.State == desk.Resolved {
		line.ResolvedAt = c.ResolvedAt
	}
	if c.Rating != nil {
		line.Rating = &interchange.Rating{Score: c.Rating.Score, Comment: c.Rating.Comment, At: c.Rating.At}
	}
	if email, led := e.emails[c.Agent]; led {
		line.Agent = &email
	}
	if e.active[c.Team] {
		line.AssignedTeam = e.names[c.Team]
	}
	return line
}

func exportStatus(c *desk.Conversation) string {
	if c.Archived {
		return "archived"
	}
	return c.State.String()
}

func (e *exporter) message(m *desk.Message, c *desk.Conversation) interchange.Message {
	out := interchange.Message{From: m.Kind.String(), Text: m.Text, At: m.At, Choices: m.Choices}
	if m.Author.Kind == desk.ActorAgent && m.Author.ID != c.Agent {
		out.Agent = e.emails[m.Author.ID]
	}
	if m.Line != nil {
		out.Event, out.By = string(m.Line.Type), m.Author.Kind.String()
		out.Was, out.Now = e.emails[m.Line.From], e.emails[m.Line.To]
		if out.IsOfTeams() {
			out.Was, out.Now = e.names[m.Line.From], e.names[m.Line.To]
		}
		out.Added, out.Removed, out.Reason = m.Line.Added, m.Line.Removed, m.Line.Reason
	}
	for _, s := range m.Sources {
		out.Sources = append(out.Sources, interchange.Origin{Kind: s.Kind.String(), ID: s.ID, Number: s.Number, Seq: s.Seq})
	}
	return out
}

func exportFile(a *desk.Attachment) interchange.File {
	return interchange.File{
		ID: a.ID, Name: a.Name, Size: a.Size, Type: a.Type, SHA256: hex.EncodeToString(a.SHA256[:]), Width: a.Width, Height: a.Height,
	}
}
