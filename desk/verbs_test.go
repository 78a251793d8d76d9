package desk_test

import (
	"strings"
	"testing"

	"parley/desk"
)

// verb is one row of the decision table: what a verb makes of a conversation in
// each place, as "from -> to events" with the events' words after the dot.
type verb struct {
	name  string
	do    func(c *desk.Conversation, now desk.Time) (desk.Turn, error)
	table string
}

// free takes a verb that cannot be refused.
func free(do func(c *desk.Conversation, by desk.Actor, now desk.Time) desk.Turn) func(*desk.Conversation, desk.Time) (desk.Turn, error) {
	return func(c *desk.Conversation, now desk.Time) (desk.Turn, error) {
		return do(c, desk.AgentActor(can.ID), now), nil
	}
}

func assignTo(a desk.Agent) func(*desk.Conversation, desk.Time) (desk.Turn, error) {
	return func(c *desk.Conversation, now desk.Time) (desk.Turn, error) {
		return c.Assign(desk.AgentActor(can.ID), &a, now)
	}
}

func reopen(last *desk.Agent, botOn bool) func(*desk.Conversation, desk.Time) (desk.Turn, error) {
	return func(c *desk.Conversation, now desk.Time) (desk.Turn, error) {
		return c.Reopen(desk.AgentActor(can.ID), last, botOn, now), nil
	}
}

func post(d *desk.Draft, last *desk.Agent, botOn bool) func(*desk.Conversation, desk.Time) (desk.Turn, error) {
	return func(c *desk.Conversation, now desk.Time) (desk.Turn, error) { return c.Post(&can, d, last, botOn, now) }
}

func receive(last *desk.Agent, botOn bool) func(*desk.Conversation, desk.Time) (desk.Turn, error) {
	return func(c *desk.Conversation, now desk.Time) (desk.Turn, error) {
		return c.Receive(draft("Still here"), last, botOn, now), nil
	}
}

var leadVerbs = []verb{
	{"assign to the leader", assignTo(ada), `
		open/nobody     -> open/ada  assigned
		open/bot        -> open/ada  assigned
		open/ada        -> open/ada
		resolved/nobody -> open/ada  reopened assigned
		resolved/bot    -> open/ada  reopened assigned
		resolved/ada    -> open/ada  reopened
		archived/nobody -> open/ada  reopened assigned
		archived/bot    -> open/ada  reopened assigned
		archived/ada    -> open/ada  reopened`},
	{"assign to another", assignTo(can), `
		open/nobody     -> open/can  assigned
		open/bot        -> open/can  assigned
		open/ada        -> open/can  assigned
		resolved/nobody -> open/can  reopened assigned
		resolved/bot    -> open/can  reopened assigned
		resolved/ada    -> open/can  reopened assigned
		archived/nobody -> open/can  reopened assigned
		archived/bot    -> open/can  reopened assigned
		archived/ada    -> open/can  reopened assigned`},
	{"unassign", free((*desk.Conversation).Unassign), `
		open/nobody     -> open/nobody
		open/bot        -> open/nobody      handed_over
		open/ada        -> open/nobody      unassigned
		resolved/nobody -> resolved/nobody
		resolved/bot    -> resolved/bot
		resolved/ada    -> resolved/ada
		archived/nobody -> archived/nobody
		archived/bot    -> archived/bot
		archived/ada    -> archived/ada`},
}

var stateVerbs = []verb{
	{"resolve", free((*desk.Conversation).Resolve), `
		open/nobody     -> resolved/nobody  resolved
		open/bot        -> resolved/bot     resolved
		open/ada        -> resolved/ada     resolved
		resolved/nobody -> resolved/nobody
		resolved/bot    -> resolved/bot
		resolved/ada    -> resolved/ada
		archived/nobody -> archived/nobody
		archived/bot    -> archived/bot
		archived/ada    -> archived/ada`},
	{"reopen while everyone is there", reopen(&ada, true), `
		open/nobody     -> open/nobody
		open/bot        -> open/bot
		open/ada        -> open/ada
		resolved/nobody -> open/nobody  reopened
		resolved/bot    -> open/bot     reopened
		resolved/ada    -> open/ada     reopened
		archived/nobody -> open/nobody  reopened
		archived/bot    -> open/bot     reopened
		archived/ada    -> open/ada     reopened`},
	{"reopen after the leader and the bot have gone", reopen(disabled(ada), false), `
		open/nobody     -> open/nobody
		open/bot        -> open/bot
		open/ada        -> open/ada
		resolved/nobody -> open/nobody  reopened
		resolved/bot    -> open/nobody  reopened
		resolved/ada    -> open/nobody  reopened
		archived/nobody -> open/nobody  reopened
		archived/bot    -> open/nobody  reopened
		archived/ada    -> open/nobody  reopened`},
	{"reopen after the leader was deleted", reopen(nil, true), `
		open/nobody     -> open/nobody
		open/bot        -> open/bot
		open/ada        -> open/ada
		resolved/nobody -> open/nobody  reopened
		resolved/bot    -> open/bot     reopened
		resolved/ada    -> open/nobody  reopened
		archived/nobody -> open/nobody  reopened
		archived/bot    -> open/bot     reopened
		archived/ada    -> open/nobody  reopened`},
	{"archive", free((*desk.Conversation).Archive), `
		open/nobody     -> archived/nobody  resolved archived
		open/bot        -> archived/bot     resolved archived
		open/ada        -> archived/ada     resolved archived
		resolved/nobody -> archived/nobody  archived
		resolved/bot    -> archived/bot     archived
		resolved/ada    -> archived/ada     archived
		archived/nobody -> archived/nobody
		archived/bot    -> archived/bot
		archived/ada    -> archived/ada`},
	{"unarchive", free((*desk.Conversation).Unarchive), `
		open/nobody     -> open/nobody
		open/bot        -> open/bot
		open/ada        -> open/ada
		resolved/nobody -> resolved/nobody
		resolved/bot    -> resolved/bot
		resolved/ada    -> resolved/ada
		archived/nobody -> resolved/nobody  unarchived
		archived/bot    -> resolved/bot     unarchived
		archived/ada    -> resolved/ada     unarchived`},
}

