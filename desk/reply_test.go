package desk_test

import (
	"strings"
	"testing"

	"parley/desk"
)

func greeting() *desk.Reply {
	return &desk.Reply{ID: idOf(0x71), Rev: 2, Title: "Greeting", Shortcut: "hi", Language: "en", Text: "Hello {{name}}", Enabled: true, UpdatedAt: noon}
}

func TestReplyChange(t *testing.T) {
	for _, row := range []struct {
		name   string
		change desk.ReplyChange
		want   func(r *desk.Reply)
		code   desk.Code
		field  string
	}{
		{"nothing", desk.ReplyChange{}, nil, "", ""},
		{"everything but the owner", desk.ReplyChange{
			Title: pointer(" Hi "), Shortcut: pointer(" /hi-2 "), Category: pointer("Start"), Language: pointer(""),
			Text: pointer("Hi\n"), Enabled: pointer(false), Mine: pointer(false),
		}, func(r *desk.Reply) {
			r.Title, r.Shortcut, r.Category, r.Language, r.Text, r.Enabled = "Hi", "hi-2", "Start", "", "Hi\n", false
		}, "", ""},
		{"the same", desk.ReplyChange{Title: pointer("Greeting"), Shortcut: pointer("/hi"), Category: pointer(" ")}, nil, "", ""},
		{"no shortcut", desk.ReplyChange{Shortcut: pointer("")}, func(r *desk.Reply) { r.Shortcut = "" }, "", ""},
		{"no title", desk.ReplyChange{Title: pointer("")}, nil, desk.CodeEmpty, "title"},
		{"no text", desk.ReplyChange{Text: pointer(" ")}, nil, desk.CodeEmpty, "text"},
		{"a long text", desk.ReplyChange{Text: pointer(strings.Repeat("a", desk.MaxReplyBytes+1))}, nil, desk.CodeTooLong, "text"},
		{"a long category", desk.ReplyChange{Category: pointer(strings.Repeat("a", desk.MaxCategoryRunes+1))}, nil, desk.CodeTooLong, "category"},
		{"a shortcut with a capital", desk.ReplyChange{Shortcut: pointer("Hi")}, nil, desk.CodeInvalid, "shortcut"},
		{"a shortcut with two slashes", desk.ReplyChange{Shortcut: pointer("//hi")}, nil, desk.CodeInvalid, "shortcut"},
		{"a long shortcut", desk.ReplyChange{Shortcut: pointer(strings.Repeat("a", desk.MaxShortcutBytes+1))}, nil, desk.CodeTooLong, "shortcut"},
		{"a language", desk.ReplyChange{Language: pointer("de")}, nil, desk.CodeInvalid, "language"},
	} {
		t.Run(row.name, func(t *testing.T) {
			next, events, err := greeting().Change(desk.AgentActor(ada.ID), &row.change, noon+9)
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			want, told := greeting(), 0
			if row.want != nil {
				row.want(want)
				want.UpdatedAt, told = noon+9, 1
			}
			if next != *want {
				t.Errorf("reply %+v, want %+v", next, *want)
			}
			checkTold(t, events, told, desk.Event{Type: desk.ReplySaved, Subject: want.ID, Actor: desk.AgentActor(ada.ID), At: noon + 9})
		})
	}
}

// TestReplyChangesHands tells everyone that a reply is gone which only one of
// them sees from now on.
func TestReplyChangesHands(t *testing.T) {
	by := desk.AgentActor(ada.ID)
	saved := desk.Event{Type: desk.ReplySaved, Subject: idOf(0x71), Actor: by, At: noon + 9}
	gone, mine := saved, saved
	gone.Type, mine.To = desk.ReplyDeleted, ada.ID

	own, events, err := greeting().Change(by, &desk.ReplyChange{Mine: pointer(true)}, noon+9)
	wantCode(t, err, "", "")
	if own.Owner != ada.ID || len(events) != 2 || events[0] != gone || events[1] != mine {
		t.Errorf("taken by %s with %+v", own.Owner, events)
	}
	shared, events, err := own.Change(by, &desk.ReplyChange{Mine: pointer(false)}, noon+9)
	wantCode(t, err, "", "")
	if !shared.Owner.IsZero() || len(events) != 1 || events[0] != saved {
		t.Errorf("given to %s with %+v", shared.Owner, events)
	}
	fresh := desk.Reply{ID: idOf(0x71)}
	if _, events, _ := fresh.Change(by, &desk.ReplyChange{Mine: pointer(true)}, noon+9); len(events) != 1 || events[0] != mine {
		t.Errorf("a new one of one's own is told as %+v", events)
	}
}

func TestReplyUse(t *testing.T) {
	r := greeting()
	r.Owner = ada.ID
	next, events := r.Use(desk.AgentActor(ada.ID), noon+9)
	if next.Uses != 1 || next.UsedAt != noon+9 || next.UpdatedAt != noon {
		t.Errorf("used %+v", next)
	}
	checkTold(t, events, 1, desk.Event{Type: desk.ReplySaved, Subject: r.ID, To: ada.ID, Actor: desk.AgentActor(ada.ID), At: noon + 9})
	if !r.VisibleTo(ada.ID) || r.VisibleTo(can.ID) || !greeting().VisibleTo(can.ID) {
		t.Error("a reply of one's own is one's own, the others are everyone's")
	}
}
