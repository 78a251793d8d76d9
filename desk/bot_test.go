package desk_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"parley/desk"
)

func TestBothSpeaks(t *testing.T) {
	both := desk.Both{TR: "Merhaba", EN: "Hello"}
	for language, want := range map[string]string{
		"tr": "Merhaba", "tr-TR": "Merhaba", "en": "Hello", "EN_gb": "Hello", "de": "Merhaba", "": "Merhaba", "english": "Merhaba",
	} {
		if got := both.In(language); got != want {
			t.Errorf("in %q: %q", language, got)
		}
	}
	if got := (desk.Both{EN: "Hello"}).In("tr"); got != "Hello" {
		t.Errorf("the only one there is: %q", got)
	}
}

func TestBotLeads(t *testing.T) {
	hours := week("UTC", 5, span("09:00", "18:00")).Schedule()
	open, closed := at(t, "UTC", "2026-04-20 10:00:00"), at(t, "UTC", "2026-04-20 20:00:00")
	for when, want := range map[desk.BotWhen][2]bool{
		desk.BotAlways: {true, true}, desk.BotOpen: {true, false}, desk.BotClosed: {false, true},
	} {
		b := desk.BotSettings{When: when}
		if got := [2]bool{b.Leads(hours, open), b.Leads(hours, closed)}; got != want {
			t.Errorf("%s: leads %v", when, got)
		}
	}
}

func TestBotReplace(t *testing.T) {
	long := strings.Repeat("a", desk.MaxBotText+1)
	seven := strings.Fields("1 2 3 4 5 6 7")
	for _, row := range []struct {
		name   string
		change func(b *desk.BotSettings)
		code   desk.Code
		field  string
	}{
		{"nothing", func(*desk.BotSettings) {}, "", ""},
		{"an old rev", func(b *desk.BotSettings) { b.Rev = 2 }, desk.CodeConflict, "rev"},
		{"a long welcome", func(b *desk.BotSettings) { b.Welcome.Text.EN = long }, desk.CodeTooLong, "welcome.en"},
		{"no fallback", func(b *desk.BotSettings) { b.Fallback = desk.Both{TR: " "} }, desk.CodeEmpty, "fallback"},
		{"broken text", func(b *desk.BotSettings) { b.Handover.Online.TR = "\xff" }, desk.CodeBadText, "handover.online.tr"},
		{"too many choices", func(b *desk.BotSettings) { b.Welcome.Choices.EN = seven }, desk.CodeTooMany, "welcome.choices"},
		{"a long choice", func(b *desk.BotSettings) { b.Welcome.Choices.TR = []string{strings.Repeat("a", 61)} }, desk.CodeTooLong, "welcome.choices"},
		{"another time", func(b *desk.BotSettings) { b.When = "never" }, desk.CodeInvalid, "when"},
		{"no misses", func(b *desk.BotSettings) { b.Misses = 0 }, desk.CodeInvalid, "misses"},
		{"too many misses", func(b *desk.BotSettings) { b.Misses = 6 }, desk.CodeInvalid, "misses"},
		{"a threshold that is no number", func(b *desk.BotSettings) { b.Threshold = math.NaN() }, desk.CodeInvalid, "threshold"},
		{"a threshold beyond 1", func(b *desk.BotSettings) { b.Threshold = 1.1 }, desk.CodeInvalid, "threshold"},
		{"a follow-up without a choice", func(b *desk.BotSettings) { b.FollowUp.On, b.FollowUp.No = true, desk.Both{} }, desk.CodeEmpty, "follow_up.no"},
		{"three waiting messages", func(b *desk.BotSettings) { b.Waiting = make([]desk.Waiting, 3) }, desk.CodeTooMany, "waiting"},
		{"a waiting message at once", func(b *desk.BotSettings) { b.Waiting = []desk.Waiting{{Text: desk.Both{TR: "a"}}} }, desk.CodeInvalid, "waiting"},
		{"two waiting messages at once", func(b *desk.BotSettings) {
			b.Waiting = []desk.Waiting{{5, desk.Both{TR: "a"}}, {5, desk.Both{TR: "b"}}}
		}, desk.CodeInvalid, "waiting"},
		{"a model without an address", func(b *desk.BotSettings) { b.Model.On, b.Model.Name = true, "m" }, desk.CodeEmpty, "model.url"},
		{"a model without a name", func(b *desk.BotSettings) { b.Model.On, b.Model.URL = true, "http://127.0.0.1:11434/v1" }, desk.CodeEmpty, "model.model"},
		{"a file as a model", func(b *desk.BotSettings) { b.Model.URL = "file:///etc/passwd" }, desk.CodeInvalid, "model.url"},
		{"a password in the address", func(b *desk.BotSettings) { b.Model.URL = "https://a:b@example.com" }, desk.CodeInvalid, "model.url"},
		{"a model that takes for ever", func(b *desk.BotSettings) { b.Model.TimeoutSeconds = 61 }, desk.CodeInvalid, "model.timeout_seconds"},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := desk.DefaultBot()
			before.Rev = 3
			sent := before
			row.change(&sent)
			next, events, err := before.Replace(desk.AgentActor(ada.ID), &sent, noon)
			if wantCode(t, err, row.code, row.field); err != nil {
				return
			}
			if !reflect.DeepEqual(next, before) || len(events) != 0 {
				t.Errorf("setting the same is told: %+v", events)
			}
		})
	}
}

