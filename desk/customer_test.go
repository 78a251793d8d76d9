package desk_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"parley/desk"
)

func elif() *desk.Customer {
	return &desk.Customer{
		ID: customer, Rev: 3, External: "c-17", Name: "Elif Kaya", Email: "elif@example.com", Phone: "+90 500 000 10 01", Language: "tr",
		Attributes: map[string]string{"city": "İzmir", "plan": "plus"}, Tags: []string{"vip"}, CreatedAt: noon,
	}
}

func TestCustomerChange(t *testing.T) {
	for _, row := range []struct {
		name   string
		change desk.CustomerChange
		want   func(c *desk.Customer)
		code   desk.Code
		field  string
	}{
		{"nothing", desk.CustomerChange{}, nil, "", ""},
		{"a name", desk.CustomerChange{Name: pointer(" Elif  Demir ")}, func(c *desk.Customer) { c.Name = "Elif Demir" }, "", ""},
		{"the same name", desk.CustomerChange{Name: pointer(" Elif  Kaya ")}, nil, "", ""},
		{"no name", desk.CustomerChange{Name: pointer(" ")}, func(c *desk.Customer) { c.Name = "" }, "", ""},
		{"no phone, no language", desk.CustomerChange{Phone: pointer(""), Language: pointer("")}, func(c *desk.Customer) { c.Phone, c.Language = "", "" }, "", ""},
		{"an e-mail", desk.CustomerChange{Email: pointer(" Elif.D@Example.COM ")}, func(c *desk.Customer) { c.Email = "elif.d@example.com" }, "", ""},
		{"no e-mail", desk.CustomerChange{Email: pointer(" ")}, func(c *desk.Customer) { c.Email = "" }, "", ""},
		{"an attribute", desk.CustomerChange{Attributes: map[string]*string{" shoe  size ": pointer("38")}}, func(c *desk.Customer) { c.Attributes["shoe size"] = "38" }, "", ""},
		{"an attribute less", desk.CustomerChange{Attributes: map[string]*string{"plan": nil}}, func(c *desk.Customer) { delete(c.Attributes, "plan") }, "", ""},
		{"an unknown attribute less", desk.CustomerChange{Attributes: map[string]*string{"age": nil}}, nil, "", ""},
		{"tags", desk.CustomerChange{Tags: &[]string{"B", "a", "b"}}, func(c *desk.Customer) { c.Tags = []string{"a", "b"} }, "", ""},
		{"a bad name", desk.CustomerChange{Name: pointer("\xff")}, nil, desk.CodeBadText, "name"},
		{"a long name", desk.CustomerChange{Name: pointer(strings.Repeat("a", desk.MaxNameRunes+1))}, nil, desk.CodeTooLong, "name"},
		{"a long phone", desk.CustomerChange{Phone: pointer(strings.Repeat("1", desk.MaxPhoneRunes+1))}, nil, desk.CodeTooLong, "phone"},
		{"a long language", desk.CustomerChange{Language: pointer(strings.Repeat("a", 36))}, nil, desk.CodeTooLong, "language"},
		{"a bad e-mail", desk.CustomerChange{Email: pointer("elif")}, nil, desk.CodeInvalid, "email"},
		{"a bad tag", desk.CustomerChange{Tags: &[]string{"\u200b"}}, nil, desk.CodeEmpty, "tags"},
		{"a nameless attribute", desk.CustomerChange{Attributes: map[string]*string{" ": pointer("x")}}, nil, desk.CodeEmpty, "attributes"},
		{"a long attribute", desk.CustomerChange{Attributes: map[string]*string{"a": pointer(strings.Repeat("x", desk.MaxAttributeValue+1))}}, nil, desk.CodeTooLong, "attributes"},
		{"too many attributes", desk.CustomerChange{Attributes: attributes(desk.MaxAttributes - 1)}, nil, desk.CodeTooMany, "attributes"},
		{"just enough attributes", desk.CustomerChange{Attributes: attributes(desk.MaxAttributes - 2)}, func(c *desk.Customer) {
			for k, v := range attributes(desk.MaxAttributes - 2) {
				c.Attributes[k] = *v
			}
		}, "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := elif()
			next, events, err := before.Change(desk.AgentActor(ada.ID), &row.change, noon+9)
			if !reflect.DeepEqual(before, elif()) {
				t.Errorf("the customer before was changed: %+v", before)
			}
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			want, told := elif(), 0
			if row.want != nil {
				row.want(want)
				told = 1
			}
			if !reflect.DeepEqual(&next, want) {
				t.Errorf("customer %+v\nwant     %+v", next, *want)
			}
			checkTold(t, events, told, desk.Event{Type: desk.CustomerUpdated, Subject: customer, Actor: desk.AgentActor(ada.ID), At: noon + 9})
		})
	}
}

// checkTold checks that exactly one event tells of a change, or none of none.
func checkTold(t *testing.T, events []desk.Event, told int, want desk.Event) {
	t.Helper()
	if len(events) != told || (told == 1 && events[0] != want) {
		t.Errorf("events %+v, want %d of %+v", events, told, want)
	}
}

func attributes(n int) map[string]*string {
	many := make(map[string]*string, n)
	for i := range n {
		many[fmt.Sprintf("key %02d", i)] = pointer("v")
	}
	return many
}

