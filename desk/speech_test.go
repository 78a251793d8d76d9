package desk_test

import (
	"fmt"
	"testing"
	"time"

	"parley/desk"
)

func TestSpeakAndGiveWay(t *testing.T) {
	said := desk.Speech{Say: []desk.Draft{{Text: "One"}, {Text: "Two", Choices: []string{"Yes"}, Sources: []desk.Source{{Kind: desk.SourceKnowledge, ID: idOf(9)}}}}, Misses: 2}
	for _, where := range everywhere {
		turn, err := stand(where).Speak(&said, noon+9)
		if where != "open/bot" {
			wantCode(t, err, desk.CodeConflict, "")
			continue
		}
		wantCode(t, err, "", "")
		c := turn.Conversation
		if len(turn.Messages) != 2 || turn.Messages[1].Choices[0] != "Yes" || len(turn.Messages[1].Sources) != 1 || c.Misses != 2 || !c.WaitingSince.IsZero() || c.Last.Text != "Two" {
			t.Errorf("said %+v in %+v", turn.Messages, c)
		}
	}
	_, err := stand("open/bot").Speak(&desk.Speech{Misses: 1}, noon)
	wantCode(t, err, desk.CodeEmpty, "say")

	turn, err := stand("open/bot").Speak(&desk.Speech{Handover: true, Say: said.Say, Misses: 2}, noon+9)
	wantCode(t, err, "", "")
	c := turn.Conversation
	if standing(&c) != "open/nobody" || c.WaitingSince != noon+3 || c.Misses != 0 || turn.Messages[2].Line.Type != desk.ConversationHandedOver {
		t.Errorf("gave way into %+v", c)
	}
}

func TestHandOver(t *testing.T) {
	by := desk.CustomerActor(customer)
	for _, where := range everywhere {
		turn := stand(where).HandOver(by, draft("Somebody will come"), noon+9)
		if where != "open/bot" {
			if len(turn.Events) != 0 {
				t.Errorf("%s: %+v", where, turn.Events)
			}
			continue
		}
		c := turn.Conversation
		if standing(&c) != "open/nobody" || len(turn.Messages) != 2 || turn.Messages[0].Author.Kind != desk.ActorBot || turn.Messages[1].Author != by || c.WaitingSince != noon+3 {
			t.Errorf("handed over as %+v with %+v", c, turn.Messages)
		}
	}
	answered := stand("open/bot")
	answered.WaitingSince = 0
	if turn := answered.HandOver(by, nil, noon+9); turn.Conversation.WaitingSince != noon+9 {
		t.Error("who asks for a person after an answer does not wait")
	}
}

// TestRemindLeavesTheRest opens nothing and moves nothing.
func TestRemindLeavesTheRest(t *testing.T) {
	for _, where := range everywhere {
		before := stand(where)
		turn, err := before.Remind(draft("Still here"), noon+900)
		if isOpen(before) == (err != nil) {
			t.Errorf("%s: %v", where, err)
		}
		if err != nil {
			wantCode(t, err, desk.CodeConflict, "")
			continue
		}
		c := turn.Conversation
		if c.ActiveAt != before.ActiveAt || c.Last != before.Last || c.WaitingSince != before.WaitingSince || c.Unread != before.Unread || standing(&c) != where {
			t.Errorf("%s: became %+v", where, c)
		}
		if m := turn.Messages[0]; m.Kind != desk.KindBot || m.Author.Kind != desk.ActorSystem || c.CustomerUnread != before.CustomerUnread+1 {
			t.Errorf("%s: said %+v", where, m)
		}
	}
}

func TestResolveAs(t *testing.T) {
	category := &desk.Category{ID: idOf(0x31)}
	turn := stand("open/ada").ResolveAs(desk.AgentActor(ada.ID), category, draft("Goodbye"), noon+9)
	c := turn.Conversation
	if standing(&c) != "resolved/ada" || c.Category != category.ID || len(turn.Messages) != 2 || turn.Messages[0].Author.Kind != desk.ActorSystem {
		t.Errorf("resolved as %+v with %+v", c, turn.Messages)
	}
	if last := turn.Events[1]; last.Type != desk.ConversationResolved || last.Subject != category.ID || turn.Messages[1].Line.To != category.ID {
		t.Errorf("told as %+v", last)
	}
	if reopened := c.Reopen(desk.AgentActor(ada.ID), &ada, false, noon+10); !reopened.Conversation.Category.IsZero() {
		t.Error("an open conversation is not resolved as anything")
	}
}

