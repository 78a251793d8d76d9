package app_test

import (
	"encoding/base32"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/store"
	"parley/store/storetest"
	"parley/vault"
)

// phone is an authenticator app.
type phone struct {
	secret []byte
	clock  *apptest.Clock
}

// code is what it shows, a number of steps from now.
func (p *phone) code(off int) string {
	return desk.OneTimeCode(p.secret, desk.CodeStep(desk.TimeOf(p.clock.Now()))+uint64(off))
}

// browser is the session in which the tests turn a second factor on.
var browser = [32]byte{0xb0}

// turnsOn gives somebody a second factor, and their recovery codes.
func turnsOn(t *testing.T, team *apptest.Team, who desk.ID) (*phone, []string) {
	t.Helper()
	offer := apptest.Must(team.OfferFactor(who, browser))(t)
	secret := secretOf(t, offer.Secret)
	p := &phone{secret, team.Clock}
	state, codes, err := team.TurnFactorOn(app.TurnFactorOn{By: who, Session: browser}, offer.Offer, p.code(0))
	if err != nil || !state.On || state.Recovery != desk.RecoveryCodes || len(codes) != desk.RecoveryCodes {
		t.Fatalf("%+v, %v, %v", state, codes, err)
	}
	return p, codes
}

// signs signs somebody in as the server does, the password aside.
func signs(team *apptest.Team, who desk.ID, code string) error {
	proof, err := team.ProveFactor(who, code)
	if err != nil {
		return err
	}
	return opens(team, who, proof)
}

func opens(team *apptest.Team, who desk.ID, proof *desk.FactorProof) error {
	id := app.NewID()
	session := store.Session{Hash: [32]byte(append(id[:], id[:]...)), Agent: who, CreatedAt: team.Now(), SeenAt: team.Now(), ExpiresAt: team.Now() + 1000_000, IdleLimit: 1000_000}
	_, err := team.SaveSession(app.SaveSession{Session: session, New: true, Proof: proof})
	return err
}

// TestSecondFactor signs in with codes, each once, and with nothing else.
func TestSecondFactor(t *testing.T) {
	team := apptest.New(t)
	if err := signs(team, team.Ada, ""); err != nil {
		t.Fatalf("without a second factor: %v", err)
	}
	p, codes := turnsOn(t, team, team.Ada)
	for _, row := range []struct {
		name, code string
		want       desk.Code
	}{
		{"the password alone", "", desk.CodeFactorRequired},
		{"the code that turned it on", p.code(0), desk.CodeWrongFactor},
		{"a wrong code", "000000", desk.CodeWrongFactor},
		{"no code", "hunter2", desk.CodeWrongFactor},
		{"somebody's recovery code", "0123-4567-89ab-cdef", desk.CodeWrongFactor},
		{"a clock that is two steps fast", p.code(2), desk.CodeWrongFactor},
		{"a clock that is one step fast", p.code(1), ""},
		{"the same again", p.code(1), desk.CodeWrongFactor},
		{"a recovery code", strings.ToUpper(codes[3]), ""},
		{"the same again", codes[3], desk.CodeWrongFactor},
	} {
		if err := signs(team, team.Ada, row.code); codeOf(err) != row.want {
			t.Errorf("%s: %v, want %q", row.name, err, row.want)
		}
	}
	team.Clock.Move(90 * time.Second)
	for off, want := range map[int]desk.Code{-2: desk.CodeWrongFactor, -1: ""} {
		if err := signs(team, team.Ada, p.code(off)); codeOf(err) != want {
			t.Errorf("%d steps off: %v, want %q", off, err, want)
		}
	}
	again := team.Restart(t)
	p.clock = again.Clock
	if err := signs(again, again.Ada, p.code(-1)); codeOf(err) != desk.CodeWrongFactor {
		t.Errorf("a used code after a restart: %v", err)
	}
	if state := apptest.Must(again.SecondFactor(again.Ada))(t); !state.On || state.Recovery != desk.RecoveryCodes-1 {
		t.Errorf("after a restart: %+v", state)
	}
	if state := apptest.Must(again.SecondFactor(again.Can))(t); state.On || state.Since != nil {
		t.Errorf("somebody else's: %+v", state)
	}
}

