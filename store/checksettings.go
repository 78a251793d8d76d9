package store

import (
	"bytes"
	"context"

	"parley/desk"
)

// checkSettings reads what is set, and every row of its lists.
func (tx *Tx) checkSettings(_ context.Context, report *Report) error {
	for _, read := range []func() error{
		func() error { _, err := tx.Hours(); return err },
		func() error { _, err := tx.Bot(); return err },
		func() error { _, err := tx.Resolver(); return err },
		func() error { _, err := tx.BackupPlan(); return err },
		func() error { _, err := tx.TagMoves(); return err },
		func() error { _, err := tx.Waits(); return err },
	} {
		if err := read(); err != nil {
			report.fault("%v", err)
		}
	}
	for _, list := range []struct {
		name   string
		bucket []byte
		id     func(v []byte) (desk.ID, error)
	}{
		{"category", bucketCategories, func(v []byte) (desk.ID, error) { c, err := decodeCategory(v); return c.ID, err }},
		{"team", bucketAgentTeams, func(v []byte) (desk.ID, error) { g, err := decodeAgentTeam(v); return g.ID, err }},
		{"rule", bucketRules, func(v []byte) (desk.ID, error) { r, err := decodeRule(v); return r.ID, err }},
		{"knowledge", bucketKnowledge, func(v []byte) (desk.ID, error) { k, err := decodeKnowledge(v); return k.ID, err }},
	} {
		_ = tx.bucket(list.bucket).ForEach(func(k, v []byte) error {
			if id, err := list.id(v); err != nil || !bytes.Equal(id[:], k) {
				report.fault("%s %x: the row cannot be read: %v", list.name, k, err)
			}
			return nil
		})
	}
	return tx.bucket(bucketKnowledgeUses).ForEach(func(k, v []byte) error {
		if len(v) != 16 || tx.bucket(bucketKnowledge).Get(k) == nil {
			report.fault("knowledge %x: its uses are counted and it is not there", k)
		}
		return nil
	})
}
