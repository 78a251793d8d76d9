package search

// typoAutomaton accepts the words that begin, but for one typing error, with a
// stem: it lets the dictionary pass over all others without looking at them. It
// works on bytes, so beyond ASCII an error may cost two; such words are compared
// less generously.
type typoAutomaton struct {
	stem   string
	states []typoState
	ids    map[typoState]int
}

// typoState is where in the stem a reader may stand: without an error, with one,
// and in the middle of two swapped letters. Bit i is position i.
type typoState struct{ clean, erred, swapped uint64 }

// maxTypoStem keeps the positions of a stem within the bits of a state.
const maxTypoStem = 60

func newTypoAutomaton(stem string) *typoAutomaton {
	if len(stem) > maxTypoStem {
		stem = stem[:maxTypoStem]
	}
	a := &typoAutomaton{stem: stem, ids: map[typoState]int{}}
	a.id(typoState{}) // state 0 is the dead end
	a.id(a.skips(typoState{clean: 1}))
	return a
}

// skips adds the positions that are reached by passing over one letter of the stem.
func (a *typoAutomaton) skips(s typoState) typoState {
	s.erred |= s.clean << 1 & a.mask()
	return s
}

func (a *typoAutomaton) mask() uint64 { return 1<<(len(a.stem)+1) - 1 }

func (a *typoAutomaton) id(s typoState) int {
	id, known := a.ids[s]
	if !known {
		id = len(a.states)
		a.states = append(a.states, s)
		a.ids[s] = id
	}
	return id
}

// Start implements segment.Automaton.
func (a *typoAutomaton) Start() int { return 1 }

// IsMatch implements segment.Automaton.
func (a *typoAutomaton) IsMatch(state int) bool {
	s := a.states[state]
	return (s.clean|s.erred)>>len(a.stem)&1 == 1
}

// CanMatch implements segment.Automaton.
func (a *typoAutomaton) CanMatch(state int) bool { return state != 0 }

// WillAlwaysMatch implements segment.Automaton: what follows the stem is free.
func (a *typoAutomaton) WillAlwaysMatch(state int) bool { return a.IsMatch(state) }

// Accept implements segment.Automaton.
func (a *typoAutomaton) Accept(state int, c byte) int {
	if a.IsMatch(state) {
		return state
	}
	s := a.states[state]
	var is, isNext uint64 // positions at which the stem has c, and at which it has c one later
	for i := range len(a.stem) {
		if a.stem[i] == c {
			is |= 1 << i
			if i > 0 {
				isNext |= 1 << (i - 1)
			}
		}
	}
	next := typoState{
		clean:   s.clean & is << 1,
		erred:   s.erred&is<<1 | s.clean | s.clean<<1, // one letter too many, one wrong
		swapped: s.clean & isNext,                     // the second letter came first
	}
	for i := range len(a.stem) {
		if s.swapped>>i&1 == 1 && a.stem[i] == c {
			next.erred |= 1 << (i + 2)
		}
	}
	next.clean &= a.mask()
	next.erred &= a.mask()
	return a.id(a.skips(next))
}
