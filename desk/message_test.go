package desk_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/desk"
)

func TestDraftCheck(t *testing.T) {
	eleven := make([]desk.ID, desk.MaxAttachments+1)
	for _, row := range []struct {
		name  string
		draft desk.Draft
		code  desk.Code
		field string
	}{
		{"a text", desk.Draft{ClientID: idOf(1), Text: "Hello"}, "", ""},
		{"a file alone", desk.Draft{ClientID: idOf(1), Attachments: eleven[:1]}, "", ""},
		{"ten files", desk.Draft{ClientID: idOf(1), Attachments: eleven[:10]}, "", ""},
		{"the longest text", desk.Draft{ClientID: idOf(1), Text: strings.Repeat("a", desk.MaxTextBytes)}, "", ""},
		{"no client id", desk.Draft{Text: "Hello"}, desk.CodeInvalid, "client_id"},
		{"nothing", desk.Draft{ClientID: idOf(1)}, desk.CodeEmpty, "text"},
		{"white space", desk.Draft{ClientID: idOf(1), Text: " \n\t\u00a0"}, desk.CodeEmpty, "text"},
		{"eleven files", desk.Draft{ClientID: idOf(1), Text: "Hello", Attachments: eleven}, desk.CodeTooMany, "attachments"},
		{"a byte too long", desk.Draft{ClientID: idOf(1), Text: strings.Repeat("a", desk.MaxTextBytes+1)}, desk.CodeTooLong, "text"},
		{"not UTF-8", desk.Draft{ClientID: idOf(1), Text: "caf\xe9"}, desk.CodeBadText, "text"},
		{"a NUL", desk.Draft{ClientID: idOf(1), Text: "a\x00b"}, desk.CodeBadText, "text"},
	} {
		t.Run(row.name, func(t *testing.T) { wantCode(t, row.draft.Check(), row.code, row.field) })
	}
}

// TestSameAs tells a retry from another message: every field of a draft counts.
func TestSameAs(t *testing.T) {
	d := desk.Draft{ClientID: idOf(1), Text: "Hello", Attachments: []desk.ID{idOf(2), idOf(3)}}
	stored := desk.Message{Kind: desk.KindAgent, Text: "Hello", Attachments: []desk.ID{idOf(2), idOf(3)}}
	if !d.SameAs(&stored) {
		t.Error("a retry is taken for another message")
	}
	for name, other := range map[string]desk.Message{
		"text":         {Kind: desk.KindAgent, Text: "Hello!", Attachments: stored.Attachments},
		"note":         {Kind: desk.KindNote, Text: "Hello", Attachments: stored.Attachments},
		"fewer files":  {Kind: desk.KindAgent, Text: "Hello", Attachments: stored.Attachments[:1]},
		"other order":  {Kind: desk.KindAgent, Text: "Hello", Attachments: []desk.ID{idOf(3), idOf(2)}},
		"without file": {Kind: desk.KindAgent, Text: "Hello"},
	} {
		if d.SameAs(&other) {
			t.Errorf("another message (%s) is taken for a retry", name)
		}
	}
}

// TestPostedMessage checks the message itself and what it means for the row.
func TestPostedMessage(t *testing.T) {
	d := &desk.Draft{ClientID: idOf(1), Text: "On  its\nway", Attachments: []desk.ID{idOf(2)}}
	turn, err := stand("open/ada").Post(&can, d, &ada, true, noon+9)
	wantCode(t, err, "", "")
	by := desk.AgentActor(can.ID)
	want := desk.Message{Number: 7, Seq: 4, Kind: desk.KindAgent, Author: by, ClientID: idOf(1), Text: "On  its\nway", At: noon + 9, Attachments: []desk.ID{idOf(2)}}
	if !reflect.DeepEqual(turn.Messages, []desk.Message{want}) {
		t.Errorf("message %+v\nwant    %+v", turn.Messages, want)
	}
	if event := (desk.Event{Type: desk.MessagePosted, Number: 7, Seq: 4, Actor: by, At: noon + 9}); !reflect.DeepEqual(turn.Events, []desk.Event{event}) {
		t.Errorf("events %+v, want %+v", turn.Events, event)
	}
	c := turn.Conversation
	if c.Messages != 4 || c.ActiveAt != noon+9 || c.Last != (desk.Preview{Kind: desk.KindAgent, Author: can.ID, Text: "On its way", Files: 1, At: noon + 9}) {
		t.Errorf("the row after it: %+v", c)
	}
}

// TestWaitingAndUnread follows both through a talk: a reply ends them, a note
// does not, and a message of the bot ends the waiting alone.
func TestWaitingAndUnread(t *testing.T) {
	c := desk.Start(7, customer, "web", draft("Hello"), true, noon).Conversation
	step := func(name string, turn desk.Turn, err error, unread uint64, waiting desk.Time) {
		t.Helper()
		wantCode(t, err, "", "")
		c = turn.Conversation
		if c.Unread != unread || c.WaitingSince != waiting {
			t.Errorf("after %s: %d unread, waiting since %d; want %d, %d", name, c.Unread, c.WaitingSince, unread, waiting)
		}
	}
	step("the start", desk.Turn{Conversation: c}, nil, 1, noon)
	turn, err := c.Speak(saying("I can help"), noon+1)
	step("the bot's answer", turn, err, 1, 0)
	step("another message", c.Receive(draft("A person, please"), nil, true, noon+2), nil, 2, noon+2)
	step("one more", c.Receive(draft("Hello?"), nil, true, noon+3), nil, 3, noon+2)
	turn, err = c.Post(&can, note("He sounds angry"), nil, true, noon+4)
	step("a note", turn, err, 3, noon+2)
	turn, err = c.Post(&can, draft("Here I am"), nil, true, noon+5)
	step("a reply", turn, err, 0, 0)
	step("resolving", c.Resolve(desk.AgentActor(can.ID), noon+6), nil, 0, 0)
	step("writing again", c.Receive(draft("One more thing"), &can, true, noon+7), nil, 1, noon+7)
	step("resolving while he waits", c.Resolve(desk.AgentActor(can.ID), noon+8), nil, 1, noon+7)
	step("writing after that", c.Receive(draft("Hello?"), &can, true, noon+9), nil, 2, noon+9)
}

