package app

import (
	"slices"

	"parley/desk"
	"parley/interchange"
	"parley/store"
)

// team writes what was set for the whole team, if anything was.
func (e *exporter) team() error {
	seeded := false
	team, err := view(e.app, func(tx *store.Tx) (desk.Team, error) {
		seeded = tx.Seeded()
		return tx.Team()
	})
	if err != nil || (team.Rev == 0 && !seeded) {
		return err
	}
	return e.write(interchange.Record{Team: &interchange.Team{
		Seeded: seeded, Name: team.Name, BotName: team.BotName, BotOn: team.BotOn, Language: team.Language, Cards: team.Cards,
	}})
}

// agents writes the team's people in one line, and learns their addresses.
func (e *exporter) agents() error {
	people, err := view(e.app, func(tx *store.Tx) (people []interchange.Agent, err error) {
		agents, err := tx.Agents()
		for i := range agents {
			g := &agents[i]
			people = append(people, interchange.Agent{
				Email: g.Email, Name: g.Name, Role: g.Role.String(), Active: g.Active, Language: g.Language, Photo: tx.AgentPhoto(g.Photo),
			})
			e.emails[g.ID] = g.Email
		}
		return people, err
	})
	if err != nil || len(people) == 0 {
		return err
	}
	return e.write(interchange.Record{Agents: people})
}

// teams writes the teams that were not deleted in one line, and learns the names of
// all: threads tell of deleted ones too.
func (e *exporter) teams() error {
	all, err := view(e.app, func(tx *store.Tx) ([]desk.AgentTeam, error) { return tx.AgentTeams() })
	var teams []interchange.AgentTeam
	for i := range all {
		g := &all[i]
		e.names[g.ID], e.active[g.ID] = g.Name, g.Active
		if !g.Active {
			continue
		}
		team := interchange.AgentTeam{Name: g.Name}
		for _, member := range g.Members {
			team.Members = append(team.Members, e.emails[member])
		}
		slices.Sort(team.Members) // as ids are given anew where it comes in
		teams = append(teams, team)
	}
	if err != nil || len(teams) == 0 {
		return err
	}
	return e.write(interchange.Record{Teams: teams})
}

// replies writes every saved reply, also those of one agent alone.
func (e *exporter) replies() error {
	replies, err := view(e.app, func(tx *store.Tx) ([]desk.Reply, error) { return tx.AllReplies() })
	for i := range replies {
		r := &replies[i]
		if err := e.write(interchange.Record{Reply: &interchange.Reply{
			ID: r.ID, Owner: e.emails[r.Owner], Title: r.Title, Shortcut: r.Shortcut, Category: r.Category, Language: r.Language,
			Text: r.Text, Enabled: r.Enabled, Uses: r.Uses, UsedAt: r.UsedAt, UpdatedAt: r.UpdatedAt,
		}}); err != nil {
			return err
		}
	}
	return err
}

// customers writes every customer with what the team wrote down about them.
func (e *exporter) customers() error {
	for after := (desk.ID{}); ; {
		people, err := view(e.app, func(tx *store.Tx) (people []interchange.Customer, err error) {
			page, err := tx.CustomersFrom(after, exportPiece)
			for i := range page {
				person, err := e.person(tx, &page[i])
				if err != nil {
					return nil, err
				}
				people, after = append(people, person), page[i].ID
			}
			return people, err
		})
		if err != nil || len(people) == 0 {
			return err
		}
		for i := range people {
			if err := e.write(interchange.Record{Customer: &people[i]}); err != nil {
				return err
			}
		}
	}
}

// person is everything that is known of a customer.
func (e *exporter) person(tx *store.Tx, c *desk.Customer) (interchange.Customer, error) {
	person := *exportCustomer(c)
	person.Own, person.CreatedAt, person.Verified = c.ID, c.CreatedAt, c.Verified
	person.Browser, person.Zone = c.Browser, c.Zone
	if c.Consent != nil {
		person.Consent = &interchange.Consent{Version: c.Consent.Version, At: c.Consent.At, Language: c.Consent.Language}
	}
	if c.Page != (desk.Page{}) {
		person.Page = &interchange.Page{URL: c.Page.URL, Title: c.Page.Title, At: c.Page.At}
	}
	if c.Blocked != nil {
		person.Blocked = &interchange.Block{By: e.emails[c.Blocked.By], At: c.Blocked.At, Reason: c.Blocked.Reason, Until: c.Blocked.Until}
	}
	notes, err := tx.CustomerNotes(c.ID, 0, int(c.Notes))
	for _, note := range slices.Backward(notes) {
		person.Notes = append(person.Notes, interchange.Note{By: e.emails[note.Author], Text: note.Text, At: note.At})
	}
	return person, err
}

// exportCustomer is what a conversation's line says of its customer; one whom no
// other system knows is named by our own id.
func exportCustomer(c *desk.Customer) *interchange.Customer {
	external := c.External
	if external == "" {
		external = c.ID.String()
	}
	return &interchange.Customer{
		ID: external, Name: c.Name, Email: c.Email, Phone: c.Phone, Language: c.Language, Attributes: c.Attributes, Tags: c.Tags,
	}
}
