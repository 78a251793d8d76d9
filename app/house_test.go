package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/search"
)

// TestStopDuringARename ends housekeeping at once while a tag with many conversations is
// being renamed, and does the rest after the next start.
func TestStopDuringARename(t *testing.T) {
	const conversations = 1000
	team := apptest.New(t)
	for range conversations {
		tagged(t, team, "old")
	}
	count := func(tag string) int {
		for _, each := range apptest.Must(team.Tags())(t) {
			if each.Tag == tag {
				return each.Count
			}
		}
		return 0
	}
	apptest.Must(team.MoveTag(app.MoveTag{By: team.Admin, From: "old", To: "new"}))(t)
	ended := make(chan error, 1)
	stop := keepsHouse(t, team, ended)
	for count("new") == 0 {
		time.Sleep(time.Millisecond)
	}
	stop()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(time.Second):
		t.Fatal("it goes on a second after it was told to stop")
	}
	if left := count("old"); left == 0 {
		t.Error("it was done to the end before it stopped")
	}
	team = team.Restart(t)
	stop = keepsHouse(t, team, ended)
	for deadline := time.Now().Add(time.Minute); count("new") < conversations; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d are renamed after the next start", count("new"), conversations)
		}
	}
	stop()
	<-ended
}

// keepsHouse lets an app with an index keep a team's house until stop; it tells then how
// that ended.
func keepsHouse(t *testing.T, team *apptest.Team, ended chan<- error) (stop func()) {
	t.Helper()
	engine := apptest.Must(search.Open(t.TempDir(), team.Store(), apptest.Quiet(), search.Options{}))(t)
	house := app.New(team.Store(), engine, team.Clock.Now, apptest.Quiet())
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		err := house.KeepHouse(ctx)
		house.Close()
		ended <- errors.Join(err, engine.Close())
	}()
	return stop
}
