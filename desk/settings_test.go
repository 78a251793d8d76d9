package desk_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/desk"
)

func TestResolverReplace(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(r *desk.Resolver)
		code   desk.Code
		field  string
	}{
		{"nothing", func(*desk.Resolver) {}, "", ""},
		{"both timers", func(r *desk.Resolver) { r.BotMinutes, r.AgentMinutes = 10, 60 }, "", ""},
		{"an old rev", func(r *desk.Resolver) { r.Rev = 0 }, desk.CodeConflict, "rev"},
		{"beyond a month", func(r *desk.Resolver) { r.BotMinutes = desk.MaxQuietMinutes + 1 }, desk.CodeInvalid, "bot_minutes"},
		{"beyond a month, agents", func(r *desk.Resolver) { r.AgentMinutes = desk.MaxQuietMinutes + 1 }, desk.CodeInvalid, "agent_minutes"},
		{"a new one beyond ten years", func(r *desk.Resolver) { r.AnewDays = desk.MaxAnewDays + 1 }, desk.CodeInvalid, "anew_days"},
		{"beyond ten years", func(r *desk.Resolver) { r.ArchiveDays = desk.MaxArchiveDays + 1 }, desk.CodeInvalid, "archive_days"},
		{"a warning that comes too late", func(r *desk.Resolver) { r.AgentMinutes = 5 }, desk.CodeInvalid, "warn_minutes"},
		{"a long warning", func(r *desk.Resolver) { r.Warning.TR = strings.Repeat("a", desk.MaxBotText+1) }, desk.CodeTooLong, "warning.tr"},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := desk.DefaultResolver()
			before.Rev = 1
			sent := before
			row.change(&sent)
			next, events, err := before.Replace(desk.AgentActor(ada.ID), &sent, noon)
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			told := 0
			if sent != before {
				told = 1
			}
			checkTold(t, events, told, desk.Event{Type: desk.ResolverUpdated, Actor: desk.AgentActor(ada.ID), At: noon})
			if next != sent {
				t.Errorf("kept as %+v", next)
			}
		})
	}
}

// TestWhoIsResolvedQuietly holds the resolver to conversations in which the
// customer has the last word to say, and says nothing.
func TestWhoIsResolvedQuietly(t *testing.T) {
	r := desk.Resolver{BotMinutes: 10, AgentMinutes: 60}
	for _, where := range everywhere {
		want := map[string]uint32{"open/bot": 10, "open/ada": 60}[where]
		c := stand(where)
		if c.WaitingSince = 0; r.QuietMinutes(c) != want {
			t.Errorf("%s: after %d minutes, want %d", where, r.QuietMinutes(c), want)
		}
		if c.WaitingSince = noon; r.QuietMinutes(c) != 0 {
			t.Errorf("%s: although the customer waits", where)
		}
	}
}

func TestCategoryChange(t *testing.T) {
	before := desk.Category{ID: idOf(0x31), Rev: 2, Name: desk.Both{TR: "Kargo", EN: "Delivery"}, Enabled: true}
	for _, row := range []struct {
		name   string
		change desk.CategoryChange
		want   func(c *desk.Category)
		code   desk.Code
		field  string
	}{
		{"nothing", desk.CategoryChange{Rev: pointer(uint64(2))}, nil, "", ""},
		{"everything", desk.CategoryChange{
			Name: &desk.Both{TR: " İade ", EN: ""}, Closing: &desk.Both{TR: "Kapandı. "}, AskRating: pointer(true), Enabled: pointer(false),
		}, func(c *desk.Category) {
			c.Name, c.Closing, c.AskRating, c.Enabled = desk.Both{TR: "İade"}, desk.Both{TR: "Kapandı."}, true, false
		}, "", ""},
		{"an old rev", desk.CategoryChange{Rev: pointer(uint64(1))}, nil, desk.CodeConflict, "rev"},
		{"no name", desk.CategoryChange{Name: &desk.Both{EN: " "}}, nil, desk.CodeEmpty, "name"},
		{"a long name", desk.CategoryChange{Name: &desk.Both{EN: strings.Repeat("a", 61)}}, nil, desk.CodeTooLong, "name.en"},
		{"a long closing", desk.CategoryChange{Closing: &desk.Both{EN: strings.Repeat("a", desk.MaxBotText+1)}}, nil, desk.CodeTooLong, "closing.en"},
	} {
		t.Run(row.name, func(t *testing.T) {
			next, events, err := before.Change(desk.AgentActor(ada.ID), &row.change, noon)
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			want, told := before, 0
			if row.want != nil {
				row.want(&want)
				told = 1
			}
			if next != want {
				t.Errorf("category %+v, want %+v", next, want)
			}
			checkTold(t, events, told, desk.Event{Type: desk.CategorySaved, Subject: before.ID, Actor: desk.AgentActor(ada.ID), At: noon})
		})
	}
}

