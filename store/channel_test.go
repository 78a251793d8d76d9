package store_test

import (
	"errors"
	"testing"

	"parley/store"
	"parley/store/storetest"
)

// TestOfChannelInOneCommit knows a channel's conversation in the commit that brought it:
// bbolt gives nil for an empty value that the same transaction has put.
func TestOfChannelInOneCommit(t *testing.T) {
	st, token := storetest.Open(t), idOf(0xc0, 1)
	if err := st.Update(func(tx *store.Tx) error {
		if err := tx.SaveChannelSent(token, "m-1", 7, 1); err != nil {
			return err
		}
		if !tx.OfChannel(token, 7) || tx.OfChannel(token, 8) || tx.OfChannel(idOf(0xc0, 2), 7) {
			t.Error("the token's conversation is not told from others")
		}
		return errors.New("thrown away")
	}); err == nil {
		t.Error("it was kept")
	}
}
