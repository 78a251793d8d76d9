package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
)

func (s *Server) pastRoutes() {
	operation(s, Route{http.MethodGet, "/conversations/:number/suggestions", desk.ActionReply, "list-suggestions", "How questions like the one that waits were answered before.", 0}, s.suggestions)
	operation(s, Route{http.MethodPost, "/conversations/:number/suggestions/used", desk.ActionReply, "use-suggestion", "Count that an earlier answer was used here; once for each conversation.", http.StatusNoContent}, s.useSuggestion)
}

func (s *Server) suggestions(ctx context.Context, who *caller, in *NumberInput) (*body[app.Suggestions], error) {
	if err := allow(s.limits.search, who.agent.ID.String()); err != nil {
		return nil, err
	}
	found, err := s.app.Suggestions(ctx, in.Number)
	return &body[app.Suggestions]{found}, err
}

type useSuggestionInput struct {
	NumberInput
	Body struct {
		Number desk.Number `json:"number" minimum:"1" doc:"The conversation in which it was said."`
		Seq    uint64      `json:"seq" minimum:"1"`
	}
}

func (s *Server) useSuggestion(_ context.Context, who *caller, in *useSuggestionInput) (*struct{}, error) {
	return nil, s.app.UseSuggestion(app.UseSuggestion{By: who.agent.ID, In: in.Number, Number: in.Body.Number, Seq: in.Body.Seq})
}
