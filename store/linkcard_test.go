package store_test

import (
	"fmt"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// TestLinkCards keeps the newest card of each address, and no more than there may be.
func TestLinkCards(t *testing.T) {
	st := storetest.Open(t)
	save := func(at desk.Time, titles map[string]string) {
		t.Helper()
		var cards []desk.LinkCard
		for address, title := range titles {
			cards = append(cards, desk.NewLinkCard(address, title, "d", "s", at))
		}
		storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveLinkCards(cards, nil) })
		storetest.MustCheck(t, st)
	}
	title := func(address string) (title string) {
		storetest.MustView(t, st, func(tx *store.Tx) error {
			card, found, err := tx.LinkCard(address)
			if found && (card.URL != address || card.Description != "d" || card.Site != "s") {
				t.Errorf("%s has %+v", address, card)
			}
			title = card.Title
			return err
		})
		return title
	}
	save(noon, map[string]string{"https://a.example": "old", "https://b.example": "b"})
	save(noon+1, map[string]string{"https://a.example": "new"})
	if title("https://a.example") != "new" || title("https://b.example") != "b" || title("https://c.example") != "" {
		t.Error("the newest card of each address is not there")
	}
	many := make(map[string]string, store.MaxCards)
	for i := range store.MaxCards - 1 {
		many[fmt.Sprintf("https://m.example/%d", i)] = "m"
	}
	save(noon+2, many)
	if title("https://a.example") != "new" || title("https://b.example") != "" {
		t.Error("with one card too many the oldest goes")
	}
	forget := func(before desk.Time, limit, want int) {
		t.Helper()
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			if got, err := tx.ForgetLinkCards(before, limit); got != want || err != nil {
				t.Errorf("%d forgotten, %v; want %d", got, err, want)
			}
			return nil
		})
		storetest.MustCheck(t, st)
	}
	forget(noon+1, 10, 0)
	forget(noon+2, 10, 1)
	forget(noon+3, 10, 10)
	if title("https://a.example") != "" {
		t.Error("what is old is still there")
	}
}
