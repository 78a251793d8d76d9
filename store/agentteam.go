package store

import (
	"fmt"

	"parley/desk"
)

// Bucket: agent_teams. Deleted teams stay: threads tell of them by their ids, and
// conversations may still name them.

// AgentTeam reads a team, also a deleted one.
func (tx *Tx) AgentTeam(id desk.ID) (desk.AgentTeam, error) {
	v := tx.bucket(bucketAgentTeams).Get(id[:])
	if v == nil {
		return desk.AgentTeam{}, desk.NotFound("team")
	}
	g, err := decodeAgentTeam(v)
	if err != nil {
		return g, fmt.Errorf("store: team %s: %w", id, err)
	}
	return g, nil
}

// AgentTeams reads every team, deleted ones too, in the order in which they were
// made.
func (tx *Tx) AgentTeams() ([]desk.AgentTeam, error) {
	return readAll(tx, bucketAgentTeams, "team", decodeAgentTeam)
}

// SaveAgentTeam saves a team with the events that made it so; before is nil for a
// new one.
func (tx *Tx) SaveAgentTeam(before, g *desk.AgentTeam, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	g.Rev = 1
	if before != nil {
		g.Rev = before.Rev + 1
	}
	if err := tx.change(bucketAgentTeams).Put(g.ID[:], encodeAgentTeam(g)); err != nil {
		return fmt.Errorf("store: team %s: %w", g.ID, err)
	}
	return tx.tell(events, desk.AgentTeamParticulars(before, g))
}

func encodeAgentTeam(g *desk.AgentTeam) []byte {
	w := newWriter(1)
	w.id(g.ID)
	w.uint(g.Rev)
	w.text(g.Name)
	w.flag(g.Active)
	w.ids(g.Members)
	return w.b
}

func decodeAgentTeam(b []byte) (desk.AgentTeam, error) {
	r := newReader(b)
	g := desk.AgentTeam{ID: r.id(), Rev: r.uint(), Name: r.text(), Active: r.flag(), Members: r.ids()}
	return g, r.done()
}
