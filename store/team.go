package store

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"

	"parley/desk"
)

// Bucket: meta, under team and setup.

// Team reads what is set for the whole team.
func (tx *Tx) Team() (desk.Team, error) {
	v := tx.bucket(bucketMeta).Get(metaTeam)
	if v == nil {
		return desk.DefaultTeam(), nil
	}
	r := newReader(v)
	t := desk.Team{Rev: r.uint(), Name: r.text(), BotName: r.text(), BotOn: r.flag(), Language: r.text()}
	if r.version >= 2 {
		t.Cards = r.flag()
	}
	if err := r.done(); err != nil {
		return t, fmt.Errorf("store: team: %w", err)
	}
	return t, nil
}

// SaveTeam saves what is set for the whole team with the events that made it so.
func (tx *Tx) SaveTeam(before, t *desk.Team, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	t.Rev = before.Rev + 1
	w := newWriter(2)
	w.uint(t.Rev)
	w.text(t.Name)
	w.text(t.BotName)
	w.flag(t.BotOn)
	w.text(t.Language)
	w.flag(t.Cards)
	if err := tx.change(bucketMeta).Put(metaTeam, w.b); err != nil {
		return fmt.Errorf("store: team: %w", err)
	}
	return tx.tell(events, desk.TeamParticulars(before, t))
}

// SetSetupCode keeps the hash of the one-time set-up code; "" takes it away.
func (tx *Tx) SetSetupCode(code string) error {
	if code == "" {
		return tx.change(bucketMeta).Delete(metaSetup)
	}
	hash := sha256.Sum256([]byte(code))
	return tx.change(bucketMeta).Put(metaSetup, hash[:])
}

// SetupCodeIs reports whether set-up is open with this code.
func (tx *Tx) SetupCodeIs(code string) bool {
	hash := sha256.Sum256([]byte(code))
	kept := tx.bucket(bucketMeta).Get(metaSetup)
	return len(kept) > 0 && subtle.ConstantTimeCompare(kept, hash[:]) == 1
}

// HasAgents reports whether the team has anybody at all.
func (tx *Tx) HasAgents() bool {
	k, _ := tx.bucket(bucketAgents).Cursor().First()
	return k != nil
}
