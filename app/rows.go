package app

import (
	"bytes"
	"sync"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// rows keeps the JSON of list rows that were shown lately. An entry holds the
// stored bytes that it was made from and is used only for the very same bytes, so
// it can be of no use but never wrong, and nobody has to tell it of a change.
type rows struct {
	mu       sync.Mutex
	new, old map[desk.Number]encodedRow
}

type encodedRow struct {
	stored, customer []byte
	json             []byte
}

// rowsKept bounds one generation; there are two, of about a kilobyte a row.
const rowsKept = 4096

func newRows() *rows { return &rows{new: make(map[desk.Number]encodedRow)} }

// appendRow appends a row's JSON.
func (r *rows) appendRow(b []byte, row *store.Row) ([]byte, error) {
	stored, err := row.Customer()
	if err != nil {
		return b, err
	}
	if kept, ok := r.get(row.Number); ok && bytes.Equal(kept.stored, row.Stored) && bytes.Equal(kept.customer, stored) {
		return append(b, kept.json...), nil
	}
	c, err := row.Conversation()
	if err != nil {
		return b, err
	}
	customer, err := store.CustomerBrief(stored)
	if err != nil {
		return b, err
	}
	shape := wire.FromConversation(&c, &customer)
	start := len(b)
	b = shape.AppendJSON(b)
	r.put(row.Number, encodedRow{bytes.Clone(row.Stored), bytes.Clone(stored), bytes.Clone(b[start:])})
	return b, nil
}

func (r *rows) get(n desk.Number) (encodedRow, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if kept, ok := r.new[n]; ok {
		return kept, true
	}
	kept, ok := r.old[n]
	if ok {
		r.keep(n, kept)
	}
	return kept, ok
}

func (r *rows) put(n desk.Number, row encodedRow) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(n, row)
}

// keep puts a row into the newer generation; when that is full the older one goes.
func (r *rows) keep(n desk.Number, row encodedRow) {
	if len(r.new) >= rowsKept {
		r.old, r.new = r.new, make(map[desk.Number]encodedRow, rowsKept)
	}
	r.new[n] = row
}
