package desk_test

import (
	"strings"
	"testing"

	"parley/desk"
)

func shop() *desk.Site {
	s := desk.NewSite(idOf(0x51), "Ab3xyzAb3xyzAb", "Shop", noon)
	s.Rev = 4
	return &s
}

func TestCleanOrigin(t *testing.T) {
	for text, want := range map[string]string{
		"https://example.com":             "https://example.com",
		" HTTPS://Example.COM/ ":          "https://example.com",
		"https://example.com:443":         "https://example.com",
		"http://example.com:80":           "http://example.com",
		"http://example.com:443":          "http://example.com:443",
		"http://localhost:3000":           "http://localhost:3000",
		"http://192.168.1.20:8080":        "http://192.168.1.20:8080",
		"https://*.example.com":           "https://*.example.com",
		"https://*.shop.example.com:8443": "https://*.shop.example.com:8443",
		"https://xn--atmanskuc-b8b.com":   "https://xn--atmanskuc-b8b.com",
	} {
		if got, err := desk.CleanOrigin(text); err != nil || got != want {
			t.Errorf("%q is %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "*", "https://*", "https://*.com", "https://*.", "https://a.*.com", "https://**.example.com", "https://*example.com",
		"https://*.10.0.0.1", "example.com", "//example.com", "ftp://example.com", "javascript://example.com", "https://",
		"https://example.com/shop", "https://example.com?x", "https://example.com#x", "https://user@example.com",
		"https://example.com:", "https://example.com:0", "https://example.com:70000", "https://example.com:+80", "https://example.com:080",
		"https://example..com", "https://.example.com", "https://-a.com", "https://exa mple.com", "https://example.com; script-src *",
		"https://example.com'", "https://example.com,https://evil.com", "https://[::1]:3000", "https://şişli.com", "https://ex\x00ample.com",
		"https://" + strings.Repeat("a", 64) + ".com", "null", "'self'",
	} {
		if got, err := desk.CleanOrigin(text); desk.CodeOf(err) != desk.CodeInvalid {
			t.Errorf("%q is taken as %q, %v", text, got, err)
		}
	}
}

func TestSiteChange(t *testing.T) {
	old, text := uint64(3), func(s string) *string { return &s }
	number := func(n int) *int { return &n }
	for _, test := range []struct {
		name   string
		change desk.SiteChange
		code   desk.Code
		field  string
	}{
		{"an old rev", desk.SiteChange{Rev: &old}, desk.CodeConflict, "rev"},
		{"no name", desk.SiteChange{Name: text(" ")}, desk.CodeEmpty, "name"},
		{"a bad address", desk.SiteChange{Origins: &[]string{"https://a.com", "b.com"}}, desk.CodeInvalid, "origins"},
		{"many addresses", desk.SiteChange{Origins: ptr(make([]string, desk.MaxOrigins+1))}, desk.CodeTooMany, "origins"},
		{"a colour by name", desk.SiteChange{Look: desk.SiteLookChange{Color: text("red")}}, desk.CodeInvalid, "color"},
		{"a short colour", desk.SiteChange{Look: desk.SiteLookChange{Color: text("#fff")}}, desk.CodeInvalid, "color"},
		{"a colour that goes on", desk.SiteChange{Look: desk.SiteLookChange{Color: text("#0b666;")}}, desk.CodeInvalid, "color"},
		{"no such side", desk.SiteChange{Look: desk.SiteLookChange{Position: text("top")}}, desk.CodeInvalid, "position"},
		{"no such scheme", desk.SiteChange{Look: desk.SiteLookChange{Scheme: text("")}}, desk.CodeInvalid, "scheme"},
		{"no such language", desk.SiteChange{Look: desk.SiteLookChange{Language: text("de")}}, desk.CodeInvalid, "language"},
		{"far away", desk.SiteChange{Look: desk.SiteLookChange{OffsetY: number(401)}}, desk.CodeInvalid, "offset_y"},
		{"outside", desk.SiteChange{Look: desk.SiteLookChange{OffsetX: number(-1)}}, desk.CodeInvalid, "offset_x"},
		{"an icon that is none", desk.SiteChange{Look: desk.SiteLookChange{Icon: pointer("<svg>")}}, desk.CodeInvalid, "launcher_icon"},
		{"a long launcher", desk.SiteChange{Look: desk.SiteLookChange{Launcher: &desk.Both{EN: strings.Repeat("a", 31)}}}, desk.CodeTooLong, "launcher_text.en"},
		{"a long greeting", desk.SiteChange{Texts: &desk.SiteTexts{Greeting: desk.Both{TR: strings.Repeat("a", desk.MaxSiteText+1)}}}, desk.CodeTooLong, "texts.greeting.tr"},
		{"consent to nothing", desk.SiteChange{Consent: &desk.SiteConsent{On: true, Version: "1"}}, desk.CodeEmpty, "consent.text"},
		{"consent without version", desk.SiteChange{Consent: &desk.SiteConsent{}}, desk.CodeEmpty, "consent.version"},
		{"a notice that is code", desk.SiteChange{Consent: &desk.SiteConsent{Version: "1", URL: "javascript:alert(1)"}}, desk.CodeInvalid, "consent.url"},
		{"a notice with a password", desk.SiteChange{Consent: &desk.SiteConsent{Version: "1", URL: "https://a:b@example.com"}}, desk.CodeInvalid, "consent.url"},
	} {
		_, events, err := shop().Change(desk.AgentActor(ada.ID), &test.change, noon)
		refusal, _ := err.(*desk.Error)
		if refusal == nil || refusal.Code != test.code || refusal.Field != test.field || len(events) > 0 {
			t.Errorf("%s: %v, want %s of %s", test.name, err, test.code, test.field)
		}
	}
	before := shop()
	next, events, err := before.Change(desk.AgentActor(ada.ID), &desk.SiteChange{
		Origins: &[]string{"HTTPS://Shop.example/", "https://shop.example"}, Look: desk.SiteLookChange{Color: text("#AABBCC")},
		Rev: ptr(uint64(4)),
	}, noon)
	if err != nil || len(events) != 1 || events[0].Type != desk.SiteSaved || events[0].Subject != before.ID {
		t.Fatalf("%v, %v", events, err)
	}
	if len(next.Origins) != 1 || next.Origins[0] != "https://shop.example" || next.Look.Color != "#aabbcc" || next.Look.Position != "right" || len(before.Origins) != 0 {
		t.Errorf("%+v", next)
	}
	if _, events, err := next.Change(desk.AgentActor(ada.ID), &desk.SiteChange{Name: text("Shop")}, noon); err != nil || len(events) != 0 {
		t.Errorf("the same again: %v, %v", events, err)
	}
}

func ptr[T any](v T) *T { return &v }

// TestConsentHasVersions asks for a new version with a new text, once visitors may
// have agreed to the old one.
func TestConsentHasVersions(t *testing.T) {
	s := shop()
	set := func(c desk.SiteConsent) error {
		next, _, err := s.Change(desk.AgentActor(ada.ID), &desk.SiteChange{Consent: &c}, noon)
		if err == nil {
			s = &next
		}
		return err
	}
	first := desk.SiteConsent{On: true, Version: "1", Text: desk.Both{TR: "Metin"}}
	if err := set(first); err != nil {
		t.Fatal(err)
	}
	other := first
	other.Text.TR = "Başka metin"
	if err := set(other); desk.CodeOf(err) != desk.CodeInvalid {
		t.Errorf("another text under the same version: %v", err)
	}
	other.Version = "2"
	if err := set(other); err != nil {
		t.Error(err)
	}
	c := desk.Customer{ID: customer, Consent: &desk.Consent{Version: "1"}}
	if err := s.Welcomes(&c); desk.CodeOf(err) != desk.CodeConsent {
		t.Errorf("agreed to the old text: %v", err)
	}
	if agreed, events := c.Agree("2", noon); s.Welcomes(&agreed) != nil || len(events) != 1 || c.Consent.Version != "1" {
		t.Errorf("%+v", agreed.Consent)
	}
}

func TestCleanPage(t *testing.T) {
	for address, want := range map[string]string{
		"":                                 "",
		"https://shop.example/a?b=1#token": "https://shop.example/a?b=1",
		"http://localhost:3000/":           "http://localhost:3000/",
	} {
		if got, err := desk.CleanPage(desk.Page{URL: address, Title: " Cart \n 2 "}, noon); err != nil || got.URL != want {
			t.Errorf("%q is %+v, %v", address, got, err)
		} else if want != "" && (got.Title != "Cart 2" || got.At != noon) {
			t.Errorf("%q is %+v", address, got)
		}
	}
	for _, address := range []string{"javascript:alert(1)", "data:text/html,x", "shop", "https://", "https://a:b@c.example/", "https://" + strings.Repeat("a", 2000), "https://a/\x00"} {
		if got, err := desk.CleanPage(desk.Page{URL: address}, noon); desk.CodeOf(err) != desk.CodeInvalid {
			t.Errorf("%q is taken as %+v, %v", address, got, err)
		}
	}
	if got, err := desk.CleanPage(desk.Page{URL: "https://a.example", Title: strings.Repeat("ş", 900)}, noon); err != nil || len([]rune(got.Title)) != desk.MaxPageTitle {
		t.Errorf("a long title: %d, %v", len(got.Title), err)
	}
}

// TestShownToCustomer holds what customers may see to a list.
func TestShownToCustomer(t *testing.T) {
	line := func(kind desk.EventType) desk.Message {
		return desk.Message{Kind: desk.KindEvent, Line: &desk.EventLine{Type: kind}}
	}
	for _, test := range []struct {
		m    desk.Message
		want bool
	}{
		{desk.Message{Kind: desk.KindCustomer}, true},
		{desk.Message{Kind: desk.KindAgent}, true},
		{desk.Message{Kind: desk.KindBot}, true},
		{desk.Message{Kind: desk.KindNote}, false},
		{desk.Message{Kind: desk.KindEvent}, false},
		{desk.Message{Kind: 99}, false},
		{line(desk.ConversationAssigned), true},
		{line(desk.ConversationHandedOver), true},
		{line(desk.ConversationResolved), true},
		{line(desk.ConversationReopened), true},
		{line(desk.ConversationUnassigned), false},
		{line(desk.ConversationTeamAssigned), false},
		{line(desk.ConversationTeamUnassigned), false},
		{line(desk.ConversationArchived), false},
		{line(desk.ConversationUnarchived), false},
		{line(desk.ConversationTagged), false},
		{line(desk.ConversationBlocked), false},
		{line(desk.ConversationUnblocked), false},
	} {
		if got := test.m.ShownToCustomer(); got != test.want {
			t.Errorf("%s %+v: %t", test.m.Kind, test.m.Line, got)
		}
	}
}
