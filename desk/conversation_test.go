package desk_test

import (
	"reflect"
	"testing"

	"parley/desk"
)

// TestAssignRefusesWhoCannotLead keeps conversations from people who would never
// see them.
func TestAssignRefusesWhoCannotLead(t *testing.T) {
	reporter := ada
	reporter.Role = desk.RoleReporter
	for name, to := range map[string]*desk.Agent{"disabled": disabled(ada), "reporter": &reporter} {
		_, err := stand("open/nobody").Assign(desk.AgentActor(can.ID), to, noon+9)
		t.Run(name, func(t *testing.T) { wantCode(t, err, desk.CodeInvalid, "agent_id") })
	}
}

// TestReopenGivesTheLeadBackOnlyToTheLastAgent takes an agent for the last one
// only by the id.
func TestReopenGivesTheLeadBackOnlyToTheLastAgent(t *testing.T) {
	turn := stand("resolved/ada").Reopen(desk.AgentActor(can.ID), &can, true, noon+9)
	if got := standing(&turn.Conversation); got != "open/nobody" {
		t.Errorf("reopened as %s although the agent at hand is another", got)
	}
	reporter := ada
	reporter.Role = desk.RoleReporter
	turn = stand("resolved/ada").Reopen(desk.AgentActor(can.ID), &reporter, true, noon+9)
	if got := standing(&turn.Conversation); got != "open/nobody" {
		t.Errorf("reopened as %s although the agent may no longer lead", got)
	}
}

// TestEventLines checks what the lines of a verb and its events tell.
func TestEventLines(t *testing.T) {
	turn, err := stand("resolved/ada").Assign(desk.AgentActor(can.ID), &can, noon+9)
	wantCode(t, err, "", "")
	by := desk.AgentActor(can.ID)
	wantMessages := []desk.Message{
		{Number: 7, Seq: 4, Kind: desk.KindEvent, Author: by, At: noon + 9, Line: &desk.EventLine{Type: desk.ConversationReopened}},
		{Number: 7, Seq: 5, Kind: desk.KindEvent, Author: by, At: noon + 9, Line: &desk.EventLine{Type: desk.ConversationAssigned, From: ada.ID, To: can.ID}},
	}
	wantEvents := []desk.Event{
		{Type: desk.ConversationReopened, Number: 7, Seq: 4, Actor: by, At: noon + 9},
		{Type: desk.ConversationAssigned, Number: 7, Seq: 5, From: ada.ID, To: can.ID, Actor: by, At: noon + 9},
	}
	if !reflect.DeepEqual(turn.Messages, wantMessages) {
		t.Errorf("lines %+v\nwant  %+v", turn.Messages, wantMessages)
	}
	if !reflect.DeepEqual(turn.Events, wantEvents) {
		t.Errorf("events %+v\nwant   %+v", turn.Events, wantEvents)
	}
	if c := turn.Conversation; c.Messages != 5 || c.ActiveAt != noon+3 || c.ResolvedAt != 0 {
		t.Errorf("an event line must count but not move the conversation: %+v", c)
	}
}

// TestUnassignTellsWhoLed tells of the agent who lost the lead, and of the bot as
// of a hand-over.
func TestUnassignTellsWhoLed(t *testing.T) {
	turn := stand("open/ada").Unassign(desk.AgentActor(can.ID), noon+9)
	if line := turn.Messages[0].Line; line.From != ada.ID || !line.To.IsZero() {
		t.Errorf("unassigned from %s to %s", line.From, line.To)
	}
	turn = stand("open/bot").Unassign(desk.Actor{Kind: desk.ActorBot}, noon+9)
	if line := turn.Messages[0].Line; !line.From.IsZero() || line.Type != desk.ConversationHandedOver {
		t.Errorf("the bot's hand-over is told as %+v", line)
	}
}

// TestResolvedAt is the moment of resolving and gone with it.
func TestResolvedAt(t *testing.T) {
	by := desk.AgentActor(can.ID)
	c := stand("open/ada").Resolve(by, noon+9).Conversation
	if c.ResolvedAt != noon+9 {
		t.Errorf("resolved at %v", c.ResolvedAt)
	}
	if again := c.Archive(by, noon+20).Conversation; again.ResolvedAt != noon+9 {
		t.Errorf("archiving moved the moment of resolving to %v", again.ResolvedAt)
	}
	if open := c.Reopen(by, &ada, true, noon+20).Conversation; !open.ResolvedAt.IsZero() {
		t.Errorf("an open conversation was resolved at %v", open.ResolvedAt)
	}
}

// TestReadMarks counts down at once and up by one.
func TestReadMarks(t *testing.T) {
	by := desk.AgentActor(can.ID)
	for _, step := range []struct {
		name         string
		unread, want uint64
		do           func(*desk.Conversation, desk.Actor, desk.Time) desk.Turn
		event        desk.EventType
	}{
		{"read", 3, 0, (*desk.Conversation).Read, desk.ConversationRead},
		{"read again", 0, 0, (*desk.Conversation).Read, ""},
		{"unread", 0, 1, (*desk.Conversation).MarkUnread, desk.ConversationUnread},
		{"unread again", 3, 3, (*desk.Conversation).MarkUnread, ""},
	} {
		c := stand("open/ada")
		c.Unread = step.unread
		turn := step.do(c, by, noon+9)
		if turn.Conversation.Unread != step.want || len(turn.Messages) != 0 {
			t.Errorf("%s: %d unread with %d lines, want %d with none", step.name, turn.Conversation.Unread, len(turn.Messages), step.want)
		}
		var event desk.EventType
		if len(turn.Events) > 0 {
			event = turn.Events[0].Type
		}
		if event != step.event || len(turn.Events) > 1 {
			t.Errorf("%s: events %+v, want %q", step.name, turn.Events, step.event)
		}
	}
}

