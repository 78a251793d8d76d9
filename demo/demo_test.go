package demo

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/desk"
)

var now = time.Date(2026, 11, 22, 14, 30, 0, 0, time.UTC)

func decode(t *testing.T) []line {
	t.Helper()
	var lines []line
	for text := range bytes.Lines(Lines(now)) {
		var l line
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&l); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		lines = append(lines, l)
	}
	return lines
}

// TestLinesFollowTheInterchangeRules checks what an importer may rely on.
func TestLinesFollowTheInterchangeRules(t *testing.T) {
	team := map[string]bool{}
	for _, agent := range Agents() {
		team[agent.Email] = true
	}
	lines := decode(t)
	for i, l := range lines {
		if i > 0 && l.Messages[0].At.Before(lines[i-1].Messages[0].At) {
			t.Errorf("line %d begins before the line above it", i+1)
		}
		if l.Status != "open" && l.Status != "resolved" && l.Status != "archived" {
			t.Errorf("line %d: status %q", i+1, l.Status)
		}
		if l.Agent != nil && !team[*l.Agent] {
			t.Errorf("line %d: agent %q is not of the team", i+1, *l.Agent)
		}
		checkMessages(t, i+1, &l)
		checkLead(t, i+1, &l)
	}
}

func checkMessages(t *testing.T, number int, l *line) {
	t.Helper()
	if l.Messages[0].From != "customer" {
		t.Errorf("line %d begins with %s", number, l.Messages[0].From)
	}
	for i, m := range l.Messages {
		if i > 0 && !m.At.After(l.Messages[i-1].At) {
			t.Errorf("line %d, message %d does not come after the one before", number, i+1)
		}
		if !m.At.Before(now) {
			t.Errorf("line %d (%s), message %d lies in the future by %v", number, l.Customer.ID, i+1, m.At.Sub(now))
		}
		if err := desk.CheckText("text", m.Text, desk.MaxTextBytes); err != nil || strings.TrimSpace(m.Text) == "" {
			t.Errorf("line %d, message %d: %q: %v", number, i+1, m.Text, err)
		}
	}
}

// checkLead holds a line to what its fields say about who has answered.
func checkLead(t *testing.T, number int, l *line) {
	t.Helper()
	said := map[string]int{}
	for _, m := range l.Messages {
		said[m.From]++
	}
	switch {
	case l.Bot && (l.Agent != nil || said["agent"]+said["note"] > 0):
		t.Errorf("line %d is the bot's, but a person took part", number)
	case l.Agent != nil && said["agent"] == 0:
		t.Errorf("line %d has an agent who never wrote", number)
	case !l.Bot && l.Agent == nil && l.Status != "open":
		t.Errorf("line %d was closed by nobody", number)
	}
}

// TestContentHasOneSenderEach catches a message with none or two of its texts,
// which the loader would silently read as one of them.
func TestContentHasOneSenderEach(t *testing.T) {
	for _, raw := range read[rawConversation]("conversations*.json") {
		for i, m := range raw.Messages {
			texts := 0
			for _, text := range []string{m.Customer, m.Agent, m.Bot, m.Note} {
				if text != "" {
					texts++
				}
			}
			if texts != 1 {
				t.Errorf("%s, message %d has %d texts", raw.Customer, i+1, texts)
			}
		}
		if raw.Lead != "" && raw.Lead != "bot" {
			t.Errorf("%s: lead %q", raw.Customer, raw.Lead)
		}
	}
}

// TestEveryViewHasConversations keeps the sample worth looking at in each tab and
// in both languages.
func TestEveryViewHasConversations(t *testing.T) {
	lines := decode(t)
	if len(lines) < 60 {
		t.Errorf("%d conversations", len(lines))
	}
	place, turkish := map[string]int{}, 0
	for _, l := range lines {
		switch {
		case l.Status != "open":
			place[l.Status]++
		case l.Bot:
			place["bot"]++
		case l.Agent != nil:
			place["assigned"]++
		default:
			place["unassigned"]++
		}
		if l.Customer.Language == "tr" {
			turkish++
		}
	}
	for _, name := range []string{"unassigned", "assigned", "bot", "resolved", "archived"} {
		if place[name] < 7 {
			t.Errorf("%d conversations are %s", place[name], name)
		}
	}
	if share := float64(turkish) / float64(len(lines)); share < 0.55 || share > 0.65 {
		t.Errorf("%.0f %% are Turkish", share*100)
	}
	t.Log(place, "turkish", turkish, "of", len(lines))
}

