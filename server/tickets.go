package server

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"sync"
	"time"
)

// tickets let a session fetch one thing, once, within a minute.
type tickets struct {
	clock func() time.Time

	mu     sync.Mutex
	issued map[string]ticket
}

type ticket struct {
	session [sha256.Size]byte
	name    string
	ends    time.Time
}

// How long a ticket is good, and how many there are at most.
const (
	ticketLife = time.Minute
	maxTickets = 1000
)

func newTickets(clock func() time.Time) *tickets {
	return &tickets{clock: clock, issued: make(map[string]ticket)}
}

// issue makes a ticket for a session. With too many about, others end for it.
func (t *tickets) issue(session [sha256.Size]byte, name string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock()
	for text, each := range t.issued {
		if now.After(each.ends) || len(t.issued) >= maxTickets {
			delete(t.issued, text)
		}
	}
	text := rand.Text()
	t.issued[text] = ticket{session, strings.Clone(name), now.Add(ticketLife)}
	return text
}

// take finds what a ticket is for. Used up, it is good no more.
func (t *tickets) take(session [sha256.Size]byte, text string, use bool) (name string, good bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	found, known := t.issued[text]
	if !known || found.session != session || t.clock().After(found.ends) {
		return "", false
	}
	if use {
		delete(t.issued, text)
	}
	return found.name, true
}
