package server

import (
	"context"
	"net/http"

	"parley/desk"
	"parley/wire"
)

func (s *Server) sampleRoutes() {
	operation(s, Route{http.MethodPost, "/samples", desk.ActionManageTeam, "add-samples", "Fill an empty inbox with sample data to try it out; refused with conflict for one with conversations of its own.", 0}, s.addSamples)
	operation(s, Route{http.MethodDelete, "/samples", desk.ActionManageTeam, "remove-samples", "Take the sample data away, with what was written in them, and nothing else.", 0}, s.removeSamples)
}

func (s *Server) addSamples(_ context.Context, who *caller, _ *struct{}) (*body[wire.Team], error) {
	team, err := s.app.AddSamples(who.agent.ID)
	return &body[wire.Team]{team}, err
}

func (s *Server) removeSamples(ctx context.Context, who *caller, _ *struct{}) (*body[wire.Team], error) {
	team, err := s.app.RemoveSamples(ctx, who.agent.ID)
	return &body[wire.Team]{team}, err
}
