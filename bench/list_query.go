package bench

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/desk"
	"parley/store"
)

// rows is how many conversations a measured page shows.
const rows = 25

// listQuery is one list that is asked for.
type listQuery struct {
	view   desk.View
	sort   store.Sort
	agent  desk.ID
	tag    string
	unread bool
}

// fits tells whether a conversation passes the filters.
func (q *listQuery) fits(e *entry) bool {
	return (q.agent.IsZero() || e.agent == q.agent) &&
		(q.tag == "" || slices.Contains(e.tags[:], q.tag)) && (!q.unread || e.unread)
}

// path is the request for a page of the list.
func (q *listQuery) path(cursor string, limit int) string {
	v := url.Values{"view": {string(q.view)}, "sort": {string(q.sort)}, "limit": {strconv.Itoa(limit)}}
	if !q.agent.IsZero() {
		v.Set("agent", q.agent.String())
	}
	if q.tag != "" {
		v.Set("tag", q.tag)
	}
	if q.unread {
		v.Set("unread", "true")
	}
	if cursor != "" {
		v.Set("cursor", cursor)
	}
	return "/api/v1/conversations?" + v.Encode()
}

// String names the query in notes.
func (q *listQuery) String() string {
	parts := []string{string(q.view)}
	if !q.agent.IsZero() {
		parts = append(parts, "agent")
	}
	if q.tag != "" {
		parts = append(parts, "tag "+q.tag)
	}
	if q.unread {
		parts = append(parts, "unread")
	}
	return strings.Join(append(parts, string(q.sort)), " ")
}

var (
	numberMark = []byte(`{"number":`)
	nextMark   = []byte(`"next":"`)
)

// numbersIn reads the conversations' numbers from a page, in order. It looks for
// the marks alone: decoding each answer whole would take more of the cores than
// the server does.
func numbersIn(body []byte) (numbers []desk.Number) {
	for {
		at := bytes.Index(body, numberMark)
		if at < 0 {
			return numbers
		}
		body = body[at+len(numberMark):]
		n := uint64(0)
		for len(body) > 0 && body[0] >= '0' && body[0] <= '9' {
			n = n*10 + uint64(body[0]-'0')
			body = body[1:]
		}
		numbers = append(numbers, desk.Number(n))
	}
}

// nextIn reads a page's cursor for the next one.
func nextIn(body []byte) string {
	at := bytes.LastIndex(body, nextMark)
	if at < 0 {
		return ""
	}
	text, _, _ := bytes.Cut(body[at+len(nextMark):], []byte(`"`))
	return string(text)
}

// compare says where a page differs from what it should hold.
func (q *listQuery) compare(got, want []desk.Number) error {
	if slices.Equal(got, want) {
		return nil
	}
	return fmt.Errorf("bench: the list %s holds %v and should hold %v", q, got, want)
}

// listQueries are the lists that the rows go through: every view in every order,
// plain and narrowed by what screens offer.
func listQueries(b *book) (plain, narrowed []*listQuery) {
	busy, quiet := b.agents[0], b.agents[len(b.agents)-1]
	common, rare := tags[0], tags[len(tags)-1]
	filters := []listQuery{
		{agent: busy},
		{agent: quiet},
		{tag: common},
		{tag: rare},
		{unread: true},
		{agent: busy, tag: common},
		{agent: quiet, unread: true},
		{tag: rare, unread: true},
		{agent: busy, tag: rare, unread: true},
	}
	for _, view := range desk.AllViews {
		for _, sort := range []store.Sort{store.SortNewest, store.SortOldest, store.SortWaiting} {
			plain = append(plain, &listQuery{view: view, sort: sort})
			for _, f := range filters {
				f.view, f.sort = view, sort
				narrowed = append(narrowed, &f)
			}
		}
	}
	return plain, narrowed
}
