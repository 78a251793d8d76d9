package app

import (
	"parley/desk"
	"parley/interchange"
	"parley/store"
)

// customer finds the customer of a conversation's line, or makes them.
func (cmd *ImportLines) customer(tx *store.Tx, l *ImportLine) (desk.ID, error) {
	known, err := knownCustomer(tx, l.Line.Customer)
	if err == nil || !desk.IsNotFound(err) {
		return known.ID, err
	}
	next, err := importedCustomer(l.Line.Customer, l.Customer, l.Line.Messages[0].At, nil)
	if err != nil {
		return desk.ID{}, err
	}
	return next.ID, tx.SaveNewCustomer(&next, nil, cmd.created(next.ID))
}

// person makes the customer of a line of their own, with what the team wrote down
// about them, and reports how many were made.
func (cmd *ImportLines) person(tx *store.Tx, l *ImportLine, agents map[string]desk.ID) (int, error) {
	_, err := knownCustomer(tx, l.Line.Customer)
	if err == nil || !desk.IsNotFound(err) {
		return 0, err
	}
	next, err := importedCustomer(l.Line.Customer, l.Customer, cmd.At, agents)
	if err != nil {
		return 0, err
	}
	var notes []desk.CustomerNote
	for i, note := range l.Line.Customer.Notes {
		notes = append(notes, desk.CustomerNote{
			Customer: next.ID, Seq: uint64(i) + 1, Author: agents[desk.FoldEmail(note.By)], Text: note.Text, At: note.At,
		})
	}
	return 1, tx.SaveNewCustomer(&next, notes, cmd.created(next.ID))
}

func (cmd *ImportLines) created(id desk.ID) []desk.Event {
	return []desk.Event{{Type: desk.CustomerCreated, Subject: id, At: cmd.At}}
}

// knownCustomer finds a customer by the id that another system knows them by; one
// without such an id is known by their own.
func knownCustomer(tx *store.Tx, c *interchange.Customer) (desk.Customer, error) {
	known, err := tx.CustomerByExternal(c.ID)
	if !desk.IsNotFound(err) {
		return known, err
	}
	if own, notID := desk.ParseID(c.ID); notID == nil {
		if known, err := tx.Customer(own); err != nil || known.External == "" {
			return known, err
		}
	}
	if !c.Own.IsZero() {
		return tx.Customer(c.Own)
	}
	return desk.Customer{}, err
}

// importedCustomer makes a customer of what a line says about them. id and at are
// for one who brings neither.
func importedCustomer(c *interchange.Customer, id desk.ID, at desk.Time, agents map[string]desk.ID) (desk.Customer, error) {
	attributes := make(map[string]*string, len(c.Attributes))
	for k, v := range c.Attributes {
		attributes[k] = &v
	}
	blank := desk.Customer{
		ID: id, External: c.ID, CreatedAt: at, Verified: c.Verified, Browser: c.Browser, Zone: c.Zone, Notes: uint64(len(c.Notes)),
	}
	if !c.Own.IsZero() {
		blank.ID = c.Own
		if c.ID == c.Own.String() { // no other system knows them
			blank.External = ""
		}
	}
	if !c.CreatedAt.IsZero() {
		blank.CreatedAt = c.CreatedAt
	}
	if c.Consent != nil {
		blank.Consent = &desk.Consent{Version: c.Consent.Version, At: c.Consent.At, Language: c.Consent.Language}
	}
	if c.Page != nil {
		blank.Page = desk.Page{URL: c.Page.URL, Title: c.Page.Title, At: c.Page.At}
	}
	if c.Blocked != nil {
		blank.Blocked = &desk.Block{By: agents[desk.FoldEmail(c.Blocked.By)], At: c.Blocked.At, Reason: c.Blocked.Reason, Until: c.Blocked.Until}
	}
	next, _, err := blank.Change(desk.Actor{}, &desk.CustomerChange{
		Name: &c.Name, Email: &c.Email, Phone: &c.Phone, Language: &c.Language, Attributes: attributes, Tags: &c.Tags,
	}, 0)
	return next, err
}
