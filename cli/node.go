package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"parley/app"
	"parley/follow"
	"parley/search"
	"parley/server"
	"parley/store"
	"parley/vault"
)

// node is the parts over one data folder, opened in order and closed in reverse.
type node struct {
	dir    string
	store  *store.Store
	search *search.Engine
	app    *app.App
	log    *slog.Logger
}

// pidFile names the process that holds the folder, for whoever finds it locked.
func pidFile(dir string) string { return filepath.Join(dir, "parley.pid") }

// open opens the store and the use cases over a folder, and the index unless the
// folder is only read.
func open(dir string, options store.Options, log *slog.Logger) (*node, error) {
	options.Pid = pidFile(dir)
	st, err := store.Open(dir, options)
	if err != nil {
		return nil, err
	}
	n := &node{dir: dir, store: st, log: log}
	if options.ReadOnly {
		n.app = app.New(st, nil, time.Now, log)
		return n, nil
	}
	_ = os.WriteFile(pidFile(dir), []byte(strconv.Itoa(os.Getpid())), 0o600) // a courtesy only
	n.search, err = search.Open(filepath.Join(dir, "search"), st, log, search.Options{})
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	sealed, err := vault.Load(filepath.Join(dir, "secret.key"))
	if err != nil {
		return nil, errors.Join(err, n.search.Close(), st.Close())
	}
	n.app = app.New(st, n.search, time.Now, log, app.WithVault(sealed), app.WithSamples(sampleData))
	return n, nil
}

// close lets go of everything. What was acknowledged is on disk already.
func (n *node) close() error {
	n.app.Close()
	if n.search == nil {
		return n.store.Close()
	}
	err := errors.Join(n.search.Close(), n.store.Close())
	_ = os.Remove(pidFile(n.dir))
	return err
}

// run runs the parts until ctx ends and waits for them.
func (n *node) run(ctx context.Context, others map[string]func(context.Context) error) (wait func()) {
	var parts sync.WaitGroup
	keep := func(name string, part func(context.Context) error) {
		parts.Go(func() { _ = follow.Keep(ctx, n.log, name, part) })
	}
	keep("search", n.search.Run)
	keep("housekeeping", n.app.KeepHouse)
	for name, other := range others {
		keep(name, other)
	}
	return parts.Wait
}

// parts tells the server which parts have failed.
func parts() (failed []server.Part) {
	for _, part := range follow.Parts() {
		failed = append(failed, server.Part(part))
	}
	return failed
}