// TestTag replaces the tags and says which came and which went.
func TestTag(t *testing.T) {
	by := desk.AgentActor(can.ID)
	for _, row := range []struct {
		name           string
		tags           []string
		want           []string
		added, removed []string
		code           desk.Code
	}{
		{"other tags", []string{"VIP", "Refund"}, []string{"refund", "vip"}, []string{"refund", "vip"}, []string{"cargo"}, ""},
		{"one more", []string{"vip", "cargo"}, []string{"cargo", "vip"}, []string{"vip"}, nil, ""},
		{"the same tags", []string{" Cargo ", "cargo"}, []string{"cargo"}, nil, nil, ""},
		{"none", nil, []string{}, nil, []string{"cargo"}, ""},
		{"an empty one", []string{" "}, nil, nil, nil, desk.CodeEmpty},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := stand("archived/ada")
			turn, err := before.Tag(by, row.tags, noon+9)
			if wantCode(t, err, row.code, "tags"); err != nil {
				return
			}
			if got := turn.Conversation.Tags; len(got) != len(row.want) || (len(got) > 0 && !reflect.DeepEqual(got, row.want)) {
				t.Errorf("tags %q, want %q", got, row.want)
			}
			checkAside(t, before, &turn, &desk.EventLine{Type: desk.ConversationTagged, Added: row.added, Removed: row.removed})
		})
	}
}

// checkAside holds a turn to one line that tells it, or to nothing when the line would
// say nothing, and to a conversation that stands as it stood.
func checkAside(t *testing.T, before *desk.Conversation, turn *desk.Turn, line *desk.EventLine) {
	t.Helper()
	want, seen := *before, turn.Conversation
	if line.Type == desk.ConversationTagged && line.Added == nil && line.Removed == nil {
		if len(turn.Messages) != 0 || len(turn.Events) != 0 {
			t.Errorf("nothing changed, and it is told: %+v", turn.Messages)
		}
		return
	}
	seq := before.Messages + 1
	want.Messages, want.Tags = seq, seen.Tags
	if !reflect.DeepEqual(seen, want) {
		t.Errorf("it stands as %+v, want %+v", seen, want)
	}
	by := desk.AgentActor(can.ID)
	said := []desk.Message{{Number: before.Number, Seq: seq, Kind: desk.KindEvent, Author: by, At: noon + 9, Line: line}}
	told := []desk.Event{{Type: line.Type, Number: before.Number, Seq: seq, Actor: by, At: noon + 9}}
	if !reflect.DeepEqual(turn.Messages, said) || !reflect.DeepEqual(turn.Events, told) {
		t.Errorf("said %+v, %+v and told %+v", turn.Messages, turn.Messages[0].Line, turn.Events)
	}
}

// TestTellBlocked says in the thread what was done to the customer, and nothing else
// comes of it, wherever the conversation stands.
func TestTellBlocked(t *testing.T) {
	by := desk.AgentActor(can.ID)
	for _, where := range []string{"open/ada", "open/bot", "resolved/ada", "archived/ada"} {
		c := stand(where)
		c.Unread, c.WaitingSince = 2, noon
		turn := c.TellBlocked(by, "spam", noon+9)
		checkAside(t, c, &turn, &desk.EventLine{Type: desk.ConversationBlocked, Reason: "spam"})
		turn = c.TellUnblocked(by, noon+9)
		checkAside(t, c, &turn, &desk.EventLine{Type: desk.ConversationUnblocked})
	}
}

// TestNames keeps the words that go into the interface.
func TestNames(t *testing.T) {
	for _, row := range [][2]string{
		{desk.Open.String(), "open"},
		{desk.Resolved.String(), "resolved"},
		{desk.LeadNobody.String(), "nobody"},
		{desk.LeadBot.String(), "bot"},
		{desk.LeadAgent.String(), "agent"},
		{desk.Lead(9).String(), "unknown"},
		{desk.KindCustomer.String(), "customer"},
		{desk.KindAgent.String(), "agent"},
		{desk.KindBot.String(), "bot"},
		{desk.KindNote.String(), "note"},
		{desk.KindEvent.String(), "event"},
		{desk.MessageKind(9).String(), "unknown"},
		{desk.ActorSystem.String(), "system"},
		{desk.ActorCustomer.String(), "customer"},
		{desk.ActorAgent.String(), "agent"},
		{desk.ActorBot.String(), "bot"},
		{desk.ActorKind(9).String(), "unknown"},
		{desk.RoleReporter.String(), "reporter"},
		{desk.RoleOwner.String(), "owner"},
		{desk.Role(9).String(), ""},
	} {
		if row[0] != row[1] {
			t.Errorf("got %q, want %q", row[0], row[1])
		}
	}
}
