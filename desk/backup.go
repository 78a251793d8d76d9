package desk

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// BackupPlan says when a running Parley makes backups of itself, and how many stay.
type BackupPlan struct {
	Rev     uint64
	Every   BackupEvery
	Hour    uint8  // of the day, in the zone of the working hours
	Weekday uint8  // of weekly ones; 0 is Monday
	Keep    uint32 // the newest so many
}

// BackupEvery is how often backups are made. The values are stored: never renumber.
type BackupEvery uint8

// How often.
const (
	BackupOff    BackupEvery = 0
	BackupDaily  BackupEvery = 1
	BackupWeekly BackupEvery = 2
)

var backupEveryNames = [...]string{"off", "daily", "weekly"}

func (e BackupEvery) String() string {
	if int(e) < len(backupEveryNames) {
		return backupEveryNames[e]
	}
	return "unknown"
}

// ParseBackupEvery reads its name.
func ParseBackupEvery(name string) (BackupEvery, error) {
	return parseName[BackupEvery]("every", name, backupEveryNames[:])
}

// MaxBackups is how many backups may be kept.
const MaxBackups = 100

// What happens to backups. All but the plan is told to the audit log alone.
const (
	BackupPlanned    EventType = "backup.planned"
	BackupMade       EventType = "backup.made"
	BackupFailed     EventType = "backup.failed"
	BackupDownloaded EventType = "backup.downloaded"
	BackupDeleted    EventType = "backup.deleted"
)

// LostFile is an attachment's file that a backup could not take as it was sent: it is
// not there, or has other bytes than it should.
type LostFile struct {
	SHA256  [32]byte
	Missing bool // else it is damaged
}

// State is what is wrong with it, in a word.
func (f LostFile) State() string {
	if f.Missing {
		return "missing"
	}
	return "damaged"
}

// String is how it is logged and audited, such as "missing 3f0a…".
func (f LostFile) String() string { return f.State() + " " + hex.EncodeToString(f.SHA256[:]) }

// ParseLostFile reads what String has written.
func ParseLostFile(text string) (f LostFile, known bool) {
	how, sum, _ := strings.Cut(text, " ")
	raw, err := hex.DecodeString(sum)
	f.Missing = how == "missing"
	return f, err == nil && copy(f.SHA256[:], raw) == len(f.SHA256) && f.String() == text
}

// BackupParticulars are what the audit log keeps of what came of a backup, or of what
// was done with one: of lost files how many there are, and which the first ones are.
func BackupParticulars(name, why, address string, lost []LostFile) Particulars {
	p := Particulars{Name: name, Why: why, Address: address}
	if len(lost) > 0 {
		p.To = strconv.Itoa(len(lost))
	}
	for _, file := range lost[:min(len(lost), MaxAuditFields)] {
		p.Fields = append(p.Fields, file.String())
	}
	return p
}

// DefaultBackupPlan is the plan before anything was set: off, with a quiet hour ready.
func DefaultBackupPlan() BackupPlan { return BackupPlan{Hour: 3, Weekday: 6, Keep: 7} }

// Replace sets everything. Refused: CodeConflict for an old rev.
func (p *BackupPlan) Replace(by Actor, next *BackupPlan, now Time) (BackupPlan, []Event, error) {
	if err := checkRev(p.Rev, next.Rev); err != nil {
		return BackupPlan{}, nil, err
	}
	clean := *next
	clean.Rev = p.Rev
	switch {
	case clean.Every > BackupWeekly:
		return BackupPlan{}, nil, Refuse(CodeInvalid, "every", "Backups are made daily, weekly, or not at all.")
	case clean.Hour > 23:
		return BackupPlan{}, nil, Refuse(CodeInvalid, "hour", "An hour from 0 to 23.")
	case clean.Weekday > 6:
		return BackupPlan{}, nil, Refuse(CodeInvalid, "weekday", "A day from 0, Monday, to 6, Sunday.")
	case clean.Keep < 1 || clean.Keep > MaxBackups:
		return BackupPlan{}, nil, Refuse(CodeInvalid, "keep", "From 1 to 100 backups.")
	case clean == *p:
		return clean, nil, nil
	}
	return clean, []Event{{Type: BackupPlanned, Actor: by, At: now}}, nil
}

// Slot is the newest moment up to now at which the plan wanted a backup, on the wall
// clock of now's zone; the zero time where it wants none.
func (p *BackupPlan) Slot(now time.Time) time.Time {
	if p.Every == BackupOff {
		return time.Time{}
	}
	slot := p.at(now, 0)
	for slot.After(now) {
		slot = p.at(slot, -1)
	}
	return slot
}

// Next is the first moment after now at which the plan wants a backup.
func (p *BackupPlan) Next(now time.Time) time.Time {
	if p.Every == BackupOff {
		return time.Time{}
	}
	return p.at(p.Slot(now), 1)
}

// at is the plan's hour on the day of a clock, or so many days or weeks from there.
func (p *BackupPlan) at(clock time.Time, steps int) time.Time {
	year, month, day := clock.Date()
	if p.Every == BackupWeekly {
		day += int(p.Weekday) - int((clock.Weekday()+6)%7)
		steps *= 7
	}
	return time.Date(year, month, day+steps, int(p.Hour), 0, 0, 0, clock.Location())
}

// BackupPlanParticulars are what the audit log keeps of a change of the plan.
func BackupPlanParticulars(before, now *BackupPlan) Particulars {
	return Particulars{Fields: Changed(map[string]bool{
		"every": now.Every != before.Every, "hour": now.Hour != before.Hour,
		"weekday": now.Weekday != before.Weekday, "keep": now.Keep != before.Keep,
	})}
}
