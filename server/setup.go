package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
)

func (s *Server) setupRoutes() {
	operation(s, Route{http.MethodGet, "/setup", desk.ActionSetup, "setup-open", "Whether the first owner may be made with a one-time code.", 0}, s.setupOpen)
	operation(s, Route{http.MethodPost, "/setup", desk.ActionSetup, "setup", "Make the first owner; closes set-up for ever.", 0}, s.setup)
}

type setupOpenInput struct {
	Code string `query:"code" maxLength:"64"`
}

// setupState says whether set-up may go on.
type setupState struct {
	Open bool `json:"open"`
}

func (s *Server) setupOpen(_ context.Context, who *caller, in *setupOpenInput) (*body[setupState], error) {
	open, err := s.rightCode(who, in.Code)
	return &body[setupState]{setupState{open}}, err
}

// rightCode reports whether set-up is open with a code, and slows guessing down. Who
// has the right one is not slowed: they may need a few tries for all the fields, and
// the code is too long to be guessed in any number of tries.
func (s *Server) rightCode(who *caller, code string) (bool, error) {
	open, err := s.app.SetupOpen(code)
	if err != nil || open {
		return open, err
	}
	if err := s.logins.Allow(who.address, "setup"); err != nil {
		return false, err
	}
	s.logins.Failed(who.address, "setup")
	return false, nil
}

type setupInput struct {
	Body struct {
		Code     string `json:"code" maxLength:"64" doc:"From the link that the first start printed."`
		Name     string `json:"name"`
		Email    string `json:"email"`
		Password string `json:"password" maxLength:"1024"`
		Team     string `json:"team,omitempty" doc:"What the team is called; it can be said later, in the team's settings."`
		Language string `json:"language" enum:"tr,en"`
		Zone     string `json:"zone,omitempty" doc:"Where the team works, such as Europe/Istanbul: the time zone of its working hours."`
	}
}

func (s *Server) setup(ctx context.Context, who *caller, in *setupInput) (*signedIn, error) {
	if open, err := s.rightCode(who, in.Body.Code); err != nil {
		return nil, err
	} else if !open {
		return nil, desk.Refuse(desk.CodeForbidden, "code", "This set-up link is not the newest one; use the link that the program printed at its last start.")
	}
	hash, err := s.hashNew(ctx, in.Body.Password, in.Body.Name, in.Body.Email, in.Body.Team)
	if err != nil {
		return nil, err
	}
	session, token := s.newSession(desk.ID{}, sessionLife)
	who.seenFrom(&session)
	me, err := s.app.Setup(app.Setup{
		Code: in.Body.Code, TeamName: in.Body.Team, Language: in.Body.Language, Zone: in.Body.Zone, Session: session, Address: who.from(),
		Owner: app.CreateAgent{Name: in.Body.Name, Email: in.Body.Email, Language: in.Body.Language, Password: hash},
	})
	if err != nil {
		return nil, err
	}
	return &signedIn{s.cookie(token, sessionLife), me}, nil
}
