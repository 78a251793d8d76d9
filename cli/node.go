package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"parley/app"
	"parley/search"
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

// follow runs the followers until ctx ends and waits for them.
func (n *node) follow(ctx context.Context, others map[string]func(context.Context) error) (wait func()) {
	var followers sync.WaitGroup
	run := func(name string, follower func(context.Context) error) {
		followers.Go(func() {
			defer contain(n.log, name)
			if err := follower(ctx); err != nil && !errors.Is(err, context.Canceled) {
				n.log.Error("a follower ended", "follower", name, "err", err)
			}
		})
	}
	run("search", n.search.Run)
	run("housekeeping", n.app.KeepHouse)
	for name, other := range others {
		run(name, other)
	}
	return followers.Wait
}

// contain keeps a panic of one part from taking the program down.
func contain(log *slog.Logger, part string) {
	if fault := recover(); fault != nil {
		log.Error("a part panicked; it stays off until the next start", "part", part, "fault", fmt.Sprint(fault))
	}
}
