package e2e

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestSamplesGoThroughKills has sample data removed and kills the server meanwhile, at
// a random moment: once the removal was under way, the next start finishes it, and
// whatever the moment was, the folder is sound. Then they come and go once more.
func TestSamplesGoThroughKills(t *testing.T) {
	server := Start(t)
	owner := server.SetUp(t)
	var team struct{ Samples string }
	for range 4 {
		owner.Must(t, "POST", "/samples", nil, &team)
		if team.Samples != "there" {
			t.Fatalf("after adding, samples are %q", team.Samples)
		}
		gone := make(chan error, 1)
		go func() { gone <- owner.Call("DELETE", "/samples", nil, nil) }()
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		server.Kill()
		answered := <-gone == nil
		t.Logf("killed; acknowledged: %v; %s", answered, strings.TrimSpace(mustRun(t, "check", "--data", server.Dir)))
		server.Restart(t)
		for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
			var me struct{ Team struct{ Samples string } }
			owner.Must(t, "GET", "/me", nil, &me)
			if me.Team.Samples == "none" {
				break
			}
			if me.Team.Samples == "there" { // the removal had not begun
				if answered {
					t.Fatal("a removal that was acknowledged is undone")
				}
				owner.Must(t, "DELETE", "/samples", nil, nil)
			}
			if time.Since(began) > 20*time.Second {
				t.Fatalf("samples are still %q", me.Team.Samples)
			}
		}
		var views struct{ Counts map[string]int }
		owner.Must(t, "GET", "/views", nil, &views)
		if views.Counts["inbox"]+views.Counts["archive"] != 0 {
			t.Fatalf("left: %v", views.Counts)
		}
	}
	owner.Begin(t, "Elif Kaya", "Hello")
	if refused := refusal(owner.Call("POST", "/samples", nil, nil)); refused == nil || refused.Code != "conflict" {
		t.Errorf("samples in an inbox of one's own: %v", refused)
	}
	server.Stop(t)
	mustRun(t, "check", "--data", server.Dir)
}
