package app

import (
	"cmp"
	"slices"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Rules reads the bot's rules in the order in which they are tried.
func (a *App) Rules() ([]wire.Rule, error) {
	return view(a, func(tx *store.Tx) ([]wire.Rule, error) {
		all, err := rulesInOrder(tx)
		shapes := make([]wire.Rule, 0, len(all))
		for i := range all {
			shapes = append(shapes, wire.FromRule(&all[i]))
		}
		return shapes, err
	})
}

func rulesInOrder(tx *store.Tx) ([]desk.Rule, error) {
	all, err := tx.Rules()
	slices.SortStableFunc(all, func(a, b desk.Rule) int { return cmp.Compare(a.Position, b.Position) })
	return all, err
}

// SaveRule makes (New) or changes a rule of the bot.
type SaveRule struct {
	By     desk.ID
	ID     desk.ID
	New    bool
	Change desk.RuleChange
	At     desk.Time
}

// SaveRule makes or changes a rule. A new one without a position comes last.
func (a *App) SaveRule(cmd SaveRule) (wire.Rule, error) {
	cmd.At = a.Now()
	if cmd.New {
		cmd.ID = NewID()
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SaveRule) Apply(tx *store.Tx) (wire.Rule, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Rule{}, err
	}
	before, present, err := cmd.before(tx)
	if err != nil {
		return wire.Rule{}, err
	}
	next, events, err := present.Change(desk.AgentActor(cmd.By), &cmd.Change, cmd.At)
	if err != nil {
		return wire.Rule{}, err
	}
	if err := tx.SaveRule(before, &next, events); err != nil {
		return wire.Rule{}, err
	}
	return wire.FromRule(&next), nil
}

// before is the rule as it is, nil for a new one, and the rule to be changed.
func (cmd *SaveRule) before(tx *store.Tx) (before, present *desk.Rule, err error) {
	if !cmd.New {
		rule, err := tx.Rule(cmd.ID)
		return &rule, &rule, err
	}
	all, err := tx.Rules()
	if err == nil && len(all) >= desk.MaxRules {
		err = desk.Refuse(desk.CodeTooMany, "", "There is room for 500 rules; take one away first.")
	}
	present = &desk.Rule{ID: cmd.ID, Match: desk.MatchWord, Enabled: true}
	for i := range all {
		present.Position = max(present.Position, all[i].Position+1)
	}
	return nil, present, err
}

// DeleteRule takes a rule of the bot away.
type DeleteRule struct {
	By desk.ID
	ID desk.ID
	At desk.Time
}

// DeleteRule takes a rule away; one that is gone already stays so.
func (a *App) DeleteRule(cmd DeleteRule) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *DeleteRule) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return struct{}{}, err
	}
	if _, err := tx.Rule(cmd.ID); err != nil {
		return struct{}{}, desk.OrGone(err)
	}
	return struct{}{}, tx.DeleteRule(cmd.ID, []desk.Event{{Type: desk.RuleDeleted, Subject: cmd.ID, Actor: desk.AgentActor(cmd.By), At: cmd.At}})
}