func codeOf(err error) desk.Code {
	if err == nil {
		return ""
	}
	return desk.CodeOf(err)
}

// TestOneCodeOpensOneDoor has many bring the same code at the same moment.
func TestOneCodeOpensOneDoor(t *testing.T) {
	team := apptest.New(t)
	p, codes := turnsOn(t, team, team.Ada)
	for _, code := range []string{p.code(1), codes[0]} {
		proof := apptest.Must(team.ProveFactor(team.Ada, code))(t)
		var all sync.WaitGroup
		results := make(chan error, 8)
		for range cap(results) {
			all.Go(func() { results <- opens(team, team.Ada, proof) })
		}
		all.Wait()
		close(results)
		opened := 0
		for err := range results {
			switch codeOf(err) {
			case "":
				opened++
			case desk.CodeWrongFactor:
			default:
				t.Error(err)
			}
		}
		if opened != 1 {
			t.Errorf("%s opened %d doors", code, opened)
		}
	}
	// The door itself asks, whoever forgot to.
	if err := opens(team, team.Ada, nil); codeOf(err) != desk.CodeFactorRequired {
		t.Errorf("a session without a proof: %v", err)
	}
}

// TestOffers turn a second factor on in the browser that asked, in time, and not twice.
func TestOffers(t *testing.T) {
	team := apptest.New(t)
	offer := apptest.Must(team.OfferFactor(team.Ada, browser))(t)
	p := &phone{secretOf(t, offer.Secret), team.Clock}
	turn := func(by desk.ID, session [32]byte, offer, code string) desk.Code {
		_, _, err := team.TurnFactorOn(app.TurnFactorOn{By: by, Session: session}, offer, code)
		return codeOf(err)
	}
	for _, row := range []struct {
		name string
		got  desk.Code
		want desk.Code
	}{
		{"somebody else's offer", turn(team.Can, browser, offer.Offer, p.code(0)), desk.CodeInvalid},
		{"another browser's", turn(team.Ada, [32]byte{1}, offer.Offer, p.code(0)), desk.CodeInvalid},
		{"none", turn(team.Ada, browser, "", p.code(0)), desk.CodeInvalid},
		{"what is no offer", turn(team.Ada, browser, "AAAA", p.code(0)), desk.CodeInvalid},
		{"a wrong code", turn(team.Ada, browser, offer.Offer, "000000"), desk.CodeWrongFactor},
		{"no code", turn(team.Ada, browser, offer.Offer, ""), desk.CodeWrongFactor},
	} {
		if row.got != row.want {
			t.Errorf("%s: %q, want %q", row.name, row.got, row.want)
		}
	}
	if state := apptest.Must(team.SecondFactor(team.Ada))(t); state.On {
		t.Error("what was refused has turned it on")
	}
	team.Clock.Move(15 * time.Minute)
	if got := turn(team.Ada, browser, offer.Offer, p.code(0)); got != desk.CodeInvalid {
		t.Errorf("an old offer: %q", got)
	}
	turnsOn(t, team, team.Ada)
	if _, err := team.OfferFactor(team.Ada, browser); codeOf(err) != desk.CodeConflict {
		t.Errorf("a second offer: %v", err)
	}
}

// TestTurningOnEndsOtherSessions keeps the browser that did it.
func TestTurningOnEndsOtherSessions(t *testing.T) {
	team := apptest.New(t)
	for _, hash := range [][32]byte{browser, {1}} {
		session := store.Session{Hash: hash, Agent: team.Ada, SeenAt: team.Now(), ExpiresAt: team.Now() + 1000_000, IdleLimit: 1000_000}
		apptest.Must(team.SaveSession(app.SaveSession{Session: session, New: true}))(t)
	}
	turnsOn(t, team, team.Ada)
	if _, _, err := team.Session(browser); err != nil {
		t.Errorf("its own: %v", err)
	}
	if _, _, err := team.Session([32]byte{1}); codeOf(err) != desk.CodeUnauthorized {
		t.Errorf("the other: %v", err)
	}
}

