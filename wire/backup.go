package wire

import (
	"encoding/hex"

	"parley/desk"
)

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
	At    desk.Time  `json:"at"`
	Why   string     `json:"why" doc:"The code of what went wrong; empty for one that was made."`
	Lost  int        `json:"lost" doc:"How many files of attachments it could not take as they were sent, because they are missing or damaged on the server's disk. Everything else is in it."`
	Files []LostFile `json:"files" nullable:"false" doc:"The first of them; 30 at most."`
}

// LostFile is an attachment's file that a backup could not take as it was sent.
type LostFile struct {
	Name    string       `json:"name"`
	Number  *desk.Number `json:"number" nullable:"true" doc:"The conversation in which it is missed; null where no message carries it."`
	Missing bool         `json:"missing" doc:"Else it is damaged, and what is left of it is in the backup."`
	SHA256  string       `json:"sha256" doc:"By which it is found below files/ in the data folder."`
}

// FromLostFile builds a lost file's shape from the attachment that it belongs to.
func FromLostFile(f *desk.LostFile, a *desk.Attachment) LostFile {
	shape := LostFile{Name: a.Name, Missing: f.Missing, SHA256: hex.EncodeToString(f.SHA256[:])}
	if a.Number != 0 {
		shape.Number = &a.Number
	}
	return shape
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
