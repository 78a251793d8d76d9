package server

import (
	"context"
	"net/http"

	"parley/desk"
)

func (s *Server) aboutRoutes() {
	operation(s, Route{http.MethodGet, "/about", desk.ActionSelf, "about", "Which Parley this is.", 0}, s.about)
}

// about is what tells one running Parley from another.
type about struct {
	Version string `json:"version"`
	Epoch   string `json:"epoch" doc:"The random id of the data file."`
}

func (s *Server) about(_ context.Context, _ *caller, _ *struct{}) (*body[about], error) {
	return &body[about]{about{Version: s.version, Epoch: s.app.Epoch()}}, nil
}
