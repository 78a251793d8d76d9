package server

import (
	"context"
	"net/http"
	"strconv"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

func (s *Server) customerRoutes() {
	operation(s, Route{http.MethodGet, "/customers", desk.ActionRead, "list-customers", "A page of customers, the newest first.", 0}, s.listCustomers)
	operation(s, Route{http.MethodPost, "/customers", desk.ActionEditCustomer, "create-customer", "Make a customer, once for each external_id.", 0}, s.createCustomer)
	operation(s, Route{http.MethodGet, "/customers/:id", desk.ActionRead, "customer", "A customer.", 0}, s.customer)
	operation(s, Route{http.MethodPatch, "/customers/:id", desk.ActionEditCustomer, "change-customer", "Change a customer; absent fields stay.", 0}, s.changeCustomer)
	operation(s, Route{http.MethodGet, "/customers/:id/conversations", desk.ActionRead, "customer-conversations", "A customer's conversations, the newest first.", 0}, s.customerConversations)
	operation(s, Route{http.MethodGet, "/customers/:id/history", desk.ActionRead, "customer-history", "What was done to a customer, the newest first.", 0}, s.customerHistory)
	operation(s, Route{http.MethodGet, "/customers/:id/notes", desk.ActionRead, "customer-notes", "Notes about a customer, the newest first.", 0}, s.customerNotes)
	operation(s, Route{http.MethodPost, "/customers/:id/notes", desk.ActionEditCustomer, "add-customer-note", "Write something down about a customer.", 0}, s.addCustomerNote)
	operation(s, Route{http.MethodPost, "/customers/:id/block", desk.ActionEditCustomer, "block-customer", "Refuse a customer's messages from now on.", 0}, s.blockCustomer)
	operation(s, Route{http.MethodPost, "/customers/:id/unblock", desk.ActionEditCustomer, "unblock-customer", "Take a customer's messages again.", 0}, s.unblockCustomer)
}

// PageInput is the part of a request that asks for a page.
type PageInput struct {
	Cursor string `query:"cursor" maxLength:"64"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"100"`
}

// below reads a cursor that is a number: what is shown next lies below it.
func (p *PageInput) below() (uint64, error) {
	if p.Cursor == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(p.Cursor, 10, 63)
	if err != nil || n == 0 {
		return 0, desk.Refuse(desk.CodeInvalid, "cursor", "Use the cursor as the page before gave it.")
	}
	return n, nil
}

type customersInput struct {
	PageInput
	Email string `query:"email" maxLength:"254" doc:"Only those with this address."`
}

func (s *Server) listCustomers(_ context.Context, _ *caller, in *customersInput) (*body[app.CustomerPage], error) {
	var before desk.ID
	if err := before.UnmarshalText([]byte(in.Cursor)); err != nil {
		return nil, desk.Refuse(desk.CodeInvalid, "cursor", "Use the cursor as the page before gave it.")
	}
	email := in.Email
	if email != "" {
		var err error
		if email, err = desk.CleanEmail(email); err != nil {
			return nil, err
		}
	}
	customers, err := s.app.Customers(email, before, in.Limit)
	return &body[app.CustomerPage]{customers}, err
}

// CustomerBody is what may be set of a customer.
type CustomerBody struct {
	Name       *string            `json:"name,omitempty"`
	Email      *string            `json:"email,omitempty"`
	Phone      *string            `json:"phone,omitempty"`
	Language   *string            `json:"language,omitempty"`
	Attributes map[string]*string `json:"attributes,omitempty" doc:"Null takes an attribute away."`
	Tags       *[]string          `json:"tags,omitempty"`
}

func (b *CustomerBody) change() desk.CustomerChange {
	return desk.CustomerChange{Name: b.Name, Email: b.Email, Phone: b.Phone, Language: b.Language, Attributes: b.Attributes, Tags: b.Tags}
}

// customerAnswer is the answer of every verb on a customer.
type customerAnswer struct {
	Customer wire.Customer `json:"customer"`
}

type createCustomerInput struct {
	Body struct {
		CustomerBody
		External string `json:"external_id,omitempty" doc:"The id that another system knows them by."`
	}
}

func (s *Server) createCustomer(_ context.Context, who *caller, in *createCustomerInput) (*body[customerAnswer], error) {
	customer, err := s.app.CreateCustomer(app.CreateCustomer{By: who.agent.ID, External: in.Body.External, Change: in.Body.change()})
	return &body[customerAnswer]{customerAnswer{customer}}, err
}

type IDInput struct {
	ID desk.ID `path:"id"`
}

func (s *Server) customer(_ context.Context, _ *caller, in *IDInput) (*body[customerAnswer], error) {
	customer, err := s.app.Customer(in.ID)
	return &body[customerAnswer]{customerAnswer{customer}}, err
}

type changeCustomerInput struct {
	IDInput
	Body CustomerBody
}

func (s *Server) changeCustomer(_ context.Context, who *caller, in *changeCustomerInput) (*body[customerAnswer], error) {
	change := in.Body.change()
	return s.editCustomer(app.EditCustomer{By: who.agent.ID, ID: in.ID, Change: &change})
}

func (s *Server) editCustomer(cmd app.EditCustomer) (*body[customerAnswer], error) {
	customer, err := s.app.EditCustomer(cmd)
	return &body[customerAnswer]{customerAnswer{customer}}, err
}

type blockInput struct {
	IDInput
	Body struct {
		Reason string      `json:"reason"`
		Until  desk.Time   `json:"until,omitempty" doc:"When the block ends by itself (RFC 3339); absent for never."`
		Number desk.Number `json:"number,omitempty" doc:"The conversation whose thread tells of it; absent for the customer's newest."`
	}
}

type unblockInput struct {
	IDInput
	Number desk.Number `query:"number" doc:"The conversation whose thread tells of it; absent for the customer's newest."`
}

func (s *Server) blockCustomer(_ context.Context, who *caller, in *blockInput) (*body[customerAnswer], error) {
	return s.editCustomer(app.EditCustomer{By: who.agent.ID, ID: in.ID, Block: &in.Body.Reason, Until: in.Body.Until, Number: in.Body.Number})
}

func (s *Server) unblockCustomer(_ context.Context, who *caller, in *unblockInput) (*body[customerAnswer], error) {
	return s.editCustomer(app.EditCustomer{By: who.agent.ID, ID: in.ID, Unblock: true, Number: in.Number})
}

type customerPageInput struct {
	IDInput
	PageInput
}

func (s *Server) customerConversations(_ context.Context, _ *caller, in *customerPageInput) (*body[app.ConversationPage], error) {
	before, err := in.below()
	if err != nil {
		return nil, err
	}
	found, err := s.app.CustomerConversations(in.ID, desk.Number(before), in.Limit)
	answer := app.ConversationPage{Conversations: found}
	if len(found) == in.Limit {
		answer.Next = strconv.FormatUint(uint64(found[in.Limit-1].Number), 10)
	}
	return &body[app.ConversationPage]{answer}, err
}

// deedPage is a page of a customer's history.
type deedPage struct {
	Deeds []wire.Deed `json:"deeds" nullable:"false"`
	Next  string      `json:"next" doc:"The cursor of the next page; empty at the end."`
}

func (s *Server) customerHistory(_ context.Context, _ *caller, in *customerPageInput) (*body[deedPage], error) {
	before, err := in.below()
	if err != nil {
		return nil, err
	}
	found, err := s.app.Deeds(in.ID, before, in.Limit)
	answer := deedPage{Deeds: found}
	if len(found) == in.Limit {
		answer.Next = strconv.FormatUint(found[in.Limit-1].Seq, 10)
	}
	return &body[deedPage]{answer}, err
}

// notePage is a page of notes.
type notePage struct {
	Notes []wire.CustomerNote `json:"notes" nullable:"false"`
	Next  string              `json:"next" doc:"The cursor of the next page; empty at the end."`
}

func (s *Server) customerNotes(_ context.Context, _ *caller, in *customerPageInput) (*body[notePage], error) {
	before, err := in.below()
	if err != nil {
		return nil, err
	}
	found, err := s.app.CustomerNotes(in.ID, before, in.Limit)
	answer := notePage{Notes: found}
	if len(found) == in.Limit {
		answer.Next = strconv.FormatUint(found[in.Limit-1].Seq, 10)
	}
	return &body[notePage]{answer}, err
}

type addNoteInput struct {
	IDInput
	Body struct {
		Text string `json:"text" doc:"At most 8 KiB."`
	}
}

func (s *Server) addCustomerNote(_ context.Context, who *caller, in *addNoteInput) (*body[app.NoteAdded], error) {
	added, err := s.app.AddCustomerNote(app.AddCustomerNote{By: who.agent.ID, ID: in.ID, Text: in.Body.Text})
	return &body[app.NoteAdded]{added}, err
}
