package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
)

func (s *Server) searchRoutes() {
	operation(s, Route{http.MethodGet, "/search", desk.ActionRead, "search", "Find conversations by their number, or by text and filters.", 0}, s.search)
	operation(s, Route{http.MethodGet, "/conversations/:number/hits", desk.ActionRead, "find-in-conversation", "The messages of a conversation that answer a query.", 0}, s.inThread)
}

// ZoneInput says in which time zone the days of a query begin.
type ZoneInput struct {
	Zone string `query:"zone" maxLength:"64" doc:"The time zone, by its IANA name, in which days begin; that of the working hours if not said."`
}

type searchInput struct {
	ZoneInput
	Query  string `query:"q" maxLength:"4000" doc:"Words, \"phrases\", #1042, from: agent: customer: tag: view: before: after: has:file. The last word may still be being typed."`
	Cursor string `query:"cursor" maxLength:"64"`
	Limit  int    `query:"limit" default:"20" minimum:"1" maximum:"100"`
}

func (s *Server) search(ctx context.Context, who *caller, in *searchInput) (*body[app.Found], error) {
	if err := allow(s.limits.search, who.agent.ID.String()); err != nil {
		return nil, err
	}
	now, err := s.app.WallClock(in.Zone)
	if err != nil {
		return nil, err
	}
	found, err := s.app.Search(ctx, app.SearchRequest{
		Text: in.Query, Agent: who.agent.ID, Cursor: in.Cursor, Limit: in.Limit, Now: now,
	})
	return &body[app.Found]{found}, err
}

type inThreadInput struct {
	NumberInput
	ZoneInput
	Query string `query:"q" maxLength:"4000" doc:"As for search; filters on conversations narrow nothing here."`
}

func (s *Server) inThread(ctx context.Context, who *caller, in *inThreadInput) (*body[app.ThreadHits], error) {
	if err := allow(s.limits.search, who.agent.ID.String()); err != nil {
		return nil, err
	}
	now, err := s.app.WallClock(in.Zone)
	if err != nil {
		return nil, err
	}
	hits, err := s.app.InThread(ctx, in.Number, in.Query, now)
	return &body[app.ThreadHits]{hits}, err
}
