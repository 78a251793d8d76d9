package store_test

import (
	"slices"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestPersonal keeps what is an agent's own apart from the others'.
func TestPersonal(t *testing.T) {
	st := storetest.Open(t)
	ada, can := idOf(0xa0, 1), idOf(0xa0, 2)
	drafts := []store.Draft{
		{Number: 1, Text: "Dear", At: noon}, {Number: 1, Note: true, Text: "Ask", At: noon}, {Number: 256, Text: "Hi", At: noon},
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for i := range drafts {
			if err := tx.SaveDraft(ada, &drafts[i]); err != nil {
				return err
			}
		}
		if err := tx.SetRecentEmoji(ada, []string{"👍", "🎉"}); err != nil {
			return err
		}
		return tx.SetPreferences(ada, []byte(`{"a":1}`))
	})
	read := func(agent desk.ID, n desk.Number) (found []store.Draft) {
		storetest.MustView(t, st, func(tx *store.Tx) (err error) {
			found, err = tx.Drafts(agent, n)
			return err
		})
		return found
	}
	if got := read(ada, 0); !slices.Equal(got, drafts) {
		t.Errorf("all drafts %+v", got)
	}
	if got := read(ada, 1); !slices.Equal(got, drafts[:2]) {
		t.Errorf("drafts of one conversation %+v", got)
	}
	if got := read(can, 0); len(got) != 0 {
		t.Errorf("another's drafts %+v", got)
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveDraft(ada, &store.Draft{Number: 1, At: noon}) })
	if got := read(ada, 1); !slices.Equal(got, drafts[1:2]) {
		t.Errorf("after sending, drafts %+v", got)
	}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		emoji, err := tx.RecentEmoji(ada)
		others, err2 := tx.RecentEmoji(can)
		if err != nil || err2 != nil || !slices.Equal(emoji, []string{"👍", "🎉"}) || others != nil {
			t.Errorf("emoji %q and %q", emoji, others)
		}
		if string(tx.Preferences(ada)) != `{"a":1}` || tx.Preferences(can) != nil {
			t.Error("preferences are mixed up")
		}
		return nil
	})
}
