package app_test

import (
	"strings"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
)

// TestSigningOutEndsTheChain ends what a browser has had before and since, from
// whichever of them, and no other browser's token.
func TestSigningOutEndsTheChain(t *testing.T) {
	for _, from := range []string{"first", "second", "third"} {
		w := newWeb(t)
		apptest.Must(w.identified(t, "first", "crm-7", "j1", ""))(t)
		apptest.Must(w.identified(t, "elsewhere", "crm-7", "j2", ""))(t)
		if err := w.RotateVisitor(hashOf("first"), hashOf("second")); err != nil {
			t.Fatal(err)
		}
		apptest.Must(w.identified(t, "third", "crm-7", "j3", "second"))(t) // the same person again, in the same browser
		if err := w.RotateVisitor(hashOf("elsewhere"), hashOf("elsewhere too")); err != nil {
			t.Fatal(err)
		}
		if err := w.EndVisitor(hashOf(from)); err != nil {
			t.Fatal(err)
		}
		for token, want := range map[string]bool{"first": false, "second": false, "third": false, "elsewhere": true, "elsewhere too": true} {
			if _, _, err := w.Visitor(hashOf(token)); (err == nil) != want {
				t.Errorf("signed out with the %s: the %s: %v", from, token, err)
			}
		}
	}
}

// TestStrangersAreForgottenSoon drops the tokens of those who never said anything
// after a week, and keeps everybody else's.
func TestStrangersAreForgottenSoon(t *testing.T) {
	w := newWeb(t)
	w.visitor(t, "stranger")
	w.says(t, w.visitor(t, "customer"), "", "Merhaba")
	for _, step := range []struct {
		days     int
		stranger bool
	}{{6, true}, {1, false}} {
		w.Clock.Move(time.Duration(step.days) * 24 * time.Hour)
		if err := w.ForgetVisitors(t.Context()); err != nil {
			t.Fatal(err)
		}
		for token, want := range map[string]bool{"stranger": step.stranger, "customer": true} {
			if _, _, err := w.Visitor(hashOf(token)); (err == nil) != want {
				t.Errorf("after %d more days, the %s: %v", step.days, token, err)
			}
		}
	}
}

// TestStrangersLeaveLittle keeps where a stranger is in few bytes, and where a
// customer is in full.
func TestStrangersLeaveLittle(t *testing.T) {
	w := newWeb(t)
	long := desk.Page{URL: "https://shop.example/kargo?" + strings.Repeat("a=1&", 400), Title: strings.Repeat("Kargo ", 150)}
	apptest.Must(w.NewVisitor(w.site.Key, hashOf("a"), app.VisitorSeed{Page: long}))(t)
	v := w.known(t, "a")
	if p := v.Seed.Page; p.URL != "https://shop.example/kargo" || len([]rune(p.Title)) > 80 {
		t.Errorf("a stranger is kept at %+v", p)
	}
	apptest.Must(w.Introduce(app.Introduce{Visitor: *v, Page: desk.Page{URL: "https://shop.example/" + strings.Repeat("long/", 300)}}))(t)
	if v = w.known(t, "a"); v.Seed.Page.URL != "https://shop.example/" {
		t.Errorf("then at %+v", v.Seed.Page)
	}
	posted := apptest.Must(w.VisitorSays(app.VisitorMessage{Visitor: *v, Page: long, Draft: apptest.Draft("Merhaba")}))(t)
	if posted.Message.Text != "Merhaba" {
		t.Error("nothing was said")
	}
	if c := apptest.Must(w.Customer(v.Customer))(t); c.Page == nil || c.Page.URL != long.URL {
		t.Errorf("a customer is kept at %+v", c.Page)
	}
}
