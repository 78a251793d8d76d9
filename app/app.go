package app

import (
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"parley/desk"
	"parley/search"
	"parley/store"
	"parley/vault"
	"parley/wire"
)

// App is the use cases over one store. Its methods may be called from many
// goroutines.
type App struct {
	store   *store.Store
	search  *search.Engine
	queue   *queue
	rows    *rows
	minds   minds
	moving  chan struct{} // a tag is to be moved
	ended   sync.Map      // hashes of sessions that have ended and could not be forgotten
	vault   *vault.Vault
	handles *wire.Handles
	quota   FileQuota
	samples func(now time.Time) SampleData
	clock   func() time.Time
	log     *slog.Logger
}

// Option is something that an app need not have.
type Option func(*App)

// WithVault gives the vault in which secrets are sealed. Without it they can be
// read by this process alone.
func WithVault(v *vault.Vault) Option { return func(a *App) { a.vault = v } }

// New starts the commit queue. engine may be nil for work that never searches;
// clock gives the present time; time.Now outside of tests.
func New(st *store.Store, engine *search.Engine, clock func() time.Time, log *slog.Logger, options ...Option) *App {
	a := &App{store: st, search: engine, queue: newQueue(st, log), rows: newRows(), moving: make(chan struct{}, 1), vault: vault.Random(), handles: wire.NewHandles(st.HandleKey()), clock: clock, log: log}
	for _, option := range options {
		option(a)
	}
	if engine != nil {
		engine.KeepParked(a.keepParked)
	}
	return a
}

// Close waits for the commands that were handed in. No others may come.
func (a *App) Close() { a.queue.close() }

// Store is what the app works on, for reading.
func (a *App) Store() *store.Store { return a.store }

// Epoch is the random id of the data file.
func (a *App) Epoch() string { return a.store.Epoch() }

// What the ways in need of the store, under one roof with the verbs.
type (
	ListQuery = store.ListQuery
	Session   = store.Session
	Sort      = store.Sort
)

// Head is the sequence of the journal's newest event.
func (a *App) Head() (head uint64) {
	_ = a.store.View(func(tx *store.Tx) error { // reading one number cannot fail
		head = tx.Head()
		return nil
	})
	return head
}

// Failed reports whether the disk has failed, so that only reading goes on.
func (a *App) Failed() bool { return a.store.Failed() }

// Now is the present time, cut to the millisecond.
func (a *App) Now() desk.Time { return desk.TimeOf(a.clock()) }

// NewID makes an id; later ones sort later.
func NewID() desk.ID { return desk.ID(uuid.Must(uuid.NewV7())) }

// command is one change, complete: applied to the same state it makes the same
// state. Apply refuses before it writes anything.
type command[R any] interface {
	Apply(tx *store.Tx) (R, error)
}

// run puts a command through the commit queue and returns when its result is on
// disk.
func run[R any](a *App, cmd command[R]) (R, error) {
	var result R
	_, isSmall := cmd.(small)
	err := a.queue.do(&job{small: isSmall, apply: func(tx *store.Tx) (err error) {
		result, err = cmd.Apply(tx)
		return err
	}})
	if err != nil {
		var none R
		return none, err
	}
	return result, nil
}

// view reads one consistent moment.
func view[R any](a *App, read func(tx *store.Tx) (R, error)) (R, error) {
	var result R
	err := a.store.View(func(tx *store.Tx) (err error) {
		result, err = read(tx)
		return err
	})
	return result, err
}

// allow loads the acting agent as they are at this moment and refuses who may
// not act.
func allow(tx *store.Tx, by desk.ID, action desk.Action) (desk.Agent, error) {
	agent, err := tx.Agent(by)
	switch {
	case desk.IsNotFound(err) || (err == nil && !agent.Active):
		return agent, desk.Refuse(desk.CodeUnauthorized, "", "Sign in.")
	case err != nil:
		return agent, err
	case !agent.Role.Can(action):
		return agent, desk.Refuse(desk.CodeForbidden, "", "Your role may not do this.")
	}
	return agent, nil
}
