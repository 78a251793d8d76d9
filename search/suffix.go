package search

import "strings"

// The endings of Turkish words as small grammars over folded text, where ı is i,
// ö is o, ü is u and ğ is g. They say whether what is left of a word behind a
// stem can be an ending: in "aboneligimi" behind "abonelig", the ending "imi".
// They are wider than the language (vowel harmony is not asked for, because
// loan words break it and the fold hides it) and leave out what makes another
// word (-lik, -siz, -li, -ci): abone is not abonelik. What may follow which
// sound is held to, see joins.

// ending is one step of a grammar: any of forms leads from a state to another.
type ending struct {
	from, to int
	forms    string // separated by spaces
	negates  bool
}

// The states of a noun. All of them may be the end of a word.
const (
	nounStem = iota
	nounPlural
	nounOwned
	nounObject // -i, -e: nothing more
	nounPlace  // -de, -den, -in: open for -ki and a copula
	nounWith   // -le, -la: what follows it is a verb made of the noun (sıfırla-)
	nounKi
	nounSaid // a copula
	nounStates
)

var nounEndings = []ending{
	{from: nounStem, to: nounPlural, forms: "ler lar"},
	{from: nounStem, to: nounOwned, forms: "im um m in un n i u si su imiz umuz miz muz iniz unuz niz nuz leri lari"},
	{from: nounPlural, to: nounOwned, forms: "im in i imiz iniz um un u umuz unuz"},
	{from: nounStem, to: nounObject, forms: nounObjects},
	{from: nounStem, to: nounPlace, forms: nounPlaces},
	{from: nounStem, to: nounWith, forms: nounWiths},
	{from: nounPlural, to: nounObject, forms: nounObjects},
	{from: nounPlural, to: nounPlace, forms: nounPlaces},
	{from: nounPlural, to: nounWith, forms: nounWiths},
	{from: nounOwned, to: nounObject, forms: nounObjects},
	{from: nounOwned, to: nounPlace, forms: nounPlaces},
	{from: nounOwned, to: nounWith, forms: nounWiths},
	{from: nounKi, to: nounObject, forms: nounObjects},
	{from: nounKi, to: nounPlace, forms: nounPlaces},
	{from: nounKi, to: nounWith, forms: nounWiths},
	{from: nounPlace, to: nounKi, forms: "ki ku"},
	{from: nounStem, to: nounKi, forms: "ki ku"},
	{from: nounKi, to: nounPlural, forms: "ler lar"},
	{from: nounStem, to: nounSaid, forms: copulas},
	{from: nounPlural, to: nounSaid, forms: copulas},
	{from: nounOwned, to: nounSaid, forms: copulas},
	{from: nounPlace, to: nounSaid, forms: copulas},
	{from: nounKi, to: nounSaid, forms: copulas},
	{from: nounSaid, to: nounSaid, forms: copulas + " m n k niz nuz ler lar"},
}

const (
	nounObjects = "i u yi yu ni nu e a ye ya ne na ce ca nce nca"
	nounPlaces  = "de da te ta nde nda den dan ten tan nden ndan nin nun in un yin yun"
	nounWiths   = "le la yle yla"
	copulas     = "dir dur tir tur di du ti tu ydi ydu mis mus ymis ymus se sa yse ysa yim yum sin sun yiz yuz siniz sunuz ken yken mi mu"
)

// The states of a verb. The stem alone is its imperative.
const (
	verbStem   = iota
	verbVoice  // passive, reflexive, able, not: something must follow
	verbTense  // a finite form, open for a person
	verbPerson // closed but for copulas
	verbNoun   // what is made of a verb and takes the endings of a noun
	verbStates
)

var verbEndings = []ending{
	{from: verbStem, to: verbVoice, forms: "il ul in un n"},
	{from: verbStem, to: verbVoice, forms: "me ma mi mu eme ama yeme yama emi ami yemi yami", negates: true},
	{from: verbStem, to: verbVoice, forms: "ebil abil yebil yabil"},
	{from: verbVoice, to: verbVoice, forms: "me ma mi mu eme ama yeme yama emi ami yemi yami", negates: true},
	{from: verbVoice, to: verbVoice, forms: "ebil abil yebil yabil"},
	{from: verbStem, to: verbTense, forms: tenses},
	{from: verbVoice, to: verbTense, forms: tenses + " z"},
	{from: verbStem, to: verbNoun, forms: verbNouns},
	{from: verbVoice, to: verbNoun, forms: verbNouns},
	{from: verbStem, to: verbPerson, forms: adverbs},
	{from: verbVoice, to: verbPerson, forms: adverbs},
	{from: verbTense, to: verbPerson, forms: "m n k im um sin sun iz uz niz nuz siniz sunuz ler lar"},
	{from: verbTense, to: verbTense, forms: "di du ti tu ydi ydu mis mus ymis ymus se sa yse ysa dir dur tir tur"},
	{from: verbPerson, to: verbTense, forms: "di du ti tu dir dur tir tur mi mu"},
}

