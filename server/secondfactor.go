package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/server/socket"
	"parley/wire"
)

func (s *Server) factorRoutes() {
	operation(s, Route{http.MethodGet, "/me/second-factor", desk.ActionSecure, "second-factor", "How one's own two-step verification stands.", 0}, s.factor)
	operation(s, Route{http.MethodPost, "/me/second-factor/offer", desk.ActionSecure, "offer-second-factor", "Ask for a secret for one's authenticator app, with the password; it counts once a code of it was sent back.", 0}, s.offerFactor)
	operation(s, Route{http.MethodPost, "/me/second-factor", desk.ActionSecure, "turn-second-factor-on", "Turn two-step verification on, with the first code of the app; ends the other sessions. The answer has the recovery codes, this once.", 0}, s.turnFactorOn)
	operation(s, Route{http.MethodPost, "/me/second-factor/off", desk.ActionSecure, "turn-second-factor-off", "Turn two-step verification off, with the password and a code.", 0}, s.turnFactorOff)
	operation(s, Route{http.MethodPost, "/me/second-factor/recovery", desk.ActionSecure, "renew-recovery-codes", "Replace one's recovery codes, with the password and a code. The answer has the new ones, this once.", 0}, s.renewRecovery)
	operation(s, Route{http.MethodGet, "/second-factors", desk.ActionManageAgents, "list-second-factors", "Who of the team has two-step verification.", 0}, s.factorHolders)
	operation(s, Route{http.MethodPut, "/second-factors", desk.ActionRequireFactor, "require-second-factor", "Set whether everyone must have two-step verification; who has none can do nothing else until it is set up.", 0}, s.requireFactor)
	operation(s, Route{http.MethodDelete, "/agents/:id/second-factor", desk.ActionManageAgents, "reset-second-factor", "Take somebody else's two-step verification away, who lost what they need for it.", http.StatusNoContent}, s.resetFactor)
}

// factorWithCodes is how a second factor stands, with new recovery codes.
type factorWithCodes struct {
	wire.SecondFactor
	Codes []string `json:"recovery_codes" nullable:"false" doc:"Shown this once; each signs in once in place of a code of the app."`
}

func (s *Server) factor(_ context.Context, who *caller, _ *struct{}) (*body[wire.SecondFactor], error) {
	state, err := s.app.SecondFactor(who.agent.ID)
	return &body[wire.SecondFactor]{state}, err
}

type offerFactorInput struct {
	Body struct {
		Password string `json:"password" maxLength:"1024"`
	}
}

func (s *Server) offerFactor(ctx context.Context, who *caller, in *offerFactorInput) (*body[app.FactorOffer], error) {
	if err := s.provePassword(ctx, who, "password", in.Body.Password); err != nil {
		return nil, err
	}
	offer, err := s.app.OfferFactor(who.agent.ID, who.session)
	return &body[app.FactorOffer]{offer}, err
}

type turnFactorOnInput struct {
	Body struct {
		Offer string `json:"offer" maxLength:"512" doc:"As it was given."`
		Code  string `json:"code" maxLength:"64" doc:"What the app shows now."`
	}
}

func (s *Server) turnFactorOn(_ context.Context, who *caller, in *turnFactorOnInput) (*body[factorWithCodes], error) {
	state, codes, err := s.app.TurnFactorOn(app.TurnFactorOn{By: who.agent.ID, Session: who.session, Address: who.from()}, in.Body.Offer, in.Body.Code)
	if err != nil {
		return nil, err
	}
	s.endSockets(func(o socket.Owner) bool { return o.Agent == who.agent.ID && o.Session != who.session })
	return &body[factorWithCodes]{factorWithCodes{state, codes}}, nil
}

// confirmation is what an agent shows before they change their own second factor.
type confirmation struct {
	Body struct {
		Password string `json:"password" maxLength:"1024"`
		Code     string `json:"code" maxLength:"64" doc:"Of the app, or a recovery code."`
	}
}

// confirm checks a confirmation.
func (s *Server) confirm(ctx context.Context, who *caller, in *confirmation) (app.ChangeFactor, error) {
	cmd := app.ChangeFactor{By: who.agent.ID, Address: who.from()}
	err := s.provePassword(ctx, who, "password", in.Body.Password)
	if err == nil {
		cmd.Proof, err = s.proveFactor(who, &who.agent, in.Body.Code)
	}
	return cmd, err
}

func (s *Server) turnFactorOff(ctx context.Context, who *caller, in *confirmation) (*body[wire.SecondFactor], error) {
	cmd, err := s.confirm(ctx, who, in)
	if err != nil {
		return nil, err
	}
	state, err := s.app.TurnFactorOff(cmd)
	if err == nil {
		s.factorProved(who, &who.agent)
		s.endDue(who.agent.ID)
	}
	return &body[wire.SecondFactor]{state}, err
}

func (s *Server) renewRecovery(ctx context.Context, who *caller, in *confirmation) (*body[factorWithCodes], error) {
	cmd, err := s.confirm(ctx, who, in)
	if err != nil {
		return nil, err
	}
	state, codes, err := s.app.RenewRecovery(cmd)
	if err == nil {
		s.factorProved(who, &who.agent)
	}
	return &body[factorWithCodes]{factorWithCodes{state, codes}}, err
}

func (s *Server) factorHolders(_ context.Context, _ *caller, _ *struct{}) (*body[app.FactorHolders], error) {
	holders, err := s.app.FactorHolders()
	return &body[app.FactorHolders]{holders}, err
}

type requireFactorInput struct {
	Body struct {
		Required bool `json:"required"`
	}
}

func (s *Server) requireFactor(_ context.Context, who *caller, in *requireFactorInput) (*body[app.FactorHolders], error) {
	if err := s.app.RequireFactor(app.RequireFactor{By: who.agent.ID, Required: in.Body.Required}); err != nil {
		return nil, err
	}
	s.endSockets(func(o socket.Owner) bool { return s.app.CheckFactorDue(o.Agent) != nil })
	holders, err := s.app.FactorHolders()
	return &body[app.FactorHolders]{holders}, err
}

func (s *Server) resetFactor(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	err := s.app.ResetFactor(app.ResetFactor{By: who.agent.ID, ID: in.ID, Address: who.from()})
	if err == nil {
		s.endDue(in.ID)
	}
	return nil, err
}

// endDue closes the sockets of an agent who must now set a second factor up first: what
// they hear is no more for them to hear.
func (s *Server) endDue(agent desk.ID) {
	if s.app.CheckFactorDue(agent) != nil {
		s.endSockets(func(o socket.Owner) bool { return o.Agent == agent })
	}
}
