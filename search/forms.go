package search

import (
	"encoding/binary"
	"slices"
	"strings"
)

// formAutomaton accepts the words that can be forms of a word: one of its stems with
// endings behind it. It lets the dictionary pass over most of what merely begins alike;
// what it accepts is still judged, so it may accept more (it does not ask which endings
// are of one kind, nor which sound they follow) but never less. It works on bytes.
//
// It is a set of places, in the stems and in the grammars of endings, made into states
// as the dictionary asks for them. Not for use by several goroutines.
type formAutomaton struct {
	stems  []string
	whole  string // if not empty, whatever begins with it is accepted
	states []formState
	ids    map[string]int
}

// formState is the places at which a reader may stand.
type formState struct {
	places []formPlace
	match  bool
	free   bool      // whatever follows is accepted
	next   [26]int32 // by letter; unknown until it was asked for
}

// formPlace is a place in the grammars, or in a stem: which one and how far.
type formPlace struct {
	stem int16 // -1 in the grammars
	at   uint16
}

const unknownState = -1

// newFormAutomaton makes one for a word. beginnings tells to accept whatever begins with
// the word, too.
func newFormAutomaton(w *word, beginnings bool) *formAutomaton {
	a := &formAutomaton{stems: w.stems(), ids: map[string]int{}}
	if beginnings {
		a.whole = w.term
		a.stems = append(a.stems, w.term)
	}
	start := make([]formPlace, len(a.stems))
	for i := range start {
		start[i] = formPlace{stem: int16(i)}
	}
	a.id(nil, false) // state 0 is the dead end
	a.id(start, false)
	return a
}

func (a *formAutomaton) id(places []formPlace, free bool) int {
	key := make([]byte, 0, 4*len(places)+1)
	for _, p := range places {
		key = binary.LittleEndian.AppendUint16(key, uint16(p.stem))
		key = binary.LittleEndian.AppendUint16(key, p.at)
	}
	if free {
		key = append(key, 1)
	}
	id, known := a.ids[string(key)]
	if known {
		return id
	}
	s := formState{places: places, free: free, match: free || slices.ContainsFunc(places, isFormEnd)}
	for i := range s.next {
		s.next[i] = unknownState
	}
	id = len(a.states)
	a.states = append(a.states, s)
	a.ids[string(key)] = id
	return id
}

// isFormEnd reports whether a word may end at a place.
func isFormEnd(p formPlace) bool { return p.stem < 0 && int(p.at) < endingRooms }

// Start implements segment.Automaton.
func (a *formAutomaton) Start() int { return 1 }

// IsMatch implements segment.Automaton.
func (a *formAutomaton) IsMatch(state int) bool { return a.states[state].match }

// CanMatch implements segment.Automaton.
func (a *formAutomaton) CanMatch(state int) bool { return state != 0 }

// WillAlwaysMatch implements segment.Automaton.
func (a *formAutomaton) WillAlwaysMatch(state int) bool { return a.states[state].free }

// Accept implements segment.Automaton.
func (a *formAutomaton) Accept(state int, c byte) int {
	if a.states[state].free || state == 0 {
		return state
	}
	if c < 'a' || c > 'z' {
		return a.step(state, c)
	}
	if next := a.states[state].next[c-'a']; next != unknownState {
		return int(next)
	}
	next := a.step(state, c)
	a.states[state].next[c-'a'] = int32(next)
	return next
}

func (a *formAutomaton) step(state int, c byte) int {
	var next []formPlace
	free := false
	for _, p := range a.states[state].places {
		if p.stem < 0 {
			if 'a' <= c && c <= 'z' {
				next = append(next, endingMoves[p.at][c-'a']...)
			}
			continue
		}
		stem := a.stems[p.stem]
		switch {
		case stem[p.at] != c:
		case int(p.at)+1 < len(stem):
			next = append(next, formPlace{p.stem, p.at + 1})
		default:
			next = append(next, endingStarts...)
			free = free || stem == a.whole
		}
	}
	slices.SortFunc(next, func(x, y formPlace) int {
		if x.stem != y.stem {
			return int(x.stem) - int(y.stem)
		}
		return int(x.at) - int(y.at)
	})
	return a.id(slices.Compact(next), free)
}

// The grammars as places: first the rooms, one for each state of a grammar, in all of
// which a word may end; then those within an ending.
const (
	nounRoom    = 0
	verbRoom    = nounRoom + nounStates
	englishRoom = verbRoom + verbStates
	endRoom     = englishRoom + 1
	endingRooms = endRoom + 1
)

// endingStarts are where a stem leads.
var endingStarts = []formPlace{{-1, nounRoom + nounStem}, {-1, verbRoom + verbStem}, {-1, englishRoom}}

// endingMoves gives by place and letter where an ending goes on.
var endingMoves = func() (moves [][26][]formPlace) {
	moves = make([][26][]formPlace, endingRooms)
	add := func(from, to int, form string) {
		for i := range len(form) {
			next := to
			if i+1 < len(form) {
				next = len(moves)
				moves = append(moves, [26][]formPlace{})
			}
			c := form[i] - 'a'
			moves[from][c] = append(moves[from][c], formPlace{-1, uint16(next)})
			from = next
		}
	}
	for _, e := range nounEndings {
		for form := range strings.FieldsSeq(e.forms) {
			add(nounRoom+e.from, nounRoom+e.to, form)
			if e.from == nounStem { // what is made of a verb takes them, too
				add(verbRoom+verbNoun, nounRoom+e.to, form)
			}
		}
	}
	for _, e := range verbEndings {
		for form := range strings.FieldsSeq(e.forms) {
			add(verbRoom+e.from, verbRoom+e.to, form)
		}
	}
	for form := range englishEndings {
		add(englishRoom, endRoom, form)
	}
	return moves
}()

// stems lists what the forms of a word begin with before their endings, as isForm looks
// through: its own stems, and those in which a letter softened, doubled, dropped out or
// narrowed.
func (w *word) stems() (list []string) {
	a := w.term
	add := func(stem string, more ...byte) {
		if !slices.Contains(more, 0) {
			list = append(list, stem+string(more))
		}
	}
	for i := minGram; i <= len(a); i++ {
		if w.ends[i] == 0 {
			continue
		}
		add(a[:i])
		if i == minGram {
			continue // too short for anything else
		}
		last, soft := a[i-1], softPair(a[i-1])
		add(a[:i-1], soft)       // kitab of kitap
		add(a[:i-1], last, last) // hakk of hak
		add(a[:i-1], soft, soft) // redd of ret
		if dropping[a[:i]] || a[i-2] == last {
			add(a[:i-2], last) // ism of isim; hak of hakki
			add(a[:i-2], soft) // kayd of kayit; ret of reddi
		}
		for _, noun := range droppings[a[:i]] {
			add(noun) // isim of ismi
		}
		if last == 'e' || last == 'a' {
			add(a[:i-1]) // bekliyor of bekle
		}
		if rest := a[i:]; strings.HasPrefix(rest, "iyor") || strings.HasPrefix(rest, "uyor") {
			add(a[:i], 'e') // bekle of bekliyor
			add(a[:i], 'a')
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
