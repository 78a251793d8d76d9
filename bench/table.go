package bench

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// WriteTable writes the report as Markdown.
func (r *Report) WriteTable(out io.Writer) error {
	var b strings.Builder
	m := &r.Machine
	fmt.Fprintf(&b, "# Parley %s, measured %s\n\n", r.Version, r.Began.UTC().Format("2006-01-02 15:04 UTC"))
	fmt.Fprintf(&b, "%s; %d cores; %s memory; %s; %s; Go %s. Load average %s at the start, %s at the end. Took %s.\n",
		m.CPU, m.Cores, bytesText(float64(m.Memory)), m.Kernel, m.FileSystem, m.Go, m.LoadBefore, m.LoadAfter, r.Took.Round(time.Second))
	b.WriteString("Client and server share the cores: “client” is the measuring side's part of what both used, “others” the part of the machine that other programs took meanwhile (a row is measured again while that is much). Times are milliseconds.\n\n")
	for i := range r.Sets {
		b.WriteString("- " + r.Sets[i].String() + "\n")
	}
	b.WriteString("\n| what | set | p50 | p99 | p99.9 | max | figure | CPU/op | client | others | × floor | hold | aim | verdict |\n")
	b.WriteString("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|---|---|\n")
	for i := range r.Rows {
		b.WriteString(r.Rows[i].line())
	}
	b.WriteString(r.notes())
	_, err := io.WriteString(out, b.String())
	return err
}

// line is the row in Markdown.
func (r *Row) line() string {
	cells := []string{r.What, r.Set, "", "", "", "", r.mainFigure(), "", "", "", "", r.bounds(holdOf), r.bounds(aimOf), string(r.Verdict)}
	if r.Times != nil {
		cells[2], cells[3] = number(milliseconds(r.Times.P50)), number(milliseconds(r.Times.P99))
		cells[4], cells[5] = number(milliseconds(r.Times.P999)), number(milliseconds(r.Times.Max))
	}
	if r.CPU > 0 {
		cells[7] = number(milliseconds(r.CPU))
	}
	if r.Client > 0 {
		cells[8] = fmt.Sprintf("%.0f%%", 100*r.Client)
	}
	if r.Rounds > 0 {
		cells[9] = fmt.Sprintf("%.0f%%", 100*r.Others)
	}
	if r.Ratio > 0 {
		cells[10] = number(r.Ratio)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// mainFigure is the rate or the single value.
func (r *Row) mainFigure() string {
	switch {
	case r.Rate > 0:
		return number(r.Rate) + "/s"
	case r.Unit != "":
		return number(r.Value) + " " + r.Unit
	}
	return ""
}

func holdOf(l Limit) float64 { return l.Hold }
func aimOf(l Limit) float64  { return l.Aim }

// bounds writes one side of the row's limits.
func (r *Row) bounds(side func(Limit) float64) string {
	var parts []string
	for _, l := range r.Limits {
		if v := side(l); v > 0 {
			sign := "≤"
			if l.AtEnd {
				sign = "≥"
			}
			parts = append(parts, l.Of+" "+sign+" "+number(v))
		}
	}
	return strings.Join(parts, ", ")
}

// notes are what does not fit into cells.
func (r *Report) notes() string {
	var b strings.Builder
	for i := range r.Rows {
		row := &r.Rows[i]
		note := row.Note
		if row.Floor != "" {
			note = strings.TrimPrefix(note+"; the floor is “"+r.floorName(row.Floor)+"”", "; ")
		}
		if note != "" {
			fmt.Fprintf(&b, "- %s %s: %s.\n", row.What, row.Set, note)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nNotes\n\n" + b.String()
}

func (r *Report) floorName(id string) string {
	for i := range r.Rows {
		if r.Rows[i].ID == id {
			return r.Rows[i].What
		}
	}
	return id
}

// number writes three digits that count, with thin groups for large ones.
func number(v float64) string {
	switch {
	case v >= 10_000:
		return fmt.Sprintf("%.1f k", v/1000)
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case v >= 1:
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
	return strconv.FormatFloat(v, 'f', 3, 64)
}

// bytesText writes an amount of memory.
func bytesText(v float64) string {
	for _, unit := range []string{"B", "kB", "MB"} {
		if v < 1000 {
			return number(v) + " " + unit
		}
		v /= 1000
	}
	return number(v) + " GB"
}
