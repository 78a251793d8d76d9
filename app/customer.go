package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Customer reads a customer.
func (a *App) Customer(id desk.ID) (wire.Customer, error) {
	return view(a, func(tx *store.Tx) (wire.Customer, error) {
		c, err := tx.Customer(id)
		return wire.FromCustomer(&c), err
	})
}

// CustomerPage is a page of customers.
type CustomerPage struct {
	Customers []wire.Customer `json:"customers" nullable:"false"`
	Next      string          `json:"next" doc:"The cursor of the next page; empty at the end."`
}

// Customers reads a page of customers, the newest first; with an e-mail address
// those who have it.
func (a *App) Customers(email string, before desk.ID, limit int) (CustomerPage, error) {
	return view(a, func(tx *store.Tx) (CustomerPage, error) {
		read := func() ([]desk.Customer, error) { return tx.Customers(before, limit) }
		if email != "" {
			read = func() ([]desk.Customer, error) { return tx.CustomersByEmail(email, limit) }
		}
		found, err := read()
		page := CustomerPage{Customers: make([]wire.Customer, 0, len(found))}
		for i := range found {
			page.Customers = append(page.Customers, wire.FromCustomer(&found[i]))
		}
		if email == "" && len(found) == limit {
			page.Next = found[limit-1].ID.String()
		}
		return page, err
	})
}

// CustomerConversations reads a customer's conversations with numbers below
// before (0 for all), the newest first.
func (a *App) CustomerConversations(id desk.ID, before desk.Number, limit int) ([]wire.Conversation, error) {
	return view(a, func(tx *store.Tx) ([]wire.Conversation, error) {
		if _, err := tx.Customer(id); err != nil {
			return nil, err
		}
		numbers, err := tx.CustomerConversations(id, before, limit)
		shapes := make([]wire.Conversation, 0, len(numbers))
		for _, n := range numbers {
			c, err := tx.Conversation(n)
			if err != nil {
				return nil, err
			}
			shape, err := wire.ConversationOf(tx, &c)
			if err != nil {
				return nil, err
			}
			shapes = append(shapes, shape)
		}
		return shapes, err
	})
}

// CustomerNotes reads notes about a customer below a seq (0 for all), the newest
// first.
func (a *App) CustomerNotes(id desk.ID, before uint64, limit int) ([]wire.CustomerNote, error) {
	return view(a, func(tx *store.Tx) ([]wire.CustomerNote, error) {
		if _, err := tx.Customer(id); err != nil {
			return nil, err
		}
		notes, err := tx.CustomerNotes(id, before, limit)
		shapes := make([]wire.CustomerNote, 0, len(notes))
		for i := range notes {
			shapes = append(shapes, wire.FromNote(&notes[i]))
		}
		return shapes, err
	})
}

// Deeds reads a customer's history below a seq (0 for all), the newest first.
func (a *App) Deeds(id desk.ID, before uint64, limit int) ([]wire.Deed, error) {
	return view(a, func(tx *store.Tx) ([]wire.Deed, error) {
		if _, err := tx.Customer(id); err != nil {
			return nil, err
		}
		deeds, err := tx.Deeds(id, before, limit)
		shapes := make([]wire.Deed, 0, len(deeds))
		for i := range deeds {
			shapes = append(shapes, wire.FromDeed(&deeds[i]))
		}
		return shapes, err
	})
}

// CreateCustomer makes a customer. One whom another system knows by the same
// external id is changed instead, so that saying it twice makes one.
type CreateCustomer struct {
	By       desk.ID // zero: a channel, through which the customer came
	ID       desk.ID
	External string
	Change   desk.CustomerChange
	At       desk.Time
}

// CreateCustomer makes or changes a customer.
func (a *App) CreateCustomer(cmd CreateCustomer) (wire.Customer, error) {
	cmd.ID, cmd.At = NewID(), a.Now()
	if err := desk.CheckText("external_id", cmd.External, maxExternal); err != nil {
		return wire.Customer{}, err
	}
	return run(a, &cmd)
}

// maxExternal is how long another system's id may be, in bytes.
const maxExternal = 200