var talkVerbs = []verb{
	{"reply", post(draft("On its way"), &ada, true), `
		open/nobody     -> open/nobody  posted
		open/bot        -> open/can     posted assigned
		open/ada        -> open/ada     posted
		resolved/nobody -> open/nobody  posted reopened
		resolved/bot    -> open/can     posted reopened assigned
		resolved/ada    -> open/ada     posted reopened
		archived/nobody -> refused archived
		archived/bot    -> refused archived
		archived/ada    -> refused archived`},
	{"reply after the leader and the bot have gone", post(draft("On its way"), disabled(ada), false), `
		open/nobody     -> open/nobody  posted
		open/bot        -> open/can     posted assigned
		open/ada        -> open/ada     posted
		resolved/nobody -> open/nobody  posted reopened
		resolved/bot    -> open/nobody  posted reopened
		resolved/ada    -> open/nobody  posted reopened
		archived/nobody -> refused archived
		archived/bot    -> refused archived
		archived/ada    -> refused archived`},
	{"note", post(note("Ask the depot"), &ada, true), `
		open/nobody     -> open/nobody      posted
		open/bot        -> open/bot         posted
		open/ada        -> open/ada         posted
		resolved/nobody -> resolved/nobody  posted
		resolved/bot    -> resolved/bot     posted
		resolved/ada    -> resolved/ada     posted
		archived/nobody -> archived/nobody  posted
		archived/bot    -> archived/bot     posted
		archived/ada    -> archived/ada     posted`},
	{"receive", receive(&ada, true), `
		open/nobody     -> open/nobody  posted
		open/bot        -> open/bot     posted
		open/ada        -> open/ada     posted
		resolved/nobody -> open/nobody  posted reopened
		resolved/bot    -> open/bot     posted reopened
		resolved/ada    -> open/ada     posted reopened
		archived/nobody -> open/nobody  posted reopened
		archived/bot    -> open/bot     posted reopened
		archived/ada    -> open/ada     posted reopened`},
	{"receive after the leader and the bot have gone", receive(disabled(ada), false), `
		open/nobody     -> open/nobody  posted
		open/bot        -> open/bot     posted
		open/ada        -> open/ada     posted
		resolved/nobody -> open/nobody  posted reopened
		resolved/bot    -> open/nobody  posted reopened
		resolved/ada    -> open/nobody  posted reopened
		archived/nobody -> open/nobody  posted reopened
		archived/bot    -> open/nobody  posted reopened
		archived/ada    -> open/nobody  posted reopened`},
	{"answer of the bot", func(c *desk.Conversation, now desk.Time) (desk.Turn, error) {
		return c.Speak(saying("I can help"), now)
	}, `
		open/nobody     -> refused conflict
		open/bot        -> open/bot  posted
		open/ada        -> refused conflict
		resolved/nobody -> refused conflict
		resolved/bot    -> refused conflict
		resolved/ada    -> refused conflict
		archived/nobody -> refused conflict
		archived/bot    -> refused conflict
		archived/ada    -> refused conflict`},
}

// TestVerbs holds every verb to its decision table.
func TestVerbs(t *testing.T) {
	for _, group := range [][]verb{leadVerbs, stateVerbs, talkVerbs} {
		for _, v := range group {
			t.Run(v.name, func(t *testing.T) { checkTable(t, &v) })
		}
	}
}

func checkTable(t *testing.T, v *verb) {
	t.Helper()
	told := 0
	for line := range strings.Lines(v.table) {
		from, want, ok := strings.Cut(strings.TrimSpace(line), " -> ")
		if !ok {
			continue
		}
		from = strings.TrimSpace(from)
		if from != everywhere[told] {
			t.Fatalf("the table tells of %s where %s is due", from, everywhere[told])
		}
		told++
		if got := outcome(v, from); got != strings.Join(strings.Fields(want), " ") {
			t.Errorf("%s: got %q, want %q", from, got, strings.Join(strings.Fields(want), " "))
		}
	}
	if told != len(everywhere) {
		t.Fatalf("the table tells of %d places, there are %d", told, len(everywhere))
	}
}

// outcome says what a verb makes of a place, in the table's words.
func outcome(v *verb, from string) string {
	turn, err := v.do(stand(from), noon+9)
	if err != nil {
		return "refused " + string(desk.CodeOf(err))
	}
	words := []string{standing(&turn.Conversation)}
	for i := range turn.Events {
		_, word, _ := strings.Cut(string(turn.Events[i].Type), ".")
		words = append(words, word)
	}
	return strings.Join(words, " ")
}
