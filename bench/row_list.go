package bench

import (
	"fmt"

	"parley/desk"
	"parley/store"
)

// page is one page of a list that is asked for again and again, and what it holds.
type page struct {
	query *listQuery
	path  string
	want  []desk.Number
}

// check compares an answer with the plain scan. A page may be shorter than asked
// when it says how to go on; see store.Tx.List.
func (p *page) check(body []byte) error {
	got, want := numbersIn(body), p.want
	if p.query.sort == store.SortWaiting && len(got) < len(want) && nextIn(body) != "" {
		want = want[:len(got)]
	}
	return p.query.compare(got, want)
}

// pages finds the pages that lie depth pages deep, following the cursors from the
// first; lists that are not so deep are left out.
func (s *stage) pages(queries []*listQuery, depth int) (pages []page, err error) {
	c, err := s.dial(0)
	if err != nil {
		return nil, err
	}
	defer c.close()
	for _, q := range queries {
		list := s.book.list(q)
		at := (depth - 1) * rows
		if depth > 1 && len(list) <= at {
			continue
		}
		cursor, err := s.walk(c, q, list[:at])
		if err != nil {
			return nil, err
		}
		pages = append(pages, page{q, q.path(cursor, rows), list[at:min(len(list), at+rows)]})
	}
	return pages, nil
}

// walk follows a list's cursors past the conversations given, comparing each, and
// returns the cursor behind them.
func (s *stage) walk(c *client, q *listQuery, past []desk.Number) (cursor string, err error) {
	for len(past) > 0 {
		limit := min(len(past), 100)
		body, err := c.must(q.path(cursor, limit))
		if err != nil {
			return "", err
		}
		if err := q.compare(numbersIn(body), past[:limit]); err != nil {
			return "", err
		}
		past, cursor = past[limit:], nextIn(body)
	}
	return cursor, nil
}

// listRows measures lists: the first page of every view, order and filter, and
// pages deep below.
func (s *stage) listRows() error {
	plain, narrowed := listQueries(s.book)
	inbox := []*listQuery{{view: desk.ViewInbox, sort: store.SortNewest}}
	for _, part := range []struct {
		id, what string
		queries  []*listQuery
		depth    int
	}{
		{"list.first", "list: inbox, first page", inbox, 1},
		{"list.views", "list: every view and order, first page", plain, 1},
		{"list.filters", "list: every view, filter and order, first page", narrowed, 1},
		{"list.page10", "list: every view and order, page 10", plain, 10},
		{"list.page100", "list: every view and order, page 100", plain, 100},
		{"list.page1000", "list: every view and order, page 1,000", plain, 1000},
	} {
		pages, err := s.pages(part.queries, part.depth)
		if err != nil {
			return err
		}
		if len(pages) == 0 {
			continue
		}
		if err := s.listRow(s.row(part.id, part.what), pages, 1, 1); err != nil {
			return err
		}
	}
	pages, err := s.pages(newest(plain), 1)
	if err != nil {
		return err
	}
	return s.listRow(s.row("list.16", "list: every view, first page, 16 clients"), pages, 16, 16)
}

// newest picks the lists in the order that screens begin with.
func newest(queries []*listQuery) (picked []*listQuery) {
	for _, q := range queries {
		if q.sort == store.SortNewest {
			picked = append(picked, q)
		}
	}
	return picked
}

// listRow measures some pages in turn. Every nth answer is compared with the scan;
// with many clients comparing all would take the cores from the server.
func (s *stage) listRow(row Row, pages []page, clients, nth int) error {
	paths := make([]string, len(pages))
	for i := range pages {
		paths[i] = pages[i].path
	}
	result, err := s.reads(clients, paths, func(path, n int, body []byte) error {
		if n%nth != 0 {
			return nil
		}
		return pages[path].check(body)
	})
	if err != nil {
		return err
	}
	result.fill(&row)
	row.Floor = floorFor(clients)
	if clients > 1 {
		row.Note = fmt.Sprintf("one answer in %d is compared with a plain scan", nth)
	} else if len(pages) > 1 {
		worst, times := result.slowest(len(pages), func(_, n int) int { return n % len(pages) })
		row.Note = fmt.Sprintf("of %d lists the slowest is “%s”, p50 %s, p99 %s", len(pages), pages[worst].query,
			number(milliseconds(times.P50)), number(milliseconds(times.P99)))
	}
	s.add(row)
	return nil
}
