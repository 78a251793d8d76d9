package desk_test

import (
	"testing"

	"parley/desk"
)

func TestVisit(t *testing.T) {
	c := desk.Customer{ID: customer, Page: desk.Page{URL: "https://a.example", Title: "A", At: noon}, Browser: "Firefox"}
	for _, test := range []struct {
		name    string
		page    desk.Page
		browser string
		events  int
	}{
		{"nowhere", desk.Page{}, "", 0},
		{"the same page later", desk.Page{URL: "https://a.example", Title: "A", At: noon + 9}, "", 0},
		{"another title", desk.Page{URL: "https://a.example", Title: "B", At: noon + 9}, "", 1},
		{"another page", desk.Page{URL: "https://b.example", At: noon + 9}, "", 1},
		{"another browser", desk.Page{}, "Safari", 1},
	} {
		next, events := c.Visit(test.page, test.browser, noon+9)
		if len(events) != test.events || (len(events) > 0 && (events[0].Type != desk.CustomerVisited || events[0].Subject != customer)) {
			t.Errorf("%s: %v", test.name, events)
		}
		if test.page.URL == "" && next.Page != c.Page {
			t.Errorf("%s: on %+v", test.name, next.Page)
		}
	}
}

// TestIntroduce lets customers say who they are until a website has said it.
func TestIntroduce(t *testing.T) {
	name, tags := "Elif", []string{"vip"}
	c := desk.Customer{ID: customer}
	next, events, err := c.Introduce(&desk.CustomerChange{Name: &name}, noon)
	if err != nil || next.Name != name || len(events) != 1 || events[0].Actor != desk.CustomerActor(customer) {
		t.Errorf("%+v, %v, %v", next, events, err)
	}
	if _, _, err := c.Introduce(&desk.CustomerChange{Tags: &tags}, noon); desk.CodeOf(err) != desk.CodeForbidden {
		t.Errorf("tags: %v", err)
	}
	c.Verified = true
	if _, _, err := c.Introduce(&desk.CustomerChange{Name: &name}, noon); desk.CodeOf(err) != desk.CodeForbidden {
		t.Errorf("a verified name: %v", err)
	}
	if _, events, err := c.Introduce(&desk.CustomerChange{Language: &name}, noon); err != nil || len(events) != 1 {
		t.Errorf("the language: %v, %v", events, err)
	}
}

// TestVouch takes over what a website says, and tells of it once.
func TestVouch(t *testing.T) {
	said := &desk.Vouched{External: "7", Name: "Elif Kaya", Email: "Elif@Example.com"}
	c := desk.Customer{ID: customer, Name: "E.", Phone: "+90"}
	next, events, err := c.Vouch(said, noon)
	if err != nil || !next.Verified || next.Name != "Elif Kaya" || next.Email != "elif@example.com" || next.Phone != "+90" || len(events) != 1 {
		t.Fatalf("%+v, %v, %v", next, events, err)
	}
	if _, events, err := next.Vouch(said, noon); err != nil || len(events) != 0 {
		t.Errorf("said again: %v, %v", events, err)
	}
	if _, _, err := c.Vouch(&desk.Vouched{Email: "nobody"}, noon); desk.CodeOf(err) != desk.CodeInvalid {
		t.Errorf("an e-mail that is none: %v", err)
	}
	if c.Verified {
		t.Error("the customer before was changed")
	}
}
