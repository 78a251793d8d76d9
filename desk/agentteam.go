package desk

import (
	"bytes"
	"slices"
)

// AgentTeam is a team: some of the agents, to whom conversations are assigned
// together. (Team, without more, is what is set for everyone.)
type AgentTeam struct {
	ID      ID
	Rev     uint64
	Name    string // no two active teams have one that folds alike
	Members []ID   // sorted, no doubles
	Active  bool   // a deleted team is kept for the threads that tell of it
}

// Limits on teams.
const (
	MaxAgentTeams    = 100 // active ones
	MaxTeamMembers   = 500
	MaxTeamNameRunes = 60
)

// AgentTeamChange is what may be changed of a team; a nil field stays.
type AgentTeamChange struct {
	Rev     *uint64 // refused when older than the team's
	Name    *string
	Members *[]ID // all of them
}

// Change applies a change. Whether the name is free and the members are there is
// the caller's to say: see GuardTeamName.
func (g *AgentTeam) Change(by Actor, change *AgentTeamChange, now Time) (AgentTeam, []Event, error) {
	next := *g
	if change.Rev != nil {
		if err := checkRev(g.Rev, *change.Rev); err != nil {
			return AgentTeam{}, nil, err
		}
	}
	if change.Name != nil {
		clean, err := CleanName("name", *change.Name, MaxTeamNameRunes)
		if err != nil {
			return AgentTeam{}, nil, err
		}
		next.Name = clean
	}
	if change.Members != nil {
		if len(*change.Members) > MaxTeamMembers {
			return AgentTeam{}, nil, Refuse(CodeTooMany, "members", "A team has at most 500 members.")
		}
		next.Members = cleanMembers(*change.Members)
	}
	if next.Name == "" {
		return AgentTeam{}, nil, Refuse(CodeEmpty, "name", "Give the team a name.")
	}
	if next.Name == g.Name && slices.Equal(next.Members, g.Members) {
		return next, nil, nil
	}
	return next, []Event{{Type: AgentTeamSaved, Subject: g.ID, Actor: by, At: now}}, nil
}

// Delete takes the team out of use. Its name becomes free, and conversations that
// are assigned to it count as being of no team, without being touched.
func (g *AgentTeam) Delete(by Actor, now Time) (AgentTeam, []Event) {
	if !g.Active {
		return *g, nil
	}
	next := *g
	next.Active, next.Members = false, nil
	return next, []Event{{Type: AgentTeamDeleted, Subject: g.ID, Actor: by, At: now}}
}

// GuardTeamName refuses a name that another active team has, however it is
// written: fold takes the case and the marks off letters.
func GuardTeamName(next *AgentTeam, all []AgentTeam, fold func(string) string) error {
	for i := range all {
		other := &all[i]
		if other.ID != next.ID && other.Active && fold(other.Name) == fold(next.Name) {
			return Refuse(CodeTaken, "name", "Another team has this name.")
		}
	}
	return nil
}

// cleanMembers sorts and drops doubles.
func cleanMembers(ids []ID) []ID {
	if len(ids) == 0 {
		return nil
	}
	clean := slices.Clone(ids)
	slices.SortFunc(clean, func(a, b ID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(clean)
}

// AssignTeam gives the conversation to a team: it is open, nobody leads it, and it
// waits for one of the team. Refused: CodeInvalid for a deleted team.
func (c *Conversation) AssignTeam(by Actor, to *AgentTeam, now Time) (Turn, error) {
	if !to.Active {
		return Turn{}, Refuse(CodeInvalid, "team_id", "This team was deleted; choose another.")
	}
	t := c.turn()
	if !c.isOpen() {
		t.open()
		t.say(ConversationReopened, by, ID{}, ID{}, now)
	}
	t.unlead(by, now)
	if c.Team != to.ID {
		t.Conversation.Team = to.ID
		t.say(ConversationTeamAssigned, by, c.Team, to.ID, now)
	}
	return t, nil
}

// UnassignTeam takes the conversation out of its team. Who leads it, and whether it
// is open, stays.
func (c *Conversation) UnassignTeam(by Actor, now Time) Turn {
	t := c.turn()
	if c.Team.IsZero() {
		return t
	}
	t.Conversation.Team = ID{}
	t.say(ConversationTeamUnassigned, by, c.Team, ID{}, now)
	return t
}
