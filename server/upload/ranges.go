package upload

import (
	"strconv"
	"strings"
)

// span is a piece of a file: its first byte, and how many there are.
type span struct{ first, length int64 }

// parseRange reads a Range header for a file of size bytes (RFC 9110, section
// 14.1.2). It takes one range; a header with several, or in a unit or a form that
// it does not know, is passed over, as the standard allows, and the whole file is
// the answer. Outside tells that the range begins behind the end.
func parseRange(header string, size int64) (piece span, partial, outside bool) {
	whole := span{0, size}
	spec, found := strings.CutPrefix(header, "bytes=")
	if !found || strings.Contains(spec, ",") {
		return whole, false, false
	}
	from, to, found := strings.Cut(strings.TrimSpace(spec), "-")
	if !found {
		return whole, false, false
	}
	if from == "" { // the last so many bytes
		n, ok := digits(to)
		switch {
		case !ok:
			return whole, false, false
		case n == 0 || size == 0:
			return span{}, false, true
		}
		n = min(n, size)
		return span{size - n, n}, true, false
	}
	first, ok := digits(from)
	last := size - 1
	if ok && to != "" {
		last, ok = digits(to)
	}
	switch {
	case !ok || last < first && to != "":
		return whole, false, false
	case first >= size:
		return span{}, false, true
	}
	return span{first, min(last, size-1) - first + 1}, true, false
}

// digits reads a number without a sign.
func digits(text string) (int64, bool) {
	if strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}
