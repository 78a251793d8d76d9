package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/live"
	"parley/server/socket"
	"parley/wire"
)

func (s *Server) agentRoutes() {
	operation(s, Route{http.MethodGet, "/agents", desk.ActionRead, "list-agents", "Everyone of the team.", 0}, s.listAgents)
	operation(s, Route{http.MethodPost, "/agents", desk.ActionManageAgents, "create-agent", "Make an agent.", 0}, s.createAgent)
	operation(s, Route{http.MethodPatch, "/agents/:id", desk.ActionManageAgents, "change-agent", "Change an agent; absent fields stay.", 0}, s.changeAgent)
	operation(s, Route{http.MethodDelete, "/agents/:id/photo", desk.ActionManageAgents, "remove-agent-photo", "Take an agent's photo away.", 0}, s.removePhoto)
	operation(s, Route{http.MethodGet, "/team", desk.ActionRead, "team", "What is set for the whole team.", 0}, s.team)
	operation(s, Route{http.MethodPatch, "/team", desk.ActionManageTeam, "change-team", "Change what is set for the whole team.", 0}, s.changeTeam)
}

// roster is everyone of the team, and who is there.
type roster struct {
	app.Roster
	Presence map[desk.ID]live.Presence `json:"presence" doc:"Who is there; an agent who is not in it is offline."`
}

func (s *Server) listAgents(_ context.Context, _ *caller, _ *struct{}) (*body[roster], error) {
	everyone, err := s.app.Roster()
	return &body[roster]{roster{everyone, s.hub.Presence()}}, err
}

// agentAnswer is the answer of every verb on an agent.
type agentAnswer struct {
	Agent wire.Agent `json:"agent"`
}

type createAgentInput struct {
	Body struct {
		Name     string `json:"name"`
		Email    string `json:"email"`
		Role     string `json:"role" enum:"owner,admin,agent,reporter"`
		Language string `json:"language,omitempty"`
		Password string `json:"password" maxLength:"1024"`
	}
}

func (s *Server) createAgent(ctx context.Context, who *caller, in *createAgentInput) (*body[agentAnswer], error) {
	role, err := desk.ParseRole(in.Body.Role)
	if err != nil {
		return nil, err
	}
	hash, err := s.hashNew(ctx, in.Body.Password, in.Body.Name, in.Body.Email)
	if err != nil {
		return nil, err
	}
	agent, err := s.app.CreateAgent(app.CreateAgent{
		By: who.agent.ID, Name: in.Body.Name, Email: in.Body.Email, Role: role, Language: in.Body.Language, Password: hash,
	})
	return &body[agentAnswer]{agentAnswer{agent}}, err
}

type changeAgentInput struct {
	IDInput
	Body struct {
		Name     *string `json:"name,omitempty"`
		Email    *string `json:"email,omitempty"`
		Role     *string `json:"role,omitempty" enum:"owner,admin,agent,reporter"`
		Active   *bool   `json:"active,omitempty"`
		Language *string `json:"language,omitempty"`
		Password *string `json:"password,omitempty" maxLength:"1024"`
	}
}

func (s *Server) changeAgent(ctx context.Context, who *caller, in *changeAgentInput) (*body[agentAnswer], error) {
	if err := notByThisWay(who, in); err != nil {
		return nil, err
	}
	cmd := app.ChangeAgent{By: who.agent.ID, ID: in.ID, Change: desk.AgentChange{
		Name: in.Body.Name, Email: in.Body.Email, Active: in.Body.Active, Language: in.Body.Language,
	}}
	if in.Body.Role != nil {
		role, err := desk.ParseRole(*in.Body.Role)
		if err != nil {
			return nil, err
		}
		cmd.Change.Role = &role
	}
	if in.Body.Password != nil {
		var err error
		if cmd.Password, err = s.hashFor(ctx, in); err != nil {
			return nil, err
		}
	}
	agent, err := s.app.ChangeAgent(cmd)
	if err != nil {
		return nil, err
	}
	if cmd.Password != "" || in.Body.Role != nil || !agent.Active {
		s.endSockets(func(o socket.Owner) bool { return o.Agent == in.ID })
	}
	return &body[agentAnswer]{agentAnswer{agent}}, nil
}

// notByThisWay refuses one's own password and e-mail address here: whoever finds a
// signed-in browser must not be able to take the account over without the present
// password.
func notByThisWay(who *caller, in *changeAgentInput) error {
	switch {
	case in.ID != who.agent.ID:
		return nil
	case in.Body.Password != nil:
		return desk.Refuse(desk.CodeOwnAccount, "password", "Change your own password with the present one, at POST /me/password.")
	case in.Body.Email != nil:
		return desk.Refuse(desk.CodeOwnAccount, "email", "Nobody changes the address that they sign in with themselves; ask somebody else who manages agents.")
	}
	return nil
}

// hashFor checks and hashes the password that somebody else gets, which may hold
// neither their name nor their address, as they are and as they will be.
func (s *Server) hashFor(ctx context.Context, in *changeAgentInput) (string, error) {
	them, err := s.app.Me(in.ID)
	if err != nil {
		return "", err
	}
	personal := []string{them.Agent.Name, them.Agent.Email}
	for _, next := range []*string{in.Body.Name, in.Body.Email} {
		if next != nil {
			personal = append(personal, *next)
		}
	}
	return s.hashNew(ctx, *in.Body.Password, personal...)
}

// teamAnswer is the answer of every verb on the team.
type teamAnswer struct {
	Team wire.Team `json:"team"`
}

func (s *Server) team(_ context.Context, _ *caller, _ *struct{}) (*body[teamAnswer], error) {
	team, err := s.app.Team()
	return &body[teamAnswer]{teamAnswer{team}}, err
}

type changeTeamInput struct {
	Body struct {
		Name     *string `json:"name,omitempty"`
		BotName  *string `json:"bot_name,omitempty"`
		BotOn    *bool   `json:"bot_on,omitempty"`
		Language *string `json:"language,omitempty" enum:"tr,en"`
		Cards    *bool   `json:"cards,omitempty" doc:"Whether pages that messages link to are asked what they are."`
	}
}

func (s *Server) changeTeam(_ context.Context, who *caller, in *changeTeamInput) (*body[teamAnswer], error) {
	team, err := s.app.ChangeTeam(app.ChangeTeam{
		By: who.agent.ID, Name: in.Body.Name, BotName: in.Body.BotName, BotOn: in.Body.BotOn, Language: in.Body.Language, Cards: in.Body.Cards,
	})
	return &body[teamAnswer]{teamAnswer{team}}, err
}