// Apply implements command.
func (cmd *CreateCustomer) Apply(tx *store.Tx) (wire.Customer, error) {
	actor := desk.Actor{Kind: desk.ActorSystem}
	if !cmd.By.IsZero() {
		if _, err := allow(tx, cmd.By, desk.ActionEditCustomer); err != nil {
			return wire.Customer{}, err
		}
		actor = desk.AgentActor(cmd.By)
	}
	if before, err := tx.CustomerByExternal(cmd.External); err == nil {
		next, events, err := before.Change(actor, &cmd.Change, cmd.At)
		if err != nil {
			return wire.Customer{}, err
		}
		return saveCustomer(tx, &before, &next, events)
	} else if !desk.IsNotFound(err) {
		return wire.Customer{}, err
	}
	blank := desk.Customer{ID: cmd.ID, External: cmd.External, CreatedAt: cmd.At}
	next, _, err := blank.Change(actor, &cmd.Change, cmd.At)
	if err != nil {
		return wire.Customer{}, err
	}
	return saveCustomer(tx, nil, &next, []desk.Event{{Type: desk.CustomerCreated, Subject: next.ID, Actor: actor, At: cmd.At}})
}

func saveCustomer(tx *store.Tx, before, next *desk.Customer, events []desk.Event) (wire.Customer, error) {
	if err := tx.SaveCustomer(before, next, events); err != nil {
		return wire.Customer{}, err
	}
	return wire.FromCustomer(next), nil
}

// EditCustomer is a change of a customer by an agent: of fields, or the block.
type EditCustomer struct {
	By      desk.ID
	ID      desk.ID
	Change  *desk.CustomerChange
	Block   *string   // block, for this reason
	Until   desk.Time // when the block ends by itself; zero for never
	Unblock bool
	Number  desk.Number // the conversation whose thread tells of the block; 0 for their newest
	At      desk.Time
}

// EditCustomer changes a customer, or blocks or unblocks them. Refused, besides what
// the rules refuse: CodeInvalid for a conversation of another customer.
func (a *App) EditCustomer(cmd EditCustomer) (wire.Customer, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *EditCustomer) Apply(tx *store.Tx) (wire.Customer, error) {
	if _, err := allow(tx, cmd.By, desk.ActionEditCustomer); err != nil {
		return wire.Customer{}, err
	}
	before, err := tx.Customer(cmd.ID)
	if err != nil {
		return wire.Customer{}, err
	}
	if err := checkPlace(tx, cmd.ID, cmd.Number); err != nil {
		return wire.Customer{}, err
	}
	next, events, err := cmd.rule(&before)
	if err != nil {
		return wire.Customer{}, err
	}
	shape, err := saveCustomer(tx, &before, &next, events)
	if err != nil {
		return wire.Customer{}, err
	}
	return shape, tellBlock(tx, &next, events, cmd.Number)
}

func (cmd *EditCustomer) rule(before *desk.Customer) (desk.Customer, []desk.Event, error) {
	by := desk.AgentActor(cmd.By)
	switch {
	case cmd.Block != nil:
		return before.Block(by, *cmd.Block, cmd.Until, cmd.At)
	case cmd.Unblock:
		next, events := before.Unblock(by, cmd.At)
		return next, events, nil
	}
	return before.Change(by, cmd.Change, cmd.At)
}

// AddCustomerNote is a note about a customer.
type AddCustomerNote struct {
	By   desk.ID
	ID   desk.ID
	Text string
	At   desk.Time
}

// NoteAdded is the answer to it.
type NoteAdded struct {
	Note     wire.CustomerNote `json:"note"`
	Customer wire.Customer     `json:"customer"`
}

// AddCustomerNote writes something down about a customer.
func (a *App) AddCustomerNote(cmd AddCustomerNote) (NoteAdded, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *AddCustomerNote) Apply(tx *store.Tx) (NoteAdded, error) {
	if _, err := allow(tx, cmd.By, desk.ActionEditCustomer); err != nil {
		return NoteAdded{}, err
	}
	before, err := tx.Customer(cmd.ID)
	if err != nil {
		return NoteAdded{}, err
	}
	next, note, events, err := before.AddNote(desk.AgentActor(cmd.By), cmd.Text, cmd.At)
	if err != nil {
		return NoteAdded{}, err
	}
	if err := tx.SaveCustomerNote(&before, &next, &note, events); err != nil {
		return NoteAdded{}, err
	}
	return NoteAdded{wire.FromNote(&note), wire.FromCustomer(&next)}, nil
}
