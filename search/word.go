package search

import "strings"

// class says how a word of a text answers a word of a query; a higher one is
// the better answer.
type class uint8

const (
	none   class = iota
	weak         // not in the text but in a tag or an attribute
	guess        // as typo, but in the first letter, or behind an ending taken off
	typo         // one letter is wrong, missing, too many, or two are swapped
	akin         // another inflection of the same word
	begins       // it begins with what was typed
	same         // the word itself, perhaps with an ending
)

// word is one word of a query.
type word struct {
	term  string // folded
	last  bool   // it may be unfinished: whatever begins with it is an answer
	digit bool   // it holds a digit: no inflection and no typing error is looked for
}

func newWord(term string, last bool) word {
	return word{term: term, last: last, digit: strings.ContainsAny(term, "0123456789")}
}

// minBegin is the length from which a finished word also finds the longer words
// that begin with it (alerji: alerjik). A shorter one begins too many.
const minBegin = 5

// judge compares the word with a word of a text. typos allows a typing error.
func (w *word) judge(term string, typos bool) class {
	hasPrefix := strings.HasPrefix(term, w.term)
	switch {
	case len(term) == len(w.term) && hasPrefix:
		return same
	case !w.digit && hasPrefix && len(w.term) >= 2 && agree(w.term, term, len(w.term), len(w.term)):
		return same
	case hasPrefix && (w.last || len(w.term) >= minBegin && !w.digit):
		return begins
	case !w.digit && isSameWord(w.term, term):
		return akin
	case typos && w.mayErr():
		return judgeTypo(w.term, term)
	}
	return none
}

// stands reports whether a word of a text can stand for the word in a phrase:
// inflected, but not denied where the phrase says it happened.
func (w *word) stands(term string) bool {
	c := w.judge(term, false)
	return (c == same || c == akin || c == begins && (w.last || isSameWord(w.term, term))) && !deniesOther(w.term, term)
}

// mayErr reports whether the word is long enough to look for typing errors.
func (w *word) mayErr() bool { return !w.digit && len(w.term) >= minTypo }

// minStem is the shortest stem that two inflected words may share.
const minStem = 3

// isSameWord reports whether two folded words are forms of one: a stem that they
// share, with an ending of the same kind behind it in both. Consonants that
// soften (kitap, kitabı; renk, rengi), double (hak, hakkı) and vowels that drop
// out (isim, ismi) before an ending are looked through.
func isSameWord(a, b string) bool {
	shared := commonPrefix(a, b)
	for stem := shared; stem >= 2; stem-- {
		if agree(a, b, stem, stem) {
			return true
		}
	}
	return softened(a, b, shared) || doubled(a, b, shared) || doubled(b, a, shared) ||
		dropped(a, b, shared) || dropped(b, a, shared) || narrowed(a, b, shared) || narrowed(b, a, shared)
}

// agree reports whether a behind its first i bytes and b behind its first j can
// be endings of one kind.
func agree(a, b string, i, j int) bool {
	if i == len(a) && j == len(b) {
		return i == j
	}
	both := endings(a, i)
	if both == 0 {
		return false
	}
	both &= endings(b, j)
	if i <= minStem {
		both &^= shortStem(a[i:], b[j:], i, a[i-1])
	}
	return both&(asNoun|asVerb|asEnglish) != 0
}

// shortStem says what two endings behind a short stem can not be: what looks like
// a dative of three letters is mostly another word (hat, hata), verbs of two
// letters look like everything (ev, even), and with two letters only an ending of
// two says something.
func shortStem(ra, rb string, stem int, last byte) kind {
	isBare := func(rest string) bool { return rest == "a" || rest == "e" }
	switch {
	case stem >= minStem && (isBare(ra) || isBare(rb)):
		return asNoun | asEnglish
	case stem >= minStem:
		return asEnglish
	case ra != "" && (rb != "" || len(ra) < 2 || isVowel(last)), rb != "" && ra == "" && len(rb) < 2:
		return asNoun | asVerb | asEnglish
	}
	return asVerb | asEnglish
}

// softened looks through p/b, t/d and k/g at the end of a stem.
func softened(a, b string, shared int) bool {
	if shared < 2 || shared >= len(a) || shared >= len(b) || !isSoftPair(a[shared], b[shared]) {
		return false
	}
	end := shared + 1
	return (startsWithVowel(a[end:]) || startsWithVowel(b[end:])) && agree(a, b, end, end)
}

// doubled looks through the consonant that doubles in b: hak, hakkı; ret, reddi.
func doubled(a, b string, shared int) bool {
	if shared < 2 || len(b) < shared+2 {
		return false
	}
	if shared == len(a) || !isSoftPair(a[shared], b[shared]) {
		shared-- // the stem's last letter is shared
	}
	if shared < 2 || shared+2 > len(b) || b[shared] != b[shared+1] || shared+1 > len(a) ||
		a[shared] != b[shared] && !isSoftPair(a[shared], b[shared]) {
		return false
	}
	return startsWithVowel(b[shared+2:]) && agree(a, b, shared+1, shared+2)
}

// dropping are the nouns, folded, whose last vowel drops out before an ending
// that begins with one: isim, ismi; kayıt, kaydı.
var dropping = func() map[string]bool {
	set := map[string]bool{}
	for noun := range strings.FieldsSeq("agiz akil alin asil beyin boyun burun cisim devir emir fikir gonul gogus hacim " +
		"hapis hukum ilim isim izin karin kayit kesir keyif kisim koyun lutuf metin meyil nakil nakit nehir nesil " +
		"nesir omur omuz ogul resim sabir sehir sekil seyir sinif sukur tahin tavir ufuk vakit vakif zihin zulum") {
		set[noun] = true
	}
	return set
}()

// dropped looks through the vowel of a that is gone in b.
func dropped(a, b string, shared int) bool {
	end := shared + 2 // of the stem in a; the vowel and the last consonant are beyond what is shared
	if end > len(a) || shared+1 >= len(b) || !dropping[a[:end]] {
		return false
	}
	if a[end-1] != b[shared] && !isSoftPair(a[end-1], b[shared]) {
		return false
	}
	return startsWithVowel(b[shared+1:]) && endings(a, end)&endings(b, shared+1)&asNoun != 0
}

// narrowed looks through the last vowel of the verb a that -iyor takes away in b:
// bekledim, bekliyor.
func narrowed(a, b string, shared int) bool {
	if shared < minStem || shared >= len(a) || (a[shared] != 'e' && a[shared] != 'a') {
		return false
	}
	rest := b[shared:]
	return (strings.HasPrefix(rest, "iyor") || strings.HasPrefix(rest, "uyor")) &&
		endings(b, shared)&endings(a, shared+1)&asVerb != 0
}

// deniesOther reports whether one of two forms of a verb is denied and the other
// is not: verildi, verilmedi.
func deniesOther(a, b string) bool {
	if a == b {
		return false
	}
	for stem := commonPrefix(a, b); stem >= 2; stem-- {
		ka, kb := endings(a, stem), endings(b, stem)
		if ka&kb&asVerb != 0 {
			return ka&negated != kb&negated
		}
	}
	return false
}

func isSoftPair(x, y byte) bool {
	switch {
	case x == 'p' && y == 'b', x == 'b' && y == 'p', x == 't' && y == 'd', x == 'd' && y == 't',
		x == 'k' && y == 'g', x == 'g' && y == 'k':
		return true
	}
	return false
}

func isVowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

func startsWithVowel(s string) bool { return s != "" && isVowel(s[0]) }

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
