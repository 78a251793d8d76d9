package bench

import (
	"cmp"
	"slices"

	"parley/desk"
	"parley/store"
)

// book is what a plain scan of every conversation finds. Lists are compared with
// it; it knows nothing of the order that the store keeps.
type book struct {
	entries  []entry   // by activity, the newest first
	waiting  []entry   // those whose customer waits, the longest first
	agents   []desk.ID // leaders, the busiest first
	messages uint64
}

// entry is what lists depend on.
type entry struct {
	number   desk.Number
	place    desk.Place
	agent    desk.ID
	tags     [2]string
	unread   bool
	active   desk.Time
	waits    desk.Time // 0 when nobody waits
	messages uint64
}

// scanPiece is how many rows are read in one transaction.
const scanPiece = 5_000

// scan reads every conversation of a stopped folder.
func scan(dir string) (*book, error) {
	st, err := store.Open(dir, store.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer st.Close()
	b := &book{}
	led := make(map[desk.ID]int)
	for next := desk.Number(1); ; {
		var piece []desk.Conversation
		if err := st.View(func(tx *store.Tx) (err error) {
			piece, err = tx.ConversationsFrom(next, scanPiece)
			return err
		}); err != nil {
			return nil, err
		}
		if len(piece) == 0 {
			break
		}
		for i := range piece {
			b.add(&piece[i])
			led[piece[i].Agent]++
		}
		next = piece[len(piece)-1].Number + 1
	}
	b.sort(led)
	return b, nil
}

func (b *book) add(c *desk.Conversation) {
	e := entry{number: c.Number, place: c.Place(), agent: c.Agent, unread: c.Unread > 0, active: c.ActiveAt, messages: c.Messages}
	copy(e.tags[:], c.Tags)
	if c.State == desk.Open {
		e.waits = c.WaitingSince
	}
	b.entries = append(b.entries, e)
	b.messages += c.Messages
}

func (b *book) sort(led map[desk.ID]int) {
	slices.SortFunc(b.entries, func(x, y entry) int {
		return -cmp.Or(cmp.Compare(x.active, y.active), cmp.Compare(x.number, y.number))
	})
	for i := range b.entries {
		if b.entries[i].waits > 0 {
			b.waiting = append(b.waiting, b.entries[i])
		}
	}
	slices.SortFunc(b.waiting, func(x, y entry) int {
		return cmp.Or(cmp.Compare(x.waits, y.waits), cmp.Compare(x.number, y.number))
	})
	delete(led, desk.ID{})
	for id := range led {
		b.agents = append(b.agents, id)
	}
	slices.SortFunc(b.agents, func(x, y desk.ID) int {
		return cmp.Or(-cmp.Compare(led[x], led[y]), slices.Compare(x[:], y[:]))
	})
}

// list gives the numbers that a query's whole list holds, in its order.
func (b *book) list(q *listQuery) (numbers []desk.Number) {
	from := b.entries
	if q.sort == store.SortWaiting {
		from = b.waiting
	}
	places := q.view.Places()
	for i := range from {
		e := &from[i]
		if slices.Contains(places, e.place) && q.fits(e) {
			numbers = append(numbers, e.number)
		}
	}
	if q.sort == store.SortOldest {
		slices.Reverse(numbers)
	}
	return numbers
}

// where lists the conversations that fit, in the order of their numbers.
func (b *book) where(fits func(e *entry) bool) (numbers []desk.Number) {
	for i := range b.entries {
		if fits(&b.entries[i]) {
			numbers = append(numbers, b.entries[i].number)
		}
	}
	slices.Sort(numbers)
	return numbers
}
