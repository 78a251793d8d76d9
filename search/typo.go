package search

// minTypo is the length in bytes from which a stem is compared with a typing
// error: in shorter ones a letter more or less makes another word.
const minTypo = 5

// judgeTypo compares with a folded word that may be a form of this when a single
// letter is put right in the stem: one wrong, one missing, one too many, or two
// neighbours swapped. It answers typo, guess or none.
func (w *word) judgeTypo(term string) class {
	typed := w.term
	for i := len(typed); i >= minTypo; i-- {
		ending := w.ends[i]
		if ending == 0 {
			continue
		}
		for j := max(i-1, minTypo-1); j <= min(i+1, len(term)); j++ {
			if ending&endings(term, j)&anyKind == 0 || !isOneOffStem(typed[:i], term, j) {
				continue
			}
			if i == len(typed) && typed[0] == term[0] {
				return typo
			}
			return guess
		}
	}
	return none
}

// isOneOffStem compares a stem with the first j bytes of a word, whose last
// consonant may have softened before an ending.
func isOneOffStem(stem, term string, j int) bool {
	if isOneOff(stem, term[:j]) {
		return true
	}
	if hard := hardOf(term[j-1]); hard != 0 && startsWithVowel(term[j:]) {
		return isOneOff(stem, term[:j-1]+string(hard))
	}
	return false
}

func hardOf(c byte) byte {
	switch c {
	case 'b':
		return 'p'
	case 'd':
		return 't'
	case 'g':
		return 'k'
	}
	return 0
}

// isOneOff reports whether exactly one edit turns a into b.
func isOneOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := commonPrefix(a, b)
	ra, rb := a[i:], b[i:]
	switch {
	case len(rb) == 0 || len(rb) > len(ra)+1:
		return false
	case len(ra) < len(rb):
		return ra == rb[1:]
	case ra[1:] == rb[1:]:
		return true
	}
	return len(ra) >= 2 && ra[0] == rb[1] && ra[1] == rb[0] && ra[2:] == rb[2:]
}
