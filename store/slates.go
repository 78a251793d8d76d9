package store

import (
	"sync"

	"go.etcd.io/bbolt"
)

// slates holds the slate that belongs to each transaction of the file which somebody
// may still begin to read: the last one that was committed, and the one that is about
// to be.
type slates struct {
	mu    sync.RWMutex
	of    map[int]*slate // by the number of the transaction
	wrote bool
}

// begin starts to read: a transaction of the file together with its slate.
func (s *slates) begin(db *bbolt.DB) (*bbolt.Tx, *slate, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	tx, err := db.Begin(false)
	if err != nil {
		return nil, nil, err
	}
	return tx, s.of[tx.ID()], nil
}

// last is the slate that a writing transaction starts from.
func (s *slates) last(tx *bbolt.Tx) *slate {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.of[tx.ID()-1]
}

// offer says which slate will be there once a writing transaction is committed. Called
// before, so that whoever reads right after finds it; if the commit fails, nobody will.
func (s *slates) offer(tx *bbolt.Tx, next *slate) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.of {
		if id < tx.ID()-1 {
			delete(s.of, id)
		}
	}
	s.of[tx.ID()], s.wrote = next, true
}

// offered tells whether there was a transaction that wrote.
func (s *slates) offered() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.wrote
}
