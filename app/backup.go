package app

import (
	"strconv"

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
	Lost    []desk.LostFile
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

func (cmd *TellBackup) small() {}

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
	return struct{}{}, tx.Tell(&event, desk.BackupParticulars(cmd.Name, cmd.Why, cmd.Address, cmd.Lost))
}

// BackupOutcome is what came of a backup.
type BackupOutcome struct {
	At    desk.Time
	Why   string          // the code of what went wrong; empty for one that was made
	Lost  int             // files that it could not take as they were sent
	Files []desk.LostFile // the first of them
}

// LastBackup is what came of the last backup, as the audit log tells it; nil where it
// knows of none.
func (a *App) LastBackup() (*BackupOutcome, error) {
	return view(a, func(tx *store.Tx) (*BackupOutcome, error) {
		found, err := tx.Audit(0, 1, func(e *desk.AuditEntry) bool {
			return e.Type == desk.BackupMade || e.Type == desk.BackupFailed
		})
		if err != nil || len(found) == 0 {
			return nil, err
		}
		last := BackupOutcome{At: found[0].At, Why: found[0].Why}
		last.Lost, _ = strconv.Atoi(found[0].To) // none is said of a whole one
		for _, text := range found[0].Fields {
			if file, known := desk.ParseLostFile(text); known {
				last.Files = append(last.Files, file)
			}
		}
		return &last, nil
	})
}

// ShowBackup builds the shape of what came of a backup. Of lost files it tells what they
// are called and where they are missed; those that nothing refers to any more are left
// out.
func (a *App) ShowBackup(o *BackupOutcome) (*wire.BackupOutcome, error) {
	return view(a, func(tx *store.Tx) (*wire.BackupOutcome, error) {
		shape := &wire.BackupOutcome{At: o.At, Why: o.Why, Lost: o.Lost, Files: []wire.LostFile{}}
		for _, file := range o.Files {
			carried, err := tx.AttachmentsOf(file.SHA256, 1)
			if err != nil {
				return nil, err
			}
			for i := range carried {
				shape.Files = append(shape.Files, wire.FromLostFile(&file, &carried[i]))
			}
		}
		return shape, nil
	})
}
