package server

import (
	"context"
	"encoding/json"
	"net/http"

	"parley/app"
	"parley/desk"
)

func (s *Server) personalRoutes() {
	operation(s, Route{http.MethodGet, "/me/drafts", desk.ActionSelf, "list-drafts", "What one has begun to write and not sent.", 0}, s.listDrafts)
	operation(s, Route{http.MethodPut, "/conversations/:number/draft", desk.ActionReply, "save-draft", "Keep what one has begun to write; an empty text takes it away.", 0}, s.saveDraft)
	operation(s, Route{http.MethodPut, "/me/preferences", desk.ActionSelf, "set-preferences", "Keep one's own settings of the page.", 0}, s.setPreferences)
	operation(s, Route{http.MethodGet, "/tags", desk.ActionRead, "list-tags", "The tags in use.", 0}, s.listTags)
	operation(s, Route{http.MethodPost, "/tags/rename", desk.ActionManageTeam, "rename-tag", "Give a tag another name in every conversation that has it, in the background.", http.StatusAccepted}, s.renameTag)
	operation(s, Route{http.MethodPost, "/tags/delete", desk.ActionManageTeam, "delete-tag", "Take a tag away from every conversation that has it, in the background.", http.StatusAccepted}, s.deleteTag)
}

// draftList is an agent's own drafts.
type draftList struct {
	Drafts []app.Draft `json:"drafts" nullable:"false"`
}

type draftsInput struct {
	Number desk.Number `query:"number" doc:"Only in this conversation."`
}

func (s *Server) listDrafts(_ context.Context, who *caller, in *draftsInput) (*body[draftList], error) {
	drafts, err := s.app.Drafts(who.agent.ID, in.Number)
	return &body[draftList]{draftList{drafts}}, err
}

type saveDraftInput struct {
	NumberInput
	Body struct {
		Text string `json:"text" doc:"At most 32 KiB; empty takes the draft away."`
		Note bool   `json:"note,omitempty"`
	}
}

// draftAnswer is a draft as it is kept.
type draftAnswer struct {
	Draft app.Draft `json:"draft"`
}

func (s *Server) saveDraft(_ context.Context, who *caller, in *saveDraftInput) (*body[draftAnswer], error) {
	draft, err := s.app.SaveDraft(who.agent.ID, app.Draft{Number: in.Number, Note: in.Body.Note, Text: in.Body.Text})
	return &body[draftAnswer]{draftAnswer{draft}}, err
}

type preferencesInput struct {
	Body struct {
		Preferences map[string]any `json:"preferences" doc:"Any JSON object, at most 16 KiB."`
	}
}

func (s *Server) setPreferences(_ context.Context, who *caller, in *preferencesInput) (*body[app.Me], error) {
	object, err := json.Marshal(in.Body.Preferences)
	if err != nil {
		return nil, err
	}
	me, err := s.app.SetPreferences(who.agent.ID, object)
	return &body[app.Me]{me}, err
}

// tagList is the tags in use.
type tagList struct {
	Tags  []app.Tag     `json:"tags" nullable:"false"`
	Moves []app.TagMove `json:"moves" nullable:"false" doc:"Tags that are being renamed or deleted; their conversations follow one after the other."`
}

func (s *Server) listTags(_ context.Context, _ *caller, _ *struct{}) (*body[tagList], error) {
	tags, err := s.app.Tags()
	if err != nil {
		return nil, err
	}
	moves, err := s.app.TagMoves()
	return &body[tagList]{tagList{tags, moves}}, err
}

type renameTagInput struct {
	Body struct {
		From string `json:"from"`
		To   string `json:"to" minLength:"1" doc:"One that is in use already takes the conversations in."`
	}
}

func (s *Server) renameTag(_ context.Context, who *caller, in *renameTagInput) (*body[tagMoveList], error) {
	moves, err := s.app.MoveTag(app.MoveTag{By: who.agent.ID, From: in.Body.From, To: in.Body.To})
	return &body[tagMoveList]{tagMoveList{moves}}, err
}

type deleteTagInput struct {
	Body struct {
		Tag string `json:"tag"`
	}
}

func (s *Server) deleteTag(_ context.Context, who *caller, in *deleteTagInput) (*body[tagMoveList], error) {
	moves, err := s.app.MoveTag(app.MoveTag{By: who.agent.ID, From: in.Body.Tag})
	return &body[tagMoveList]{tagMoveList{moves}}, err
}

// tagMoveList is the tags that are being renamed or deleted.
type tagMoveList struct {
	Moves []app.TagMove `json:"moves" nullable:"false"`
}
