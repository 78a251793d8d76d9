package store

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"parley/desk"
)

// A value is a version byte and then its fields in a fixed order: unsigned
// numbers and lengths as varints, times as signed varints, ids as 16 bytes
// after a byte that tells whether there is one, texts as length and bytes, maps
// in the order of their keys. The same value is always the same bytes.

var errShort = errors.New("store: a value ends too early or has a wrong length")

// writer builds a value.
type writer struct{ b []byte }

func newWriter(version byte) *writer { return &writer{b: append(make([]byte, 0, 192), version)} }

func (w *writer) byte(v byte)      { w.b = append(w.b, v) }
func (w *writer) uint(v uint64)    { w.b = binary.AppendUvarint(w.b, v) }
func (w *writer) time(v desk.Time) { w.b = binary.AppendVarint(w.b, int64(v)) }
func (w *writer) text(v string) {
	w.uint(uint64(len(v)))
	w.b = append(w.b, v...)
}

func (w *writer) flag(v bool) {
	if v {
		w.byte(1)
	} else {
		w.byte(0)
	}
}

func (w *writer) id(v desk.ID) {
	w.flag(!v.IsZero())
	if !v.IsZero() {
		w.b = append(w.b, v[:]...)
	}
}

func (w *writer) actor(v desk.Actor) {
	w.byte(byte(v.Kind))
	w.id(v.ID)
}

func (w *writer) texts(v []string) {
	w.uint(uint64(len(v)))
	for _, s := range v {
		w.text(s)
	}
}

func (w *writer) table(v map[string]string) {
	w.uint(uint64(len(v)))
	for _, k := range slices.Sorted(maps.Keys(v)) {
		w.text(k)
		w.text(v[k])
	}
}

func (w *writer) ids(v []desk.ID) {
	w.uint(uint64(len(v)))
	for _, id := range v {
		w.b = append(w.b, id[:]...)
	}
}

// reader takes a value apart. After the first fault every read gives the zero
// value, and err tells.
type reader struct {
	b       []byte
	version byte
	err     error
}

func newReader(b []byte) *reader {
	if len(b) == 0 {
		return &reader{err: errShort}
	}
	return &reader{b: b[1:], version: b[0]}
}

func (r *reader) fail() { r.failWith(errShort) }

func (r *reader) failWith(err error) {
	if r.b = nil; r.err == nil {
		r.err = err
	}
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.fail()
		return 0
	}
	v := r.b[0]
	r.b = r.b[1:]
	return v
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) time() desk.Time {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return desk.Time(v)
}

// take gives the next n bytes as they lie in the file.
func (r *reader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.fail()
		return nil
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

func (r *reader) text() string { return string(r.take(r.uint())) }
func (r *reader) flag() bool   { return r.byte() != 0 }

func (r *reader) id() (id desk.ID) {
	if r.flag() {
		copy(id[:], r.take(uint64(len(id))))
	}
	return id
}

func (r *reader) actor() desk.Actor {
	kind := desk.ActorKind(r.byte())
	return desk.Actor{Kind: kind, ID: r.id()}
}

// count reads a number of items of at least one byte each, so that a damaged
// value cannot ask for more memory than it has bytes.
func (r *reader) count() int {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) texts() []string {
	n := r.count()
	if n == 0 {
		return nil
	}
	v := make([]string, n)
	for i := range v {
		v[i] = r.text()
	}
	return v
}

func (r *reader) table() map[string]string {
	n := r.count()
	if n == 0 {
		return nil
	}
	v := make(map[string]string, n)
	for range n {
		k := r.text()
		v[k] = r.text()
	}
	return v
}

func (r *reader) ids() []desk.ID {
	n := r.count()
	if n == 0 {
		return nil
	}
	v := make([]desk.ID, n)
	for i := range v {
		copy(v[i][:], r.take(uint64(len(v[i]))))
	}
	return v
}

// done gives the first fault, or a fault when bytes are left over.
func (r *reader) done() error {
	if r.err == nil && len(r.b) > 0 {
		return errShort
	}
	return r.err
}
