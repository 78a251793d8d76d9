package live_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"parley/app"
	"parley/desk"
	"parley/live"
	"parley/store"
	"parley/store/storetest"
)

// TestLaw holds what realtime stands on: whatever was done, a page that was loaded
// before and heard the frames knows what a page knows that is loaded now, and was
// told everything exactly once. The list deeds has all that can be done; what is
// told of it is checked for pages that stay, that come back, that listen late, and
// that are told from the journal.
func TestLaw(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		readers := []*reader{
			{name: "Ada", agent: r.Ada},
			{name: "Can", agent: r.Can},
			{name: "Ada, who connects again each time", agent: r.Ada, returns: true},
			{name: "Can, who connects again each time", agent: r.Can, returns: true},
			{name: "Ada, who listens at the end", agent: r.Ada, sleeps: true},
			{name: "Can, told from the journal", agent: r.Can, sleeps: true, returns: true},
		}
		d := newDoer(t, r)
		start := r.Head()
		for _, one := range readers {
			one.page, one.since = r.load(t, one.agent), start
			if !one.returns {
				one.client = r.fresh(t, one.agent)
			}
		}
		for _, deed := range deeds {
			before := r.Head()
			deed.do(t, d)
			if quiet := r.Head() == before; quiet != deed.quiet {
				t.Errorf("%s made %d events", deed.name, r.Head()-before)
			}
			for _, one := range readers {
				if !one.sleeps {
					one.listen(t, r)
					one.check(t, r, deed.name)
				}
			}
			if t.Failed() {
				return
			}
		}
		r.hub = startHub(t, r.Store()) // its log is empty
		for _, one := range readers {
			one.listen(t, r)
			one.check(t, r, "all deeds")
			one.checkOnce(t, r, start)
		}
		checkCoverage(t, r.Events(t, start))
	})
}

// checkCoverage holds the deeds to make every kind of event that the journal holds: who
// adds one adds a deed.
func checkCoverage(t *testing.T, made []desk.EventType) {
	t.Helper()
	for _, kind := range eventTypes(t) {
		switch is := slices.Contains(made, kind); {
		case kind.InJournal() && !is:
			t.Errorf("no deed makes the event %s: add one", kind)
		case is && !kind.InJournal():
			t.Errorf("the event %s is in the journal, and is for the audit log alone", kind)
		}
	}
}

// eventTypes reads the names of all events from the desk's source.
func eventTypes(t *testing.T) (all []desk.EventType) {
	t.Helper()
	sources, err := filepath.Glob("../desk/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(err)
	}
	for _, source := range sources {
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`EventType += "([a-z_.]+)"`).FindAllSubmatch(text, -1) {
			all = append(all, desk.EventType(found[1]))
		}
	}
	return all
}

// reader is a page with its socket.
type reader struct {
	name    string
	agent   desk.ID
	returns bool // it leaves after it has listened, and resumes
	sleeps  bool // it listens only at the end
	page    *page
	client  *live.Client
	since   uint64
}

func (one *reader) listen(t *testing.T, r *room) {
	t.Helper()
	if one.returns {
		one.client = r.join(t, one.agent, live.Resume{Since: one.since, Epoch: r.Store().Epoch()})
		defer one.client.Close()
	}
	one.page.hear(t, says(t, one.client))
	if told := one.page.told; len(told) > 0 {
		one.since = told[len(told)-1]
	}
}

func (one *reader) check(t *testing.T, r *room, after string) {
	t.Helper()
	if !one.page.same(t, r.load(t, one.agent).copies, one.page.unloaded) {
		t.Errorf("that is what %s knows after: %s", one.name, after)
	}
}

// checkOnce wants every event to be told once and in order, but for those that
// are somebody else's own.
func (one *reader) checkOnce(t *testing.T, r *room, start uint64) {
	t.Helper()
	var due []uint64
	storetest.MustView(t, r.Store(), func(tx *store.Tx) error {
		entries, err := tx.Journal(start, 1_000_000)
		for i := range entries {
			if one.mayHear(&entries[i].Event) {
				due = append(due, entries[i].Sequence)
			}
		}
		return err
	})
	if !slices.Equal(one.page.told, due) {
		t.Errorf("%s was told %v, due was %v", one.name, one.page.told, due)
	}
}

func (one *reader) mayHear(e *desk.Event) bool {
	switch e.Type {
	case desk.ReplySaved:
		return e.To.IsZero() || e.To == one.agent
	case desk.ReplyDeleted:
		return e.From.IsZero() || e.From == one.agent
	}
	return true
}

// TestSettings tells of a change that no frame has a shape for.
func TestSettings(t *testing.T) {
	inRoom(t, func(t *testing.T, r *room) {
		c := r.fresh(t, r.Ada)
		says(t, c)
		id := app.NewID()
		r.journal(t, desk.Event{Type: desk.SiteSaved, Subject: id, At: r.Now()})
		if told := of(says(t, c), "site.saved"); len(told) != 1 || told[0].ID != id {
			t.Errorf("told %+v", told)
		}
	})
}
