package interchange_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"parley/desk"
	"parley/interchange"
)

// whole is a line with every field.
const whole = `{"customer":{"id":"c-17","name":"Elif Kaya","email":"elif@example.com","phone":"+90 500 000 10 01","language":"tr",` +
	`"attributes":{"city":"İzmir"},"tags":["vip"]},"channel":"web","status":"resolved","agent":"ada@example.com","bot":false,` +
	`"tags":["cargo"],"unread":1,"messages":[` +
	`{"from":"customer","text":"Merhaba","at":"2026-09-03T10:02:11+03:00"},` +
	`{"from":"event","text":"","at":"2026-09-03T10:02:12+03:00","event":"conversation.assigned","by":"agent","agent":"can@example.com","was":"","now":"ada@example.com"},` +
	`{"from":"note","text":"Ask","at":"2026-09-03T10:02:13+03:00"}]}`

func TestParse(t *testing.T) {
	l, err := interchange.Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	if l.Customer.Attributes["city"] != "İzmir" || *l.Agent != "ada@example.com" || *l.Unread != 1 || len(l.Messages) != 3 {
		t.Errorf("read as %+v", l)
	}
	if m := l.Messages[1]; m.Kind() != desk.KindEvent || m.At != 1788418932000 || m.Now != "ada@example.com" {
		t.Errorf("an event is read as %+v", m)
	}
	if people, err := interchange.Parse([]byte(`{"agents":[{"email":"a@b","name":"A","role":"admin","active":true}]}`)); err != nil || len(people.Agents) != 1 {
		t.Errorf("people are read as %+v, %v", people, err)
	}
}

// TestParseRefuses names the field that no conversation can have.
func TestParseRefuses(t *testing.T) {
	long := strings.Repeat("a", 40<<10)
	for _, row := range []struct {
		name string
		in   string // replaces a part of the whole line: old => new; or a line of its own
		want string
	}{
		{"nothing", ``, "ends too early"},
		{"no JSON", `hello`, "not a JSON object"},
		{"cut off", whole[:200], "ends too early"},
		{"a list", `[]`, "not a JSON object: found array"},
		{"null", `null`, "customer.id is missing"},
		{"two objects", whole + whole, "after the object"},
		{"an unknown field", `"channel" => "canal"`, `unknown field "canal"`},
		{"an unknown field of a message", `"text":"Ask" => "text":"Ask","mood":"bad"`, `unknown field "mood"`},
		{"a wrong type", `"unread":1 => "unread":"1"`, "unread: expected a whole number, not below 0, found string"},
		{"less than nothing unread", `"unread":1 => "unread":-1`, "unread: expected"},
		{"more unread than there is", `"unread":1 => "unread":4`, "unread is more than"},
		{"no customer", `{"status":"open"}`, "customer.id is missing"},
		{"no id", `"id":"c-17" => "id":""`, "customer.id is missing"},
		{"a long id", `c-17 => ` + strings.Repeat("x", 201), "customer.id is longer"},
		{"a NUL in the id", `c-17 => \u0000`, "customer.id"},
		{"a NUL in the channel", `"web" => "\u0000"`, "channel"},
		{"a long channel", `"web" => "` + strings.Repeat("x", 101) + `"`, "channel"},
		{"no status", `"resolved" => ""`, `status "" is none of`},
		{"an unknown status", `"resolved" => "pending"`, `status "pending" is none of`},
		{"bot and agent", `"bot":false => "bot":true`, "although an agent"},
		{"an empty agent", `"agent":"ada@example.com","bot" => "agent":"","bot"`, "agent is empty"},
		{"no messages", `{"customer":{"id":"c"},"status":"open","agent":null,"bot":false}`, "messages is empty"},
		{"an unknown sender", `"from":"note" => "from":"ghost"`, `messages[2]: from "ghost" is none of`},
		{"no time", `,"at":"2026-09-03T10:02:11+03:00" => `, "messages[0]: at is missing"},
		{"no time that can be", `2026-09-03T10:02:11+03:00 => 9999-12-31T23:59:59-23:00`, "0 to 9999"},
		{"a time without an offset", `2026-09-03T10:02:11+03:00 => 2026-09-03T10:02:11`, `"2026-09-03T10:02:11" is no time such as`},
		{"a long text", `Merhaba => ` + long, "messages[0]: too_long"},
		{"a NUL in a text", `Merhaba => \u0000`, "messages[0]: bad_text"},
		{"not UTF-8", "Merhaba => \xff", "not UTF-8"},
		{"an event without a type", `"event":"conversation.assigned", => `, "messages[1]: event belongs to"},
		{"a type without an event", `"text":"Ask" => "text":"Ask","event":"conversation.resolved"`, "messages[2]: event belongs to"},
		{"an event of no thread", `conversation.assigned => conversation.read`, `messages[1]: event "conversation.read" is none`},
		{"tags of no tagging", `"now":"ada@example.com" => "added":["vip"]`, `messages[1]: added and removed belong to`},
		{"a reason of no block", `"now":"ada@example.com" => "reason":"spam"`, `messages[1]: reason belongs to`},
		{"tags of a note", `"text":"Ask" => "text":"Ask","removed":["vip"]`, `messages[2]: added and removed belong to`},
		{"tags that are not clean", `conversation.assigned","by":"agent","agent":"can@example.com","was":"","now":"ada@example.com" => conversation.tagged","by":"agent","added":["VIP"]`, `messages[1]: tags ["VIP"] are not clean`},
		{"an empty tag", `conversation.assigned","by":"agent","agent":"can@example.com","was":"","now":"ada@example.com" => conversation.tagged","by":"agent","removed":[""]`, `messages[1]: empty`},
		{"a long reason", `conversation.assigned","by":"agent","agent":"can@example.com","was":"","now":"ada@example.com" => conversation.blocked","by":"agent","reason":"` + strings.Repeat("x", 301) + `"`, `messages[1]: too_long`},
		{"an unknown event", `conversation.assigned => conversation.exploded`, `messages[1]: event "conversation.exploded" is none`},
		{"an event by a ghost", `"by":"agent" => "by":"ghost"`, `messages[1]: by "ghost" is none of`},
		{"a note by a bot", `"text":"Ask" => "text":"Ask","by":"bot"`, "messages[2]: by, was and now belong to"},
		{"a note that assigns", `"text":"Ask" => "text":"Ask","now":"a@b"`, "messages[2]: by, was and now belong to"},
	} {
		t.Run(row.name, func(t *testing.T) {
			line := row.in
			if from, to, replaces := strings.Cut(row.in, " => "); replaces {
				if !strings.Contains(whole, from) {
					t.Fatalf("the line has no %s", from)
				}
				line = strings.Replace(whole, from, to, 1)
			}
			l, err := interchange.Parse([]byte(line))
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("read as %+v, %v; want %q", l, err, row.want)
			}
		})
	}
}

