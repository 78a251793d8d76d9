package interchange

import (
	"encoding/json"
	"errors"
	"fmt"

	"parley/desk"
)

// Record is what a line says that is no conversation: exactly one of its members.
type Record struct {
	Customer *Customer   `json:"customer,omitempty"`
	Team     *Team       `json:"team,omitempty"`
	Agents   []Agent     `json:"agents,omitempty"`
	Teams    []AgentTeam `json:"teams,omitempty"`
	Reply    *Reply      `json:"reply,omitempty"`
	// Given says that conversation numbers up to this one were given out: those that
	// no line before has taken were removed, and are not given again.
	Given desk.Number `json:"given,omitempty"`

	Settings
}

// Settings are what is set in the settings, each as the HTTP interface shows it,
// without its rev and without secrets. What they hold is the app's business.
type Settings struct {
	Hours     json.RawMessage `json:"hours,omitempty"`
	Category  json.RawMessage `json:"resolve_category,omitempty"`
	Resolver  json.RawMessage `json:"resolver,omitempty"`
	Bot       json.RawMessage `json:"bot_settings,omitempty"`
	Rule      json.RawMessage `json:"rule,omitempty"`
	Knowledge json.RawMessage `json:"knowledge,omitempty"`
	SiteShape json.RawMessage `json:"website,omitempty"`
}

// All are the settings by their names; one that is not there is nil.
func (s *Settings) All() map[string]json.RawMessage {
	return map[string]json.RawMessage{
		"hours": s.Hours, "resolve_category": s.Category, "resolver": s.Resolver, "bot_settings": s.Bot,
		"rule": s.Rule, "knowledge": s.Knowledge, "website": s.SiteShape,
	}
}

// Customer is a person who writes in; the same id is the same person. In a
// conversation's line only the first seven members stand.
type Customer struct {
	ID         string            `json:"id"` // another system's, or Parley's own where there is none
	Name       string            `json:"name,omitempty"`
	Email      string            `json:"email,omitempty"`
	Phone      string            `json:"phone,omitempty"`
	Language   string            `json:"language,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
	Tags       []string          `json:"tags,omitempty"`

	Own       desk.ID   `json:"own_id,omitzero"` // Parley's own
	CreatedAt desk.Time `json:"created_at,omitempty"`
	Verified  bool      `json:"verified,omitempty"`
	Consent   *Consent  `json:"consent,omitempty"`
	Page      *Page     `json:"page,omitempty"`
	Browser   string    `json:"browser,omitempty"`
	Zone      string    `json:"time_zone,omitempty"`
	Blocked   *Block    `json:"blocked,omitempty"`
	Notes     []Note    `json:"notes,omitempty"` // the oldest first
}

// Consent is the receipt for what a customer agreed to.
type Consent struct {
	Version  string    `json:"version"`
	At       desk.Time `json:"at"`
	Language string    `json:"language,omitempty"`
}

// Page is the page of a website that a customer looked at last.
type Page struct {
	URL   string    `json:"url"`
	Title string    `json:"title,omitempty"`
	At    desk.Time `json:"at"`
}

// Block says that a customer's messages are refused.
type Block struct {
	By     string    `json:"by,omitempty"` // the agent's e-mail
	At     desk.Time `json:"at"`
	Reason string    `json:"reason"`
	Until  desk.Time `json:"until,omitempty"` // absent: for ever
}

// Note is something the team wrote down about a customer.
type Note struct {
	By   string    `json:"by,omitempty"` // the agent's e-mail
	Text string    `json:"text"`
	At   desk.Time `json:"at"`
}

// Team is what is set for the whole team.
type Team struct {
	Seeded   bool   `json:"seeded,omitempty"` // it has had the samples to start from
	Name     string `json:"name"`
	BotName  string `json:"bot_name"`
	BotOn    bool   `json:"bot_on"`
	Language string `json:"language"`
	Cards    bool   `json:"cards,omitempty"` // pages that messages link to are asked what they are
}

// Agent is a person of the team.
type Agent struct {
	Email    string `json:"email"`
	Name     string `json:"name"`
	Role     string `json:"role"`
	Active   bool   `json:"active"`
	Language string `json:"language,omitempty"`
	Photo    []byte `json:"photo,omitempty"` // a JPEG picture
}

// AgentTeam is a team of agents; the same name is the same team.
type AgentTeam struct {
	Name    string   `json:"name"`
	Members []string `json:"members,omitempty"` // the agents' e-mails
}

// Reply is a saved reply.
type Reply struct {
	ID        desk.ID   `json:"id"`
	Owner     string    `json:"owner,omitempty"` // the agent's e-mail; absent: everyone's
	Title     string    `json:"title"`
	Shortcut  string    `json:"shortcut,omitempty"`
	Category  string    `json:"category,omitempty"`
	Language  string    `json:"language,omitempty"`
	Text      string    `json:"text"`
	Enabled   bool      `json:"enabled"`
	Uses      uint64    `json:"uses,omitempty"`
	UsedAt    desk.Time `json:"used_at,omitempty"`
	UpdatedAt desk.Time `json:"updated_at,omitempty"`
}

// kinds counts the members beside the customer.
func (r *Record) kinds() (n int) {
	for _, there := range []bool{r.Team != nil, len(r.Agents) > 0, len(r.Teams) > 0, r.Reply != nil, r.Given != 0} {
		if there {
			n++
		}
	}
	for _, shape := range r.Settings.All() {
		if shape != nil {
			n++
		}
	}
	return n
}

func (r *Record) check() error {
	switch {
	case r.kinds() > 1 || (r.Customer != nil && r.kinds() > 0):
		return errors.New("a line says one thing")
	case r.Customer != nil:
		return r.Customer.check()
	case r.Reply != nil && r.Reply.ID.IsZero():
		return errors.New("reply.id is missing")
	}
	return nil
}

func (c *Customer) check() error {
	switch {
	case c.ID == "":
		return errors.New("customer.id is missing")
	case len(c.ID) > maxID:
		return fmt.Errorf("customer.id is longer than %d bytes", maxID)
	}
	for i := range c.Notes {
		if err := desk.CheckText("text", c.Notes[i].Text, desk.MaxNoteBytes); err != nil {
			return fmt.Errorf("customer.notes[%d]: %w", i, err)
		}
	}
	return desk.CheckText("customer.id", c.ID, maxID)
}
