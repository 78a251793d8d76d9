package desk_test

import (
	"testing"

	"parley/desk"
)

// aMinute is one in milliseconds.
const aMinute desk.Time = 60 * 1000

// TestFirstWait counts the time until the first answer of a person, from the message that
// the customer waits since, and no later answer.
func TestFirstWait(t *testing.T) {
	line := func(kind desk.EventType) desk.Message {
		return desk.Message{Kind: desk.KindEvent, Line: &desk.EventLine{Type: kind}}
	}
	said := func(kind desk.MessageKind) desk.Message { return desk.Message{Kind: kind} }
	customer, bot, agent := said(desk.KindCustomer), said(desk.KindBot), said(desk.KindAgent)
	handedOver, reopened, assigned := line(desk.ConversationHandedOver), line(desk.ConversationReopened), line(desk.ConversationAssigned)
	long := make([]desk.Message, desk.WaitTail)
	for i := range long {
		long[i] = customer
	}
	for name, row := range map[string]struct {
		tail     []desk.Message
		messages uint64 // in all; 0 for those of the tail
		change   func(c *desk.Conversation)
		want     bool
	}{
		"the first":                      {tail: []desk.Message{customer}, want: true},
		"after an assignment":            {tail: []desk.Message{customer, assigned, customer}, want: true},
		"after a note":                   {tail: []desk.Message{customer, said(desk.KindNote)}, want: true},
		"the second":                     {tail: []desk.Message{customer, agent, customer}},
		"the second, in a row":           {tail: []desk.Message{customer, agent}},
		"after the bot has given way":    {tail: []desk.Message{customer, bot, customer, handedOver}, want: true},
		"after that, the second":         {tail: []desk.Message{customer, bot, handedOver, agent, customer}},
		"handed over after an answer":    {tail: []desk.Message{customer, agent, customer, handedOver}, want: true},
		"who writes again":               {tail: []desk.Message{customer, agent, customer, reopened}, want: true},
		"a thread too long to look at":   {tail: long, messages: 300},
		"as long as can be looked at":    {tail: long, want: true},
		"nobody waits":                   {tail: []desk.Message{customer}, change: func(c *desk.Conversation) { c.WaitingSince = 0 }},
		"a clock that was turned back":   {tail: []desk.Message{customer}, change: func(c *desk.Conversation) { c.WaitingSince = noon + 100*aMinute }},
		"resolved without an answer":     {tail: []desk.Message{customer}, change: func(c *desk.Conversation) { c.State = desk.Resolved }},
		"a reply before the bot's words": {tail: []desk.Message{customer, agent, bot}},
	} {
		c := desk.Conversation{State: desk.Open, WaitingSince: noon, Messages: max(row.messages, uint64(len(row.tail)))}
		if row.change != nil {
			row.change(&c)
		}
		wait, first := c.FirstWait(row.tail, noon+7*aMinute)
		if want := (desk.Wait{Ended: noon + 7*aMinute, Took: 7 * aMinute}); first != row.want || first && wait != want {
			t.Errorf("%s: %v %+v", name, first, wait)
		}
	}
}

// TestUsualWait promises what three in four customers lately had, rounded up, and nothing
// where too little is known.
func TestUsualWait(t *testing.T) {
	const second, hour, day = aMinute / 60, 60 * aMinute, 24 * 60 * aMinute
	for name, row := range map[string]struct {
		took []desk.Time
		age  desk.Time // how long ago they ended
		want int
	}{
		"nothing":                        {want: 0},
		"too few":                        {took: times(7, aMinute), want: 0},
		"enough":                         {took: times(8, aMinute), want: 1},
		"rounded up":                     {took: times(8, aMinute+second), want: 2},
		"six minutes are ten":            {took: times(20, 6*aMinute), want: 10},
		"a quarter of an hour":           {took: times(20, 15*aMinute), want: 15},
		"half an hour":                   {took: times(20, 16*aMinute), want: 30},
		"an hour":                        {took: times(20, 31*aMinute), want: 60},
		"a few hours":                    {took: times(20, hour+second), want: 240},
		"longer than anybody would wait": {took: times(20, 4*hour+second), want: 0},
		"at once":                        {took: times(20, 0), want: 1},
		"one in four waits longer":       {took: append(times(6, 4*aMinute), times(2, day)...), want: 5},
		"three in eight do":              {took: append(times(5, 4*aMinute), times(3, 9*aMinute)...), want: 10},
		"two weeks ago, almost":          {took: times(8, aMinute), age: 14*day - second, want: 1},
		"two weeks ago":                  {took: times(8, aMinute), age: 14 * day, want: 0},
	} {
		var waits desk.Waits
		for _, took := range row.took {
			waits = waits.With(desk.Wait{Ended: noon - row.age, Took: took})
		}
		if got := waits.Usual(noon); got != row.want {
			t.Errorf("%s: %d minutes, want %d", name, got, row.want)
		}
	}
}

func times(n int, took desk.Time) []desk.Time {
	all := make([]desk.Time, n)
	for i := range all {
		all[i] = took
	}
	return all
}

// TestWaitsAreFew keeps the newest waits and no more, and leaves what was read alone.
func TestWaitsAreFew(t *testing.T) {
	var waits desk.Waits
	for i := range desk.Time(desk.MaxWaits + 5) {
		before := waits
		waits = waits.With(desk.Wait{Ended: noon + i})
		if len(before) > 0 && before[len(before)-1].Ended != noon+i-1 {
			t.Fatal("what was there has changed")
		}
	}
	if len(waits) != desk.MaxWaits || waits[0].Ended != noon+5 || waits[len(waits)-1].Ended != noon+desk.MaxWaits+4 {
		t.Errorf("%d waits from %d to %d", len(waits), waits[0].Ended-noon, waits[len(waits)-1].Ended-noon)
	}
}
