package app

import (
	"parley/desk"
	"parley/search"
	"parley/store"
	"parley/wire"
)

// AgentTeams reads every team, deleted ones too.
func (a *App) AgentTeams() ([]wire.AgentTeam, error) {
	return view(a, func(tx *store.Tx) ([]wire.AgentTeam, error) {
		all, err := tx.AgentTeams()
		shapes := make([]wire.AgentTeam, 0, len(all))
		for i := range all {
			shapes = append(shapes, wire.FromAgentTeam(&all[i]))
		}
		return shapes, err
	})
}

// SaveAgentTeam makes (New) or changes a team.
type SaveAgentTeam struct {
	By     desk.ID
	ID     desk.ID
	New    bool
	Change desk.AgentTeamChange
	At     desk.Time
}

// SaveAgentTeam makes or changes a team. Refused: CodeTaken for another's name,
// CodeInvalid for a member who is no agent, CodeConflict for an old rev,
// CodeNotFound for one that was deleted.
func (a *App) SaveAgentTeam(cmd SaveAgentTeam) (wire.AgentTeam, error) {
	cmd.At = a.Now()
	if cmd.New {
		cmd.ID = NewID()
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SaveAgentTeam) Apply(tx *store.Tx) (wire.AgentTeam, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageAgents); err != nil {
		return wire.AgentTeam{}, err
	}
	all, err := tx.AgentTeams()
	if err != nil {
		return wire.AgentTeam{}, err
	}
	before, err := cmd.before(all)
	if err != nil {
		return wire.AgentTeam{}, err
	}
	present := before
	if present == nil {
		present = &desk.AgentTeam{ID: cmd.ID, Active: true}
	}
	next, events, err := present.Change(desk.AgentActor(cmd.By), &cmd.Change, cmd.At)
	if err != nil {
		return wire.AgentTeam{}, err
	}
	if err := desk.GuardTeamName(&next, all, search.Fold); err != nil {
		return wire.AgentTeam{}, err
	}
	for _, member := range next.Members {
		if _, err := tx.Agent(member); desk.IsNotFound(err) {
			return wire.AgentTeam{}, desk.Refuse(desk.CodeInvalid, "members", "One of the members is no agent.")
		} else if err != nil {
			return wire.AgentTeam{}, err
		}
	}
	if err := tx.SaveAgentTeam(before, &next, events); err != nil {
		return wire.AgentTeam{}, err
	}
	return wire.FromAgentTeam(&next), nil
}

// before is the team as it is, nil for a new one.
func (cmd *SaveAgentTeam) before(all []desk.AgentTeam) (*desk.AgentTeam, error) {
	active := 0
	for i := range all {
		if g := &all[i]; g.Active {
			if active++; !cmd.New && g.ID == cmd.ID {
				return g, nil
			}
		}
	}
	switch {
	case !cmd.New:
		return nil, desk.NotFound("team")
	case active >= desk.MaxAgentTeams:
		return nil, desk.Refuse(desk.CodeTooMany, "", "There is room for 100 teams; delete one first.")
	}
	return nil, nil
}

// DeleteAgentTeam takes a team out of use.
type DeleteAgentTeam struct {
	By desk.ID
	ID desk.ID
	At desk.Time
}

// DeleteAgentTeam takes a team out of use; one that is gone already stays so. It
// costs the same however many conversations name the team: none is touched.
func (a *App) DeleteAgentTeam(cmd DeleteAgentTeam) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *DeleteAgentTeam) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageAgents); err != nil {
		return struct{}{}, err
	}
	before, err := tx.AgentTeam(cmd.ID)
	if err != nil {
		return struct{}{}, desk.OrGone(err)
	}
	next, events := before.Delete(desk.AgentActor(cmd.By), cmd.At)
	return struct{}{}, tx.SaveAgentTeam(&before, &next, events)
}

// team gives the conversation to a team, or, without one, takes it out of its own.
// Refused: CodeInvalid for a team that is not there.
func team(tx *store.Tx, c *desk.Conversation, cmd *ChangeConversation) (desk.Turn, error) {
	by := desk.AgentActor(cmd.By)
	if cmd.To.IsZero() {
		return c.UnassignTeam(by, cmd.At), nil
	}
	to, err := tx.AgentTeam(cmd.To)
	if desk.IsNotFound(err) {
		err = desk.Refuse(desk.CodeInvalid, "team_id", "There is no such team.")
	}
	if err != nil {
		return desk.Turn{}, err
	}
	return c.AssignTeam(by, &to, cmd.At)
}
