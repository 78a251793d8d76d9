package store_test

import (
	"encoding/binary"
	"maps"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestForgettingIsBounded looks at no more rows than it was told to, however many
// attachments, sessions and identities there are.
func TestForgettingIsBounded(t *testing.T) {
	const kept, limit = 5000, 100
	st := storetest.Open(t)
	id := func(kind byte, n int) (id desk.ID) {
		id[0] = kind
		binary.BigEndian.PutUint32(id[12:], uint32(n))
		return id
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for n := range kept {
			a := desk.Attachment{ID: id(0xf0, n), Owner: desk.AgentActor(idOf(0xa0, 1)), CreatedAt: noon}
			if err := tx.SaveAttachment(&a); err != nil {
				return err
			}
			if a.Number, a.Seq = 1, 1; n >= limit/2 {
				if err := tx.SaveAttachment(&a); err != nil {
					return err
				}
			}
			s := store.Session{Agent: id(0xa0, n%7), ExpiresAt: noon, IdleLimit: 1}
			copy(s.Hash[:], a.ID[:])
			if err := tx.SaveSession(&s); err != nil {
				return err
			}
			if err := tx.UseIdentity(id(0x51, n), "jti", noon); err != nil {
				return err
			}
		}
		return nil
	})
	defer func() { // no message carries what is carried here, which the check would tell
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			for n := limit / 2; n < kept; n++ {
				if err := tx.SaveAttachment(&desk.Attachment{ID: id(0xf0, n), Owner: desk.AgentActor(idOf(0xa0, 1)), CreatedAt: noon}); err != nil {
					return err
				}
			}
			return nil
		})
	}()
	for name, forget := range map[string]func(tx *store.Tx) error{
		"attachments": func(tx *store.Tx) error {
			dropped, err := tx.DropAttachments(noon+1, limit)
			if len(dropped) != limit/2 {
				t.Errorf("%d attachments went", len(dropped))
			}
			return err
		},
		"sessions":   func(tx *store.Tx) error { _, err := tx.ForgetSessions(noon+1, nil, limit); return err },
		"identities": func(tx *store.Tx) error { _, err := tx.ForgetIdentities(noon+1, nil, limit); return err },
	} {
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			err := forget(tx)
			if tx.Moves() > limit || tx.Moves() == 0 {
				t.Errorf("%s: %d rows were looked at, at most %d were asked for", name, tx.Moves(), limit)
			}
			return err
		})
	}
}

// TestIndexesOfOlderFiles are made of the rows: which attachments no message carries,
// and whose the saved replies are.
func TestIndexesOfOlderFiles(t *testing.T) {
	st := storetest.Open(t)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for n := range 3 {
			if err := tx.SaveAttachment(&desk.Attachment{ID: idOf(0xf0, 1+n), Size: 7, CreatedAt: noon + desk.Time(n)}); err != nil {
				return err
			}
			reply := desk.Reply{ID: idOf(0x70, 1+n), Title: "t", Text: "x", Shortcut: []string{"", "a", "a"}[n], Language: []string{"", "tr", "en"}[n]}
			if err := tx.SaveReply(nil, &reply, told); err != nil {
				return err
			}
		}
		return nil
	})
	before := storetest.Dump(t, st)
	if err := st.Alter(func(tx *bbolt.Tx) error {
		for _, name := range []string{"uploads", "reply_index"} {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte(number(16)))
	}); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = storetest.OpenIn(t, filepath.Dir(st.Path()))
	if got := storetest.Dump(t, st); !maps.Equal(got, before) {
		t.Errorf("made %v, want %v", got, before)
	}
}