// TestBotKeepsItsKey leaves the model's key alone unless another one is sent.
func TestBotKeepsItsKey(t *testing.T) {
	before := desk.DefaultBot()
	before.Model.Key = []byte("sealed")
	sent := before
	sent.Model.Key, sent.Misses = nil, 3
	next, events, err := before.Replace(desk.AgentActor(ada.ID), &sent, noon)
	wantCode(t, err, "", "")
	checkTold(t, events, 1, desk.Event{Type: desk.BotUpdated, Actor: desk.AgentActor(ada.ID), At: noon})
	if string(next.Model.Key) != "sealed" {
		t.Errorf("the key is %q", next.Model.Key)
	}
	sent.Model.Key = []byte{}
	if next, _, _ = before.Replace(desk.AgentActor(ada.ID), &sent, noon); len(next.Model.Key) != 0 {
		t.Errorf("the key that was taken away is %q", next.Model.Key)
	}
}

func TestWaitingMessagesAreInOrder(t *testing.T) {
	before := desk.DefaultBot()
	sent := before
	sent.Waiting = []desk.Waiting{{10, desk.Both{EN: "later"}}, {3, desk.Both{EN: " soon "}}}
	next, _, err := before.Replace(desk.AgentActor(ada.ID), &sent, noon)
	wantCode(t, err, "", "")
	if want := []desk.Waiting{{3, desk.Both{EN: "soon"}}, {10, desk.Both{EN: "later"}}}; !reflect.DeepEqual(next.Waiting, want) {
		t.Errorf("kept as %+v", next.Waiting)
	}
}

// TestDefaultsAreGood sends the defaults through the checks that everybody's
// settings pass.
func TestDefaultsAreGood(t *testing.T) {
	by := desk.AgentActor(ada.ID)
	bot, hours, resolver := desk.DefaultBot(), desk.DefaultHours(), desk.DefaultResolver()
	bot.Waiting = []desk.Waiting{{3, desk.Both{TR: "Birazdan", EN: "Soon"}}, {10, desk.Both{TR: "Az daha", EN: "A little longer"}}}
	var noBot desk.BotSettings
	if got, _, err := noBot.Replace(by, &bot, noon); err != nil || !reflect.DeepEqual(got, bot) {
		t.Errorf("the bot's: %v\n%+v\n%+v", err, got, bot)
	}
	var noHours desk.Hours
	if got, _, err := noHours.Replace(by, &hours, noon); err != nil || !reflect.DeepEqual(got, hours) {
		t.Errorf("the hours: %v", err)
	}
	var noResolver desk.Resolver
	if got, _, err := noResolver.Replace(by, &resolver, noon); err != nil || got != resolver {
		t.Errorf("the resolver's: %v", err)
	}
	for i, category := range desk.SampleCategories() {
		var none desk.Category
		got, _, err := none.Change(by, &desk.CategoryChange{Name: &category.Name, Closing: &category.Closing, AskRating: &category.AskRating, Enabled: &category.Enabled}, noon)
		if err != nil || got != category {
			t.Errorf("category %d: %v", i, err)
		}
	}
	for i, rule := range desk.SampleRules() {
		var none desk.Rule
		got, _, err := none.Change(by, &desk.RuleChange{
			Language: &rule.Language, Phrases: &rule.Phrases, Match: &rule.Match, Answer: &rule.Answer, Choices: &rule.Choices,
			Enabled: &rule.Enabled, Position: &rule.Position,
		}, noon)
		if err != nil || !reflect.DeepEqual(got, rule) {
			t.Errorf("rule %d: %v", i, err)
		}
	}
}
