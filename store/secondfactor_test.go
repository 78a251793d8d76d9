package store_test

import (
	"reflect"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestCredentials keeps a password and a second factor in one value, and neither
// touches the other.
func TestCredentials(t *testing.T) {
	st := storetest.Open(t)
	ada := desk.Agent{ID: idOf(0xa0, 2), Name: "Ada", Email: "ada@example.com", Role: desk.RoleAdmin, Active: true}
	factor := desk.SecondFactor{Secret: []byte{0, 1, 0, 2}, Since: noon, Step: 1 << 40, Recovery: [][32]byte{{1}, {0, 2}}}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		if err := tx.SaveAgent(nil, &ada, heard(desk.AgentCreated)); err != nil {
			return err
		}
		return tx.SetPassword(ada.ID, "$argon2id$one")
	})
	read := func(hash string, want desk.SecondFactor) {
		t.Helper()
		storetest.MustView(t, st, func(tx *store.Tx) error {
			got, err := tx.SecondFactor(ada.ID)
			if tx.Password(ada.ID) != hash || !reflect.DeepEqual(got, want) {
				t.Errorf("%q and %+v", tx.Password(ada.ID), got)
			}
			return err
		})
	}
	read("$argon2id$one", desk.SecondFactor{})
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveSecondFactor(ada.ID, &factor, nil) })
	read("$argon2id$one", factor)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SetPassword(ada.ID, "$argon2id$two") })
	st = storetest.Reopen(t, st)
	read("$argon2id$two", factor)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveSecondFactor(ada.ID, &desk.SecondFactor{}, nil) })
	read("$argon2id$two", desk.SecondFactor{})
}
