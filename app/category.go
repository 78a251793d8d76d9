package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Categories reads all resolve categories.
func (a *App) Categories() ([]wire.Category, error) {
	return view(a, func(tx *store.Tx) ([]wire.Category, error) {
		all, err := tx.Categories()
		shapes := make([]wire.Category, 0, len(all))
		for i := range all {
			shapes = append(shapes, wire.FromCategory(&all[i]))
		}
		return shapes, err
	})
}

// SaveCategory makes (New) or changes a resolve category.
type SaveCategory struct {
	By     desk.ID
	ID     desk.ID
	New    bool
	Change desk.CategoryChange
	At     desk.Time
}

// SaveCategory makes or changes a resolve category.
func (a *App) SaveCategory(cmd SaveCategory) (wire.Category, error) {
	cmd.At = a.Now()
	if cmd.New {
		cmd.ID = NewID()
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SaveCategory) Apply(tx *store.Tx) (wire.Category, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Category{}, err
	}
	before, err := cmd.before(tx)
	if err != nil {
		return wire.Category{}, err
	}
	present := before
	if present == nil {
		present = &desk.Category{ID: cmd.ID, Enabled: true}
	}
	next, events, err := present.Change(desk.AgentActor(cmd.By), &cmd.Change, cmd.At)
	if err != nil {
		return wire.Category{}, err
	}
	if err := tx.SaveCategory(before, &next, events); err != nil {
		return wire.Category{}, err
	}
	return wire.FromCategory(&next), nil
}

// before is the category as it is, nil for a new one.
func (cmd *SaveCategory) before(tx *store.Tx) (*desk.Category, error) {
	if !cmd.New {
		c, err := tx.Category(cmd.ID)
		return &c, err
	}
	all, err := tx.Categories()
	if err == nil && len(all) >= desk.MaxCategories {
		err = desk.Refuse(desk.CodeTooMany, "", "There is room for 100 categories; take one away first.")
	}
	return nil, err
}

// DeleteCategory takes a resolve category away.
type DeleteCategory struct {
	By desk.ID
	ID desk.ID
	At desk.Time
}

// DeleteCategory takes a category away; one that is gone already stays so.
// Refused: CodeConflict while the resolver resolves with it.
func (a *App) DeleteCategory(cmd DeleteCategory) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *DeleteCategory) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return struct{}{}, err
	}
	if _, err := tx.Category(cmd.ID); err != nil {
		return struct{}{}, desk.OrGone(err)
	}
	resolver, err := tx.Resolver()
	if err == nil && resolver.Category == cmd.ID {
		err = desk.Refuse(desk.CodeConflict, "", "The resolver resolves with this category; choose another there first.")
	}
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, tx.DeleteCategory(cmd.ID, []desk.Event{{Type: desk.CategoryDeleted, Subject: cmd.ID, Actor: desk.AgentActor(cmd.By), At: cmd.At}})
}
