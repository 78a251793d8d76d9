package app

import (
	"slices"
	"strings"

	"parley/desk"
	"parley/search"
	"parley/store"
	"parley/wire"
)

// KnowledgeQuery asks for a page of the knowledge list, the newest first.
type KnowledgeQuery struct {
	Words    string  // only entries that hold all of these, in any spelling
	Language string  // only in this language; "" for all
	Enabled  *bool   // only those that are on, or off; nil for both
	Before   desk.ID // only those made before this one; zero for all
	Limit    int
}

// KnowledgePage is a page of the knowledge list.
type KnowledgePage struct {
	Knowledge []wire.Knowledge `json:"knowledge" nullable:"false"`
	Next      string           `json:"next" doc:"The cursor of the next page; empty at the end."`
	Total     int              `json:"total" doc:"How many entries there are in all."`
}

// Knowledge reads a page of the knowledge list.
func (a *App) Knowledge(q KnowledgeQuery) (KnowledgePage, error) {
	return view(a, func(tx *store.Tx) (KnowledgePage, error) {
		all, err := tx.AllKnowledge()
		page := KnowledgePage{Knowledge: []wire.Knowledge{}, Total: len(all)}
		slices.Reverse(all)
		for i := range all {
			k := &all[i]
			if !q.wants(k) {
				continue
			}
			if len(page.Knowledge) == q.Limit {
				page.Next = page.Knowledge[q.Limit-1].ID.String()
				break
			}
			uses, last := tx.KnowledgeUses(k.ID)
			page.Knowledge = append(page.Knowledge, wire.FromKnowledge(k, uses, last))
		}
		return page, err
	})
}

func (q *KnowledgeQuery) wants(k *desk.Knowledge) bool {
	if !q.Before.IsZero() && slices.Compare(k.ID[:], q.Before[:]) >= 0 || q.Language != "" && k.Language != q.Language {
		return false
	}
	if q.Enabled != nil && k.Enabled != *q.Enabled {
		return false
	}
	words := strings.Fields(search.Fold(q.Words))
	if len(words) == 0 {
		return true
	}
	text := search.Fold(strings.Join(k.Questions, "\n") + "\n" + k.Answer)
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// KnowledgeEntry reads one entry of the knowledge list.
func (a *App) KnowledgeEntry(id desk.ID) (wire.Knowledge, error) {
	return view(a, func(tx *store.Tx) (wire.Knowledge, error) {
		k, err := tx.Knowledge(id)
		if err != nil {
			return wire.Knowledge{}, err
		}
		uses, last := tx.KnowledgeUses(id)
		return wire.FromKnowledge(&k, uses, last), nil
	})
}

// SaveKnowledge makes (New) or changes an entry of the knowledge list.
type SaveKnowledge struct {
	By     desk.ID
	ID     desk.ID
	New    bool
	Change desk.KnowledgeChange
	At     desk.Time
}

// SaveKnowledge makes or changes an entry of the knowledge list.
func (a *App) SaveKnowledge(cmd SaveKnowledge) (wire.Knowledge, error) {
	cmd.At = a.Now()
	if cmd.New {
		cmd.ID = NewID()
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SaveKnowledge) Apply(tx *store.Tx) (wire.Knowledge, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Knowledge{}, err
	}
	before, present, err := cmd.before(tx)
	if err != nil {
		return wire.Knowledge{}, err
	}
	next, events, err := present.Change(desk.AgentActor(cmd.By), &cmd.Change, cmd.At)
	if err != nil {
		return wire.Knowledge{}, err
	}
	if err := tx.SaveKnowledge(before, &next, len(events) > 0, events); err != nil {
		return wire.Knowledge{}, err
	}
	uses, last := tx.KnowledgeUses(next.ID)
	return wire.FromKnowledge(&next, uses, last), nil
}

// before is the entry as it is, nil for a new one, and the entry to be changed.
func (cmd *SaveKnowledge) before(tx *store.Tx) (before, present *desk.Knowledge, err error) {
	if !cmd.New {
		k, err := tx.Knowledge(cmd.ID)
		return &k, &k, err
	}
	return nil, &desk.Knowledge{ID: cmd.ID, Enabled: true}, roomForKnowledge(tx, 1)
}

func roomForKnowledge(tx *store.Tx, more int) error {
	if tx.KnowledgeCount()+more > desk.MaxKnowledge {
		return desk.Refuse(desk.CodeTooMany, "", "There is room for 20000 entries; take some away first.")
	}
	return nil
}

// DeleteKnowledge takes an entry of the knowledge list away.
type DeleteKnowledge struct {
	By desk.ID
	ID desk.ID
	At desk.Time
}

// DeleteKnowledge takes an entry away; one that is gone already stays so.
func (a *App) DeleteKnowledge(cmd DeleteKnowledge) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *DeleteKnowledge) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return struct{}{}, err
	}
	if _, err := tx.Knowledge(cmd.ID); err != nil {
		return struct{}{}, desk.OrGone(err)
	}
	return struct{}{}, tx.DeleteKnowledge(cmd.ID, []desk.Event{{Type: desk.KnowledgeDeleted, Subject: cmd.ID, Actor: desk.AgentActor(cmd.By), At: cmd.At}})
}
