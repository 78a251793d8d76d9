package search

import (
	"slices"
	"testing"
	"time"

	"parley/desk"
	"parley/store"
)

// PlainScan answers a query by reading every conversation, without an index: all
// that answer, in the order in which Search gives them. It is what the index is
// held to.
func PlainScan(t testing.TB, st *store.Store, text string, me desk.ID, now time.Time) []desk.Number {
	t.Helper()
	p := plain{query: Parse(text, now)}
	err := st.View(func(tx *store.Tx) (err error) {
		p.tx = tx
		if p.meant, err = whoIsMeant(tx, &p.query.Filter, me); err != nil {
			return err
		}
		if p.all, err = tx.ConversationsFrom(1, 1<<20); err != nil {
			return err
		}
		return p.scan()
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(p.found, func(a, b place) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	var numbers []desk.Number
	for _, at := range p.found {
		numbers = append(numbers, desk.Number(at.number))
	}
	return numbers
}

type plain struct {
	tx    *store.Tx
	query Query
	meant meant
	all   []desk.Conversation
	found []place
	match *matcher
	weak  []bool
}

func (p *plain) scan() error {
	if p.query.IsEmpty() {
		return nil
	}
	units := p.query.units
	p.weak = make([]bool, len(units))
	p.match = newMatcher(units, make([]bool, len(units)))
	holding := make([]int, len(units))
	for i := range p.all {
		best, _, err := p.classes(&p.all[i], false)
		if err != nil {
			return err
		}
		for unit, c := range best {
			if c != none {
				holding[unit]++
			}
		}
	}
	for unit, n := range holding {
		u := &units[unit]
		if n < few && len(u.words) == 1 && !u.quoted {
			p.weak[unit], p.match.typos[unit] = true, u.words[0].mayErr()
		}
	}
	p.match = newMatcher(units, p.match.typos) // forget what was decided without errors
	for i := range p.all {
		if err := p.conversation(&p.all[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *plain) conversation(c *desk.Conversation) error {
	ranked, _, err := p.classes(c, false)
	if err != nil {
		return err
	}
	filtered, any, err := p.classes(c, true)
	if err != nil || slices.Contains(filtered, none) || p.query.Filter.aboutMessages() && !any {
		return err
	}
	customer, err := p.tx.Customer(c.Customer)
	f := finder{query: &p.query, meant: p.meant}
	if err != nil || !f.holds(&Hit{Conversation: *c, Customer: customer}) {
		return err
	}
	at := place{active: seconds(c.ActiveAt), number: uint32(c.Number)}
	for _, class := range ranked {
		at.score += uint16(class)
	}
	p.found = append(p.found, at)
	return nil
}

// classes gives how well the conversation answers each unit; with filters, only
// messages that pass them count, and any tells whether one does.
func (p *plain) classes(c *desk.Conversation, withFilters bool) (best []class, any bool, err error) {
	best = make([]class, len(p.query.units))
	see := func(text string, isWeak bool) {
		for _, s := range p.match.find(text) {
			switch {
			case !isWeak:
				best[s.unit] = max(best[s.unit], s.class)
			case p.weak[s.unit] && s.class > typo:
				best[s.unit] = max(best[s.unit], weak)
			}
		}
	}
	customer, err := p.tx.Customer(c.Customer)
	if err != nil {
		return nil, false, err
	}
	for _, text := range []string{customer.Name, customer.Email, customer.Phone} {
		see(text, false)
	}
	for _, value := range customer.Attributes {
		see(value, true)
	}
	for _, tag := range append(slices.Clone(customer.Tags), c.Tags...) {
		see(tag, true)
	}
	messages, err := p.tx.Messages(c, 1, c.Messages)
	if err != nil {
		return nil, false, err
	}
	for i := range messages {
		m := &messages[i]
		if m.Kind == desk.KindEvent || withFilters && !p.query.Filter.takes(m) {
			continue
		}
		any = true
		see(m.Text, false)
	}
	return best, any, nil
}
