package desk

import "slices"

// Wait is how long a customer waited for a person's first answer.
type Wait struct {
	Ended Time
	Took  Time // milliseconds
}

// Waits are the team's newest waits, in the order in which they ended.
type Waits []Wait

const (
	// MaxWaits is how many are kept: what comes after takes the place of the oldest.
	MaxWaits = 40
	// WaitTail is how many of the newest messages FirstWait asks for.
	WaitTail = 50

	enoughWaits      = 8                        // fewer promise nothing
	waitsCount  Time = 14 * 24 * 60 * 60 * 1000 // for so long, in milliseconds
)

// waitSteps are the minutes that visitors are told; the last one stands for a few hours.
var waitSteps = [...]int{1, 2, 5, 10, 15, 30, 60, 240}

// FirstWait is the wait that an agent's answer ends now, if it is the first one: since the
// conversation began, was handed over or opened again, none of the team has answered.
// tail are the conversation's newest messages before the answer, at most WaitTail; an
// answer that would lie further back is taken to be there.
func (c *Conversation) FirstWait(tail []Message, now Time) (Wait, bool) {
	if c.WaitingSince.IsZero() || now < c.WaitingSince || !c.isOpen() {
		return Wait{}, false
	}
	wait := Wait{Ended: now, Took: now - c.WaitingSince}
	for i := range slices.Backward(tail) {
		switch m := &tail[i]; {
		case m.Kind == KindAgent:
			return Wait{}, false
		case m.Line != nil && (m.Line.Type == ConversationHandedOver || m.Line.Type == ConversationReopened):
			return wait, true
		}
	}
	return wait, uint64(len(tail)) == c.Messages
}

// With adds a wait.
func (w Waits) With(wait Wait) Waits {
	return append(slices.Clone(w[max(0, len(w)+1-MaxWaits):]), wait)
}

// Usual is within how many minutes three in four customers had their answer lately,
// rounded up to what is told. Zero promises nothing: too few have waited in the last two
// weeks, or for more than a few hours.
func (w Waits) Usual(now Time) int {
	took := make([]Time, 0, len(w))
	for _, wait := range w {
		if wait.Ended > now-waitsCount {
			took = append(took, wait.Took)
		}
	}
	if len(took) < enoughWaits {
		return 0
	}
	slices.Sort(took)
	usual := took[(3*len(took)+3)/4-1]
	for _, step := range waitSteps {
		if usual <= Time(step)*60*1000 {
			return step
		}
	}
	return 0
}
