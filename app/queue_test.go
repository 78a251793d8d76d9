package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// hold keeps the commit queue busy until release is called, so that commands
// gather behind it.
func hold(team *apptest.Team) (release func()) {
	entered, leave := make(chan struct{}), make(chan struct{})
	go func() {
		_ = team.Do(func(*store.Tx) error {
			close(entered)
			<-leave
			return nil
		})
	}()
	<-entered
	return func() { close(leave) }
}

// gathered hands commands in one after the other while the queue is held, lets it
// go, and waits for all.
func gathered(t *testing.T, team *apptest.Team, commands ...func() error) []error {
	t.Helper()
	errs := make([]error, len(commands))
	release := hold(team)
	var all sync.WaitGroup
	for i, command := range commands {
		all.Go(func() { errs[i] = command() })
		for deadline := time.Now().Add(5 * time.Second); team.Waiting() != i+1; time.Sleep(50 * time.Microsecond) {
			if time.Now().After(deadline) {
				t.Fatalf("command %d does not wait", i)
			}
		}
	}
	release()
	all.Wait()
	return errs
}

func cursor(t *testing.T, team *apptest.Team, name string) (at uint64) {
	t.Helper()
	storetest.MustView(t, team.Store(), func(tx *store.Tx) error { at = tx.Cursor(name); return nil })
	return at
}

// set is a command that leaves a trace.
func set(team *apptest.Team, name string) func() error {
	return func() error { return team.Do(func(tx *store.Tx) error { return tx.SetCursor(name, 1) }) }
}

// TestQueueKeepsFaultsApart puts refusals, half-done commands and panics among
// good ones: each gets its own outcome, and what failed leaves nothing behind.
func TestQueueKeepsFaultsApart(t *testing.T) {
	fault := errors.New("no")
	for _, row := range []struct {
		name string
		bad  func(tx *store.Tx) error
		want string
	}{
		{"a refusal", func(*store.Tx) error { return desk.Refuse(desk.CodeArchived, "", "Archived.") }, "archived"},
		{"half done", func(tx *store.Tx) error { return errors.Join(tx.SetCursor("bad", 1), fault) }, "no"},
		{"a panic", func(*store.Tx) error { panic("oh") }, "panic: oh"},
		{"a panic half-way", func(tx *store.Tx) error { _ = tx.SetCursor("bad", 1); panic("oh") }, "panic: oh"},
	} {
		t.Run(row.name, func(t *testing.T) {
			team := apptest.New(t)
			errs := gathered(t, team,
				set(team, "one"), func() error { return team.Do(row.bad) }, set(team, "two"), func() error { return team.Do(row.bad) }, set(team, "three"))
			for i, err := range errs {
				if i%2 == 0 && err != nil {
					t.Errorf("command %d, a good one: %v", i, err)
				}
				if i%2 == 1 && (err == nil || !strings.Contains(err.Error(), row.want)) {
					t.Errorf("command %d, a bad one: %v, want %q", i, err, row.want)
				}
			}
			for name, want := range map[string]uint64{"one": 1, "two": 1, "three": 1, "bad": 0} {
				if got := cursor(t, team, name); got != want {
					t.Errorf("the trace of %q is %d, want %d", name, got, want)
				}
			}
		})
	}
}

// TestQueueKeepsTheOrder applies commands in the order in which they came.
func TestQueueKeepsTheOrder(t *testing.T) {
	team := apptest.New(t)
	var order []int
	commands := make([]func() error, 60)
	for i := range commands {
		commands[i] = func() error {
			return team.Do(func(*store.Tx) error { order = append(order, i); return nil })
		}
	}
	gathered(t, team, commands...)
	if !slices.IsSorted(order) || len(order) != len(commands) {
		t.Errorf("applied in the order %v", order)
	}
}

