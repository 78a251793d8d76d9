package wire

import "parley/desk"

// Backups is what there is to know of backups.
type Backups struct {
	Folder  string         `json:"folder" doc:"Where they lie on the server."`
	Fixed   *uint64        `json:"fixed_seconds" nullable:"true" doc:"How often the operator has them made on the command line, in which case the plan does not count; else null."`
	Plan    BackupPlan     `json:"plan"`
	Next    *desk.Time     `json:"next" nullable:"true" doc:"When the next one is due; null for never."`
	Running bool           `json:"running"`
	Last    *BackupOutcome `json:"last,omitempty" doc:"What came of the last one; absent where none is known of."`
	Backups []Backup       `json:"backups" nullable:"false" doc:"Those that are kept, the newest first."`
}

// Backup is one that is kept.
type Backup struct {
	Name   string    `json:"name"`
	Size   int64     `json:"size" doc:"Bytes."`
	MadeAt desk.Time `json:"made_at"`
}

// BackupOutcome is what came of a backup.
type BackupOutcome struct {
	At  desk.Time `json:"at"`
	Why string    `json:"why" doc:"The code of what went wrong; empty for a good one."`
}

// BackupPlan is when backups are made.
type BackupPlan struct {
	Rev     uint64 `json:"rev" doc:"Refused with conflict when it is not the plan's."`
	Every   string `json:"every" enum:"off,daily,weekly"`
	Hour    uint8  `json:"hour" maximum:"23" doc:"Of the day, in the zone of the working hours."`
	Weekday uint8  `json:"weekday" maximum:"6" doc:"Of weekly ones; 0 is Monday."`
	Keep    uint32 `json:"keep" minimum:"1" maximum:"100" doc:"The newest so many stay."`
}

// FromBackupPlan builds a plan's shape.
func FromBackupPlan(p *desk.BackupPlan) BackupPlan {
	return BackupPlan{Rev: p.Rev, Every: p.Every.String(), Hour: p.Hour, Weekday: p.Weekday, Keep: p.Keep}
}

// Desk is the plan that the shape describes.
func (p *BackupPlan) Desk() (desk.BackupPlan, error) {
	every, err := desk.ParseBackupEvery(p.Every)
	return desk.BackupPlan{Rev: p.Rev, Every: every, Hour: p.Hour, Weekday: p.Weekday, Keep: p.Keep}, err
}
