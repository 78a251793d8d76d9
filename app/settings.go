package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Hours reads the working hours.
func (a *App) Hours() (wire.Hours, error) {
	return view(a, func(tx *store.Tx) (wire.Hours, error) {
		h, err := tx.Hours()
		return wire.FromHours(&h), err
	})
}

// SetHours replaces the working hours.
type SetHours struct {
	By    desk.ID
	Hours desk.Hours
	At    desk.Time
}

// SetHours replaces the working hours. Refused: CodeConflict for an old rev, and
// as desk.Hours.Replace asks.
func (a *App) SetHours(cmd SetHours) (wire.Hours, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SetHours) Apply(tx *store.Tx) (wire.Hours, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Hours{}, err
	}
	before, err := tx.Hours()
	if err != nil {
		return wire.Hours{}, err
	}
	next, events, err := before.Replace(desk.AgentActor(cmd.By), &cmd.Hours, cmd.At)
	if err != nil {
		return wire.Hours{}, err
	}
	if err := tx.SaveHours(&before, &next, events); err != nil {
		return wire.Hours{}, err
	}
	return wire.FromHours(&next), nil
}

// Resolver reads what the resolver does.
func (a *App) Resolver() (wire.Resolver, error) {
	return view(a, func(tx *store.Tx) (wire.Resolver, error) {
		r, err := tx.Resolver()
		return wire.FromResolver(&r), err
	})
}

// SetResolver replaces what the resolver does.
type SetResolver struct {
	By       desk.ID
	Resolver desk.Resolver
	At       desk.Time
}

// SetResolver replaces what the resolver does. Refused: CodeConflict for an old
// rev, CodeInvalid for a category that is not there.
func (a *App) SetResolver(cmd SetResolver) (wire.Resolver, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SetResolver) Apply(tx *store.Tx) (wire.Resolver, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Resolver{}, err
	}
	if err := knownCategory(tx, cmd.Resolver.Category); err != nil {
		return wire.Resolver{}, err
	}
	before, err := tx.Resolver()
	if err != nil {
		return wire.Resolver{}, err
	}
	next, events, err := before.Replace(desk.AgentActor(cmd.By), &cmd.Resolver, cmd.At)
	if err != nil {
		return wire.Resolver{}, err
	}
	if err := tx.SaveResolver(&before, &next, events); err != nil {
		return wire.Resolver{}, err
	}
	return wire.FromResolver(&next), nil
}

// knownCategory refuses a category that is not there; zero is none.
func knownCategory(tx *store.Tx, id desk.ID) error {
	if id.IsZero() {
		return nil
	}
	_, err := tx.Category(id)
	if desk.IsNotFound(err) {
		return desk.Refuse(desk.CodeInvalid, "category_id", "There is no such category.")
	}
	return err
}
