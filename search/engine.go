package search

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"parley/desk"
	"parley/store"
)

// Options of Open.
type Options struct {
	// Workers take texts apart beside the one goroutine that writes; 0 means one
	// for each processor, at most 4.
	Workers int
}

// Engine answers searches from the index in a folder and keeps that index up. Its
// methods may be called from many goroutines.
type Engine struct {
	dir     string
	store   *store.Store
	log     *slog.Logger
	workers int
	slots   chan struct{} // bounds the searches at one time

	keepParked func(row store.Parked) // may be nil

	mu      sync.RWMutex
	live    *volume       // what answers; nil while there is none
	arrived chan struct{} // closed when there is one
	fault   error         // the last fault, until the index has been written again

	making   sync.Mutex // held while an index is built
	wanted   chan string
	progress atomic.Uint64 // of the building, in thousandths; noBuilding while none is under way
}

const noBuilding = ^uint64(0)

// Status tells how the index stands.
type Status struct {
	State     State
	Progress  float64 // 0 to 1, while State is Building
	Cursor    uint64  // the journal's sequence up to which it is indexed
	Lag       uint64  // how many entries of the journal come behind that
	Documents uint64  // heads and pieces
	Fault     error   // why it is not written at present; nil when all is well
}

// Open opens the index in dir, which belongs to the engine alone, and decides
// whether it can be used: it must have this layout, come from this store and lie
// within its journal. What cannot be used is built again by Run; a damaged folder
// is first moved aside. It fails only if the folder itself cannot be used.
func Open(dir string, st *store.Store, log *slog.Logger, opts Options) (*Engine, error) {
	if opts.Workers == 0 {
		opts.Workers = min(runtime.GOMAXPROCS(0), 4)
	}
	e := &Engine{
		dir: dir, store: st, log: log, workers: opts.Workers,
		slots: make(chan struct{}, 2*runtime.GOMAXPROCS(0)), arrived: make(chan struct{}), wanted: make(chan string, 1),
	}
	e.progress.Store(noBuilding)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	v, reason, err := e.choose()
	if err != nil {
		return nil, err
	}
	if v == nil {
		e.want(reason)
	} else {
		e.install(v)
	}
	return e, nil
}

// want asks Run to build the index again.
func (e *Engine) want(reason string) {
	select {
	case e.wanted <- reason:
	default: // it is asked for already
	}
}

// install lets a volume answer from now on and returns the one before.
func (e *Engine) install(v *volume) (before *volume) {
	e.mu.Lock()
	defer e.mu.Unlock()
	before = e.live
	if before == nil {
		close(e.arrived)
	}
	e.live, e.fault = v, nil
	return before
}

// remove takes a volume away that can not answer any more.
func (e *Engine) remove(v *volume) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.live == v {
		e.live, e.arrived = nil, make(chan struct{})
	}
}

// present is the volume that answers; nil while there is none.
func (e *Engine) present() *volume {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.live
}

// wait gives the volume that answers, as soon as there is one; nil when ctx ends.
func (e *Engine) wait(ctx context.Context) *volume {
	for ctx.Err() == nil {
		e.mu.RLock()
		v, arrived := e.live, e.arrived
		e.mu.RUnlock()
		if v != nil {
			return v
		}
		select {
		case <-ctx.Done():
		case <-arrived:
		}
	}
	return nil
}

func (e *Engine) setFault(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.fault = err
}

// farBehind is the lag, in entries of the journal, from which answers are called
// incomplete.
const farBehind = 20_000

// Status tells how the index stands. It does not wait for anything.
func (e *Engine) Status() Status {
	var s Status
	head := uint64(0)
	_ = e.store.View(func(tx *store.Tx) error {
		head = tx.Head()
		return nil
	})
	e.mu.RLock()
	v, fault := e.live, e.fault
	e.mu.RUnlock()
	s.Fault = fault
	s.State = Building
	if v != nil {
		s.Cursor = v.cursor.Load()
		s.Documents = v.documents()
	}
	s.Lag = head - min(s.Cursor, head)
	switch done := e.progress.Load(); {
	case v != nil && s.Lag <= farBehind:
		s.State, s.Progress = Ready, 1
	case done != noBuilding:
		s.Progress = float64(done) / 1000
	case v != nil && head > 0:
		s.Progress = float64(s.Cursor) / float64(head)
	}
	return s
}

// closePatience is how long Close lets the index get to the disk. What does not
// is indexed again at the next start.
const closePatience = 2 * time.Second

// Close closes the index. Run must have returned.
func (e *Engine) Close() error {
	v := e.present()
	if v == nil {
		return nil
	}
	e.remove(v)
	return v.close(closePatience)
}

// Search answers a page. Every text is a query; what a person typed is never an
// error. Refused: CodeInvalid for a cursor of another search, CodeUnavailable
// while the index is being mended. While there is no index, the answer holds the
// jump to a number alone, and the state Building.
func (e *Engine) Search(ctx context.Context, r Request) (Answer, error) {
	q := Parse(r.Text, r.Now)
	a := Answer{Terms: q.Terms(), Hits: []Hit{}, TotalExact: true, State: Ready, Progress: 1}
	after, err := readCursor(r.Cursor, r.Text)
	if err != nil {
		return a, err
	}
	if q.Number != 0 {
		a.Number = &NumberHit{Number: q.Number, Found: e.mustExist(q.Number) == nil}
	}
	if s := e.Status(); s.State == Building {
		a.State, a.Progress = Building, s.Progress
	}
	if q.IsEmpty() {
		return a, nil
	}
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return a, ctx.Err()
	}
	for range 3 { // the index may be exchanged for a new one at any moment
		v := e.present()
		if v == nil {
			a.State, a.TotalExact = Building, false
			return a, nil
		}
		err = v.read(func(s *snapshot) error { return e.find(ctx, s, &q, &r, after, &a) })
		if !errors.Is(err, errClosed) {
			break
		}
	}
	if errors.Is(err, errClosed) || errors.Is(err, errFault) {
		e.log.Error("search: a search failed", "err", err)
		err = desk.Refuse(desk.CodeUnavailable, "", "The search index is being mended; try again in a moment.")
	}
	return a, err
}

// mustExist refuses an unknown conversation: CodeNotFound.
func (e *Engine) mustExist(n desk.Number) error {
	return e.store.View(func(tx *store.Tx) error {
		_, err := tx.Conversation(n)
		return err
	})
}

// find answers from one moment of the index and a later one of the store.
func (e *Engine) find(ctx context.Context, s *snapshot, q *Query, r *Request, after *pageCursor, a *Answer) error {
	limit := r.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	a.Hits = a.Hits[:0]
	return e.store.View(func(tx *store.Tx) error {
		who, err := whoIsMeant(tx, &q.Filter, r.Agent)
		if err != nil {
			return err
		}
		g, err := gather(s, q, who)
		if err != nil {
			return err
		}
		ranked, rough := g.rank()
		defer ranked.release()
		f := finder{
			tx: tx, g: g, rank: ranked, query: q, rough: rough, meant: who, match: newMatcher(q.units, g.typos),
		}
		return f.page(ctx, a, after, min(limit, MaxLimit), r.Text)
	})
}
