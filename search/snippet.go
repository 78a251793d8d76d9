package search

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// SnippetRunes is the length of a snippet's text, the signs that it was cut
// included.
const SnippetRunes = 140

// snippetLead is how many runes are shown before the first find.
const snippetLead = 40

const cutSign = '…'

// excerpt cuts a text around the first of some spans to one line of at most
// limit runes, and gives the spans as ranges of it.
func excerpt(text string, spans []span, limit int) (string, []Range) {
	merged := mergeSpans(spans)
	from, to := window(text, merged, limit)
	out := make([]byte, 0, to-from+2*utf8.RuneLen(cutSign))
	units := 0 // the length of out in UTF-16
	if from > 0 {
		out, units = utf8.AppendRune(out, cutSign), 1
	}
	ranges := make([]Range, 0, len(merged))
	next := 0 // the span that is looked for
	for i, r := range text[from:to] {
		next = markRange(&ranges, merged, next, from+i, units)
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			r = ' '
		}
		out = utf8.AppendRune(out, r)
		units += utf16Len(r)
	}
	if n := len(ranges); n > 0 && ranges[n-1][1] < 0 {
		ranges[n-1][1] = units // it reaches to the end, or the cut went through it
	}
	if to < len(text) {
		out = utf8.AppendRune(out, cutSign)
	}
	return string(out), ranges
}

// markRange ends and begins ranges at a byte of the text that stands at some
// unit of the excerpt. spans[next] is the one that comes next; it returns the new
// next. A range that has begun has the end -1.
func markRange(ranges *[]Range, spans []span, next, at, unit int) int {
	if n := len(*ranges); n > 0 && (*ranges)[n-1][1] < 0 && spans[next-1].end <= at {
		(*ranges)[n-1][1] = unit
	}
	for next < len(spans) && spans[next].end <= at {
		next++ // before the excerpt
	}
	if next < len(spans) && spans[next].start <= at {
		*ranges = append(*ranges, Range{unit, -1})
		next++
	}
	return next
}

// window chooses the bytes of the text that are shown.
func window(text string, spans []span, limit int) (from, to int) {
	runes := utf8.RuneCountInString(text)
	if runes <= limit {
		return 0, len(text)
	}
	if len(spans) > 0 {
		from = spans[0].start
	}
	lead := 0
	for from > 0 && lead < snippetLead {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
		lead++
	}
	from = wordStart(text, from, spans)
	if rest := utf8.RuneCountInString(text[from:]); rest < limit-2 { // the end of the text is in sight: fill up in front
		for from > 0 && rest < limit-2 {
			_, size := utf8.DecodeLastRuneInString(text[:from])
			from -= size
			rest++
		}
	}
	room := limit
	if from > 0 {
		room--
	}
	to = from
	for shown := 0; to < len(text); shown++ {
		if shown == room-1 && utf8.RuneCountInString(text[to:]) > 1 {
			break // one rune is left, for the sign
		}
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	return from, to
}

// wordStart moves a cut forward to the next beginning of a word, if one comes
// before the first span.
func wordStart(text string, from int, spans []span) int {
	if from == 0 || len(spans) == 0 {
		return from
	}
	for i, r := range text[from:spans[0].start] {
		if unicode.IsSpace(r) {
			return from + i + utf8.RuneLen(r)
		}
	}
	return from
}

// mergeSpans puts spans in order and joins those that overlap.
func mergeSpans(spans []span) []span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b span) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	out := sorted[:0]
	for _, s := range sorted {
		if n := len(out); n > 0 && s.start < out[n-1].end {
			out[n-1].end = max(out[n-1].end, s.end)
			continue
		}
		out = append(out, s)
	}
	return out
}

func utf16Len(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