// TestQueueSharesCommits lets what waits together be written together: as many
// posts as may share a commit take one.
func TestQueueSharesCommits(t *testing.T) {
	team := apptest.New(t)
	n := team.NewConversation(t).Number
	commands := make([]func() error, app.MaxGroup)
	for i := range commands {
		commands[i] = func() error {
			_, err := team.Post(app.PostMessage{By: team.Ada, Number: n, Draft: apptest.Draft(fmt.Sprint(i))})
			return err
		}
	}
	before := storetest.Commits(t, team.Store())
	if err := errors.Join(gathered(t, team, commands...)...); err != nil {
		t.Fatal(err)
	}
	// The one that held the queue has a commit of its own.
	if commits := storetest.Commits(t, team.Store()) - before; commits != 2 {
		t.Errorf("%d posts took %d commits besides the first", len(commands), commits-1)
	}
	thread := apptest.Must(team.Messages(app.MessageQuery{Number: n, After: new(uint64(1)), Limit: app.MaxGroup + 10}))(t)
	for i := range thread.Messages {
		if got := thread.Messages[i].Text; got != fmt.Sprint(i) {
			t.Fatalf("message %d of %d is %q", i, len(thread.Messages), got)
		}
	}
	if len(thread.Messages) != len(commands) {
		t.Errorf("%d messages are there", len(thread.Messages))
	}
}

// TestQueueBoundsAGroup does not let the first wait for all who came later.
func TestQueueBoundsAGroup(t *testing.T) {
	team := apptest.New(t)
	commands := make([]func() error, app.MaxGroup+1)
	for i := range commands {
		commands[i] = set(team, "x")
	}
	before := storetest.Commits(t, team.Store())
	gathered(t, team, commands...)
	if commits := storetest.Commits(t, team.Store()) - before; commits != 3 {
		t.Errorf("%d commands took %d commits besides the first", len(commands), commits-1)
	}
}

// TestQueueTellsOfAFullStore answers everyone of a group for which there is no
// room with the same coded refusal.
func TestQueueTellsOfAFullStore(t *testing.T) {
	st, err := store.Open(t.TempDir(), store.Options{NoSync: true, MaxBytes: 1 << 20, PageHint: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	team := apptest.On(t, st)
	n := team.NewConversation(t).Number
	long := strings.Repeat("long ", 6000)
	post := func() error {
		_, err := team.Post(app.PostMessage{By: team.Ada, Number: n, Draft: apptest.Draft(long)})
		return err
	}
	for refused := 0; refused < 3; { // the pages that a refused post gave back are filled too
		if refused++; post() == nil {
			refused = 0
		}
	}
	for i, err := range gathered(t, team, post, post, post) {
		if desk.CodeOf(err) != desk.CodeStorageFull {
			t.Errorf("post %d: %v", i, err)
		}
	}
	before := apptest.Must(team.Open(n))(t).Conversation.LastSeq
	if _, err := team.Change(app.ChangeConversation{Verb: app.VerbRead, By: team.Ada, Number: n}); err != nil {
		t.Errorf("a small change: %v", err)
	}
	if after := apptest.Must(team.Open(n))(t).Conversation.LastSeq; after != before {
		t.Errorf("what was refused is there: %d messages, then %d", before, after)
	}
	storetest.MustCheck(t, st)
}

// TestQueueTellsOfAFailedDisk answers with a coded refusal once the store takes no
// more writes.
func TestQueueTellsOfAFailedDisk(t *testing.T) {
	made := storetest.Open(t)
	apptest.On(t, made).Close()
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(strings.TrimSuffix(made.Path(), store.FileName), store.Options{ReadOnly: true, PageHint: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	a := app.New(st, nil, time.Now, apptest.Quiet())
	t.Cleanup(a.Close)
	owner := apptest.Must(a.AgentByEmail("olive@example.com"))(t)
	for range 2 {
		on := true
		if _, err := a.ChangeTeam(app.ChangeTeam{By: owner.ID, BotOn: &on}); desk.CodeOf(err) != desk.CodeReadOnly {
			t.Errorf("got %v", err)
		}
	}
	if roster, err := a.Roster(); err != nil || len(roster.Agents) != 5 {
		t.Errorf("reading: %+v, %v", roster, err)
	}
}

// TestCloseWaits finishes what was handed in.
func TestCloseWaits(t *testing.T) {
	team := apptest.New(t)
	release := hold(team)
	done := make(chan error, 1)
	go func() { done <- set(team, "late")() }()
	for team.Waiting() == 0 {
		time.Sleep(50 * time.Microsecond)
	}
	release()
	team.Close()
	if err := <-done; err != nil || cursor(t, team, "late") != 1 {
		t.Errorf("what was handed in before the end: %v", err)
	}
}
