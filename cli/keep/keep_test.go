package keep_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/cli/archive"
	"parley/cli/keep"
	"parley/desk"
	"parley/server/upload"
	"parley/store"
	"parley/store/storetest"
	"parley/wire"
)

// house is a team whose backups are kept.
type house struct {
	*apptest.Team
	*keep.Keeper
	dir string
}

func newHouse(t *testing.T, fixed *keep.Fixed) *house {
	t.Helper()
	team := apptest.New(t)
	files, err := upload.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "backups")
	keeper := keep.New(keep.Options{App: team.App, Files: files, Dir: dir, Fixed: fixed, Clock: team.Clock.Now, Log: apptest.Quiet()})
	return &house{team, keeper, dir}
}

// during runs the keeper while fn does.
func (h *house) during(t *testing.T, fn func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := h.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	})
	fn()
	stop()
	running.Wait()
}

// has waits until so many backups are kept and none is being made, and names them.
func (h *house) has(t *testing.T, n int) (names []string) {
	t.Helper()
	for range 1000 {
		state, err := h.State()
		if err != nil {
			t.Fatal(err)
		}
		if len(state.Backups) == n && !state.Running {
			for _, b := range state.Backups {
				names = append(names, b.Name)
			}
			return names
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("there are never %d backups", n)
	return nil
}

// plan sets when backups are made.
func (h *house) plan(t *testing.T, plan desk.BackupPlan) {
	t.Helper()
	apptest.Must(h.SetBackupPlan(app.SetBackupPlan{By: h.Owner, Plan: plan}))(t)
}

// TestPlan makes a backup for each slot of the plan, keeps the newest, and leaves
// alone what is no backup.
func TestPlan(t *testing.T) {
	h := newHouse(t, nil)
	if err := os.MkdirAll(h.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"notes.txt", "parley-20200101T000000Z.tar.gz" + archive.Unfinished} {
		if err := os.WriteFile(filepath.Join(h.dir, other), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h.during(t, func() {}) // the plan is off
	h.has(t, 0)
	h.plan(t, desk.BackupPlan{Every: desk.BackupDaily, Hour: 3, Keep: 2})
	var seen []string
	for range 3 {
		due := "parley-" + h.Clock.Now().Format("20060102T150405Z") + ".tar.gz"
		h.during(t, func() {
			for range 1000 {
				if file, err := h.Open(due); err == nil {
					_ = file.Close()
					break
				}
				time.Sleep(10 * time.Millisecond)
			}
			seen = append(seen, due)
			h.has(t, min(len(seen), 2))
		})
		names := h.has(t, min(len(seen), 2))
		h.during(t, func() { time.Sleep(50 * time.Millisecond) }) // nothing more is due
		if got := h.has(t, len(names)); !slices.Equal(got, names) {
			t.Errorf("another one was made: %v", got)
		}
		h.Clock.Move(24 * time.Hour)
	}
	if _, err := h.Open(seen[0]); desk.CodeOf(err) != desk.CodeNotFound {
		t.Errorf("the oldest is still there: %v", err)
	}
	for _, name := range seen[1:] {
		if _, err := archive.Check(t.Context(), filepath.Join(h.dir, name)); err != nil {
			t.Error(err)
		}
	}
	left, err := os.ReadDir(h.dir)
	if err != nil || len(left) != 3 || left[0].Name() != "notes.txt" {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

// TestAsked makes one when somebody asks, and none beside it.
func TestAsked(t *testing.T) {
	h := newHouse(t, nil)
	if err := h.Start(h.Owner, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	if err := h.Start(h.Admin, ""); desk.CodeOf(err) != desk.CodeConflict {
		t.Errorf("a second one meanwhile: %v", err)
	}
	h.during(t, func() { h.has(t, 1) })
	page := apptest.Must(h.Audit(app.AuditFilter{Kind: desk.AuditData}, 0, 10))(t)
	if len(page.Entries) != 1 || page.Entries[0].Type != string(desk.BackupMade) || page.Entries[0].Actor.Name != "Olive" || page.Entries[0].Address != "192.0.2.1" {
		t.Errorf("the audit log tells %+v", page.Entries)
	}
}

// TestFailure tells of a backup that could not be made, leaves no half of one, and
// knows of it after the next start.
func TestFailure(t *testing.T) {
	h := newHouse(t, nil)
	if err := os.WriteFile(h.dir, []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := h.Start(h.Owner, ""); err != nil {
		t.Fatal(err)
	}
	h.during(t, func() { h.has(t, 0) })
	state, err := h.State()
	if err != nil || state.Last == nil || state.Last.Why != string(desk.CodeInternal) {
		t.Fatalf("%+v, %v", state.Last, err)
	}
	again := keep.New(h.Options)
	next := &house{h.Team, again, h.dir}
	next.during(t, func() {
		for range 500 {
			if state, err = next.State(); err == nil && state.Last != nil {
				return
			}
			time.Sleep(time.Millisecond)
		}
	})
	if state.Last == nil || state.Last.Why != string(desk.CodeInternal) {
		t.Errorf("after a start: %+v", state.Last)
	}
}

// TestNoRoom makes no backup that could take the room which messages need.
func TestNoRoom(t *testing.T) {
	h := newHouse(t, nil)
	dir := filepath.Dir(h.Store().Path())
	h.Close()
	if err := h.Store().Close(); err != nil {
		t.Fatal(err)
	}
	options := storetest.Options()
	options.KeepFree = 1 << 60
	st, err := store.Open(dir, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	o := h.Options
	o.App = apptest.On(t, st).App
	tight := &house{h.Team, keep.New(o), h.dir}
	if err := tight.Start(desk.ID{}, ""); err != nil {
		t.Fatal(err)
	}
	tight.during(t, func() { tight.has(t, 0) })
	if state, err := tight.State(); err != nil || state.Last == nil || state.Last.Why != string(desk.CodeStorageFull) {
		t.Errorf("%+v, %v", state, err)
	}
}

// TestLostFile makes a backup although a file is gone, says which and where it is
// missed, and knows it after the next start.
func TestLostFile(t *testing.T) {
	h := newHouse(t, nil)
	n := h.NewConversation(t).Number
	gone, stray := h.attachment(t, "fatura.pdf", 0xab), h.attachment(t, "stray.pdf", 0xcd)
	draft := apptest.Draft("")
	draft.Attachments = []desk.ID{gone.ID}
	apptest.Must(h.Post(app.PostMessage{By: h.Ada, Number: n, Draft: draft}))(t)
	if err := h.Start(h.Owner, ""); err != nil {
		t.Fatal(err)
	}
	h.during(t, func() { h.has(t, 1) })
	told := func(state wire.Backups, err error) {
		t.Helper()
		if err != nil || state.Last == nil || state.Last.Why != "" || state.Last.Lost != 2 || len(state.Last.Files) != 2 {
			t.Fatalf("%+v, %v", state.Last, err)
		}
		for _, file := range state.Last.Files {
			if isGone := file.Name == gone.Name; !file.Missing || isGone != (file.Number != nil && *file.Number == n) || !isGone && file.Name != stray.Name {
				t.Errorf("%+v", file)
			}
		}
	}
	told(h.State())
	page := apptest.Must(h.Audit(app.AuditFilter{Kind: desk.AuditData}, 0, 1))(t)
	if e := page.Entries[0]; e.Type != string(desk.BackupMade) || e.To != "2" || !slices.Contains(e.Fields, desk.LostFile{SHA256: gone.SHA256, Missing: true}.String()) {
		t.Errorf("the audit log tells %+v", e)
	}
	again := &house{h.Team, keep.New(h.Options), h.dir}
	again.during(t, func() {
		for range 500 {
			if state, err := again.State(); err != nil || state.Last != nil {
				return
			}
			time.Sleep(time.Millisecond)
		}
	})
	told(again.State())
	if err := h.Store().Update(func(tx *store.Tx) error {
		_, err := tx.DropAttachments(desk.TimeOf(h.Clock.Now().Add(time.Hour)), 1000)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if state, err := h.State(); err != nil || len(state.Last.Files) != 1 || state.Last.Lost != 2 {
		t.Errorf("when nothing needs one of them any more: %+v, %v", state.Last, err)
	}
}

// attachment is a file that Ada has sent, and whose bytes are not there.
func (h *house) attachment(t *testing.T, name string, sum byte) desk.Attachment {
	t.Helper()
	owner := desk.AgentActor(h.Ada)
	a := apptest.Must(h.StartAttachment(app.StartAttachment{Owner: owner, ClientID: app.NewID(), Name: name, Size: 9, Type: "application/pdf"}))(t)
	return apptest.Must(h.CompleteAttachment(app.CompleteAttachment{Owner: owner, ID: a.ID, SHA256: [32]byte{sum}, Type: a.Type}))(t)
}

// TestPanicGivesTheTurnBack holds: a backup that panics has failed, and the next is made.
func TestPanicGivesTheTurnBack(t *testing.T) {
	h := newHouse(t, nil)
	files := h.Files
	h.Files = nil // whose use panics
	if err := h.Start(h.Owner, ""); err != nil {
		t.Fatal(err)
	}
	h.during(t, func() { h.has(t, 0) })
	if state, err := h.State(); err != nil || state.Running || state.Last == nil || state.Last.Why != string(desk.CodeInternal) {
		t.Fatalf("%+v, %v", state, err)
	}
	h.Files = files
	if err := h.Start(h.Owner, ""); err != nil {
		t.Fatal(err)
	}
	h.during(t, func() { h.has(t, 1) })
}

// TestClockWentAhead holds: a backup whose name lies in the future neither stops the
// schedule nor takes the place of one that is kept.
func TestClockWentAhead(t *testing.T) {
	h := newHouse(t, &keep.Fixed{Every: time.Hour, Keep: 1})
	ahead := "parley-20990101T000000Z.tar.gz"
	if err := errors.Join(os.MkdirAll(h.dir, 0o700), os.WriteFile(filepath.Join(h.dir, ahead), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	h.during(t, func() { h.has(t, 2) })
	h.Clock.Move(2 * time.Hour)
	made := "parley-" + h.Clock.Now().Format("20060102T150405Z") + ".tar.gz"
	h.during(t, func() {
		for range 1000 {
			if names := h.has(t, 2); slices.Contains(names, made) {
				return
			}
			time.Sleep(time.Millisecond)
		}
	})
	if names := h.has(t, 2); !slices.Equal(names, []string{ahead, made}) {
		t.Errorf("kept are %v", names)
	}
}
