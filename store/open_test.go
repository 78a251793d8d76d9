package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// holdEnv names a folder whose store this very program shall hold open, as the
// second process of TestOpenLocked.
const holdEnv = "PARLEY_TEST_HOLD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdEnv); dir != "" {
		hold(dir)
		return
	}
	os.Exit(m.Run())
}

// hold opens a store, says so, and works on it until the input ends.
func hold(dir string) {
	st, err := store.Open(dir, storetest.Options())
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	err = st.Update(func(tx *store.Tx) error { return tx.SetCursor("holder", 0) })
	if err = errors.Join(err, st.Close()); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("unharmed")
}

func TestOpenCreatesAndFindsAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	st := storetest.OpenIn(t, dir)
	epoch := st.Epoch()
	if len(epoch) != 32 || st.Path() != filepath.Join(dir, store.FileName) {
		t.Errorf("epoch %q, path %s", epoch, st.Path())
	}
	if other := storetest.Open(t).Epoch(); other == epoch {
		t.Error("two stores have one epoch")
	}
	if again := storetest.Reopen(t, st).Epoch(); again != epoch {
		t.Errorf("opened again, the epoch is %s, was %s", again, epoch)
	}
	if names := namesIn(t, dir); len(names) != 1 {
		t.Errorf("the folder holds %v", names)
	}
	if info, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is open to others: %v, %v", info.Mode(), err)
	}
}

func namesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// TestOpenTogether starts many at once in an empty folder: they all come to one
// and the same store, and none pulls the file away under another.
func TestOpenTogether(t *testing.T) {
	for range 10 {
		dir := t.TempDir()
		epochs := make([]string, 8)
		var all sync.WaitGroup
		for i := range epochs {
			all.Go(func() {
				st, err := store.Open(dir, storetest.Options())
				if err != nil {
					t.Error(err)
					return
				}
				epochs[i] = st.Epoch()
				if err := st.Update(func(tx *store.Tx) error { return tx.SetCursor(fmt.Sprint(i), 0) }); err != nil {
					t.Error(err)
				}
				if err := st.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		st := storetest.OpenIn(t, dir)
		for i := range epochs {
			if epochs[i] != st.Epoch() {
				t.Errorf("starter %d worked on the store %s, the folder holds %s", i, epochs[i], st.Epoch())
			}
		}
		if names := namesIn(t, dir); len(names) != 1 {
			t.Errorf("the folder holds %v", names)
		}
	}
}

// TestOpenLocked starts a second process on the same file: it is told within
// three seconds who holds it, and the first goes on unharmed.
func TestOpenLocked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := mustOpen(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	holder := exec.Command(os.Args[0])
	holder.Env = append(os.Environ(), holdEnv+"="+dir)
	in, _ := holder.StdinPipe()
	out, _ := holder.StdoutPipe()
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Process.Kill() }()
	word := make([]byte, len("held\n"))
	if _, err := io.ReadFull(out, word); err != nil || string(word) != "held\n" {
		t.Fatalf("the holder says %q, %v", word, err)
	}
	pid := filepath.Join(dir, "pid")
	if err := os.WriteFile(pid, []byte("4711\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		opts := storetest.Options()
		opts.Pid, opts.ReadOnly = pid, readOnly
		start := time.Now()
		_, err := store.Open(dir, opts)
		if !errors.Is(err, store.ErrLocked) || !strings.Contains(err.Error(), "4711") {
			t.Errorf("read-only %v: got %v, want ErrLocked with the process", readOnly, err)
		}
		if waited := time.Since(start); waited > 3*time.Second {
			t.Errorf("read-only %v: waited %v", readOnly, waited)
		}
	}
	_ = in.Close()
	rest, _ := io.ReadAll(out)
	if err := holder.Wait(); err != nil || string(rest) != "unharmed\n" {
		t.Errorf("the holder says %q, %v", rest, err)
	}
	storetest.MustCheck(t, mustOpen(t, dir))
}

// mustOpen opens a store that the test closes itself, if at all.
func mustOpen(t *testing.T, dir string) *store.Store {
	t.Helper()
	st, err := store.Open(dir, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	return st
}

func TestOpenReadOnly(t *testing.T) {
	opts := storetest.Options()
	opts.ReadOnly = true
	empty := t.TempDir()
	if _, err := store.Open(empty, opts); !errors.Is(err, store.ErrMissing) {
		t.Errorf("an empty folder: %v", err)
	}
	if names := namesIn(t, empty); len(names) != 0 {
		t.Errorf("reading made %v", names)
	}
	writer := storetest.Open(t)
	newScene(1).fill(t, writer, 20, 50)
	dir := filepath.Dir(writer.Path())
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	before := fileBytes(t, dir)
	st, err := store.Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	storetest.MustCheck(t, st)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if tx.LastNumber() != 20 {
			t.Errorf("read %d conversations", tx.LastNumber())
		}
		return nil
	})
	if err := st.Update(func(tx *store.Tx) error { return tx.SetCursor("x", 1) }); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("writing to it: %v", err)
	}
	if err := st.Close(); err != nil {
		t.Error(err)
	}
	if !bytes.Equal(before, fileBytes(t, dir)) {
		t.Error("reading changed the file")
	}
}

func fileBytes(t *testing.T, dir string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestOpenRefuses files that are whole but not for this program, and leaves them
// and their folder as they are.
func TestOpenRefuses(t *testing.T) {
	for _, row := range []struct {
		name string
		want error
		make func(tx *bbolt.Tx) error
	}{
		{"a newer layout", store.ErrNewer, func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte{0, 0, 0, 0, 0, 0, 0, 99})
		}},
		{"no layout", store.ErrDamaged, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Delete([]byte("schema")) }},
		{"no epoch", store.ErrDamaged, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Delete([]byte("epoch")) }},
		{"another program's file", store.ErrDamaged, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("meta")) }},
		{"a bucket less", store.ErrDamaged, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("order")) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := t.TempDir()
			st := mustOpen(t, dir)
			if err := st.Alter(row.make); err != nil {
				t.Fatal(err)
			}
			if err := st.Close(); err != nil {
				t.Fatal(err)
			}
			before := fileBytes(t, dir)
			for _, readOnly := range []bool{false, true} {
				opts := storetest.Options()
				opts.ReadOnly = readOnly
				if _, err := store.Open(dir, opts); !errors.Is(err, row.want) {
					t.Errorf("read-only %v: got %v, want %v", readOnly, err, row.want)
				}
			}
			if !bytes.Equal(before, fileBytes(t, dir)) || len(namesIn(t, dir)) != 1 {
				t.Errorf("the refusal changed the file, or left %v", namesIn(t, dir))
			}
		})
	}
}