// TestActiveAtNeverFalls keeps a conversation's place when the clock jumps back.
func TestActiveAtNeverFalls(t *testing.T) {
	turn := stand("open/ada").Receive(draft("Hello?"), &ada, true, noon-1000)
	if turn.Conversation.ActiveAt != noon+3 || turn.Messages[0].At != noon-1000 {
		t.Errorf("active at %d, message at %d", turn.Conversation.ActiveAt, turn.Messages[0].At)
	}
}

func TestStart(t *testing.T) {
	for botOn, want := range map[bool]string{true: "open/bot", false: "open/nobody"} {
		turn := desk.Start(9, customer, "web", draft("Hello"), botOn, noon)
		c, by := turn.Conversation, desk.CustomerActor(customer)
		if standing(&c) != want || c.Number != 9 || c.Channel != "web" || c.Messages != 1 || c.OpenedAt != noon || c.Last.Text != "Hello" {
			t.Errorf("bot %v: started as %+v", botOn, c)
		}
		events := []desk.Event{
			{Type: desk.ConversationOpened, Number: 9, Actor: by, At: noon},
			{Type: desk.MessagePosted, Number: 9, Seq: 1, Actor: by, At: noon},
		}
		if !reflect.DeepEqual(turn.Events, events) {
			t.Errorf("bot %v: events %+v", botOn, turn.Events)
		}
		if m := turn.Messages[0]; m.Seq != 1 || m.Kind != desk.KindCustomer || m.Author != by {
			t.Errorf("bot %v: message %+v", botOn, m)
		}
	}
}

func TestBegin(t *testing.T) {
	for kind, d := range map[desk.MessageKind]*desk.Draft{desk.KindAgent: draft("Your parcel is late"), desk.KindNote: note("Call him")} {
		turn, err := desk.Begin(9, customer, "desk", &can, &can, d, noon)
		if err != nil {
			t.Fatal(err)
		}
		c, by := turn.Conversation, desk.AgentActor(can.ID)
		if standing(&c) != "open/can" || c.Unread != 0 || !c.WaitingSince.IsZero() || c.Messages != 1 || c.Last.Kind != kind {
			t.Errorf("%s: begun as %+v", kind, c)
		}
		if len(turn.Events) != 2 || turn.Events[0].Type != desk.ConversationOpened || turn.Events[0].Actor != by {
			t.Errorf("%s: events %+v", kind, turn.Events)
		}
		if m := turn.Messages[0]; m.Kind != kind || m.Author != by || m.Seq != 1 {
			t.Errorf("%s: message %+v", kind, m)
		}
	}
}

// TestBeginForAnother gives a conversation that one agent starts to another, and says so.
func TestBeginForAnother(t *testing.T) {
	turn, err := desk.Begin(9, customer, "desk", &can, &ada, draft("Your parcel is late"), noon)
	if err != nil {
		t.Fatal(err)
	}
	c := turn.Conversation
	if standing(&c) != "open/ada" || c.Messages != 2 || len(turn.Messages) != 2 || len(turn.Events) != 3 {
		t.Fatalf("begun as %+v with %+v", c, turn.Events)
	}
	if line := turn.Messages[1].Line; line.Type != desk.ConversationAssigned || line.From != can.ID || line.To != ada.ID {
		t.Errorf("the line is %+v", line)
	}
	gone := ada
	gone.Active = false
	if _, err := desk.Begin(9, customer, "desk", &can, &gone, draft("x"), noon); desk.CodeOf(err) != desk.CodeInvalid {
		t.Errorf("for somebody who left: %v", err)
	}
}

func TestPreviewOf(t *testing.T) {
	long := strings.Repeat("ş", 300)
	for _, row := range []struct{ name, text, want string }{
		{"one line", "Hello", "Hello"},
		{"white space", "  Hello\n\n  there\t you ", "Hello there you"},
		{"nothing", "", ""},
		{"a long word", long, long[:desk.PreviewRunes*len("ş")]},
		{"exactly as long", strings.Repeat("a", desk.PreviewRunes), strings.Repeat("a", desk.PreviewRunes)},
		{"a space at the end of it", strings.Repeat("a", desk.PreviewRunes-1) + " b", strings.Repeat("a", desk.PreviewRunes-1)},
		{"a word that just fits", strings.Repeat("a", desk.PreviewRunes-2) + " b", strings.Repeat("a", desk.PreviewRunes-2) + " b"},
	} {
		got := desk.PreviewOf(desk.KindAgent, ada.ID, row.text, 2, noon)
		if got != (desk.Preview{Kind: desk.KindAgent, Author: ada.ID, Text: row.want, Files: 2, At: noon}) {
			t.Errorf("%s: %+v, want the text %q", row.name, got, row.want)
		}
		if n := utf8.RuneCountInString(got.Text); n > desk.PreviewRunes {
			t.Errorf("%s: %d runes", row.name, n)
		}
	}
}