const (
	tenses    = "di du ti tu mis mus iyor uyor yor ecek acak yecek yacak eceg acag yeceg yacag ir ur er ar r se sa meli mali sin sun in un iniz unuz sinler sunlar elim alim yelim yalim eyim ayim yeyim yayim"
	verbNouns = "me ma mek mak en an yen yan dik duk tik tuk dig dug tig tug ecek acak yecek yacak eceg acag yeceg yacag"
	adverbs   = "ince unca yince yunca ip up yip yup erek arak yerek yarak meden madan dikce dukca eli ali yeli yali mekte makta mekten maktan"
)

// kind says as what an ending can be read.
type kind uint8

const (
	asNoun kind = 1 << iota
	asVerb
	asEnglish
	negated // with asVerb: the verb is denied
)

// endings reads what is left of a word behind a stem of n bytes.
func endings(word string, n int) kind {
	rest := word[n:]
	if rest == "" {
		return asNoun | asVerb | asEnglish
	}
	if len(rest) > maxEnding || n == 0 || !canEnd[rest[len(rest)-1]] {
		return 0
	}
	var k kind
	if nouns.accepts(word, n, nounStem) {
		k |= asNoun
	}
	k |= readVerb(word, n)
	if englishEndings[rest] {
		k |= asEnglish
	}
	return k
}

// englishEndings are all that is read of English.
var englishEndings = map[string]bool{
	"s": true, "es": true, "ed": true, "d": true, "e": true, "ing": true, "y": true, "ies": true, "ied": true,
}

// canEnd tells by a word's last byte whether it can end in an ending at all: most that a
// dictionary holds beside a stem, such as customer1042, is told by this one look.
var canEnd = func() (can [256]bool) {
	for _, table := range [][]ending{nounEndings, verbEndings} {
		for _, e := range table {
			for form := range strings.FieldsSeq(e.forms) {
				can[form[len(form)-1]] = true
			}
		}
	}
	for form := range englishEndings {
		can[form[len(form)-1]] = true
	}
	return can
}()

// maxEnding is the length of the longest ending that is read as one.
const maxEnding = 16

// step is one form of an ending.
type step struct {
	form    string
	to      int
	negates bool
	after   sound
}

// sound is what a form must follow.
type sound uint8

const (
	anySound sound = iota
	vowel
	consonant
	voiceless // one of f s t k ç ş h p: -tan, -ti
)

// joins says what a form must follow. Turkish never lets two vowels meet and
// puts y, s or n between them; d hardens to t behind a voiceless consonant.
func joins(form string) sound {
	switch form {
	case "si", "su", "m", "n", "r", "miz", "muz", "niz", "nuz", "nin", "nun", "ni", "nu", "na", "ne",
		"nda", "nde", "ndan", "nden", "nca", "nce":
		return vowel
	}
	switch {
	case isVowel(form[0]):
		return consonant
	case form[0] == 'y':
		return vowel
	case form[0] == 't':
		return voiceless
	}
	return anySound
}

// follows reports whether a form may follow a letter.
func (s *step) follows(letter byte) bool {
	switch s.after {
	case vowel:
		return isVowel(letter)
	case consonant:
		return !isVowel(letter)
	case voiceless:
		return strings.IndexByte("fstkchp", letter) >= 0
	}
	return true
}

// grammar holds the steps by the state that they leave from and their first letter.
type grammar [][26][]step

func compile(states int, table []ending) grammar {
	g := make(grammar, states)
	for _, e := range table {
		for form := range strings.FieldsSeq(e.forms) {
			first := form[0] - 'a'
			g[e.from][first] = append(g[e.from][first], step{form, e.to, e.negates, joins(form)})
		}
	}
	return g
}

var (
	nouns = compile(nounStates, nounEndings)
	verbs = compile(verbStates, verbEndings)
)

// from lists the steps that may begin at word[i].
func (g grammar) from(state int, word string, i int) []step {
	if c := word[i]; 'a' <= c && c <= 'z' {
		return g[state][c-'a']
	}
	return nil
}

// at reports whether the step's form stands at word[i].
func (s *step) at(word string, i int) bool {
	return strings.HasPrefix(word[i:], s.form) && s.follows(word[i-1])
}

// accepts reports whether word can be read from byte i to its end, from a state on.
func (g grammar) accepts(word string, i, state int) bool {
	if i == len(word) {
		return true
	}
	for _, s := range g.from(state, word, i) {
		if s.at(word, i) && g.accepts(word, i+len(s.form), s.to) {
			return true
		}
	}
	return false
}

// readVerb reads word from byte n on as the ending of a verb.
func readVerb(word string, n int) kind {
	plain, not := verbReadings(word, n, verbStem, false)
	switch {
	case not: // "-medi" could be read as "it was the …-ing" too, which nobody writes
		return asVerb | negated
	case plain:
		return asVerb
	}
	return 0
}

// verbReadings reports whether word can be read from byte i on without and with
// a negation.
func verbReadings(word string, i, state int, isNegated bool) (plain, not bool) {
	if i == len(word) {
		done := state != verbVoice
		return done && !isNegated, done && isNegated
	}
	if state == verbNoun && nouns.accepts(word, i, nounStem) {
		return !isNegated, isNegated
	}
	for _, s := range verbs.from(state, word, i) {
		if s.at(word, i) {
			p, n := verbReadings(word, i+len(s.form), s.to, isNegated || s.negates)
			plain, not = plain || p, not || n
		}
	}
	return plain, not
}
