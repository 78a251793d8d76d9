// Package apptest sets up a team at work for tests: an app over a real store, a
// clock that tests move, people of every role, and verbs that fail the test when
// they are refused.
package apptest

import (
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley/app"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
	"parley/vault"
	"parley/wire"
)

// Team is an app with people who can act.
type Team struct {
	*app.App
	Clock *Clock

	Owner, Admin, Ada, Can, Reporter desk.ID

	closed sync.Once
}

// New sets up a team over a new store, which is checked when the test ends.
func New(t testing.TB) *Team {
	t.Helper()
	return On(t, storetest.Open(t))
}

// key is what secrets are sealed with, so that they are open again after a restart.
var key = [vault.KeySize]byte{7}

// On sets up a team over a store; its people are made unless they are there.
func On(t testing.TB, st *store.Store) *Team {
	t.Helper()
	clock := &Clock{now: time.Date(2027, 1, 15, 8, 0, 0, 0, time.UTC)}
	team := &Team{App: app.New(st, nil, clock.Now, Quiet(), app.WithSamples(Samples), app.WithVault(vault.New(key))), Clock: clock}
	t.Cleanup(team.Close)
	for _, person := range []struct {
		id   *desk.ID
		name string
		role desk.Role
	}{
		{&team.Owner, "Olive", desk.RoleOwner},
		{&team.Admin, "Alan", desk.RoleAdmin},
		{&team.Ada, "Ada", desk.RoleAgent},
		{&team.Can, "Can", desk.RoleAgent},
		{&team.Reporter, "Rita", desk.RoleReporter},
	} {
		*person.id = team.person(t, person.name, person.role)
	}
	return team
}

// Close ends the app, once.
func (team *Team) Close() { team.closed.Do(team.App.Close) }

// Restart ends the app and its store and goes on with the same file.
func (team *Team) Restart(t testing.TB) *Team {
	t.Helper()
	team.Close()
	next := On(t, storetest.Reopen(t, team.Store()))
	next.Clock.Move(team.Clock.Now().Sub(next.Clock.Now()))
	return next
}

// person finds somebody by the name, or makes them.
func (team *Team) person(t testing.TB, name string, role desk.Role) desk.ID {
	t.Helper()
	email := name + "@example.com"
	if found, err := team.AgentByEmail(email); err == nil {
		return found.ID
	}
	return Must(team.CreateAgent(app.CreateAgent{Name: name, Email: email, Role: role}))(t).ID
}

// Quiet is a log that nobody reads.
func Quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// Must gives a result, or fails the test with the error: Must(f())(t).
func Must[R any](result R, err error) func(t testing.TB) R {
	return func(t testing.TB) R {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
}

// Draft makes a message to be sent, under a new client id.
func Draft(text string) desk.Draft { return desk.Draft{ClientID: app.NewID(), Text: text} }

// NewCustomer makes a customer.
func (team *Team) NewCustomer(t testing.TB, name string) wire.Customer {
	t.Helper()
	return Must(team.CreateCustomer(app.CreateCustomer{Change: desk.CustomerChange{Name: &name}}))(t)
}

// NewConversation makes a conversation with a new customer, who has said Hello.
func (team *Team) NewConversation(t testing.TB) wire.Conversation {
	t.Helper()
	return team.Says(t, team.NewCustomer(t, "Elif").ID, 0, "Hello").Conversation
}

// Says is a customer's message; the number 0 starts a conversation.
func (team *Team) Says(t testing.TB, customer desk.ID, n desk.Number, text string) app.Posted {
	t.Helper()
	return Must(team.Receive(app.ReceiveMessage{Customer: customer, Number: n, Channel: "web", Draft: Draft(text)}))(t)
}

// Writes is an agent's message.
func (team *Team) Writes(t testing.TB, by desk.ID, n desk.Number, text string) app.Posted {
	t.Helper()
	return Must(team.Post(app.PostMessage{By: by, Number: n, Draft: Draft(text)}))(t)
}

// Does is a verb.
func (team *Team) Does(t testing.TB, verb app.Verb, by desk.ID, n desk.Number) wire.Conversation {
	t.Helper()
	return Must(team.Change(app.ChangeConversation{Verb: verb, By: by, Number: n}))(t)
}

// Assigns gives a conversation to an agent.
func (team *Team) Assigns(t testing.TB, by, to desk.ID, n desk.Number) wire.Conversation {
	t.Helper()
	return Must(team.Change(app.ChangeConversation{Verb: app.VerbAssign, By: by, Number: n, To: to}))(t)
}

// Bot switches the bot on or off.
func (team *Team) Bot(t testing.TB, on bool) {
	t.Helper()
	Must(team.ChangeTeam(app.ChangeTeam{By: team.Owner, BotOn: &on}))(t)
}

// Events lists the types of the events after a sequence.
func (team *Team) Events(t testing.TB, after uint64) (types []desk.EventType) {
	t.Helper()
	storetest.MustView(t, team.Store(), func(tx *store.Tx) error {
		entries, err := tx.Journal(after, 1_000_000)
		for i := range entries {
			types = append(types, entries[i].Event.Type)
		}
		return err
	})
	return types
}

// Clock is the time of a test. It stands still until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the present time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move moves the time, also backwards.
func (c *Clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// Enters puts an event into the journal that tells of what never was.
func (team *Team) Enters(t testing.TB, e desk.Event) (sequence uint64) {
	t.Helper()
	storetest.MustUpdate(t, team.Store(), func(tx *store.Tx) error {
		before, err := tx.Team()
		if err != nil {
			return err
		}
		after := before
		return tx.SaveTeam(&before, &after, []desk.Event{e})
	})
	return team.Head()
}

// WantParked fails unless a follower has passed over one event, and told why.
func (team *Team) WantParked(t testing.TB, follower string, sequence uint64) {
	t.Helper()
	rows := Must(team.Parked())(t)
	if len(rows) != 1 || rows[0].Follower != follower || rows[0].Sequence != sequence || rows[0].Error == "" || rows[0].At != team.Now() {
		t.Errorf("parked %+v, want %d of %s", rows, sequence, follower)
	}
}
