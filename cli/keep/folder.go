package keep

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"parley/app"
	"parley/cli/archive"
	"parley/desk"
	"parley/wire"
)

// names lists the backups that are there, the newest first. A folder that was never
// made holds none.
func (k *Keeper) names() []string {
	entries, _ := os.ReadDir(k.Dir) // what cannot be read is told when a backup is made
	var names []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && named.MatchString(entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	slices.Reverse(names)
	return names
}

// trusted lists the backups whose names do not come from a clock that went ahead. The
// others must neither stop the schedule until their time has come nor take the places of
// newer ones; they stay until somebody deletes them.
func (k *Keeper) trusted() []string {
	now := k.Clock()
	return slices.DeleteFunc(k.names(), func(name string) bool { return madeAt(name).After(now.Add(aheadBy)) })
}

// aheadBy is how far ahead a clock may go for nobody to mind.
const aheadBy = time.Minute

// newest is when the last backup was made; the zero time when there is none.
func (k *Keeper) newest() time.Time {
	names := k.trusted()
	if len(names) == 0 {
		return time.Time{}
	}
	return madeAt(names[0])
}

// madeAt is the moment in a backup's name.
func madeAt(name string) time.Time {
	at, err := time.Parse(mark+form+end, name)
	if err != nil {
		return time.Time{}
	}
	return at
}

// keeps is how many backups stay.
func (k *Keeper) keeps() (int, error) {
	if k.Fixed != nil {
		return k.Fixed.Keep, nil
	}
	plan, _, err := k.plan()
	return int(plan.Keep), err
}

// prune takes the oldest away beyond those that are kept.
func (k *Keeper) prune() error {
	keeps, err := k.keeps()
	if err != nil {
		return err
	}
	names := k.trusted()
	for _, old := range names[min(keeps, len(names)):] {
		err = errors.Join(err, os.Remove(filepath.Join(k.Dir, old)))
	}
	return err
}

// sweep takes away what a process left unfinished that was killed.
func (k *Keeper) sweep() {
	left, _ := filepath.Glob(filepath.Join(k.Dir, mark+"*"+end+archive.Unfinished)) // the pattern is a good one
	for _, path := range left {
		if err := os.Remove(path); err != nil {
			k.Log.Warn("an unfinished backup could not be removed", "err", err)
		}
	}
}

// warnAhead tells of backups from a clock that went ahead.
func (k *Keeper) warnAhead() {
	if n := len(k.names()) - len(k.trusted()); n > 0 {
		k.Log.Warn("there are backups whose names say that they will be made; they count neither for the schedule nor among those that are kept", "backups", n, "folder", k.Dir)
	}
}

// remember takes what came of the last backup from the audit log.
func (k *Keeper) remember() {
	last, err := k.App.LastBackup()
	if err != nil {
		k.Log.Warn("what came of the last backup cannot be read", "err", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.last == nil {
		k.last = last
	}
}

// State is what there is to know of backups.
func (k *Keeper) State() (wire.Backups, error) {
	plan, zone, err := k.plan()
	if err != nil {
		return wire.Backups{}, err
	}
	k.mu.Lock()
	state, last := wire.Backups{Folder: k.Dir, Plan: wire.FromBackupPlan(&plan), Running: k.running, Backups: []wire.Backup{}}, k.last
	k.mu.Unlock()
	if last != nil {
		if state.Last, err = k.App.ShowBackup(last); err != nil {
			return wire.Backups{}, err
		}
	}
	for _, name := range k.names() {
		info, err := os.Stat(filepath.Join(k.Dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // it went meanwhile
		}
		if err != nil {
			return wire.Backups{}, err
		}
		state.Backups = append(state.Backups, wire.Backup{Name: name, Size: info.Size(), MadeAt: desk.TimeOf(madeAt(name))})
	}
	next := plan.Next(k.Clock().In(zone))
	if k.Fixed != nil {
		state.Fixed = new(uint64(k.Fixed.Every / time.Second))
		next = k.newest().Add(k.Fixed.Every)
	}
	if !next.IsZero() {
		state.Next = new(desk.TimeOf(next))
	}
	return state, nil
}

// Open opens a backup for reading. Refused: CodeNotFound.
func (k *Keeper) Open(name string) (*os.File, error) {
	if !named.MatchString(name) {
		return nil, desk.NotFound("backup")
	}
	file, err := os.Open(filepath.Join(k.Dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		err = desk.NotFound("backup")
	}
	return file, err
}

// Remove deletes a backup; one that is gone already stays so. It is told before: what
// is not in the audit log is not deleted.
func (k *Keeper) Remove(by desk.ID, name, address string) error {
	file, err := k.Open(name)
	if desk.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	_ = file.Close()
	if err := k.App.TellBackup(app.TellBackup{By: by, What: desk.BackupDeleted, Name: name, Address: address}); err != nil {
		return err
	}
	err = os.Remove(filepath.Join(k.Dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
