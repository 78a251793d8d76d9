package store

import (
	"encoding/base64"
	"encoding/binary"
	"slices"

	"parley/desk"
)

// Sort is the order of a list.
type Sort string

// The orders. SortWaiting lists only conversations in which a customer waits.
const (
	SortNewest  Sort = "newest"
	SortOldest  Sort = "oldest"
	SortWaiting Sort = "waiting"
)

// ListQuery asks for one page of a view.
type ListQuery struct {
	View   desk.View
	Agent  desk.ID // only with this agent; zero for all
	Team   desk.ID // only of this team; zero for all
	Tag    string  // only with this tag; "" for all
	Unread bool    // only with unread messages
	// HideResolved leaves out what is resolved and not archived.
	HideResolved bool
	Channel      string    // only those that came this way; "" for all
	Language     string    // only of customers who speak it; "" for all
	Since, Until desk.Time // only those active from Since on and before Until; zero for no bound
	Sort         Sort
	// FromEnd walks the list backwards: the last row comes first, and Page.Next goes on
	// towards the beginning.
	FromEnd bool
	Cursor  string // from Page.Next of a walk in the same direction; "" for where it begins
	Limit   int
}

// Page is a page of a list.
type Page struct {
	Conversations []desk.Conversation
	Next          string // the cursor of the next page; "" at the end
}

// maxScan bounds how many rows one page may look at when it is narrowed by what
// its order has no keys for: the channel, the customer's language, and in the order
// of waiting also a tag or unread. A page that reaches it is shorter than asked and has a Next.
const maxScan = 1000

// List reads one page. Its cost is that of the rows shown plus a few key look-ups
// for each place in the view, at any size of the data and any depth of the page.
// An unreadable cursor and an unknown sort are refused with desk.CodeInvalid.
func (tx *Tx) List(q ListQuery) (Page, error) {
	var page Page
	next, err := tx.ListRows(q, func(row Row) error {
		c, err := row.Conversation()
		page.Conversations = append(page.Conversations, c)
		return err
	})
	if err != nil {
		return Page{}, err
	}
	page.Next = next
	return page, nil
}

// ListRows walks one page as List does and gives its rows as they are stored.
func (tx *Tx) ListRows(q ListQuery, each func(Row) error) (next string, err error) {
	if q.Sort != SortNewest && q.Sort != SortOldest && q.Sort != SortWaiting {
		return "", desk.Refuse(desk.CodeInvalid, "sort", "The sorts are newest, oldest and waiting.")
	}
	after, err := readCursor(q)
	if err != nil {
		return "", err
	}
	streams := tx.streams(q)
	for _, s := range streams {
		s.begin(&q, after)
	}
	var last spot
	shown := 0
	for scanned := 0; ; scanned++ {
		first := earliest(streams)
		if first == nil || q.isBeyond(first.head) {
			return "", nil
		}
		if shown == q.Limit || scanned == maxScan {
			return writeCursor(q.Sort, last), nil
		}
		last = first.head
		row, err := tx.row(last.number)
		if err != nil {
			return "", err
		}
		if fits, err := row.matches(&q); err != nil {
			return "", err
		} else if fits {
			if err := each(row); err != nil {
				return "", err
			}
			shown++
		}
		first.next()
	}
}

// goesUp reports whether the walk goes from early to late.
func (q *ListQuery) goesUp() bool { return (q.Sort != SortNewest) != q.FromEnd }

// begin moves a stream to the first row of the page.
func (s *stream) begin(q *ListQuery, after *spot) {
	switch {
	case after != nil:
		s.seek(*after)
		if s.ok && s.head == *after {
			s.next()
		}
	case q.Sort == SortWaiting: // the time asked for is not that of the order
	case q.goesUp() && q.Since != 0:
		s.seek(spot{at: q.Since})
	case !q.goesUp() && q.Until != 0:
		s.seek(spot{at: q.Until - 1, number: ^desk.Number(0)})
	}
}

// isBeyond reports whether the walk has left the time that was asked for.
func (q *ListQuery) isBeyond(head spot) bool {
	switch {
	case q.Sort == SortWaiting:
		return false
	case q.goesUp():
		return q.Until != 0 && head.at >= q.Until
	}
	return q.Since != 0 && head.at < q.Since
}

// needsLook reports whether rows have to be looked into, because the order walked
// has no keys for all that is asked for.
func (q *ListQuery) needsLook() bool {
	return q.Channel != "" || q.Language != "" || (q.Sort == SortWaiting && (q.Tag != "" || q.Unread || q.Since != 0 || q.Until != 0))
}

// matches checks what the order walked has no keys for.
func (r *Row) matches(q *ListQuery) (bool, error) {
	if !q.needsLook() {
		return true, nil
	}
	c, err := r.Conversation()
	fits := (q.Tag == "" || slices.Contains(c.Tags, q.Tag)) && (!q.Unread || c.Unread > 0) &&
		(q.Channel == "" || c.Channel == q.Channel) &&
		c.ActiveAt >= q.Since && (q.Until == 0 || c.ActiveAt < q.Until)
	if err != nil || !fits || q.Language == "" {
		return fits, err
	}
	stored, err := r.Customer()
	if err != nil {
		return false, err
	}
	customer, err := CustomerBrief(stored)
	return customer.Language == q.Language, err
}

// streams makes one stream for each place in the view: the conversations there
// that stand under every facet asked for.
func (tx *Tx) streams(q ListQuery) []*stream {
	sort, facets := sortActivity, make([]facet, 0, 4)
	if !q.Agent.IsZero() {
		facets = append(facets, agentFacet(q.Agent))
	}
	if !q.Team.IsZero() {
		facets = append(facets, teamFacet(q.Team))
	}
	if q.Sort == SortWaiting {
		sort = sortWaiting
	} else {
		if q.Tag != "" {
			facets = append(facets, tagFacet(q.Tag))
		}
		if q.Unread {
			facets = append(facets, facet{kind: facetUnread})
		}
	}
	if len(facets) == 0 {
		facets = append(facets, facet{kind: facetAll})
	}
	places := q.View.Places()
	streams := make([]*stream, 0, len(places))
	for _, place := range places {
		if q.HideResolved && place == desk.PlaceResolved {
			continue
		}
		streams = append(streams, tx.openStream(sort, facets, place, q.goesUp()))
	}
	return streams
}

// earliest is the stream whose head comes first, or nil when all have ended.
func earliest(streams []*stream) *stream {
	var first *stream
	for _, s := range streams {
		if s.ok && (first == nil || s.before(s.head, first.head)) {
			first = s
		}
	}
	return first
}

// A cursor is the sort's letter and the spot of the last row shown, so that a
// page goes on after it also when that row has moved away.
func writeCursor(sort Sort, last spot) string {
	b := make([]byte, 0, 17)
	b = append(b, sort[0])
	b = appendSpot(b, last)
	return base64.RawURLEncoding.EncodeToString(b)
}

func readCursor(q ListQuery) (*spot, error) {
	if q.Cursor == "" {
		return nil, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil || len(b) != 17 || b[0] != q.Sort[0] {
		return nil, desk.Refuse(desk.CodeInvalid, "cursor", "Use the cursor as the page before gave it, with the same sort.")
	}
	return &spot{at: desk.Time(binary.BigEndian.Uint64(b[1:]) ^ (1 << 63)), number: desk.Number(binary.BigEndian.Uint64(b[9:]))}, nil
}
