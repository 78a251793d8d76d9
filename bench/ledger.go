package bench

import (
	"encoding/json"
	"fmt"
	"hash/maphash"
	"slices"
	"sync"

	"parley/desk"
)

// ledger is what the clients remember of every message that was acknowledged.
type ledger struct {
	seed maphash.Seed

	mu    sync.Mutex
	acks  []ack
	words map[string]desk.Number // that a search has found, and where
}

// ack is an acknowledged message.
type ack struct {
	number desk.Number
	seq    uint64
	client desk.ID
	text   uint64 // its hash
}

func newLedger() *ledger {
	return &ledger{seed: maphash.MakeSeed(), words: make(map[string]desk.Number)}
}

// add notes a message.
func (l *ledger) add(number desk.Number, seq uint64, client desk.ID, text string) {
	a := ack{number, seq, client, maphash.String(l.seed, text)}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acks = append(l.acks, a)
}

// addWord notes a word that a search has found.
func (l *ledger) addWord(word string, number desk.Number) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.words[word] = number
}

func (l *ledger) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.acks)
}

// kept is what became of the acknowledged messages.
type kept struct{ found, lost, changed, doubled int }

// compare reads every conversation of the ledger again and looks for each message
// where it was acknowledged to be.
func (l *ledger) compare(c *client) (k kept, err error) {
	slices.SortFunc(l.acks, func(a, b ack) int {
		if a.number != b.number {
			return int(a.number) - int(b.number)
		}
		return int(a.seq) - int(b.seq)
	})
	for rest := l.acks; len(rest) > 0; {
		end := slices.IndexFunc(rest, func(a ack) bool { return a.number != rest[0].number })
		if end < 0 {
			end = len(rest)
		}
		if err := l.compareOne(c, rest[:end], &k); err != nil {
			return k, err
		}
		rest = rest[end:]
	}
	return k, nil
}

// stored is a message as the interface gives it.
type stored struct {
	Seq      uint64  `json:"seq"`
	ClientID desk.ID `json:"client_id"`
	Text     string  `json:"text"`
}

// compareOne compares the acknowledged messages of one conversation.
func (l *ledger) compareOne(c *client, acks []ack, k *kept) error {
	bySeq, times := make(map[uint64]stored), make(map[desk.ID]int)
	for after := acks[0].seq - 1; ; {
		body, err := c.must(fmt.Sprintf("/api/v1/conversations/%d/messages?after=%d&limit=100", acks[0].number, after))
		if err != nil {
			return err
		}
		var page struct {
			Messages []stored
			After    bool
		}
		if err := json.Unmarshal(body, &page); err != nil {
			return err
		}
		for _, m := range page.Messages {
			bySeq[m.Seq] = m
			times[m.ClientID]++
			after = m.Seq
		}
		if !page.After || len(page.Messages) == 0 {
			break
		}
	}
	for _, a := range acks {
		m, there := bySeq[a.seq]
		switch {
		case !there || times[a.client] == 0:
			k.lost++
		case m.ClientID != a.client || maphash.String(l.seed, m.Text) != a.text:
			k.changed++
		case times[a.client] > 1:
			k.doubled++
		default:
			k.found++
		}
	}
	return nil
}