func TestKnowledgeChange(t *testing.T) {
	before := desk.Knowledge{ID: idOf(0x41), Rev: 2, Language: "tr", Questions: []string{"Kargom nerede?"}, Answer: "Yolda.", Enabled: true}
	for _, row := range []struct {
		name   string
		change desk.KnowledgeChange
		want   func(k *desk.Knowledge)
		code   desk.Code
		field  string
	}{
		{"nothing", desk.KnowledgeChange{Rev: pointer(uint64(2)), Questions: &[]string{" Kargom  nerede? ", ""}}, nil, "", ""},
		{"everything", desk.KnowledgeChange{
			Language: pointer("en"), Questions: &[]string{"Where is it?", "Where is it?", "Track"}, Answer: pointer(" On its way.\n"),
			Choices: &[]string{"Return"}, Enabled: pointer(false),
		}, func(k *desk.Knowledge) {
			k.Language, k.Questions, k.Answer, k.Choices, k.Enabled = "en", []string{"Where is it?", "Track"}, "On its way.", []string{"Return"}, false
		}, "", ""},
		{"an old rev", desk.KnowledgeChange{Rev: pointer(uint64(1))}, nil, desk.CodeConflict, "rev"},
		{"no question", desk.KnowledgeChange{Questions: &[]string{" "}}, nil, desk.CodeEmpty, "questions"},
		{"a long question", desk.KnowledgeChange{Questions: &[]string{strings.Repeat("a", 301)}}, nil, desk.CodeTooLong, "questions"},
		{"no answer", desk.KnowledgeChange{Answer: pointer(" ")}, nil, desk.CodeEmpty, "answer"},
		{"a long answer", desk.KnowledgeChange{Answer: pointer(strings.Repeat("a", desk.MaxAnswerBytes+1))}, nil, desk.CodeTooLong, "answer"},
		{"another language", desk.KnowledgeChange{Language: pointer("de")}, nil, desk.CodeInvalid, "language"},
		{"too many choices", desk.KnowledgeChange{Choices: pointer(strings.Fields("1 2 3 4 5 6 7"))}, nil, desk.CodeTooMany, "choices"},
	} {
		t.Run(row.name, func(t *testing.T) {
			next, events, err := before.Change(desk.AgentActor(ada.ID), &row.change, noon)
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			want, told := before, 0
			want.Questions = slices.Clone(before.Questions)
			if row.want != nil {
				row.want(&want)
				want.UpdatedAt, told = noon, 1
			}
			if !reflect.DeepEqual(next, want) {
				t.Errorf("entry %+v, want %+v", next, want)
			}
			checkTold(t, events, told, desk.Event{Type: desk.KnowledgeSaved, Subject: before.ID, Actor: desk.AgentActor(ada.ID), At: noon})
		})
	}
}

func TestRuleChange(t *testing.T) {
	before := desk.Rule{ID: idOf(0x51), Rev: 2, Phrases: []string{"merhaba"}, Match: desk.MatchExact, Answer: "Merhaba!", Enabled: true}
	for _, row := range []struct {
		name   string
		change desk.RuleChange
		want   func(r *desk.Rule)
		code   desk.Code
		field  string
	}{
		{"nothing", desk.RuleChange{Rev: pointer(uint64(2))}, nil, "", ""},
		{"everything", desk.RuleChange{
			Language: pointer("en"), Phrases: &[]string{"refund"}, Match: pointer(desk.MatchWord), Answer: pointer(""), Choices: &[]string{"Yes"},
			Handover: pointer(true), Enabled: pointer(false), Position: pointer(uint32(7)),
		}, func(r *desk.Rule) {
			*r = desk.Rule{ID: r.ID, Rev: 2, Language: "en", Phrases: []string{"refund"}, Match: desk.MatchWord, Choices: []string{"Yes"}, Handover: true, Position: 7}
		}, "", ""},
		{"an old rev", desk.RuleChange{Rev: pointer(uint64(1))}, nil, desk.CodeConflict, "rev"},
		{"no phrase", desk.RuleChange{Phrases: &[]string{}}, nil, desk.CodeEmpty, "phrases"},
		{"neither answer nor hand-over", desk.RuleChange{Answer: pointer("")}, nil, desk.CodeEmpty, "answer"},
		{"another way to match", desk.RuleChange{Match: pointer(desk.RuleMatch("regex"))}, nil, desk.CodeInvalid, "match"},
		{"another language", desk.RuleChange{Language: pointer("de")}, nil, desk.CodeInvalid, "language"},
	} {
		t.Run(row.name, func(t *testing.T) {
			next, events, err := before.Change(desk.AgentActor(ada.ID), &row.change, noon)
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			want, told := before, 0
			if row.want != nil {
				row.want(&want)
				told = 1
			}
			if !reflect.DeepEqual(next, want) {
				t.Errorf("rule %+v, want %+v", next, want)
			}
			checkTold(t, events, told, desk.Event{Type: desk.RuleSaved, Subject: before.ID, Actor: desk.AgentActor(ada.ID), At: noon})
		})
	}
}

// TestStartsAnew reopens for as long as is set, counted from when a conversation was
// closed or, if that is later, from when somebody wrote.
func TestStartsAnew(t *testing.T) {
	const day desk.Time = 24 * 60 * 60 * 1000
	for _, row := range []struct {
		name     string
		days     uint32
		where    string
		resolved desk.Time
		active   desk.Time
		want     bool
	}{
		{"switched off", 0, "resolved/ada", noon - 900*day, noon - 900*day, false},
		{"on the last day", 7, "resolved/ada", noon - 7*day, noon - 30*day, false},
		{"a moment later", 7, "resolved/ada", noon - 7*day - 1, noon - 30*day, true},
		{"archived", 7, "archived/ada", noon - 8*day, noon - 30*day, true},
		{"a note was written since", 7, "resolved/ada", noon - 30*day, noon - 7*day, false},
		{"closed before that was kept", 7, "archived/ada", 0, noon - 8*day, true},
		{"an open one", 7, "open/ada", 0, noon - 900*day, false},
	} {
		c := stand(row.where)
		c.ResolvedAt, c.ActiveAt = row.resolved, row.active
		r := desk.Resolver{AnewDays: row.days}
		if got := r.StartsAnew(c, noon); got != row.want {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
}