// TestOpenAddsWhatCameLater gives a file of an earlier program the buckets that it
// lacks, once.
func TestOpenAddsWhatCameLater(t *testing.T) {
	st := storetest.Open(t)
	if err := st.Alter(func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("drafts")) }); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(st.Path())
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = storetest.OpenIn(t, dir)
	draft := store.Draft{Number: 1, Text: "Hello", At: noon}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveDraft(idOf(0xa0, 1), &draft) })
	storetest.MustView(t, storetest.Reopen(t, st), func(tx *store.Tx) error {
		if drafts, err := tx.Drafts(idOf(0xa0, 1), 0); err != nil || len(drafts) != 1 || drafts[0] != draft {
			t.Errorf("drafts %+v, %v", drafts, err)
		}
		return nil
	})
}

// TestOpenRefusesWhatItDoesNotKnow leaves a file alone in which a bucket of
// another name stands where one that came later is missing.
func TestOpenRefusesWhatItDoesNotKnow(t *testing.T) {
	st := storetest.Open(t)
	if err := st.Alter(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("dsafts"))
		return errors.Join(err, tx.DeleteBucket([]byte("drafts")))
	}); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(st.Path())
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	before := fileBytes(t, dir)
	if _, err := store.Open(dir, storetest.Options()); !errors.Is(err, store.ErrNewer) {
		t.Errorf("got %v, want ErrNewer", err)
	}
	if !bytes.Equal(before, fileBytes(t, dir)) {
		t.Error("the refusal wrote to the file")
	}
}

// TestUpdateIsAllOrNothing takes nothing of a change that fails or panics.
func TestUpdateIsAllOrNothing(t *testing.T) {
	st := storetest.Open(t)
	newScene(1).fill(t, st, 3, 10)
	head := func() (sequence uint64) {
		storetest.MustView(t, st, func(tx *store.Tx) error { sequence = tx.Head(); return nil })
		return sequence
	}
	before, changed := head(), st.Changed()
	fault := errors.New("no")
	write := func(tx *store.Tx) error {
		team := desk.Team{Name: "Other"}
		return tx.SaveTeam(&desk.Team{}, &team, []desk.Event{{Type: desk.TeamUpdated, At: noon}})
	}
	if err := st.Update(func(tx *store.Tx) error { return errors.Join(write(tx), fault) }); !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = st.Update(func(tx *store.Tx) error { _ = write(tx); panic("fault") })
	}()
	select {
	case <-changed:
		t.Error("what was rolled back was announced")
	default:
	}
	if after := head(); after != before || st.Failed() {
		t.Errorf("the head went from %d to %d, failed %v", before, after, st.Failed())
	}
	storetest.MustUpdate(t, st, write)
	select {
	case <-changed:
	default:
		t.Error("a commit was not announced")
	}
}

// TestRenew gives a store another epoch and leaves everything else as it was; it makes
// no store where there is none, and takes nothing else for one.
func TestRenew(t *testing.T) {
	dir := t.TempDir()
	st, err := store.Open(dir, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	epoch, handle := st.Epoch(), st.HandleKey()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.Renew(dir); err != nil {
		t.Fatal(err)
	}
	st, err = store.Open(dir, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if st.Epoch() == epoch || len(st.Epoch()) != len(epoch) || st.HandleKey() != handle {
		t.Errorf("the epoch was %s and is %s", epoch, st.Epoch())
	}
	empty := t.TempDir()
	if err := store.Renew(empty); !errors.Is(err, store.ErrMissing) {
		t.Errorf("no store: %v", err)
	}
	if left, _ := os.ReadDir(empty); len(left) > 0 {
		t.Errorf("it made %v", left)
	}
	if err := os.WriteFile(filepath.Join(empty, store.FileName), []byte(strings.Repeat("x", 1<<16)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Renew(empty); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("no store of ours: %v", err)
	}
}

// TestMap leaves a file room to double before a write has to wait for readers.
func TestMap(t *testing.T) {
	for size, want := range map[int64]int{0: 8 << 30, 1 << 30: 8 << 30, 4 << 30: 8 << 30, 5 << 30: 10 << 30, 100 << 30: 200 << 30} {
		if got := store.MapFor(size); got != want {
			t.Errorf("of a file of %d GiB it maps %d GiB, want %d", size>>30, got>>30, want>>30)
		}
	}
}
