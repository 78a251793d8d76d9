package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

func (s *Server) agentTeamRoutes() {
	operation(s, Route{http.MethodGet, "/teams", desk.ActionRead, "list-teams", "The teams of agents, deleted ones too.", 0}, s.listTeams)
	operation(s, Route{http.MethodPost, "/teams", desk.ActionManageAgents, "create-team", "Make a team of agents.", 0}, s.createTeam)
	operation(s, Route{http.MethodPatch, "/teams/:id", desk.ActionManageAgents, "change-agent-team", "Change a team of agents; absent fields stay.", 0}, s.changeAgentTeam)
	operation(s, Route{http.MethodDelete, "/teams/:id", desk.ActionManageAgents, "delete-team", "Delete a team of agents; what is assigned to it is of no team then.", http.StatusNoContent}, s.deleteTeam)
	operation(s, Route{http.MethodPost, "/conversations/:number/team", app.VerbTeam.Action(), "assign-team", "Assign to a team: nobody leads, it waits for one of them. Without a team it is taken out of its own, and who leads stays.", 0}, s.assignTeam)
}

// teamList is every team of agents.
type teamList struct {
	Teams []wire.AgentTeam `json:"teams" nullable:"false"`
}

func (s *Server) listTeams(_ context.Context, _ *caller, _ *struct{}) (*body[teamList], error) {
	teams, err := s.app.AgentTeams()
	return &body[teamList]{teamList{teams}}, err
}

// agentTeamBody is what may be set of a team of agents.
type agentTeamBody struct {
	Rev     *uint64    `json:"rev,omitempty" doc:"Refused with conflict when older than the team's."`
	Name    *string    `json:"name,omitempty" doc:"At most 60 characters; no two teams have the same, however it is written."`
	Members *[]desk.ID `json:"members,omitempty" nullable:"false" doc:"Agents, all of them; at most 500."`
}

func (b *agentTeamBody) change() desk.AgentTeamChange {
	return desk.AgentTeamChange{Rev: b.Rev, Name: b.Name, Members: b.Members}
}

// agentTeamAnswer is the answer of every verb on a team of agents.
type agentTeamAnswer struct {
	Team wire.AgentTeam `json:"team"`
}

type createTeamInput struct{ Body agentTeamBody }

func (s *Server) createTeam(_ context.Context, who *caller, in *createTeamInput) (*body[agentTeamAnswer], error) {
	team, err := s.app.SaveAgentTeam(app.SaveAgentTeam{By: who.agent.ID, New: true, Change: in.Body.change()})
	return &body[agentTeamAnswer]{agentTeamAnswer{team}}, err
}

type changeAgentTeamInput struct {
	IDInput
	Body agentTeamBody
}

func (s *Server) changeAgentTeam(_ context.Context, who *caller, in *changeAgentTeamInput) (*body[agentTeamAnswer], error) {
	team, err := s.app.SaveAgentTeam(app.SaveAgentTeam{By: who.agent.ID, ID: in.ID, Change: in.Body.change()})
	return &body[agentTeamAnswer]{agentTeamAnswer{team}}, err
}

func (s *Server) deleteTeam(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.app.DeleteAgentTeam(app.DeleteAgentTeam{By: who.agent.ID, ID: in.ID})
}

type assignTeamInput struct {
	NumberInput
	Body struct {
		TeamID *desk.ID `json:"team_id" nullable:"true" doc:"Null takes it out of its team."`
	}
}

func (s *Server) assignTeam(_ context.Context, who *caller, in *assignTeamInput) (*body[changed], error) {
	cmd := app.ChangeConversation{Verb: app.VerbTeam, By: who.agent.ID, Number: in.Number}
	if in.Body.TeamID != nil {
		cmd.To = *in.Body.TeamID
	}
	return s.change(cmd)
}
