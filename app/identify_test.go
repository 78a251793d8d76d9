package app_test

import (
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

// identified lets in a browser for whom the website vouches.
func (w *web) identified(t *testing.T, token, external, jti, old string) (wire.Visitor, error) {
	t.Helper()
	cmd := app.Identify{
		SiteKey: w.site.Key, Visitor: app.Visitor{Hash: hashOf(token)},
		Identity: app.Identity{
			Vouched: desk.Vouched{External: external, Name: "Elif Kaya", Email: "elif@example.com"},
			JTI:     jti, Expires: w.Now() + 300_000,
		},
	}
	if old != "" {
		hash := hashOf(old)
		cmd.Old = &hash
	}
	return w.Identify(cmd)
}

// TestVouchedIsOnePerson makes one customer of one external id, in however many
// browsers, and none out of what nobody has vouched for.
func TestVouchedIsOnePerson(t *testing.T) {
	w := newWeb(t)
	unproved := w.visitor(t, "unproved")
	email := "elif@example.com"
	apptest.Must(w.Introduce(app.Introduce{Visitor: *unproved, Change: desk.CustomerChange{Email: &email}}))(t)
	w.says(t, unproved, "", "canary: I say that I am Elif")

	first := apptest.Must(w.identified(t, "phone", "crm-7", "j1", ""))(t)
	if !first.Verified || first.ID == unproved.Customer || first.Name != "Elif Kaya" {
		t.Fatalf("vouched for is %+v", first)
	}
	onPhone := w.known(t, "phone")
	handle := w.says(t, onPhone, "", "Merhaba").Conversation.Handle
	second := apptest.Must(w.identified(t, "laptop", "crm-7", "j2", "unproved"))(t)
	state := apptest.Must(w.VisitorState(w.known(t, "laptop")))(t)
	if second.ID != first.ID || len(state.Conversations) != 1 || state.Conversations[0].Handle != handle {
		t.Errorf("in another browser: %+v", state)
	}
	if _, _, err := w.Visitor(hashOf("unproved")); desk.CodeOf(err) != desk.CodeUnauthorized {
		t.Errorf("what the browser was before still opens: %v", err)
	}
	if c := apptest.Must(w.Customer(unproved.Customer))(t); c.Verified {
		t.Error("what was said without proof is vouched for")
	}
	other := apptest.Must(w.identified(t, "tablet", "crm-8", "j3", "laptop"))(t)
	if other.ID == first.ID {
		t.Error("two external ids are one person")
	}
}

// TestVouchedStays keeps what a website has said from what the browser says.
func TestVouchedStays(t *testing.T) {
	w := newWeb(t)
	apptest.Must(w.identified(t, "a", "crm-7", "j1", ""))(t)
	v, name := w.known(t, "a"), "Mallory"
	for what, change := range map[string]desk.CustomerChange{
		"name": {Name: &name}, "e-mail": {Email: &name}, "phone": {Phone: &name}, "attributes": {Attributes: map[string]*string{"plan": &name}},
	} {
		_, err := w.Introduce(app.Introduce{Visitor: *v, Change: change})
		refused(t, what, err, desk.CodeForbidden)
	}
	tr := "en"
	apptest.Must(w.Introduce(app.Introduce{Visitor: *v, Change: desk.CustomerChange{Language: &tr}}))(t)
	if c := apptest.Must(w.Customer(v.Customer))(t); c.Name != "Elif Kaya" || c.Language != "en" || c.Attributes["plan"] != "" {
		t.Errorf("the customer is %+v", c)
	}
}

// TestIdentityIsUsedOnce refuses the same signed identity a second time and leaves
// everything as it was.
func TestIdentityIsUsedOnce(t *testing.T) {
	w := newWeb(t)
	apptest.Must(w.identified(t, "a", "crm-7", "j1", ""))(t)
	_, err := w.identified(t, "b", "crm-7", "j1", "a")
	refused(t, "replayed", err, desk.CodeUnauthorized)
	if _, _, err := w.Visitor(hashOf("b")); desk.CodeOf(err) != desk.CodeUnauthorized {
		t.Errorf("a replayed identity opens: %v", err)
	}
	if _, _, err := w.Visitor(hashOf("a")); err != nil {
		t.Errorf("a replayed identity has ended the token before: %v", err)
	}
	w.Clock.Move(time.Hour)
	if err := w.ForgetVisitors(t.Context()); err != nil {
		t.Fatal(err)
	}
	apptest.Must(w.identified(t, "c", "crm-7", "j1", ""))(t) // long expired, so it cannot come again signed
}

// TestTokens live, overlap and die.
func TestTokens(t *testing.T) {
	w := newWeb(t)
	v := w.visitor(t, "old")
	if err := w.RotateVisitor(hashOf("old"), hashOf("new")); err != nil {
		t.Fatal(err)
	}
	opens := func(token string) bool { _, _, err := w.Visitor(hashOf(token)); return err == nil }
	if !opens("old") || !opens("new") || w.known(t, "new").Customer != v.Customer {
		t.Error("no overlap")
	}
	w.Clock.Move(25 * time.Hour)
	if opens("old") || !opens("new") {
		t.Error("the old one outlives its overlap, or the new one does not")
	}
	w.Clock.Move(60 * 24 * time.Hour)
	if err := w.SeeVisitor(w.known(t, "new")); err != nil {
		t.Fatal(err)
	}
	w.Clock.Move(60 * 24 * time.Hour)
	if !opens("new") {
		t.Error("a token that was used died")
	}
	w.Clock.Move(31 * 24 * time.Hour)
	if opens("new") {
		t.Error("a token lives after 90 idle days")
	}
	if err := w.ForgetVisitors(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Visitor(hashOf("new")); desk.CodeOf(err) != desk.CodeUnauthorized {
		t.Error(err)
	}
	w.visitor(t, "x")
	for range 2 {
		if err := w.EndVisitor(hashOf("x")); err != nil || opens("x") {
			t.Errorf("ended: %v", err)
		}
	}
	for i := range 50 {
		if i == 0 {
			w.visitor(t, "n0")
			continue
		}
		w.Clock.Move(time.Second)
		if err := w.RotateVisitor(hashOf("n"+string(rune('0'+i-1))), hashOf("n"+string(rune('0'+i)))); err != nil {
			t.Fatal(err)
		}
	}
	if opens("n"+string(rune('0'+20))) || !opens("n"+string(rune('0'+49))) {
		t.Error("one browser has any number of tokens")
	}
}

// TestWhatASiteAsksFor comes before the first message.
func TestWhatASiteAsksFor(t *testing.T) {
	w := newWeb(t)
	w.sets(t, desk.SiteChange{
		Fields:  &desk.SiteFields{Email: desk.FieldRequired},
		Consent: &desk.SiteConsent{On: true, Version: "2", Text: desk.Both{TR: "Aydınlatma metni"}},
	})
	v := w.visitor(t, "a")
	try := func(v *app.Visitor) error {
		_, err := w.VisitorSays(app.VisitorMessage{Visitor: *v, Draft: apptest.Draft("Merhaba")})
		return err
	}
	refused(t, "without consent", try(v), desk.CodeConsent)
	old, present, email := "1", "2", "elif@example.com"
	_, err := w.Introduce(app.Introduce{Visitor: *v, Consent: &old})
	refused(t, "consent to another notice", err, desk.CodeConflict)
	apptest.Must(w.Introduce(app.Introduce{Visitor: *v, Consent: &present}))(t)
	refused(t, "without an e-mail address", try(v), desk.CodeEmpty)
	apptest.Must(w.Introduce(app.Introduce{Visitor: *v, Change: desk.CustomerChange{Email: &email}}))(t)
	if err := try(v); err != nil {
		t.Error(err)
	}
	c := apptest.Must(w.Customer(v.Customer))(t)
	if c.Consent == nil || c.Consent.Version != "2" || c.Consent.Language != "tr" || c.Consent.At != w.Now() {
		t.Errorf("the receipt is %+v", c.Consent)
	}
	apptest.Must(w.identified(t, "b", "crm-7", "j1", ""))(t)
	refused(t, "vouched for, without consent", try(w.known(t, "b")), desk.CodeConsent)
}
