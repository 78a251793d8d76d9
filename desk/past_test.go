package desk_test

import (
	"reflect"
	"testing"

	"parley/desk"
)

func said(kind desk.MessageKind, by desk.Actor, text string, at desk.Time) desk.Message {
	return desk.Message{Kind: kind, Author: by, Text: text, At: at}
}

func talk() []desk.Message {
	return []desk.Message{
		said(desk.KindCustomer, desk.CustomerActor(customer), "Hello", noon),
		said(desk.KindBot, desk.Actor{Kind: desk.ActorBot}, "I can help", noon+1),
		said(desk.KindCustomer, desk.CustomerActor(customer), "A person, please", noon+2),
		said(desk.KindCustomer, desk.CustomerActor(customer), "Hello?", noon+3),
	}
}

// TestPastStands checks where a conversation from elsewhere stands.
func TestPastStands(t *testing.T) {
	for _, row := range []struct {
		name            string
		past            desk.Past
		want            string
		unread          uint64
		waiting, closed desk.Time
	}{
		{"open, nobody", desk.Past{}, "open/nobody", 3, noon + 2, 0},
		{"open, bot", desk.Past{Bot: true}, "open/bot", 3, noon + 2, 0},
		{"open, agent", desk.Past{Agent: ada.ID}, "open/ada", 3, noon + 2, 0},
		{"resolved", desk.Past{Agent: ada.ID, Resolved: true}, "resolved/ada", 0, noon + 2, noon + 3},
		{"archived", desk.Past{Archived: true}, "archived/nobody", 0, noon + 2, noon + 3},
		{"with its own unread", desk.Past{Unread: pointer(uint64(1))}, "open/nobody", 1, noon + 2, 0},
		{"resolved and unread", desk.Past{Resolved: true, Unread: pointer(uint64(1))}, "resolved/nobody", 1, noon + 2, noon + 3},
	} {
		row.past.Number, row.past.Customer, row.past.Channel, row.past.Messages = 7, customer, "mail", talk()
		turn, err := row.past.Turn(desk.Actor{}, noon+50)
		wantCode(t, err, "", "")
		c := turn.Conversation
		if standing(&c) != row.want || c.Unread != row.unread || c.WaitingSince != row.waiting || c.ResolvedAt != row.closed {
			t.Errorf("%s: %s, %d unread, waiting since %d, resolved at %d", row.name, standing(&c), c.Unread, c.WaitingSince, c.ResolvedAt)
		}
		if c.OpenedAt != noon || c.ActiveAt != noon+3 || c.Messages != 4 || c.Channel != "mail" || c.Last.Text != "Hello?" {
			t.Errorf("%s: %+v", row.name, c)
		}
		if want := []desk.Event{{Type: desk.ConversationImported, Number: 7, At: noon + 50}}; !reflect.DeepEqual(turn.Events, want) {
			t.Errorf("%s: events %+v", row.name, turn.Events)
		}
	}
}

// TestPastIsWhatHappened compares a conversation from elsewhere with the same
// talk had here.
func TestPastIsWhatHappened(t *testing.T) {
	c := desk.Start(7, customer, "web", draft("Hello"), true, noon).Conversation
	var thread []desk.Message
	thread = append(thread, desk.Start(7, customer, "web", draft("Hello"), true, noon).Messages...)
	take := func(turn desk.Turn, err error) {
		t.Helper()
		wantCode(t, err, "", "")
		c, thread = turn.Conversation, append(thread, turn.Messages...)
	}
	take(c.Speak(saying("I can help"), noon+1))
	take(c.Receive(draft("A person, please"), nil, true, noon+2), nil)
	take(c.Unassign(desk.Actor{Kind: desk.ActorBot}, noon+3), nil)
	take(c.Assign(desk.AgentActor(ada.ID), &ada, noon+4))
	take(c.Post(&ada, note("He waits"), &ada, true, noon+5))
	take(c.Post(&ada, draft("Here I am"), &ada, true, noon+6))
	take(c.Receive(draft("Thank you"), &ada, true, noon+7), nil)
	take(c.Tag(desk.AgentActor(ada.ID), []string{"thanks"}, noon+8))
	for i := range thread {
		thread[i].ClientID = desk.ID{}
	}
	past := desk.Past{Number: 7, Customer: customer, Channel: "web", Agent: ada.ID, Tags: []string{" Thanks"}, Messages: thread}
	turn, err := past.Turn(desk.Actor{}, noon+50)
	wantCode(t, err, "", "")
	if !reflect.DeepEqual(turn.Conversation, c) {
		t.Errorf("from elsewhere %+v\nhad here       %+v", turn.Conversation, c)
	}
}

// TestPastRefuses what no conversation can be.
func TestPastRefuses(t *testing.T) {
	for _, row := range []struct {
		name  string
		past  desk.Past
		code  desk.Code
		field string
	}{
		{"nothing said", desk.Past{}, desk.CodeEmpty, "messages"},
		{"a bad tag", desk.Past{Tags: []string{""}, Messages: talk()}, desk.CodeEmpty, "tags"},
		{"a bad text", desk.Past{Messages: []desk.Message{{Kind: desk.KindCustomer, Text: "\xff", At: noon}}}, desk.CodeBadText, "text"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := row.past.Turn(desk.Actor{}, noon)
			wantCode(t, err, row.code, row.field)
		})
	}
}

// TestLines lists the events that a thread shows as a line: those that verbs say.
func TestLines(t *testing.T) {
	shown := map[desk.EventType]bool{
		desk.ConversationAssigned: true, desk.ConversationUnassigned: true, desk.ConversationHandedOver: true,
		desk.ConversationResolved: true, desk.ConversationReopened: true,
		desk.ConversationArchived: true, desk.ConversationUnarchived: true,
		desk.ConversationTeamAssigned: true, desk.ConversationTeamUnassigned: true,
		desk.ConversationTagged: true, desk.ConversationBlocked: true, desk.ConversationUnblocked: true,
	}
	for _, kind := range []desk.EventType{
		desk.MessagePosted, desk.ConversationOpened, desk.ConversationImported, desk.ConversationAssigned,
		desk.ConversationUnassigned, desk.ConversationResolved, desk.ConversationReopened, desk.ConversationArchived,
		desk.ConversationTeamAssigned, desk.ConversationTeamUnassigned, desk.AgentTeamSaved,
		desk.ConversationUnarchived, desk.ConversationHandedOver, desk.ConversationRead, desk.ConversationUnread,
		desk.ConversationTagged, desk.ConversationBlocked, desk.ConversationUnblocked, desk.CustomerBlocked,
		desk.CustomerUnblocked, desk.CustomerUpdated, desk.AgentUpdated, desk.ReplySaved, desk.TeamUpdated, "", "conversation.exploded",
	} {
		if kind.InThread() != shown[kind] {
			t.Errorf("%q: in the thread %v", kind, kind.InThread())
		}
	}
}