// TestChangingAFactor renews recovery codes and turns it off, with a code each.
func TestChangingAFactor(t *testing.T) {
	team := apptest.New(t)
	p, old := turnsOn(t, team, team.Ada)
	prove := func(code string) *desk.FactorProof { return apptest.Must(team.ProveFactor(team.Ada, code))(t) }
	state, fresh, err := team.RenewRecovery(app.ChangeFactor{By: team.Ada, Proof: prove(p.code(1))})
	if err != nil || state.Recovery != desk.RecoveryCodes || len(fresh) != desk.RecoveryCodes {
		t.Fatalf("%+v, %v", state, err)
	}
	if err := signs(team, team.Ada, old[0]); codeOf(err) != desk.CodeWrongFactor {
		t.Errorf("a code that was replaced: %v", err)
	}
	for _, proof := range []*desk.FactorProof{nil, {Step: 1}, {Recovery: [32]byte{1}}} {
		if _, err := team.TurnFactorOff(app.ChangeFactor{By: team.Ada, Proof: proof}); err == nil {
			t.Errorf("turned off with %+v", proof)
		}
	}
	state, err = team.TurnFactorOff(app.ChangeFactor{By: team.Ada, Proof: prove(fresh[9])})
	if err != nil || state.On || state.Recovery != 0 {
		t.Fatalf("%+v, %v", state, err)
	}
	if err := signs(team, team.Ada, ""); err != nil {
		t.Errorf("after it was turned off: %v", err)
	}
	if _, _, err := team.RenewRecovery(app.ChangeFactor{By: team.Ada}); codeOf(err) != desk.CodeConflict {
		t.Errorf("codes for nothing: %v", err)
	}
	types := auditedAbout(t, team, team.Ada)
	if want := "agent.second_factor_off agent.recovery_code_used agent.recovery_codes_made agent.second_factor_on"; !strings.Contains(types, want) {
		t.Errorf("the audit log tells %s", types)
	}
}

// auditedAbout lists what the audit log tells of somebody, the newest first.
func auditedAbout(t *testing.T, team *apptest.Team, who desk.ID) string {
	t.Helper()
	page := apptest.Must(team.Audit(app.AuditFilter{}, 0, 50))(t)
	var types []string
	for _, entry := range page.Entries {
		if entry.Subject != nil && *entry.Subject == who && entry.Type != string(desk.AgentSignedIn) {
			types = append(types, entry.Type)
		}
	}
	return strings.Join(types, " ")
}

// TestResettingAFactor lets who manages agents, and the command line, take one away.
func TestResettingAFactor(t *testing.T) {
	team := apptest.New(t)
	for _, who := range []desk.ID{team.Ada, team.Owner, team.Admin} {
		turnsOn(t, team, who)
	}
	for _, row := range []struct {
		name   string
		by, id desk.ID
		want   desk.Code
	}{
		{"an agent's by an agent", team.Can, team.Ada, desk.CodeForbidden},
		{"an owner's by an admin", team.Admin, team.Owner, desk.CodeForbidden},
		{"one's own", team.Owner, team.Owner, desk.CodeForbidden},
		{"nobody's", team.Owner, desk.ID{9}, desk.CodeNotFound},
		{"an agent's by an admin", team.Admin, team.Ada, ""},
		{"the same again", team.Admin, team.Ada, ""},
		{"the owner's on the command line", desk.ID{}, team.Owner, ""},
	} {
		if err := team.ResetFactor(app.ResetFactor{By: row.by, ID: row.id}); codeOf(err) != row.want {
			t.Errorf("%s: %v, want %q", row.name, err, row.want)
		}
	}
	holders := apptest.Must(team.FactorHolders())(t)
	if len(holders.Holders) != 1 || holders.Holders[0].Agent != team.Admin {
		t.Errorf("left: %+v", holders)
	}
	if types := auditedAbout(t, team, team.Ada); strings.Count(types, "second_factor_reset") != 1 {
		t.Errorf("the audit log tells %s", types)
	}
}

