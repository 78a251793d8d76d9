package app_test

import (
	"reflect"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// upload announces a file, and says that it is whole if asked to.
func upload(t *testing.T, team *apptest.Team, owner desk.Actor, whole bool) desk.ID {
	t.Helper()
	a := apptest.Must(team.StartAttachment(app.StartAttachment{Owner: owner, ClientID: app.NewID(), Name: "a.png", Size: 10, Type: "image/png"}))(t)
	if whole {
		apptest.Must(team.CompleteAttachment(app.CompleteAttachment{Owner: owner, ID: a.ID, SHA256: [32]byte(append(a.ID[:], a.ID[:]...)), Type: "image/png", Width: 3, Height: 4}))(t)
	}
	return a.ID
}

// TestAttach ties whole files of one's own to one message each.
func TestAttach(t *testing.T) {
	team := apptest.New(t)
	c := team.NewConversation(t)
	ada, can := desk.AgentActor(team.Ada), desk.AgentActor(team.Can)
	mine, other, unfinished := upload(t, team, ada, true), upload(t, team, can, true), upload(t, team, ada, false)
	post := func(ids ...desk.ID) (app.Posted, error) {
		d := apptest.Draft("")
		d.Attachments = ids
		return team.Post(app.PostMessage{By: team.Ada, Number: c.Number, Draft: d})
	}
	head := team.Head()
	for name, row := range map[string]struct {
		ids  []desk.ID
		code desk.Code
	}{
		"another's":  {[]desk.ID{other}, desk.CodeNotFound},
		"unknown":    {[]desk.ID{app.NewID()}, desk.CodeNotFound},
		"unfinished": {[]desk.ID{unfinished}, desk.CodeUnfinished},
		"twice":      {[]desk.ID{mine, mine}, desk.CodeUsedElsewhere},
		"one of two": {[]desk.ID{mine, other}, desk.CodeNotFound},
	} {
		if _, err := post(row.ids...); desk.CodeOf(err) != row.code {
			t.Errorf("%s: %v, want %q", name, err, row.code)
		}
		d := apptest.Draft("")
		d.Attachments = row.ids
		if _, err := team.Begin(app.BeginConversation{By: team.Ada, Customer: c.Customer.ID, Draft: d}); desk.CodeOf(err) != row.code {
			t.Errorf("%s, in a new conversation: %v, want %q", name, err, row.code)
		}
	}
	if team.Head() != head {
		t.Errorf("refusals were told: %v", team.Events(t, head))
	}
	d := apptest.Draft("")
	second := upload(t, team, ada, true)
	d.Attachments = []desk.ID{second, mine}
	cmd := app.PostMessage{By: team.Ada, Number: c.Number, Draft: d}
	first := apptest.Must(team.Post(cmd))(t)
	if files := first.Message.Attachments; len(files) != 2 || files[0].ID != second || files[1].ID != mine || !files[0].Inline || files[0].Width != 3 {
		t.Errorf("posted with %+v", files)
	}
	if last := first.Conversation.Last; last.Files != 2 || last.Text != "" {
		t.Errorf("shown in the list as %+v", last)
	}
	if again := apptest.Must(team.Post(cmd))(t); !reflect.DeepEqual(again, first) {
		t.Errorf("sent again %+v", again)
	}
	if _, err := post(mine); desk.CodeOf(err) != desk.CodeUsedElsewhere {
		t.Errorf("in a second message: %v", err)
	}
}

// TestCustomersAttach lets customers attach their own files and no agent's.
func TestCustomersAttach(t *testing.T) {
	team := apptest.New(t)
	c := team.NewConversation(t)
	theirs, mine := upload(t, team, desk.CustomerActor(c.Customer.ID), true), upload(t, team, desk.AgentActor(team.Ada), true)
	for _, n := range []desk.Number{0, c.Number} {
		d := apptest.Draft("See")
		d.Attachments = []desk.ID{mine}
		if _, err := team.Receive(app.ReceiveMessage{Customer: c.Customer.ID, Number: n, Draft: d}); desk.CodeOf(err) != desk.CodeNotFound {
			t.Errorf("an agent's file to %d: %v", n, err)
		}
	}
	d := apptest.Draft("See")
	d.Attachments = []desk.ID{theirs}
	apptest.Must(team.Receive(app.ReceiveMessage{Customer: c.Customer.ID, Number: c.Number, Draft: d}))(t)
	if a := apptest.Must(team.Download(theirs, team.Can))(t); a.Number != c.Number || a.Seq != 2 {
		t.Errorf("the file is in %d of %d", a.Seq, a.Number)
	}
}

// TestUploadIsOnce starts and completes an upload once, however often it is said.
func TestUploadIsOnce(t *testing.T) {
	team := apptest.New(t)
	ada := desk.AgentActor(team.Ada)
	start := app.StartAttachment{Owner: ada, ClientID: app.NewID(), Name: "a.pdf", Size: 10, Type: "application/pdf"}
	first := apptest.Must(team.StartAttachment(start))(t)
	if again := apptest.Must(team.StartAttachment(start))(t); again != first {
		t.Errorf("started again %+v, first %+v", again, first)
	}
	for name, change := range map[string]func(cmd *app.StartAttachment){
		"another's": func(cmd *app.StartAttachment) { cmd.Owner = desk.AgentActor(team.Can) },
		"name":      func(cmd *app.StartAttachment) { cmd.Name = "b.pdf" },
		"size":      func(cmd *app.StartAttachment) { cmd.Size = 11 },
	} {
		other := start
		change(&other)
		if _, err := team.StartAttachment(other); desk.CodeOf(err) != desk.CodeConflict {
			t.Errorf("under a used id, %s: %v", name, err)
		}
	}
	if _, err := team.StartAttachment(app.StartAttachment{Owner: desk.AgentActor(team.Reporter), ClientID: app.NewID()}); desk.CodeOf(err) != desk.CodeForbidden {
		t.Errorf("a reporter: %v", err)
	}
	complete := app.CompleteAttachment{Owner: ada, ID: first.ID, SHA256: [32]byte{1}, Type: "image/png"}
	done := apptest.Must(team.CompleteAttachment(complete))(t)
	complete.SHA256 = [32]byte{2}
	if again := apptest.Must(team.CompleteAttachment(complete))(t); again != done || !done.Complete || done.Type != "image/png" {
		t.Errorf("completed again %+v, first %+v", again, done)
	}
	for name, row := range map[string]struct {
		owner desk.Actor
		id    desk.ID
	}{"another's": {desk.AgentActor(team.Can), first.ID}, "unknown": {ada, app.NewID()}} {
		if _, err := team.CompleteAttachment(app.CompleteAttachment{Owner: row.owner, ID: row.id}); desk.CodeOf(err) != desk.CodeNotFound {
			t.Errorf("completing %s: %v", name, err)
		}
		if _, err := team.Upload(row.id, row.owner); desk.CodeOf(err) != desk.CodeNotFound {
			t.Errorf("looking at %s: %v", name, err)
		}
	}
	if has, err := team.FileReferenced([32]byte{1}); err != nil || !has {
		t.Errorf("the file is needed: %v, %v", has, err)
	}
}

// TestDownload shows a file that no message carries to its owner alone, and an
// unfinished one to nobody.
func TestDownload(t *testing.T) {
	team := apptest.New(t)
	ada := desk.AgentActor(team.Ada)
	own, unfinished := upload(t, team, ada, true), upload(t, team, ada, false)
	for _, row := range []struct {
		id, by desk.ID
		code   desk.Code
	}{
		{own, team.Ada, ""},
		{own, team.Can, desk.CodeNotFound},
		{unfinished, team.Ada, desk.CodeNotFound},
		{app.NewID(), team.Ada, desk.CodeNotFound},
	} {
		_, err := team.Download(row.id, row.by)
		if row.code == "" && err != nil || row.code != "" && desk.CodeOf(err) != row.code {
			t.Errorf("%v, want %q", err, row.code)
		}
	}
}

// TestForgetOld drops what is old and nothing else, in steps.
func TestForgetOld(t *testing.T) {
	team := apptest.New(t)
	ada := desk.AgentActor(team.Ada)
	old := upload(t, team, ada, true)
	c := team.NewConversation(t)
	posted := team.Writes(t, team.Ada, c.Number, "Early")
	team.Clock.Move(31 * 24 * time.Hour)
	fresh := upload(t, team, ada, true)
	late := app.PostMessage{By: team.Ada, Number: c.Number, Draft: apptest.Draft("Late")}
	apptest.Must(team.Post(late))(t)
	cmd := app.ForgetOld{At: team.Now(), KeepFrom: team.Head(), Limit: 3}
	steps := 0
	for more := true; more; steps++ {
		storetest.MustUpdate(t, team.Store(), func(tx *store.Tx) error {
			next, err := cmd.Apply(tx)
			if more = next != nil; more {
				cmd.Place = *next
			}
			return err
		})
		if steps > 100 {
			t.Fatal("it never ends")
		}
	}
	if steps < 5 {
		t.Errorf("everything went in %d steps", steps)
	}
	storetest.MustView(t, team.Store(), func(tx *store.Tx) error {
		if events, err := tx.Journal(tx.Floor(), 100); err != nil || len(events) != 1 {
			t.Errorf("%d events are left, %v", len(events), err)
		}
		if _, _, found := tx.Sent(*posted.Message.ClientID, ada); found {
			t.Error("an old client id is kept")
		}
		return nil
	})
	if _, err := team.Upload(old, ada); desk.CodeOf(err) != desk.CodeNotFound {
		t.Errorf("an old upload: %v", err)
	}
	if _, err := team.Upload(fresh, ada); err != nil {
		t.Errorf("a fresh upload: %v", err)
	}
	if again := apptest.Must(team.Post(late))(t); again.Message.Seq != 3 {
		t.Errorf("a late retry is message %d", again.Message.Seq)
	}
}

// TestFileQuota refuses a file for which there is no room, of everybody's or of
// one's own, and takes the same file again that was taken before.
func TestFileQuota(t *testing.T) {
	team := apptest.New(t)
	team.LimitFiles(app.FileQuota{All: 100, Each: 60})
	ada, can := desk.AgentActor(team.Ada), desk.AgentActor(team.Can)
	announce := func(owner desk.Actor, id desk.ID, size uint64) desk.Code {
		_, err := team.StartAttachment(app.StartAttachment{Owner: owner, ClientID: id, Name: "a.png", Size: size, Type: "image/png"})
		if err == nil {
			return ""
		}
		return desk.CodeOf(err)
	}
	first := app.NewID()
	for i, step := range []struct {
		owner desk.Actor
		id    desk.ID
		size  uint64
		want  desk.Code
	}{
		{ada, app.NewID(), 101, desk.CodeStorageFull},
		{ada, app.NewID(), ^uint64(0), desk.CodeStorageFull},
		{ada, first, 60, ""},
		{ada, first, 60, ""},
		{ada, app.NewID(), 1, desk.CodeStorageFull},
		{can, app.NewID(), 41, desk.CodeStorageFull},
		{can, app.NewID(), 40, ""},
		{can, app.NewID(), 1, desk.CodeStorageFull},
	} {
		if got := announce(step.owner, step.id, step.size); got != step.want {
			t.Errorf("step %d: %q, want %q", i+1, got, step.want)
		}
	}
	team.LimitFiles(app.FileQuota{})
	if got := announce(ada, app.NewID(), 1000); got != "" {
		t.Errorf("without a quota: %q", got)
	}
}
