package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"parley/desk"
)

// Buckets: cards, card_ages. Written only through SaveLinkCards and ForgetLinkCards.
//
// Cards are found by the hash of an address: the address itself is in the message, and
// goes with it. They are a cache: whatever is lost comes again with the next message.

// MaxCards is how many cards are kept; the oldest go.
const MaxCards = 10_000

// LinkCard reads the card of an address.
func (tx *Tx) LinkCard(address string) (card desk.LinkCard, found bool, err error) {
	key := sha256.Sum256([]byte(address))
	v := tx.bucket(bucketCards).Get(key[:])
	if v == nil {
		return card, false, nil
	}
	if card, err = decodeCard(v); err != nil {
		return card, false, fmt.Errorf("store: card %x: %w", key, err)
	}
	card.URL = address
	return card, true, nil
}

// SaveLinkCards saves cards, each in place of an older one of its address, with the
// events that tell of them.
func (tx *Tx) SaveLinkCards(cards []desk.LinkCard, events []desk.Event) error {
	if len(cards) == 0 {
		return tx.append(events)
	}
	rows, ages := tx.change(bucketCards), tx.change(bucketCardAges)
	for i := range cards {
		card := &cards[i]
		key := sha256.Sum256([]byte(card.URL))
		count := rows.Sequence() + 1
		if old := rows.Get(key[:]); old != nil {
			before, err := decodeCard(old)
			if err != nil {
				return fmt.Errorf("store: card %x: %w", key, err)
			}
			count--
			if err := ages.Delete(keyCardAge(before.At, key[:])); err != nil {
				return err
			}
		}
		w := newWriter(1)
		w.time(card.At)
		w.text(card.Title)
		w.text(card.Description)
		w.text(card.Site)
		if err := rows.Put(key[:], w.b); err != nil {
			return fmt.Errorf("store: card %x: %w", key, err)
		}
		if err := ages.Put(keyCardAge(card.At, key[:]), nil); err != nil {
			return err
		}
		if err := rows.SetSequence(count); err != nil {
			return err
		}
	}
	for rows.Sequence() > MaxCards {
		if _, err := tx.dropOldestCard(); err != nil {
			return err
		}
	}
	return tx.append(events)
}

// ForgetLinkCards drops up to limit cards of pages that were asked before a moment, and
// returns how many.
func (tx *Tx) ForgetLinkCards(before desk.Time, limit int) (int, error) {
	for dropped := range limit {
		k, _ := tx.bucket(bucketCardAges).Cursor().First()
		if k == nil || cardAge(k) >= before {
			return dropped, nil
		}
		if _, err := tx.dropOldestCard(); err != nil {
			return dropped, err
		}
	}
	return limit, nil
}

func (tx *Tx) dropOldestCard() (bool, error) {
	rows, ages := tx.change(bucketCards), tx.change(bucketCardAges)
	k, _ := ages.Cursor().First()
	if k == nil {
		return false, rows.SetSequence(0)
	}
	k = bytes.Clone(k)
	if err := rows.Delete(k[8:]); err != nil {
		return false, err
	}
	if err := ages.Delete(k); err != nil {
		return false, err
	}
	return true, rows.SetSequence(rows.Sequence() - 1)
}

// keyCardAge is when a page was asked, and the hash of its address.
func keyCardAge(at desk.Time, hash []byte) []byte {
	k := binary.BigEndian.AppendUint64(make([]byte, 0, 40), uint64(at)^(1<<63))
	return append(k, hash...)
}

func cardAge(k []byte) desk.Time { return desk.Time(readU64(k) ^ (1 << 63)) }

func decodeCard(v []byte) (desk.LinkCard, error) {
	r := newReader(v)
	card := desk.LinkCard{At: r.time(), Title: r.text(), Description: r.text(), Site: r.text()}
	return card, r.done()
}

// checkCards compares the cards with their ages and with their number.
func (tx *Tx) checkCards(_ context.Context, report *Report) error {
	rows, ages := tx.bucket(bucketCards), tx.bucket(bucketCardAges)
	count := uint64(0)
	err := rows.ForEach(func(k, v []byte) error {
		count++
		card, err := decodeCard(v)
		if err != nil || ages.Get(keyCardAge(card.At, k)) == nil {
			report.fault("card %x: it cannot be read or has no age: %v", k, err)
		}
		return nil
	})
	if aged := countKeys(tx, bucketCardAges); aged != count || rows.Sequence() != count {
		report.fault("cards: %d there, %d with an age, %d counted", count, aged, rows.Sequence())
	}
	return err
}
