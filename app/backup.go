package app

import (
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// BackupPlan reads when backups are made, and in which zone.
func (a *App) BackupPlan() (plan desk.BackupPlan, zone string, err error) {
	err = a.store.View(func(tx *store.Tx) error {
		hours, err := tx.Hours()
		if err != nil {
			return err
		}
		zone = hours.Zone
		plan, err = tx.BackupPlan()
		return err
	})
	return plan, zone, err
}

// SetBackupPlan replaces when backups are made.
type SetBackupPlan struct {
	By   desk.ID
	Plan desk.BackupPlan
	At   desk.Time
}

// SetBackupPlan replaces when backups are made. Refused: CodeConflict for an old rev,
// and as desk.BackupPlan.Replace asks.
func (a *App) SetBackupPlan(cmd SetBackupPlan) (wire.BackupPlan, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SetBackupPlan) Apply(tx *store.Tx) (wire.BackupPlan, error) {
	if _, err := allow(tx, cmd.By, desk.ActionBackUp); err != nil {
		return wire.BackupPlan{}, err
	}
	before, err := tx.BackupPlan()
	if err != nil {
		return wire.BackupPlan{}, err
	}
	next, events, err := before.Replace(desk.AgentActor(cmd.By), &cmd.Plan, cmd.At)
	if err != nil {
		return wire.BackupPlan{}, err
	}
	if err := tx.SaveBackupPlan(&before, &next, events); err != nil {
		return wire.BackupPlan{}, err
	}
	return wire.FromBackupPlan(&next), nil
}

// TellBackup tells the audit log what came of a backup, or what was done with one.
type TellBackup struct {
	By      desk.ID // zero: the plan
	What    desk.EventType
	Name    string // of its file
	Why     string // the code of what went wrong
	Address string
	At      desk.Time
}

// TellBackup tells the audit log what came of a backup, or what was done with one.
// Refused where somebody asked for it: CodeForbidden.
func (a *App) TellBackup(cmd TellBackup) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command. What came of a backup is told whoever asked for it, even
// if their role has changed since.
func (cmd *TellBackup) Apply(tx *store.Tx) (struct{}, error) {
	event := desk.Event{Type: cmd.What, At: cmd.At}
	if !cmd.By.IsZero() {
		event.Actor = desk.AgentActor(cmd.By)
	}
	if cmd.What != desk.BackupMade && cmd.What != desk.BackupFailed {
		if _, err := allow(tx, cmd.By, desk.ActionBackUp); err != nil {
			return struct{}{}, err
		}
	}
	return struct{}{}, tx.Tell(&event, desk.Particulars{Name: cmd.Name, Why: cmd.Why, Address: cmd.Address})
}

// LastBackup is what came of the last backup, as the audit log tells it; nil where it
// knows of none.
func (a *App) LastBackup() (*wire.BackupOutcome, error) {
	return view(a, func(tx *store.Tx) (*wire.BackupOutcome, error) {
		found, err := tx.Audit(0, 1, func(e *desk.AuditEntry) bool {
			return e.Type == desk.BackupMade || e.Type == desk.BackupFailed
		})
		if err != nil || len(found) == 0 {
			return nil, err
		}
		return &wire.BackupOutcome{At: found[0].At, Why: found[0].Why}, nil
	})
}
