package bench

import (
	"errors"
	"os"
	"slices"

	"parley/desk"
)

// stage is one data set on which rows are measured: a copy of it, the server over
// the copy, and what a plain scan found in it before.
type stage struct {
	*run
	set      *SetFigures
	dir      string
	book     *book
	sessions []session
	server   *child
	ledger   *ledger
	words    map[string][]desk.Number // what a plain scan found, for some words
}

// measureSet measures everything that is asked for on one set.
func (r *run) measureSet(set Set) error {
	if !slices.ContainsFunc(setParts, r.wants) {
		return nil
	}
	s, err := r.prepare(set)
	if err != nil {
		return err
	}
	defer os.RemoveAll(s.dir)
	return s.measure()
}

// prepare makes the stage of a set. Nothing is served yet.
func (r *run) prepare(set Set) (*stage, error) {
	kept, figures, err := r.build.ensure(r.ctx, set)
	if err != nil {
		return nil, err
	}
	r.report.Sets = append(r.report.Sets, *figures)
	s := &stage{run: r, set: figures, ledger: newLedger()}
	if s.dir, err = copyOf(kept, r.opts.Work); err != nil {
		return nil, err
	}
	if s.book, err = scan(s.dir); err != nil {
		return nil, err
	}
	s.sessions, err = signIn(s.dir, agents)
	return s, err
}

// setParts are the parts that are measured on a set.
var setParts = []string{"import", "start", "memory", "list", "open", "search", "post", "fanout", "widget", "lag", "disk", "kill"}

// measure goes through the parts: first those that only read, so that lists can
// be compared with the scan, then those that write.
func (s *stage) measure() error {
	s.part("import", s.importRows)
	s.part("post", s.commitFloor)
	if s.isMain() {
		s.part("search", s.prepareSearch)
	}
	s.part("start", s.startRow)
	if err := s.serve(); err != nil {
		return err
	}
	s.part("memory", s.idleMemory)
	s.part("list", s.listRows)
	s.part("open", s.openRows)
	if s.isMain() {
		s.part("search", s.searchRows)
	}
	s.part("post", s.postRows)
	if s.isMain() {
		s.part("fanout", s.fanRows)
		s.part("widget", s.visitorRows)
		s.part("lag", s.lagRows)
		s.part("disk", s.postedDisk)
		s.part("memory", s.loadedMemory)
		s.part("kill", s.killRow)
	}
	return s.server.stop()
}

func (s *stage) isMain() bool { return s.set.Name == s.opts.mainSet() }

// serve starts the server, waits until its index is ready, and makes sure that it
// lets in nobody without a session and the owner with the password.
func (s *stage) serve() error {
	var err error
	if s.server, err = serve(s.opts.Executable, s.dir); err != nil {
		return err
	}
	err = s.server.answers()
	if err == nil {
		err = waitIndexed(s.ctx, s.server.address, s.sessions[0])
	}
	if err == nil {
		err = s.checkDoor()
	}
	if err != nil {
		return errors.Join(err, s.server.kill())
	}
	return nil
}

// dial connects as an agent; they are taken in turn.
func (s *stage) dial(agent int) (*client, error) {
	return dial(s.server.address, s.sessions[agent%len(s.sessions)].token)
}

// row begins a row of this stage.
func (s *stage) row(id, what string) Row { return Row{ID: id, Set: s.set.Name, What: what} }
