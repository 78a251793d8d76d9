package wire

import (
	"slices"

	"parley/desk"
)

// AgentTeam is a team: some of the agents, to whom conversations are assigned
// together.
type AgentTeam struct {
	ID      desk.ID   `json:"id"`
	Rev     uint64    `json:"rev"`
	Name    string    `json:"name"`
	Members []desk.ID `json:"members" nullable:"false" doc:"Agents."`
	Active  bool      `json:"active" doc:"False for one that was deleted: it is kept for the threads that tell of it, and conversations that name it are of no team."`
}

// FromAgentTeam builds a team's shape.
func FromAgentTeam(g *desk.AgentTeam) AgentTeam {
	members := slices.Clone(g.Members)
	if members == nil {
		members = []desk.ID{}
	}
	return AgentTeam{ID: g.ID, Rev: g.Rev, Name: g.Name, Members: members, Active: g.Active}
}
