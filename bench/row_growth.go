package bench

import (
	"fmt"
	"strings"
)

// growthRows compares what was measured on the smallest set with what was on the
// largest: how cost grows with the data.
func (r *run) growthRows() error {
	for _, g := range []struct{ id, what, rows string }{
		{"growth.list", "growth of lists, 1k → 1m", "list."},
		{"growth.open", "growth of opening a conversation, 1k → 1m", "open.1"},
		{"growth.post", "growth of a post, 1k → 1m", "post.1"},
		{"growth.start", "growth of the start, 1k → 1m", "start"},
	} {
		row := Row{ID: g.id, What: g.what, Unit: "×"}
		for i := range r.report.Rows {
			large := &r.report.Rows[i]
			small := r.report.row(large.ID, set1K)
			fits := large.ID == g.rows || (strings.HasSuffix(g.rows, ".") && strings.HasPrefix(large.ID, g.rows) && large.ID != "list.16")
			if large.Set != set1M || !fits || small == nil || small.Times == nil {
				continue
			}
			if by := float64(large.Times.P50) / float64(small.Times.P50); by > row.Value {
				row.Value = by
				row.Note = fmt.Sprintf("“%s”, p50 %s → %s", large.What, number(milliseconds(small.Times.P50)), number(milliseconds(large.Times.P50)))
			}
		}
		if row.Value > 0 {
			r.add(row)
		}
	}
	return nil
}
