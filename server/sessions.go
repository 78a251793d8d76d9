package server

import (
	"context"
	"net/http"
	"time"

	"parley/app"
	"parley/channel/widget"
	"parley/desk"
	"parley/server/socket"
)

func (s *Server) signedInRoutes() {
	operation(s, Route{http.MethodGet, "/me/sessions", desk.ActionSelf, "list-sessions", "Where one is signed in.", 0}, s.listSessions)
	operation(s, Route{http.MethodDelete, "/me/sessions", desk.ActionSelf, "end-other-sessions", "Sign out everywhere else.", http.StatusNoContent}, s.endOthers)
	operation(s, Route{http.MethodDelete, "/me/sessions/:id", desk.ActionSelf, "end-session", "Sign out in one browser.", http.StatusNoContent}, s.endOne)
	operation(s, Route{http.MethodDelete, "/agents/:id/sessions", desk.ActionManageAgents, "end-agent-sessions", "Sign an agent out everywhere.", http.StatusNoContent}, s.endAgents)
}

// seenFrom keeps on a session what its browser tells.
func (c *caller) seenFrom(session *app.Session) {
	session.Browser, session.Address = widget.Browser(c.browser), c.from()
}

// sessionList is where an agent is signed in.
type sessionList struct {
	Sessions []app.SignedIn `json:"sessions" nullable:"false" doc:"The present one first, then those that were seen last; at most 100."`
}

func (s *Server) listSessions(_ context.Context, who *caller, _ *struct{}) (*body[sessionList], error) {
	list, err := s.app.Sessions(who.agent.ID, who.session)
	return &body[sessionList]{sessionList{list}}, err
}

func (s *Server) endOthers(_ context.Context, who *caller, _ *struct{}) (*struct{}, error) {
	return nil, s.endWhere(app.EndSessions{By: who.agent.ID, Agent: who.agent.ID, Keep: who.session, Address: who.from()})
}

func (s *Server) endOne(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.endWhere(app.EndSessions{By: who.agent.ID, Agent: who.agent.ID, One: in.ID, Address: who.from()})
}

func (s *Server) endAgents(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.endWhere(app.EndSessions{By: who.agent.ID, Agent: in.ID, Address: who.from()})
}

// endWhere ends sessions and the sockets that they have opened.
func (s *Server) endWhere(cmd app.EndSessions) error {
	if _, err := s.app.EndSessions(cmd); err != nil {
		return err
	}
	s.endSockets(func(o socket.Owner) bool {
		return o.Agent == cmd.Agent && o.Session != cmd.Keep && (cmd.One.IsZero() || (&app.Session{Hash: o.Session}).ID() == cmd.One)
	})
	return nil
}

// successor is a session that takes the place of another, under a new token and for
// no longer: who had got hold of the old one is out.
func (s *Server) successor(who *caller) (app.Session, http.Cookie, error) {
	old, _, err := s.app.Session(who.session)
	if err != nil {
		return app.Session{}, http.Cookie{}, err
	}
	left := time.Duration(old.ExpiresAt-s.app.Now()) * time.Millisecond
	next, token := s.newSession(who.agent.ID, left)
	next.CreatedAt, next.ExpiresAt, next.IdleLimit = old.CreatedAt, old.ExpiresAt, old.IdleLimit
	who.seenFrom(&next)
	return next, s.cookie(token, left), nil
}
