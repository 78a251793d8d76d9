package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"parley/store"
	"parley/store/storetest"
)

// layoutMark ends the name of the copy that bringing the present layout further
// leaves.
var layoutMark = fmt.Sprintf(".layout-%d", store.Layout)

// older makes a folder with a store of the present layout in it, and tells what
// the file holds.
func older(t *testing.T) (dir string, content map[string]string) {
	t.Helper()
	st := storetest.Open(t)
	newScene(50).fill(t, st, 10, 40)
	content = storetest.Dump(t, st)
	dir = filepath.Dir(st.Path())
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, content
}

// mark is a migration that leaves a trace.
func mark(name string) func(tx *bbolt.Tx) error {
	return func(tx *bbolt.Tx) error { return tx.Bucket([]byte("cursors")).Put([]byte(name), make([]byte, 8)) }
}

func hasMark(t *testing.T, st *store.Store, name string) bool {
	t.Helper()
	_, found := storetest.Dump(t, st)["cursors/"+name]
	return found
}

// TestMigrate brings an older file up to date, keeps a copy of it as it was, and
// locks out the program that wrote it.
func TestMigrate(t *testing.T) {
	dir, before := older(t)
	undo := store.AddMigrations(mark("first"), mark("second"))
	defer undo()
	st := storetest.OpenIn(t, dir)
	if !hasMark(t, st, "first") || !hasMark(t, st, "second") || store.SchemaOf(st) != store.Layout+2 {
		t.Errorf("brought to layout %d", store.SchemaOf(st))
	}
	st = storetest.Reopen(t, st) // up to date: nothing more to do
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	undo()
	migrated := fileBytes(t, dir)
	if _, err := store.Open(dir, storetest.Options()); !errors.Is(err, store.ErrNewer) {
		t.Errorf("the older program got %v, want ErrNewer", err)
	}
	if !bytes.Equal(migrated, fileBytes(t, dir)) {
		t.Error("the older program wrote to the file")
	}
	copied := t.TempDir()
	if err := os.Rename(filepath.Join(dir, store.FileName+layoutMark), filepath.Join(copied, store.FileName)); err != nil {
		t.Fatal(err)
	}
	if got := storetest.Dump(t, storetest.OpenIn(t, copied)); !maps.Equal(got, before) {
		t.Error("the copy is not what was there before")
	}
	if names := namesIn(t, dir); len(names) != 1 {
		t.Errorf("the folder holds %v besides", names)
	}
}

// TestMigrateFails leaves the file as it was before the step that failed, and
// goes on from there once the step works, with the first copy kept.
func TestMigrateFails(t *testing.T) {
	dir, before := older(t)
	fault := errors.New("the step fails")
	half := func(tx *bbolt.Tx) error { return errors.Join(mark("half")(tx), fault) }
	undo := store.AddMigrations(half)
	if _, err := store.Open(dir, storetest.Options()); !errors.Is(err, fault) {
		t.Errorf("got %v, want the step's fault", err)
	}
	undo()
	if got := dumpOf(t, dir); !maps.Equal(got, before) {
		t.Error("a step that failed changed the file")
	}
	oldest := filepath.Join(dir, store.FileName+layoutMark)
	if err := os.WriteFile(oldest, []byte("an older truth"), 0o600); err != nil {
		t.Fatal(err)
	}

	undo = store.AddMigrations(mark("first"), half)
	if _, err := store.Open(dir, storetest.Options()); !errors.Is(err, fault) {
		t.Errorf("got %v, want the step's fault", err)
	}
	undo()
	undo = store.AddMigrations(mark("first again"), mark("second"))
	defer undo()
	st := storetest.OpenIn(t, dir)
	if !hasMark(t, st, "first") || hasMark(t, st, "first again") || !hasMark(t, st, "second") || hasMark(t, st, "half") {
		t.Error("a step was left out, done twice or done by half")
	}
	if kept, err := os.ReadFile(oldest); err != nil || string(kept) != "an older truth" {
		t.Errorf("the copy of the oldest state was written over with %d bytes, %v", len(kept), err)
	}
}

// TestMigrateNotWhenReading says what to do about an older file instead of
// touching it.
func TestMigrateNotWhenReading(t *testing.T) {
	dir, _ := older(t)
	before := fileBytes(t, dir)
	defer store.AddMigrations(mark("first"))()
	opts := storetest.Options()
	opts.ReadOnly = true
	if _, err := store.Open(dir, opts); err == nil || errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrNewer) {
		t.Errorf("got %v", err)
	}
	if !bytes.Equal(before, fileBytes(t, dir)) || len(namesIn(t, dir)) != 1 {
		t.Errorf("reading touched the folder: %v", namesIn(t, dir))
	}
}

// TestCopyTo copies a store that goes on working, and leaves nothing half done.
func TestCopyTo(t *testing.T) {
	st, s := storetest.Open(t), newScene(51)
	s.fill(t, st, 20, 50)
	path := filepath.Join(t.TempDir(), store.FileName)
	before := storetest.Dump(t, st)
	if err := st.CopyTo(path); err != nil {
		t.Fatal(err)
	}
	s.more(t, st, 50, s.verb)
	copied := storetest.OpenIn(t, filepath.Dir(path))
	if !maps.Equal(storetest.Dump(t, copied), before) {
		t.Error("the copy is not of one moment")
	}
	missing := filepath.Join(t.TempDir(), "none", "copy.db")
	if err := st.CopyTo(missing); err == nil {
		t.Error("copied into a folder that is not there")
	}
	if names := namesIn(t, filepath.Dir(path)); len(names) != 1 {
		t.Errorf("the folder holds %v", names)
	}
}

// dumpOf reads a store's whole content without keeping it open.
func dumpOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	st := mustOpen(t, dir)
	defer st.Close()
	return storetest.Dump(t, st)
}
