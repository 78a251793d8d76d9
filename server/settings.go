package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

func (s *Server) settingsRoutes() {
	operation(s, Route{http.MethodGet, "/settings/hours", desk.ActionRead, "hours", "When the team works.", 0}, s.hours)
	operation(s, Route{http.MethodPut, "/settings/hours", desk.ActionManageTeam, "set-hours", "Replace when the team works; refused with conflict for an old rev.", 0}, s.setHours)
	operation(s, Route{http.MethodGet, "/settings/bot", desk.ActionRead, "bot", "How the bot speaks and when it gives way.", 0}, s.bot)
	operation(s, Route{http.MethodPut, "/settings/bot", desk.ActionManageTeam, "set-bot", "Replace how the bot speaks; refused with conflict for an old rev.", 0}, s.setBot)
	operation(s, Route{http.MethodGet, "/settings/resolver", desk.ActionRead, "resolver", "When quiet conversations are resolved and archived.", 0}, s.resolver)
	operation(s, Route{http.MethodPut, "/settings/resolver", desk.ActionManageTeam, "set-resolver", "Replace when quiet conversations are resolved and archived; refused with conflict for an old rev.", 0}, s.setResolver)
	operation(s, Route{http.MethodGet, "/categories", desk.ActionRead, "list-categories", "The resolve categories.", 0}, s.listCategories)
	operation(s, Route{http.MethodPost, "/categories", desk.ActionManageTeam, "create-category", "Make a resolve category.", 0}, s.createCategory)
	operation(s, Route{http.MethodPatch, "/categories/:id", desk.ActionManageTeam, "change-category", "Change a resolve category; absent fields stay.", 0}, s.changeCategory)
	operation(s, Route{http.MethodDelete, "/categories/:id", desk.ActionManageTeam, "delete-category", "Take a resolve category away.", http.StatusNoContent}, s.deleteCategory)
	operation(s, Route{http.MethodGet, "/parked", desk.ActionOperate, "parked", "Events that a part could not handle and has passed over.", 0}, s.parked)
	// A list in a list has no tag by which to say that it is never null.
	s.api.OpenAPI().Components.Schemas.Map()["Hours"].Properties["week"].Items.Nullable = false
}

func (s *Server) hours(_ context.Context, _ *caller, _ *struct{}) (*body[wire.Hours], error) {
	hours, err := s.app.Hours()
	return &body[wire.Hours]{hours}, err
}

type hoursInput struct{ Body wire.Hours }

func (s *Server) setHours(_ context.Context, who *caller, in *hoursInput) (*body[wire.Hours], error) {
	hours, err := s.app.SetHours(app.SetHours{By: who.agent.ID, Hours: in.Body.Desk()})
	if err == nil {
		s.tellTeam() // visitors need not wait to learn that the team has opened
	}
	return &body[wire.Hours]{hours}, err
}

func (s *Server) bot(_ context.Context, _ *caller, _ *struct{}) (*body[wire.Bot], error) {
	bot, err := s.app.BotSettings()
	return &body[wire.Bot]{bot}, err
}

// botBody is the bot's settings on their way in.
type botBody struct {
	wire.Bot
	Model modelBody `json:"model"`
}

// modelBody is the language model's settings, with its key.
type modelBody struct {
	On             bool    `json:"on"`
	URL            string  `json:"url" maxLength:"500"`
	Model          string  `json:"model" maxLength:"200"`
	Key            *string `json:"key,omitempty" maxLength:"4096" doc:"Kept sealed and never shown. Absent keeps the one there is; empty takes it away."`
	KeySet         *bool   `json:"key_set,omitempty" doc:"Passed over, so that what was read can be sent back."`
	TimeoutSeconds uint32  `json:"timeout_seconds" minimum:"1" maximum:"60"`
}

type botInput struct{ Body botBody }

func (s *Server) setBot(_ context.Context, who *caller, in *botInput) (*body[wire.Bot], error) {
	m := &in.Body.Model
	in.Body.Bot.Model = wire.Model{On: m.On, URL: m.URL, Model: m.Model, TimeoutSeconds: m.TimeoutSeconds}
	bot, err := s.app.SetBot(app.SetBot{By: who.agent.ID, On: in.Body.On, Bot: in.Body.Desk()}, m.Key)
	return &body[wire.Bot]{bot}, err
}

func (s *Server) resolver(_ context.Context, _ *caller, _ *struct{}) (*body[wire.Resolver], error) {
	resolver, err := s.app.Resolver()
	return &body[wire.Resolver]{resolver}, err
}

type resolverInput struct{ Body wire.Resolver }

func (s *Server) setResolver(_ context.Context, who *caller, in *resolverInput) (*body[wire.Resolver], error) {
	resolver, err := s.app.SetResolver(app.SetResolver{By: who.agent.ID, Resolver: in.Body.Desk()})
	return &body[wire.Resolver]{resolver}, err
}

// categoryList is every resolve category.
type categoryList struct {
	Categories []wire.Category `json:"categories" nullable:"false"`
}

func (s *Server) listCategories(_ context.Context, _ *caller, _ *struct{}) (*body[categoryList], error) {
	categories, err := s.app.Categories()
	return &body[categoryList]{categoryList{categories}}, err
}

// categoryBody is what may be set of a resolve category.
type categoryBody struct {
	Rev       *uint64    `json:"rev,omitempty" doc:"Refused with conflict when older than the category's."`
	Name      *wire.Both `json:"name,omitempty" doc:"At most 60 characters; one language is enough."`
	Closing   *wire.Both `json:"closing,omitempty" doc:"Said to the customer; at most 4 KiB."`
	AskRating *bool      `json:"ask_rating,omitempty"`
	Enabled   *bool      `json:"enabled,omitempty"`
}

func (b *categoryBody) change() desk.CategoryChange {
	change := desk.CategoryChange{Rev: b.Rev, AskRating: b.AskRating, Enabled: b.Enabled}
	if b.Name != nil {
		change.Name = new(b.Name.Desk())
	}
	if b.Closing != nil {
		change.Closing = new(b.Closing.Desk())
	}
	return change
}

// categoryAnswer is the answer of every verb on a resolve category.
type categoryAnswer struct {
	Category wire.Category `json:"category"`
}

type createCategoryInput struct{ Body categoryBody }

func (s *Server) createCategory(_ context.Context, who *caller, in *createCategoryInput) (*body[categoryAnswer], error) {
	category, err := s.app.SaveCategory(app.SaveCategory{By: who.agent.ID, New: true, Change: in.Body.change()})
	return &body[categoryAnswer]{categoryAnswer{category}}, err
}

type changeCategoryInput struct {
	IDInput
	Body categoryBody
}

func (s *Server) changeCategory(_ context.Context, who *caller, in *changeCategoryInput) (*body[categoryAnswer], error) {
	category, err := s.app.SaveCategory(app.SaveCategory{By: who.agent.ID, ID: in.ID, Change: in.Body.change()})
	return &body[categoryAnswer]{categoryAnswer{category}}, err
}

func (s *Server) deleteCategory(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.app.DeleteCategory(app.DeleteCategory{By: who.agent.ID, ID: in.ID})
}

// parkedList is what the followers have passed over.
type parkedList struct {
	Parked []app.Parked `json:"parked" nullable:"false"`
}

func (s *Server) parked(_ context.Context, _ *caller, _ *struct{}) (*body[parkedList], error) {
	parked, err := s.app.Parked()
	return &body[parkedList]{parkedList{parked}}, err
}
