package server

import (
	"net/http"
	"testing"

	"parley/desk"
)

// TestSetupOverHTTP slows who guesses at the code, and not who needs a few tries for
// the fields; a wrong field changes nothing, and one owner is made.
func TestSetupOverHTTP(t *testing.T) {
	s := newStand(t)
	link, err := s.app.OpenSetup()
	if err != nil {
		t.Fatal(err)
	}
	setup := func(changes map[string]any) (int, map[string]any) {
		fields := map[string]any{
			"code": link, "name": "Olcay", "email": "o@example.com", "password": "quince-jam-on-warm-bread", "language": "en", "zone": "Europe/London",
		}
		for k, v := range changes {
			fields[k] = v
		}
		return s.ask(http.MethodPost, apiPath+"/setup", "", fields)
	}
	for name, c := range map[string]struct {
		changes map[string]any
		field   string
	}{
		"a password that everybody knows": {map[string]any{"password": "password1234"}, "password"},
		"a short password":                {map[string]any{"password": "short"}, "password"},
		"no name":                         {map[string]any{"name": " "}, "name"},
		"no address":                      {map[string]any{"email": "o"}, "email"},
		"an unknown zone":                 {map[string]any{"zone": "Europe/Atlantis"}, "zone"},
		"the machine's zone":              {map[string]any{"zone": "Local"}, "zone"},
	} {
		if status, answer := setup(c.changes); status/100 != 4 || answer["field"] != c.field {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	slowed := false
	for range 12 {
		_, answer := setup(map[string]any{"code": "wrong"})
		slowed = slowed || code(answer) == desk.CodeRateLimited
	}
	if !slowed {
		t.Error("guessing at the code is not slowed")
	}
	if status, answer := setup(nil); status != http.StatusOK {
		t.Errorf("the right code: %d %v", status, answer)
	}
	if status, answer := setup(nil); status != http.StatusGone || code(answer) != desk.CodeClosed {
		t.Errorf("a second time: %d %v", status, answer)
	}
	hours, err := s.app.Hours()
	if err != nil || hours.Zone != "Europe/London" {
		t.Errorf("working hours %+v, %v", hours, err)
	}
}
