package search_test

import (
	"encoding/binary"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/search"
	"parley/store"
	"parley/store/storetest"
)

// TestUnreadableMessage makes a message unreadable, before the index takes it up from the
// journal or while it is built: everything else is found, what comes later too, and the
// event that could not be handled is kept with its cause.
func TestUnreadableMessage(t *testing.T) {
	for name, parked := range map[string]int{"followed": 1, "built": 0} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			folder := filepath.Join(dir, "search")
			team := apptest.On(t, storetest.OpenIn(t, dir))
			if name == "followed" {
				e := mustRun(t, folder, team.Store())
				e.waitUntilCurrent(t, team.Store())
				e.stop(t)
			}
			customer := team.NewCustomer(t, "Elif").ID
			bad := team.Says(t, customer, 0, "zeytin birinci").Conversation.Number
			for _, text := range []string{"zeytin ikinci", "zeytin üçüncü"} {
				team.Says(t, customer, bad, text)
			}
			team.Close()
			if err := team.Store().Close(); err != nil {
				t.Fatal(err)
			}
			storetest.Overwrite(t, dir, "messages", binary.BigEndian.AppendUint64(nil, 2), []byte{0xff})

			st := apptest.Must(store.Open(dir, storetest.Options()))(t)
			t.Cleanup(func() { _ = st.Close() })
			engine := &running{Engine: apptest.Must(search.Open(folder, st, quiet, search.Options{}))(t)}
			a := app.New(st, engine.Engine, time.Now, quiet)
			t.Cleanup(a.Close)
			engine.start(t)
			team = &apptest.Team{App: a}
			good := team.Says(t, customer, 0, "zeytin dördüncü").Conversation.Number
			engine.waitUntilCurrent(t, st)
			for text, want := range map[string][]desk.Number{
				"zeytin ": {bad, good}, "birinci ": {bad}, "ikinci ": nil, "üçüncü ": {bad}, "dördüncü ": {good}, "elif ": {bad, good},
			} {
				got := apptest.Must(allPages(engine, text, desk.ID{}, 10))(t)
				if slices.Sort(got); !slices.Equal(got, want) {
					t.Errorf("%q finds %v, want %v", text, got, want)
				}
			}
			rows := apptest.Must(a.Parked())(t)
			if len(rows) != parked || parked > 0 && (rows[0].Follower != "search" || !strings.Contains(rows[0].Error, "message")) {
				t.Errorf("parked %+v", rows)
			}
		})
	}
}

// TestCustomerWithManyConversations finds all of them under another name, which is
// written a bounded number at a time.
func TestCustomerWithManyConversations(t *testing.T) {
	const conversations = 2500
	st := storetest.Open(t)
	w := newWorld(t, st, 5)
	c := w.customer()
	w.update(func(tx *store.Tx) error {
		for range conversations {
			n, err := tx.NextNumber()
			if err != nil {
				return err
			}
			turn := desk.Start(n, c.ID, "web", w.draft(), false, w.now)
			if err := tx.SaveTurn(nil, &turn); err != nil {
				return err
			}
		}
		return nil
	})
	e := mustRun(t, filepath.Join(t.TempDir(), "search"), st)
	e.waitUntilCurrent(t, st)
	name := "Pamukkale Zümrüt"
	w.update(func(tx *store.Tx) error {
		before, err := tx.Customer(c.ID)
		if err != nil {
			return err
		}
		next, events, err := before.Change(desk.Actor{}, &desk.CustomerChange{Name: &name}, w.now)
		if err != nil {
			return err
		}
		return tx.SaveCustomer(&before, &next, events)
	})
	e.waitUntilCurrent(t, st)
	if found := apptest.Must(allPages(e, "pamukkale ", desk.ID{}, search.MaxLimit))(t); len(found) != conversations {
		t.Errorf("%d of %d are found", len(found), conversations)
	}
	for _, heads := range search.HeadsAtOnce(t, st, c.ID) {
		if heads > 1000 {
			t.Errorf("%d are written at once", heads)
		}
	}
}
