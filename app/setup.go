package app

import (
	"crypto/rand"
	"errors"

	"parley/desk"
	"parley/store"
)

// OpenSetup makes a new one-time set-up code while the team has nobody; "" once
// it has. Only the code's hash is kept, so each start makes another.
type OpenSetup struct{ Code string }

// OpenSetup makes a new one-time set-up code.
func (a *App) OpenSetup() (string, error) {
	return run(a, &OpenSetup{Code: rand.Text()})
}

// Apply implements command.
func (cmd *OpenSetup) Apply(tx *store.Tx) (string, error) {
	if tx.HasAgents() {
		return "", nil
	}
	return cmd.Code, tx.SetSetupCode(cmd.Code)
}

// SetupOpen reports whether set-up may go on with a code. Refused: CodeClosed
// once the team has anybody.
func (a *App) SetupOpen(code string) (bool, error) {
	return view(a, func(tx *store.Tx) (bool, error) { return setupOpen(tx, code) })
}

func setupOpen(tx *store.Tx, code string) (bool, error) {
	if tx.HasAgents() {
		return false, desk.Refuse(desk.CodeClosed, "", "Set-up is over; sign in.")
	}
	return tx.SetupCodeIs(code), nil
}

// Setup makes the first owner and says what the team is. It closes set-up for ever.
type Setup struct {
	Code     string
	Owner    CreateAgent // By zero
	TeamName string      // "" leaves it for later
	Language string
	Zone     string        // of the working hours; "" leaves it as it is
	Session  store.Session // the owner's first
	Address  string        // where it was asked from
}

// Setup makes the first owner. Refused: CodeClosed, CodeForbidden for a wrong
// code, and as the fields ask.
func (a *App) Setup(cmd Setup) (Me, error) {
	cmd.Owner.ID, cmd.Owner.At, cmd.Owner.Role, cmd.Owner.By = NewID(), a.Now(), desk.RoleOwner, desk.ID{}
	cmd.Session.Agent = cmd.Owner.ID
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *Setup) Apply(tx *store.Tx) (Me, error) {
	if open, err := setupOpen(tx, cmd.Code); err != nil {
		return Me{}, err
	} else if !open {
		return Me{}, desk.Refuse(desk.CodeForbidden, "code", "This set-up link is not the newest one; use the link that the program printed at its last start.")
	}
	before, err := tx.Team()
	if err != nil {
		return Me{}, err
	}
	hours, err := tx.Hours()
	if err != nil {
		return Me{}, err
	}
	owner := desk.AgentActor(cmd.Owner.ID)
	change := desk.TeamChange{Language: &cmd.Language}
	if cmd.TeamName != "" {
		change.Name = &cmd.TeamName
	}
	team, events, err := before.Change(owner, &change, cmd.Owner.At)
	if err != nil {
		return Me{}, err
	}
	there := hours
	if cmd.Zone != "" {
		there.Zone = cmd.Zone
	}
	there, moved, err := hours.Replace(owner, &there, cmd.Owner.At)
	if err != nil {
		return Me{}, err
	}
	if _, err := cmd.Owner.Apply(tx); err != nil {
		return Me{}, err
	}
	if err := errors.Join(tx.SaveTeam(&before, &team, events), tx.SaveHours(&hours, &there, moved)); err != nil {
		return Me{}, err
	}
	if err := tx.SetSetupCode(""); err != nil {
		return Me{}, err
	}
	if err := tx.SaveSession(&cmd.Session); err != nil {
		return Me{}, err
	}
	if err := signed(tx, desk.AgentSignedIn, cmd.Owner.ID, cmd.Owner.At, cmd.Address); err != nil {
		return Me{}, err
	}
	return meOf(tx, cmd.Owner.ID)
}
