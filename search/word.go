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
	term  string         // folded
	last  bool           // it may be unfinished: whatever begins with it is an answer
	digit bool           // it holds a digit: no inflection and no typing error is looked for
	ends  []kind         // by length of a stem: how the rest of the word reads as an ending
	forms *formAutomaton // made when it is first needed
}

func newWord(term string, last bool) word {
	w := word{term: term, last: last, digit: strings.ContainsAny(term, "0123456789"), ends: make([]kind, len(term)+1)}
	for i := range w.ends {
		w.ends[i] = endings(term, i)
	}
	return w
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
	case w.last && len(w.term) <= minGram: // hardly begun: its inflections are not told apart yet
		if hasPrefix && len(w.term) == minGram {
			return begins
		}
		return none
	case !w.digit && hasPrefix && len(w.term) >= 2 && w.agrees(term, len(w.term), len(w.term), anyKind):
		return same
	case hasPrefix && (w.last || len(w.term) >= minBegin && !w.digit):
		return begins
	case !w.digit && w.isForm(term):
		return akin
	case typos && w.mayErr():
		return w.judgeTypo(term)
	}
	return none
}

// stands reports whether a word of a text can stand for the word in a phrase:
// inflected, but not denied where the phrase says it happened.
func (w *word) stands(term string) bool {
	c := w.judge(term, false)
	return (c == same || c == akin || c == begins && (w.last || w.isForm(term))) && !deniesOther(w.term, term)
}

// mayErr reports whether the word is long enough to look for typing errors.
func (w *word) mayErr() bool { return !w.digit && len(w.term) >= minTypo }

// anyKind is every way in which two endings can be of one kind.
const anyKind = asNoun | asVerb | asEnglish

// isForm reports whether a folded word is a form of the query's: a stem that they
// share, with an ending of the same kind behind it in both. Consonants that
// soften (kitap, kitabı; renk, rengi) or double (hak, hakkı) and vowels that drop
// out (isim, ismi) or narrow (bekledi, bekliyor) are looked through.
func (w *word) isForm(term string) bool {
	a, b := w.term, term
	shared := commonPrefix(a, b)
	for stem := shared; stem >= 2; stem-- {
		if w.agrees(b, stem, stem, anyKind) {
			return true
		}
	}
	if shared < 2 {
		return false
	}
	if isSoftened(a, b, shared) && w.agrees(b, shared+1, shared+1, anyKind) {
		return true
	}
	if i, j, ok := doubled(a, b, shared); ok && w.agrees(b, i, j, anyKind) {
		return true
	}
	if j, i, ok := doubled(b, a, shared); ok && w.agrees(b, i, j, anyKind) {
		return true
	}
	if i, j, ok := dropped(a, b, shared); ok && w.agrees(b, i, j, asNoun) {
		return true
	}
	if j, i, ok := dropped(b, a, shared); ok && w.agrees(b, i, j, asNoun) {
		return true
	}
	if i, j, ok := narrowed(a, b, shared); ok && w.agrees(b, i, j, asVerb) {
		return true
	}
	j, i, ok := narrowed(b, a, shared)
	return ok && w.agrees(b, i, j, asVerb)
}

// agrees reports whether the word behind its first i bytes and term behind its
// first j can be endings of one of some kinds.
func (w *word) agrees(term string, i, j int, kinds kind) bool {
	kinds &= w.ends[i]
	if kinds == 0 || i == len(w.term) && j == len(term) && i != j {
		return false
	}
	if i <= minStem {
		kinds &^= shortStem(w.term[i:], term[j:], i, w.term[i-1])
	}
	return kinds != 0 && kinds&endings(term, j) != 0
}

// minStem is the shortest stem that two inflected words may share.
const minStem = 3

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
		return anyKind
	}
	return asVerb | asEnglish
}

// isSoftened looks through p/b, t/d and k/g at the end of a stem, of which one is
// followed by a vowel.
func isSoftened(a, b string, shared int) bool {
	return shared < len(a) && shared < len(b) && isSoftPair(a[shared], b[shared]) &&
		(startsWithVowel(a[shared+1:]) || startsWithVowel(b[shared+1:]))
}

// doubled looks through the consonant that doubles in b: hak, hakkı; ret, reddi.
// It gives the ends of the stem in a and in b.
func doubled(a, b string, shared int) (i, j int, ok bool) {
	if shared == len(a) || shared < len(b) && !isSoftPair(a[shared], b[shared]) {
		shared-- // the stem's last letter is shared
	}
	if shared < 2 || shared+2 > len(b) || shared+1 > len(a) || b[shared] != b[shared+1] ||
		a[shared] != b[shared] && !isSoftPair(a[shared], b[shared]) {
		return 0, 0, false
	}
	return shared + 1, shared + 2, startsWithVowel(b[shared+2:])
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

// droppings gives by what is left of those nouns (ism, kayt and kayd) the nouns.
var droppings = func() map[string][]string {
	nouns := map[string][]string{}
	for noun := range dropping {
		n := len(noun)
		left, last := noun[:n-2], noun[n-1:]
		nouns[left+last] = append(nouns[left+last], noun)
		if soft := softPair(noun[n-1]); soft != 0 {
			nouns[left+string(rune(soft))] = append(nouns[left+string(rune(soft))], noun)
		}
	}
	return nouns
}()

// dropped looks through the vowel of a that is gone in b. It gives the ends of the
// stem in a and in b.
func dropped(a, b string, shared int) (i, j int, ok bool) {
	i, j = shared+2, shared+1 // the vowel and the last consonant are beyond what is shared
	if i > len(a) || j >= len(b) || !dropping[a[:i]] {
		return 0, 0, false
	}
	return i, j, (a[i-1] == b[j-1] || isSoftPair(a[i-1], b[j-1])) && startsWithVowel(b[j:])
}

// narrowed looks through the last vowel of the verb a that -iyor takes away in b:
// bekledim, bekliyor. It gives the ends of the stem in a and in b.
func narrowed(a, b string, shared int) (i, j int, ok bool) {
	if shared < minStem || shared >= len(a) || (a[shared] != 'e' && a[shared] != 'a') {
		return 0, 0, false
	}
	rest := b[shared:]
	return shared + 1, shared, strings.HasPrefix(rest, "iyor") || strings.HasPrefix(rest, "uyor")
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

func isSoftPair(x, y byte) bool { return y != 0 && softPair(x) == y }

// softPair gives what a consonant softens or hardens to; 0 for none.
func softPair(c byte) byte {
	switch c {
	case 'p':
		return 'b'
	case 'b':
		return 'p'
	case 't':
		return 'd'
	case 'd':
		return 't'
	case 'k':
		return 'g'
	case 'g':
		return 'k'
	}
	return 0
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