// TestParseTakes what looks odd and happens.
func TestParseTakes(t *testing.T) {
	for name, change := range map[string][2]string{
		"nothing but what must be":  {whole, `{"customer":{"id":"c"},"status":"open","messages":[{"from":"bot","text":"","at":"2026-01-01T00:00:00Z"}]}`},
		"a clock that was set back": {"10:02:13", "09:00:00"},
		"two in one moment":         {"10:02:13", "10:02:12"},
		"the smallest of texts":     {"Merhaba", ""},
		"a time before 1970":        {"2026-09-03T10:02:11", "1969-01-01T00:00:00"},
		"space around it":           {whole, "  " + whole + "\r\n"},
	} {
		if _, err := interchange.Parse([]byte(strings.Replace(whole, change[0], change[1], 1))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWrite writes a line that is read back as it was.
func TestWrite(t *testing.T) {
	l, err := interchange.Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	l.Messages[0].Text = "a <b> & \u2028 \"c\" 👩\u200d👧"
	var b bytes.Buffer
	if err := interchange.Write(&b, l); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); !strings.HasSuffix(text, "}\n") || strings.Count(text, "\n") != 1 || !strings.Contains(text, "a <b> &") {
		t.Errorf("written %s", text)
	}
	if back, err := interchange.Parse(b.Bytes()); err != nil || !reflect.DeepEqual(back, l) {
		t.Errorf("read back %+v, %v", back, err)
	}
}

// FuzzParse takes anything for a line: it is refused, or a conversation that is
// the same when it is written and read again.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		whole, whole[:100], `{}`, `null`, `[]`, `{"agents":[]}`, `{"agents":null}`, `{"agents":[{"email":"a@b"}]}`, `{"customer":null,"messages":null}`,
		`{"customer":{"id":"c"},"status":"open","messages":[{"from":"event","at":"2026-01-01T00:00:00Z","event":"conversation.resolved"}]}`,
		`{"customer":{"id":"\ud800"},"status":"open","messages":[{"from":"bot","text":"","at":"0000-01-01T00:00:00Z"}]}`,
		`{"team":{}}`, `{"customer":{"id":"c","notes":[{}],"blocked":{}}}`, `{"reply":{"id":"0198c0de-0000-7000-8000-00000000ffff"}}`,
		`{"customer":{"id":"c"},"status":"open","messages":[{"from":"bot","at":"2026-01-01T00:00:00Z","attachments":[{"name":"a","size":1,"sha256":"00"}]}]}`,
		"\xef\xbb\xbf{}", strings.Repeat("[", 500), `{"unread":1e3}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		l, err := interchange.Parse(line)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := interchange.Write(&b, l); err != nil {
			t.Fatalf("%q cannot be written: %v", line, err)
		}
		if !json.Valid(b.Bytes()) || bytes.Count(b.Bytes(), []byte("\n")) != 1 {
			t.Fatalf("%q is written %q", line, b.Bytes())
		}
		again, err := interchange.Parse(b.Bytes())
		if err != nil {
			t.Fatalf("%q is written %q, which is refused: %v", line, b.Bytes(), err)
		}
		var c bytes.Buffer
		if err := interchange.Write(&c, again); err != nil || !bytes.Equal(b.Bytes(), c.Bytes()) {
			t.Fatalf("%q is written %q and then %q, %v", line, b.Bytes(), c.Bytes(), err)
		}
	})
}