// TestPeopleAreMadeUp keeps real addresses and numbers out.
func TestPeopleAreMadeUp(t *testing.T) {
	phone := regexp.MustCompile(`^\+90 500 000 \d\d \d\d$`)
	ids, emails := map[string]bool{}, map[string]bool{}
	for _, c := range read[Customer]("customers*.json") {
		if ids[c.ID] || emails[c.Email] {
			t.Errorf("%s comes twice", c.ID)
		}
		ids[c.ID], emails[c.Email] = true, true
		if !strings.HasSuffix(c.Email, "@example.com") || (c.Phone != "" && !phone.MatchString(c.Phone)) {
			t.Errorf("%s: %s, %s", c.ID, c.Email, c.Phone)
		}
		if c.Language != "tr" && c.Language != "en" && c.Language != "de" {
			t.Errorf("%s: language %q", c.ID, c.Language)
		}
	}
	hosts := regexp.MustCompile(`https?://([^/\s]+)`)
	for _, match := range hosts.FindAllSubmatch(Lines(now), -1) {
		if host := string(match[1]); host != "shop.example.com" {
			t.Errorf("a link goes to %s", host)
		}
	}
}

// TestAgentsPassTheDesk makes each agent by the rules of the desk.
func TestAgentsPassTheDesk(t *testing.T) {
	owners := 0
	for _, a := range Agents() {
		role, err := desk.ParseRole(a.Role)
		if err != nil {
			t.Error(err)
		}
		if role == desk.RoleOwner {
			owners++
		}
		if _, _, err := desk.NewAgent(desk.ID{1}, a.Name, a.Email, role, a.Language, desk.Actor{}, 1); err != nil {
			t.Errorf("%s: %v", a.Name, err)
		}
	}
	if owners != 1 || Agents()[0].Role != "owner" {
		t.Errorf("%d owners, the first is %s", owners, Agents()[0].Role)
	}
}

// TestRepliesPassTheDesk makes each saved reply by the rules of the desk, and finds
// shortcuts that two replies would share.
func TestRepliesPassTheDesk(t *testing.T) {
	shortcuts := map[string]bool{}
	variable := regexp.MustCompile(`\{\{(customer\.(name|first_name|email)|agent\.(name|first_name)|conversation\.number|company\.name|date|cursor|attr\.\w+)(\|[^{}]*)?\}\}`)
	for _, r := range Replies() {
		var blank desk.Reply
		if _, _, err := blank.Change(desk.Actor{}, &desk.ReplyChange{
			Title: &r.Title, Shortcut: &r.Shortcut, Category: &r.Category, Language: &r.Language, Text: &r.Text,
		}, 1); err != nil {
			t.Errorf("%s: %v", r.Title, err)
		}
		if key := r.Language + "/" + r.Shortcut; shortcuts[key] {
			t.Errorf("%s comes twice", key)
		} else {
			shortcuts[key] = true
		}
		if rest := variable.ReplaceAllString(r.Text, ""); strings.Contains(rest, "{{") {
			t.Errorf("%s holds a variable that nobody fills: %s", r.Title, rest)
		}
	}
	if len(shortcuts) < 15 {
		t.Errorf("%d saved replies", len(shortcuts))
	}
}

// TestScriptsCanBePlayed checks that each script says something, line after line.
func TestScriptsCanBePlayed(t *testing.T) {
	scripts := Scripts()
	if len(scripts) < 15 {
		t.Errorf("%d scripts", len(scripts))
	}
	for _, s := range scripts {
		if len(s.Lines) < 2 || s.Lines[0].After != 0 {
			t.Errorf("%s: %d lines, the first after %v", s.Customer.ID, len(s.Lines), s.Lines[0].After)
		}
		for i, l := range s.Lines {
			if strings.TrimSpace(l.Text) == "" || (i > 0 && l.After <= 0) {
				t.Errorf("%s, line %d: %q after %v", s.Customer.ID, i+1, l.Text, l.After)
			}
		}
	}
}

func TestDistance(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"5s": 5 * time.Second, "1h20m": 80 * time.Minute, "2d": 48 * time.Hour, "6d2h": 146 * time.Hour,
	} {
		var d distance
		if err := d.UnmarshalText([]byte(text)); err != nil || time.Duration(d) != want {
			t.Errorf("%s is %v, %v", text, time.Duration(d), err)
		}
	}
	for _, text := range []string{"", "d", "-3h", "-1d", "3x", "1d-2h"} {
		var d distance
		if err := d.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was read as %v", text, time.Duration(d))
		}
	}
}
