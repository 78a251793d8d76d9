// Package storetest opens real stores for tests, in folders that go with the
// test, and ends every test with the store's own check.
package storetest

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"parley/store"
)

// Options are those of a store that a test throws away: it need not survive the
// power, and maps little.
func Options() store.Options { return store.Options{NoSync: true, PageHint: 64 << 20} }

// Open opens a new store. When the test ends it is checked and closed.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return OpenIn(t, t.TempDir())
}

// OpenIn opens the store in a folder, as Open does.
func OpenIn(t testing.TB, dir string) *store.Store {
	t.Helper()
	st, err := store.Open(dir, Options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { finish(t, st) })
	return st
}

// Reopen checks and closes a store and opens the same file again.
func Reopen(t testing.TB, st *store.Store) *store.Store {
	t.Helper()
	dir := filepath.Dir(st.Path())
	finish(t, st)
	return OpenIn(t, dir)
}

// finish checks and closes a store that the test has not closed itself.
func finish(t testing.TB, st *store.Store) {
	t.Helper()
	if err := st.View(func(*store.Tx) error { return nil }); errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return
	}
	MustCheck(t, st)
	if err := st.Close(); err != nil {
		t.Error(err)
	}
}

// MustCheck fails the test unless every invariant of the store holds.
func MustCheck(t testing.TB, st *store.Store) {
	t.Helper()
	report, err := st.Check(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Errorf("check: %v", err)
		return
	}
	for _, fault := range report.Faults {
		t.Errorf("check: %s", fault)
	}
	if report.More > 0 {
		t.Errorf("check: %d more faults", report.More)
	}
}

// MustUpdate changes the store or fails the test.
func MustUpdate(t testing.TB, st *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := st.Update(fn); err != nil {
		t.Fatal(err)
	}
}

// MustView reads from the store or fails the test.
func MustView(t testing.TB, st *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := st.View(fn); err != nil {
		t.Fatal(err)
	}
}

// Dump is everything that a store holds: bucket/key → value, and the sequence of
// each bucket under its name. What waits on the slate is dumped as if it were where
// it belongs, for that is all that it means.
func Dump(t testing.TB, st *store.Store) map[string]string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, store.FileName)
	if err := st.CopyTo(path); err != nil {
		t.Fatal(err)
	}
	copied, err := store.Open(dir, Options())
	if err != nil {
		t.Fatal(err)
	}
	SweepAll(t, copied)
	if err := copied.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := make(map[string]string)
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			if string(name) == "slate" {
				return nil
			}
			all[string(name)] = strconv.FormatUint(b.Sequence(), 10)
			return b.ForEach(func(k, v []byte) error {
				all[string(name)+"/"+string(k)] = string(v)
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// SweepAll brings all that waits on the slate where it belongs.
func SweepAll(t testing.TB, st *store.Store) {
	t.Helper()
	for {
		more, err := st.Sweep()
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			return
		}
	}
}

// Commits is how many transactions a store has committed, as its file counts
// them: in the two first pages, of which the newer one holds.
func Commits(t testing.TB, st *store.Store) uint64 {
	t.Helper()
	f, err := os.Open(st.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	newest := uint64(0)
	for page := range int64(2) {
		b := make([]byte, 8)
		if _, err := f.ReadAt(b, page*int64(os.Getpagesize())+64); err != nil {
			t.Fatal(err)
		}
		newest = max(newest, binary.NativeEndian.Uint64(b))
	}
	return newest
}

// Overwrite puts a value into the file of a closed store, behind its back.
func Overwrite(t testing.TB, dir, bucket string, key, value []byte) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(dir, store.FileName), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucket)).Put(key, value) })
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
