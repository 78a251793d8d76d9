package app

import (
	"parley/desk"
	"parley/store"
)

// MakeSamples gives a team the rules and resolve categories to start from, once: who
// takes them away does not get them back.
type MakeSamples struct {
	IDs []desk.ID
	At  desk.Time
}

// EnsureSamples gives a team what to start from, unless it has had it.
func (a *App) EnsureSamples() error {
	cmd := MakeSamples{At: a.Now()}
	for range len(desk.SampleRules()) + len(desk.SampleCategories()) {
		cmd.IDs = append(cmd.IDs, NewID())
	}
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *MakeSamples) Apply(tx *store.Tx) (struct{}, error) {
	if tx.Seeded() {
		return struct{}{}, nil
	}
	rules, categories := desk.SampleRules(), desk.SampleCategories()
	event := func(kind desk.EventType, id desk.ID) []desk.Event {
		return []desk.Event{{Type: kind, Subject: id, At: cmd.At}}
	}
	for i := range rules {
		rules[i].ID = cmd.IDs[i]
		if err := tx.SaveRule(nil, &rules[i], event(desk.RuleSaved, rules[i].ID)); err != nil {
			return struct{}{}, err
		}
	}
	for i := range categories {
		categories[i].ID = cmd.IDs[len(rules)+i]
		if err := tx.SaveCategory(nil, &categories[i], event(desk.CategorySaved, categories[i].ID)); err != nil {
			return struct{}{}, err
		}
	}
	return struct{}{}, tx.SetSeeded()
}