// TestCustomerChangeIsDeterministic gives one change many times over: when two
// of its attributes come to the same name, or two are wrong, the outcome may not
// depend on the order in which Go walks a map.
func TestCustomerChangeIsDeterministic(t *testing.T) {
	same := desk.CustomerChange{Attributes: map[string]*string{"city": pointer("A"), " city": pointer("B"), "city ": nil, "  city": pointer("D")}}
	wrong := desk.CustomerChange{Attributes: map[string]*string{"": pointer("x"), "a": pointer("\xff"), "b": pointer(strings.Repeat("x", 2000))}}
	first, _, err := elif().Change(desk.Actor{}, &same, noon)
	wantCode(t, err, "", "")
	_, _, firstErr := elif().Change(desk.Actor{}, &wrong, noon)
	for range 100 {
		again, _, err := elif().Change(desk.Actor{}, &same, noon)
		wantCode(t, err, "", "")
		if !reflect.DeepEqual(again, first) {
			t.Fatalf("one change makes %q and %q", first.Attributes, again.Attributes)
		}
		if _, _, err := elif().Change(desk.Actor{}, &wrong, noon); err.Error() != firstErr.Error() {
			t.Fatalf("one change is refused with %q and %q", firstErr, err)
		}
	}
}

func TestBlock(t *testing.T) {
	by := desk.AgentActor(ada.ID)
	blocked, events, err := elif().Block(by, "  spam ", 0, noon+9)
	wantCode(t, err, "", "")
	if want := (desk.Block{By: ada.ID, At: noon + 9, Reason: "spam"}); blocked.Blocked == nil || *blocked.Blocked != want {
		t.Fatalf("blocked %+v, want %+v", blocked.Blocked, want)
	}
	checkTold(t, events, 1, desk.Event{Type: desk.CustomerBlocked, Subject: customer, Actor: by, At: noon + 9})

	again, events, err := blocked.Block(desk.AgentActor(can.ID), "other", 0, noon+20)
	wantCode(t, err, "", "")
	if !reflect.DeepEqual(again, blocked) || len(events) != 0 {
		t.Errorf("blocking twice changes %+v into %+v with %v", blocked, again, events)
	}
	free, events := again.Unblock(by, noon+30)
	if !reflect.DeepEqual(&free, elif()) {
		t.Errorf("unblocked %+v", free)
	}
	checkTold(t, events, 1, desk.Event{Type: desk.CustomerUnblocked, Subject: customer, Actor: by, At: noon + 30})
	if _, events := free.Unblock(by, noon+40); len(events) != 0 {
		t.Errorf("unblocking twice is told: %v", events)
	}
	_, _, err = elif().Block(by, " ", 0, noon)
	wantCode(t, err, desk.CodeEmpty, "reason")
}

func TestCustomerNote(t *testing.T) {
	by := desk.AgentActor(ada.ID)
	next, written, events, err := elif().AddNote(by, "Prefers e-mail\n", noon+9)
	wantCode(t, err, "", "")
	if want := (desk.CustomerNote{Customer: customer, Seq: 1, Author: ada.ID, Text: "Prefers e-mail\n", At: noon + 9}); written != want || next.Notes != 1 {
		t.Errorf("note %+v of %d, want %+v", written, next.Notes, want)
	}
	checkTold(t, events, 1, desk.Event{Type: desk.CustomerNoteAdded, Subject: customer, Seq: 1, Actor: by, At: noon + 9})
	if _, second, _, _ := next.AddNote(by, "Again", noon+10); second.Seq != 2 {
		t.Errorf("the second note has the seq %d", second.Seq)
	}
	for text, code := range map[string]desk.Code{" \n": desk.CodeEmpty, "\x00": desk.CodeBadText, strings.Repeat("a", desk.MaxNoteBytes+1): desk.CodeTooLong} {
		_, _, _, err := elif().AddNote(by, text, noon)
		wantCode(t, err, code, "text")
	}
}

func TestCleanEmail(t *testing.T) {
	for _, row := range []struct {
		in, want string
		code     desk.Code
	}{
		{" Ada@Example.com\n", "ada@example.com", ""},
		{"a@b", "a@b", ""},
		{`o'hara+x@mail.example.com`, "o'hara+x@mail.example.com", ""},
		{"İNFO@EXAMPLE.COM", "info@example.com", ""}, // caps lock on a Turkish keyboard
		{"I\u0307NFO@EXAMPLE.COM", "info@example.com", ""},
		{"i\u0307nfo@example.com", "info@example.com", ""}, // a browser lowered İ
		{"ınfo@gmaıl.com", "info@gmail.com", ""},           // a program lowered INFO@GMAIL as Turkish
		{"INFO@IŞIK.COM", "info@işik.com", ""},
		{"Işıl@example.com", "işıl@example.com", ""}, // an ı among other letters is meant
		{"ınfo@ışık.example", "info@ışık.example", ""},
		{"Jose\u0301@example.com", "josé@example.com", ""},
		{"@example.com", "", desk.CodeInvalid},
		{"ada@", "", desk.CodeInvalid},
		{"ada", "", desk.CodeInvalid},
		{"", "", desk.CodeInvalid},
		{"ada lovelace@example.com", "", desk.CodeInvalid},
		{"<ada@example.com>", "", desk.CodeInvalid},
		{"ada@example.com,can@example.com", "", desk.CodeInvalid},
		{"ada\x7f@example.com", "", desk.CodeInvalid},
		{"ada\x00@example.com", "", desk.CodeBadText},
		{"\xff@example.com", "", desk.CodeBadText},
		{strings.Repeat("a", desk.MaxEmailBytes-11) + "@example.com", "", desk.CodeTooLong},
	} {
		got, err := desk.CleanEmail(row.in)
		wantCode(t, err, row.code, "email")
		if got != row.want {
			t.Errorf("%q became %q, want %q", row.in, got, row.want)
		}
	}
}
