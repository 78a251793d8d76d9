package store

import (
	"fmt"

	"parley/desk"
)

// BackupPlan reads when backups are made.
func (tx *Tx) BackupPlan() (desk.BackupPlan, error) {
	r := tx.setting(settingBackup)
	if r == nil {
		return desk.DefaultBackupPlan(), nil
	}
	p := desk.BackupPlan{Rev: r.uint(), Every: desk.BackupEvery(r.byte()), Hour: r.byte(), Weekday: r.byte(), Keep: uint32(r.uint())}
	if err := r.done(); err != nil {
		return p, fmt.Errorf("store: plan of backups: %w", err)
	}
	return p, nil
}

// SaveBackupPlan saves when backups are made with the events that made it so.
func (tx *Tx) SaveBackupPlan(before, p *desk.BackupPlan, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	p.Rev = before.Rev + 1
	w := newWriter(1)
	w.uint(p.Rev)
	w.byte(byte(p.Every))
	w.byte(p.Hour)
	w.byte(p.Weekday)
	w.uint(uint64(p.Keep))
	if err := tx.saveSetting(settingBackup, w, nil); err != nil {
		return err
	}
	return tx.tell(events, desk.BackupPlanParticulars(before, p))
}

// Spare is how many bytes may be written into a folder without taking the room that
// the store is to find free.
func (s *Store) Spare(dir string) (uint64, error) {
	free, err := freeBytes(dir)
	return free - min(free, s.room.keep), err
}

// Bytes is how many bytes a copy of the file has.
func (tx *Tx) Bytes() uint64 { return uint64(tx.tx.Size()) }
