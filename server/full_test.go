package server

import (
	"crypto/sha256"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// tight is a server whose disk has less room than shall stay free, with an owner, a
// conversation, a backup, and a visitor who was away for seven hours.
type tight struct {
	*stand
	owner  desk.ID
	number desk.Number
	backup string
}

const visitorToken = "away-for-long"

func newTight(t *testing.T) *tight {
	t.Helper()
	st := storetest.Open(t)
	dir := filepath.Dir(st.Path())
	team := apptest.On(t, st)
	w := &tight{owner: team.Owner, number: team.NewConversation(t).Number, backup: "parley-20260309T030000Z.tar.gz"}
	name, hash := "Shop", sha256.Sum256([]byte(visitorToken))
	site := apptest.Must(team.SaveSite(app.SaveSite{By: team.Owner, New: true, Change: desk.SiteChange{Name: &name}}))(t)
	apptest.Must(team.NewVisitor(site.Key, hash, app.VisitorSeed{}))(t)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		v, err := tx.Visitor(hash)
		v.SeenAt = desk.TimeOf(time.Now().Add(-7 * time.Hour))
		v.CreatedAt = v.SeenAt
		return errors.Join(err, tx.SaveVisitor(&v))
	})
	team.Close()
	backups := filepath.Join(dir, "backups")
	if err := errors.Join(st.Close(), os.Mkdir(backups, 0o700), os.WriteFile(filepath.Join(backups, w.backup), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	options := storetest.Options()
	options.KeepFree = 1 << 62
	st, err := store.Open(dir, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	w.stand = newStandOn(t, st)
	return w
}

// TestWayOutOfAFullDisk holds: when no message is taken any more for want of room, people
// still sign in and out and delete a backup, and the backup's end is told.
func TestWayOutOfAFullDisk(t *testing.T) {
	w := newTight(t)
	token := w.signedIn(w.owner, time.Hour)
	message := map[string]any{"client_id": app.NewID(), "text": "no room for it"}
	if status, answer := w.ask(http.MethodPost, "/api/v1/conversations/1/messages", token, message); status != http.StatusInsufficientStorage || answer["code"] != "storage_full" {
		t.Errorf("a message: %d %v", status, answer)
	}
	if status, answer := w.ask(http.MethodDelete, "/api/v1/backups/"+w.backup, token, nil); status != http.StatusNoContent {
		t.Errorf("a backup: %d %v", status, answer)
	}
	if status, answer := w.ask(http.MethodDelete, "/api/v1/session", token, nil); status != http.StatusNoContent {
		t.Errorf("signing out: %d %v", status, answer)
	}
	if status, _ := w.ask(http.MethodGet, "/api/v1/me", token, nil); status != http.StatusUnauthorized {
		t.Errorf("signed out, and then: %d", status)
	}
	page := apptest.Must(w.app.Audit(app.AuditFilter{}, 0, 3))(t)
	for i, want := range []desk.EventType{desk.AgentSignedOut, desk.BackupDeleted, desk.AgentSignedIn} {
		if got := page.Entries[i].Type; got != string(want) {
			t.Errorf("the audit log tells %s where %s belongs", got, want)
		}
	}
}

// TestVisitorOnAFullDisk holds: a visitor who comes back after hours, of which no sign
// of life can be kept, gets a socket all the same.
func TestVisitorOnAFullDisk(t *testing.T) {
	w := listen(t, newTight(t).stand)
	conn := w.dial(`{"type":"auth","token":"` + visitorToken + `"}`)
	if f := w.hear(conn); f.Type != "hello" {
		t.Errorf("they hear %+v", f)
	}
}