// TestAFactorStays when the password is set by somebody else, and when its agent is
// disabled.
func TestAFactorStays(t *testing.T) {
	team := apptest.New(t)
	turnsOn(t, team, team.Ada)
	off, on := false, true
	for _, change := range []app.ChangeAgent{
		{By: team.Admin, Password: "another hash"},
		{Password: "set on the command line"},
		{By: team.Admin, Change: desk.AgentChange{Active: &off}},
		{By: team.Admin, Change: desk.AgentChange{Active: &on}},
	} {
		change.ID = team.Ada
		apptest.Must(team.ChangeAgent(change))(t)
		if state := apptest.Must(team.SecondFactor(team.Ada))(t); !state.On || state.Recovery != desk.RecoveryCodes {
			t.Errorf("after %+v: %+v", change, state)
		}
	}
	if hash := apptest.Must(team.PasswordHash(team.Ada))(t); hash != "set on the command line" {
		t.Errorf("the password's hash is %q", hash)
	}
}

// TestRequiringAFactor holds everyone to it who has none.
func TestRequiringAFactor(t *testing.T) {
	team := apptest.New(t)
	require := func(by desk.ID, required bool) desk.Code {
		return codeOf(team.RequireFactor(app.RequireFactor{By: by, Required: required}))
	}
	if got := require(team.Admin, true); got != desk.CodeForbidden {
		t.Errorf("by an admin: %q", got)
	}
	if got := require(team.Owner, true); got != desk.CodeConflict {
		t.Errorf("by an owner who has none: %q", got)
	}
	turnsOn(t, team, team.Owner)
	due := func(id desk.ID) bool {
		me := apptest.Must(team.Me(id))(t)
		if err := team.CheckFactorDue(id); (codeOf(err) == desk.CodeFactorDue) != me.FactorDue {
			t.Errorf("the door says %v, the page %t", err, me.FactorDue)
		}
		return me.FactorDue
	}
	if due(team.Ada) {
		t.Error("due before it is required")
	}
	for range 2 {
		if got := require(team.Owner, true); got != "" {
			t.Fatal(got)
		}
	}
	if due(team.Owner) || !due(team.Ada) {
		t.Error("due for the wrong one")
	}
	if turnsOn(t, team, team.Ada); due(team.Ada) {
		t.Error("still due once it is on")
	}
	if got := require(team.Owner, false); got != "" || due(team.Can) {
		t.Errorf("given up: %q", got)
	}
	page := apptest.Must(team.Audit(app.AuditFilter{Kind: desk.AuditSettings}, 0, 5))(t)
	if len(page.Entries) != 2 || page.Entries[0].Type != string(desk.SecondFactorOptional) || page.Entries[1].Type != string(desk.SecondFactorRequired) {
		t.Errorf("the audit log tells %+v", page.Entries)
	}
}

// TestLostKey keeps recovery codes good where the app's can't be checked any more, as
// after a restore without secret.key.
func TestLostKey(t *testing.T) {
	team := apptest.New(t)
	p, codes := turnsOn(t, team, team.Ada)
	team.Close()
	bare := app.New(storetest.Reopen(t, team.Store()), nil, team.Clock.Now, apptest.Quiet(), app.WithVault(vault.Random()))
	t.Cleanup(bare.Close)
	if _, err := bare.ProveFactor(team.Ada, p.code(1)); codeOf(err) != desk.CodeFactorSealed {
		t.Errorf("a code of the app: %v", err)
	}
	if proof, err := bare.ProveFactor(team.Ada, codes[0]); err != nil || !proof.ByRecovery() {
		t.Errorf("a recovery code: %v", err)
	}
}

func secretOf(t *testing.T, text string) []byte {
	t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(text)
	if err != nil || len(secret) != desk.CodeSecretBytes {
		t.Fatalf("the secret %q: %v", text, err)
	}
	return secret
}