func TestIsLooping(t *testing.T) {
	talk := func(n int, every desk.Time, customerSays func(i int) string) (tail []desk.Message) {
		for i := range n {
			at := noon + desk.Time(i)*every
			tail = append(tail,
				desk.Message{Kind: desk.KindCustomer, Text: customerSays(i), At: at},
				desk.Message{Kind: desk.KindBot, Author: desk.Actor{Kind: desk.ActorBot}, Text: "?", At: at + 1})
		}
		return tail
	}
	another := func(i int) string { return fmt.Sprint("question ", i) }
	same := func(int) string { return "I am out of office" }
	for _, row := range []struct {
		name string
		tail []desk.Message
		want bool
	}{
		{"nothing", nil, false},
		{"a lively talk", talk(11, 5000, another), false},
		{"a machine", talk(12, 1000, another), true},
		{"twelve answers over an hour", talk(12, 300_000, another), false},
		{"the same three times", talk(3, 60_000, same), false},
		{"the same four times", talk(4, 60_000, same), true},
		{"the same four times, not in a row", append(talk(2, 60_000, same), append(talk(1, 1, another), talk(2, 60_000, same)...)...), false},
		{"four files", talk(4, 60_000, func(int) string { return "" }), false},
		{"after an agent", append(talk(4, 60_000, same), desk.Message{Kind: desk.KindAgent}), false},
	} {
		now := desk.Time(noon)
		if n := len(row.tail); n > 0 {
			now = row.tail[n-1].At
		}
		if got := desk.IsLooping(row.tail, now); got != row.want {
			t.Errorf("%s: %t", row.name, got)
		}
	}
}

func TestFill(t *testing.T) {
	values := map[string]string{"bot.name": "JetBot", "customer.first_name": "Ada", "empty": ""}
	for text, want := range map[string]string{
		"Merhaba, ben {{bot.name}}.":                   "Merhaba, ben JetBot.",
		"{{ customer.first_name|there }}!":             "Ada!",
		"{{empty|as soon as we can}}.":                 "as soon as we can.",
		"{{unknown}}{x}{{":                             "{x}{{",
		"{{bot.name}}{{bot.name}}":                     "JetBotJetBot",
		"{{customer.first_name|{{bot.name}}}}":         "{{customer.first_name|JetBot}}",
		"without any":                                  "without any",
		"{{customer.first_name | a friend with bar }}": "Ada",
	} {
		if got := desk.Fill(text, values); got != want {
			t.Errorf("%q is filled to %q, want %q", text, got, want)
		}
	}
	if got := desk.Fill("{{a}}", map[string]string{"a": "{{bot.name}}"}); got != "{{bot.name}}" {
		t.Errorf("a value is filled again: %q", got)
	}
}

func TestOpeningText(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Istanbul")
	if err != nil {
		t.Fatal(err)
	}
	now := at(t, "Europe/Istanbul", "2026-04-20 20:30:00") // a Monday
	for clock, want := range map[string][2]string{
		"2026-04-20 21:00:00": {"bugün saat 21:00 itibarıyla", "from today 21:00"},
		"2026-04-21 09:00:00": {"yarın saat 09:00 itibarıyla", "from tomorrow 09:00"},
		"2026-04-26 09:00:00": {"pazar saat 09:00 itibarıyla", "from Sunday 09:00"},
		"2026-04-27 09:00:00": {"27 Nisan saat 09:00 itibarıyla", "from 27 April 09:00"},
	} {
		opening := at(t, "Europe/Istanbul", clock)
		got := [2]string{desk.OpeningText(opening, now, zone, "tr-TR"), desk.OpeningText(opening, now, zone, "en")}
		if got != want {
			t.Errorf("%s: %q", clock, got)
		}
	}
}
