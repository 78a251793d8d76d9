package store

import (
	"bytes"
	"context"
)

// checkSlate compares the slate with its records: what waits is in one, and what a
// record tells and does not wait is where it belongs.
func (tx *Tx) checkSlate(ctx context.Context, report *Report) error {
	told, err := readSlate(tx.tx)
	if err != nil {
		report.fault("slate: %v", err)
		return nil
	}
	if told.kept != tx.slate.kept {
		report.fault("slate: %d lines in records, %d counted", told.kept, tx.slate.kept)
	}
	for i, name := range slatedBuckets {
		b := tx.bucket(name)
		told.lines[i].Scan(func(l line) bool {
			if _, waits := tx.slate.lines[i].Get(l); waits {
				return true
			}
			if v := b.Get([]byte(l.key)); (v == nil) != l.gone || !bytes.Equal(v, l.value) {
				report.fault("slate: a record tells of %x in %s, which is not there", l.key, name)
			}
			return ctx.Err() == nil
		})
		tx.slate.lines[i].Scan(func(l line) bool {
			if kept, found := told.lines[i].Get(l); !found || kept.gone != l.gone || !bytes.Equal(kept.value, l.value) {
				report.fault("slate: %x of %s waits and is in no record", l.key, name)
			}
			return ctx.Err() == nil
		})
	}
	return ctx.Err()
}
