package e2e

import (
	"fmt"
	"sync"
	"testing"
)

// Ledger is what the senders of a test know: what they sent, and what the server
// acknowledged. It is the witness against the server.
type Ledger struct {
	mu      sync.Mutex
	entries map[string]*entry // by client id
	order   map[lane][]string // the client ids that each sender had acknowledged, in that order
	checked map[uint64]uint64 // conversation → the seq up to which it has been compared
}

// entry is one message on its way.
type entry struct {
	number uint64
	sender int
	text   string
	seq    uint64 // the acknowledged place; 0 while the answer is unknown
	found  int    // how often it was found in the store
}

// lane is one sender's messages in one conversation: they must stand in the order
// in which they were acknowledged.
type lane struct {
	number uint64
	sender int
}

// NewLedger makes an empty ledger.
func NewLedger() *Ledger {
	return &Ledger{entries: map[string]*entry{}, order: map[lane][]string{}, checked: map[uint64]uint64{}}
}

// Sending writes down a message before it leaves.
func (l *Ledger) Sending(clientID string, number uint64, sender int, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries[clientID] = &entry{number: number, sender: sender, text: text}
}

// Acknowledged writes down the server's answer. It returns a complaint when the
// answer is not about the message, or differs from an earlier one.
func (l *Ledger) Acknowledged(clientID string, answer *message) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entries[clientID]
	switch {
	case e == nil || answer.ClientID == nil || *answer.ClientID != clientID || answer.Text != e.text || answer.Number != e.number:
		return fmt.Errorf("the answer to %s is about another message: %+v", clientID, *answer)
	case e.seq != 0 && e.seq != answer.Seq:
		return fmt.Errorf("%s was acknowledged as seq %d and then as %d", clientID, e.seq, answer.Seq)
	case e.seq == 0:
		e.seq = answer.Seq
		key := lane{e.number, e.sender}
		l.order[key] = append(l.order[key], clientID)
	}
	return nil
}

// Count returns how many messages were acknowledged and how many answers stayed
// away.
func (l *Ledger) Count() (acknowledged, unknown int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries {
		if e.seq > 0 {
			acknowledged++
		} else {
			unknown++
		}
	}
	return acknowledged, unknown
}

// Verdict is what a comparison found.
type Verdict struct {
	Lost, Doubled, Reordered, Changed int
}

// Clean reports whether nothing is wrong.
func (v Verdict) Clean() bool { return v == Verdict{} }

// maxComplaints is how many faults are told one by one.
const maxComplaints = 20

// complain fails the test and tells the fault, unless many were told already.
func (v *Verdict) complain(t testing.TB, format string, args ...any) {
	t.Helper()
	if v.Lost+v.Doubled+v.Reordered+v.Changed < maxComplaints {
		t.Logf(format, args...)
	}
	t.Fail()
}

// Compare reads the conversations and holds them against the ledger: every
// acknowledged message is there once, where it was said to be, as it was sent;
// nothing else is there; seqs have no gaps. Each call reads what came since the
// one before; whole starts from the beginning.
func (l *Ledger) Compare(t testing.TB, c *Client, numbers []uint64, whole bool) Verdict {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if whole {
		l.checked = map[uint64]uint64{}
		for _, e := range l.entries {
			e.found = 0
		}
	}
	var v Verdict
	for _, number := range numbers {
		next := l.checked[number]
		for _, m := range c.Messages(t, number, next) {
			next++
			if m.Seq != next {
				v.complain(t, "conversation %d: seq %d stands where %d should", number, m.Seq, next)
				v.Reordered++
				next = m.Seq
			}
			l.see(t, &m, &v)
		}
		l.checked[number] = next
	}
	l.settle(t, &v)
	return v
}

// see holds one stored message against its entry. Messages without an entry were
// there before the senders began, or are event lines.
func (l *Ledger) see(t testing.TB, m *message, v *Verdict) {
	t.Helper()
	if m.ClientID == nil || l.entries[*m.ClientID] == nil {
		return
	}
	e := l.entries[*m.ClientID]
	if e.found++; e.found > 1 {
		v.complain(t, "%s is stored %d times", *m.ClientID, e.found)
		v.Doubled++
	}
	if e.text != m.Text || e.number != m.Number {
		v.complain(t, "%s was sent as %q and stored as %q", *m.ClientID, e.text, m.Text)
		v.Changed++
	}
	if e.seq != 0 && e.seq != m.Seq {
		v.complain(t, "%s was acknowledged at %d and stands at %d", *m.ClientID, e.seq, m.Seq)
		v.Reordered++
	}
}

// settle finds what was acknowledged and is not there, and lanes out of order.
func (l *Ledger) settle(t testing.TB, v *Verdict) {
	t.Helper()
	for id, e := range l.entries {
		if e.seq > 0 && e.found == 0 {
			v.complain(t, "%s was acknowledged as %d of conversation %d and is lost", id, e.seq, e.number)
			v.Lost++
		}
	}
	for lane, ids := range l.order {
		for i := 1; i < len(ids); i++ {
			if l.entries[ids[i-1]].seq >= l.entries[ids[i]].seq {
				v.complain(t, "conversation %d, sender %d: %s was acknowledged before %s and stands after it", lane.number, lane.sender, ids[i-1], ids[i])
				v.Reordered++
			}
		}
	}
}
