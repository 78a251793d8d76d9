package app_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestSetupSaysWhereTheTeamIs takes the time zone of the working hours and leaves the
// team's name for later.
func TestSetupSaysWhereTheTeamIs(t *testing.T) {
	st := storetest.Open(t)
	team := &apptest.Team{App: app.New(st, nil, time.Now, apptest.Quiet())}
	t.Cleanup(team.Close)
	cmd := app.Setup{
		Code: apptest.Must(team.OpenSetup())(t), Language: "en", Zone: "Europe/Atlantis",
		Session: store.Session{Hash: [32]byte{1}, ExpiresAt: team.Now() + 1000, SeenAt: team.Now(), IdleLimit: 1000},
		Owner:   app.CreateAgent{Name: "Olive", Email: "o@example.com", Password: "hash"},
	}
	_, err := team.Setup(cmd)
	wantRefusal(t, err, desk.CodeInvalid)
	cmd.Zone = "Europe/London"
	me := apptest.Must(team.Setup(cmd))(t)
	if hours := apptest.Must(team.Hours())(t); hours.Zone != "Europe/London" || !hours.Always {
		t.Errorf("working hours %+v", hours)
	}
	if me.Team.Name != desk.DefaultTeam().Name || me.Team.Language != "en" {
		t.Errorf("team %+v", me.Team)
	}
}

// TestOneCodeMakesOneOwner submits one code many times at once.
func TestOneCodeMakesOneOwner(t *testing.T) {
	st := storetest.Open(t)
	team := &apptest.Team{App: app.New(st, nil, time.Now, apptest.Quiet())}
	t.Cleanup(team.Close)
	code := apptest.Must(team.OpenSetup())(t)
	var all sync.WaitGroup
	errs := make([]error, 20)
	for i := range errs {
		all.Go(func() {
			_, errs[i] = team.Setup(app.Setup{
				Code: code, TeamName: "Acme", Language: "tr", Session: store.Session{Hash: [32]byte{byte(i)}, ExpiresAt: team.Now() + 1000, SeenAt: team.Now(), IdleLimit: 1000},
				Owner: app.CreateAgent{Name: "Olive", Email: fmt.Sprintf("o%d@example.com", i), Password: "hash"},
			})
		})
	}
	all.Wait()
	made := 0
	for _, err := range errs {
		if err == nil {
			made++
		} else {
			wantRefusal(t, err, desk.CodeClosed)
		}
	}
	if agents := apptest.Must(team.Roster())(t).Agents; made != 1 || len(agents) != 1 || agents[0].Role != "owner" {
		t.Errorf("%d were made: %+v", made, agents)
	}
}
