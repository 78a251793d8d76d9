package search_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"parley/app"
	"parley/search"
	"parley/store"
)

// quiet is a log that nobody reads.
var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// shared finds the folder of the real conversations, which is beside the
// repository or where PARLEY_SHARED says.
func shared(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("PARLEY_SHARED")
	if folder == "" {
		folder = "../../shared"
	}
	if _, err := os.Stat(filepath.Join(folder, "data")); err != nil {
		t.Skip("the real conversations are not beside the repository; PARLEY_SHARED can name their folder")
	}
	return filepath.Join(folder, "data")
}

// mustImport imports files of the interchange form.
func mustImport(t testing.TB, a *app.App, paths ...string) {
	t.Helper()
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.ImportFile(file, app.ImportOptions{})
		if err = errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

// newApp starts the use cases over a store until the end of the test.
func newApp(t testing.TB, st *store.Store) *app.App {
	a := app.New(st, nil, time.Now, quiet)
	t.Cleanup(a.Close)
	return a
}

// running is an engine that follows its store.
type running struct {
	*search.Engine
	cancel context.CancelFunc
	ended  chan struct{}
}

// mustRun opens an engine and lets it run until stop or the end of the test.
func mustRun(t testing.TB, dir string, st *store.Store) *running {
	t.Helper()
	log := quiet
	if testing.Verbose() {
		log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	e, err := search.Open(dir, st, log, search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := &running{Engine: e}
	r.start(t)
	return r
}

// start lets the engine run.
func (r *running) start(t testing.TB) {
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel, r.ended = cancel, make(chan struct{})
	go func() {
		defer close(r.ended)
		_ = r.Run(ctx)
	}()
	t.Cleanup(func() { r.stop(t) })
}

// stop ends the engine; twice does no harm.
func (r *running) stop(t testing.TB) {
	t.Helper()
	r.cancel()
	<-r.ended
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

// waitUntilCurrent waits until everything in the journal is searchable.
func (r *running) waitUntilCurrent(t testing.TB, st *store.Store) {
	t.Helper()
	head := uint64(0)
	if err := st.View(func(tx *store.Tx) error {
		head = tx.Head()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(2 * time.Millisecond) {
		s := r.Status()
		if s.State == search.Ready && s.Cursor >= head {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the index did not come to %d: %+v", head, s)
		}
	}
}
