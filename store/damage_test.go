package store_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// sound makes the bytes of a store with conversations in it: with a few, most
// buckets lie inside one page; with many, they are trees.
func sound(t *testing.T, conversations int) []byte {
	t.Helper()
	st := mustOpen(t, t.TempDir())
	newScene(7).fill(t, st, conversations, 4*conversations)
	st = storetest.Reopen(t, st) // with all where it belongs
	var used int64
	storetest.MustView(t, st, func(tx *store.Tx) error { used = tx.Size(); return nil })
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return fileBytes(t, filepath.Dir(st.Path()))[:used] // the file is longer, for what comes
}

// TestDamagedFiles flips, cuts, blanks and swaps what lies in a store's file.
// Whatever comes of it is told: by Open, or by Check. Nothing ends the program,
// and nothing writes to the file.
func TestDamagedFiles(t *testing.T) {
	for name, conversations := range map[string]int{"small": 5, "large": 400} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := sound(t, conversations)
			outcomes := map[string]int{}
			for seed := range uint64(250) {
				broken := damage(rand.New(rand.NewPCG(seed, 5)), bytes.Clone(file))
				outcomes[outcomeOf(t, broken)]++
			}
			if outcomes["refused"] < 10 || outcomes["faults"] < 10 {
				t.Errorf("the damage shows too seldom: %v", outcomes)
			}
			t.Log(outcomes)
		})
	}
}

// damage breaks a file in one of the ways in which files break.
func damage(r *rand.Rand, file []byte) []byte {
	const page = 4096
	pages := len(file) / page
	switch r.IntN(6) {
	case 0: // one bit
		file[r.IntN(len(file))] ^= 1 << r.IntN(8)
	case 1: // the head of a page, where its kind, its length and its children are
		file[r.IntN(pages)*page+r.IntN(64)] ^= byte(1 + r.IntN(255))
	case 2: // some bytes
		for range 1 + r.IntN(40) {
			file[r.IntN(len(file))] = byte(r.Uint32())
		}
	case 3: // cut off
		file = file[:r.IntN(len(file))]
	case 4: // a page that never reached the disk
		clear(file[r.IntN(pages)*page:][:page])
	case 5: // a page in another's place
		copy(file[r.IntN(pages)*page:][:page], file[r.IntN(pages)*page:][:page])
	}
	return file
}

// outcomeOf opens a file and reads all of it as far as it is sound.
func outcomeOf(t *testing.T, file []byte) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, store.FileName)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if !bytes.Equal(file, fileBytes(t, dir)) || len(namesIn(t, dir)) != 1 {
			t.Errorf("the damaged file was written to, or %v made", namesIn(t, dir))
		}
		_ = os.RemoveAll(dir) // hundreds of them need not stay
	}()
	st, err := store.Open(dir, storetest.Options())
	if err != nil {
		if !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrNewer) { // the version is damaged too
			t.Errorf("refused with %v, want ErrDamaged", err)
		}
		return "refused"
	}
	defer st.Close()
	report, err := st.Check(t.Context())
	if err != nil || len(report.Faults) > 0 {
		return "faults"
	}
	readEverything(t, st)
	return "sound"
}

// readEverything reads each conversation, list and event of a store that Check
// has found sound.
func readEverything(t *testing.T, st *store.Store) {
	t.Helper()
	storetest.MustView(t, st, func(tx *store.Tx) error {
		rows, err := tx.ConversationsFrom(1, 10_000)
		if err != nil {
			return err
		}
		for i := range rows {
			if _, err := tx.Messages(&rows[i], 1, rows[i].Messages); err != nil {
				return err
			}
		}
		for _, view := range desk.AllViews {
			if _, err := tx.List(store.ListQuery{View: view, Sort: store.SortNewest, Limit: 10_000}); err != nil {
				return err
			}
		}
		_, err = tx.Journal(tx.Floor(), 1_000_000)
		return err
	})
}

// TestCutFiles cuts a file where it hurts most: within and between the pages that
// bbolt reads first. Any missing byte is noticed at once.
func TestCutFiles(t *testing.T) {
	file := sound(t, 5)
	for _, cut := range []int{0, 1, 100, 4096, 5000, 8192, 12_000, len(file) / 2, len(file) - 1, len(file)} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, store.FileName), file[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(dir, storetest.Options())
		if (err == nil) != (cut == len(file)) || (err != nil && !errors.Is(err, store.ErrDamaged)) {
			t.Errorf("cut to %d of %d bytes: %v", cut, len(file), err)
		}
		if err != nil && !bytes.Equal(fileBytes(t, dir), file[:cut]) {
			t.Errorf("cut to %d of %d bytes: the refusal wrote to it", cut, len(file))
		}
		if err == nil {
			storetest.MustCheck(t, st)
			_ = st.Close()
		}
	}
}

// TestFileCutWhileOpen takes the file away under an open store: reading is a fault
// that can be recovered from, not the end of the program.
func TestFileCutWhileOpen(t *testing.T) {
	st := mustOpen(t, t.TempDir())
	newScene(7).fill(t, st, 400, 400)
	if err := os.Truncate(st.Path(), 8192); err != nil {
		t.Skipf("an open file cannot be cut here: %v", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("what is not there was read")
		}
	}()
	_ = st.View(func(tx *store.Tx) error {
		_, err := tx.ConversationsFrom(1, 1000)
		return err
	})
}
