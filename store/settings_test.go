package store_test

import (
	"reflect"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

// heard is one event of a type.
func heard(kind desk.EventType) []desk.Event { return []desk.Event{{Type: kind, At: noon}} }

// TestSettingsDefaults reads what was never set.
func TestSettingsDefaults(t *testing.T) {
	storetest.MustView(t, storetest.Open(t), func(tx *store.Tx) error {
		hours, err1 := tx.Hours()
		bot, err2 := tx.Bot()
		resolver, err3 := tx.Resolver()
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		if !reflect.DeepEqual(hours, desk.DefaultHours()) || !reflect.DeepEqual(bot, desk.DefaultBot()) || resolver != desk.DefaultResolver() {
			t.Error("what was never set is not the default")
		}
		return nil
	})
}

// TestSettingsRoundTrip reads back all that can be set.
func TestSettingsRoundTrip(t *testing.T) {
	st := storetest.Open(t)
	both := desk.Both{TR: "Şu", EN: "That"}
	spans := []desk.Span{{From: 540, To: 750}, {From: 810, To: 1440}}
	hours := desk.Hours{Zone: "Europe/London", Week: [7][]desk.Span{0: spans, 6: spans[1:]}, Holidays: []desk.Holiday{{Date: "2026-04-23", Name: "Bayram", Spans: spans}, {Date: "2026-10-29"}}}
	bot := desk.BotSettings{
		When: desk.BotClosed, Welcome: desk.Greeting{Text: both, Choices: desk.Lists{TR: []string{"a", "b"}, EN: []string{"c"}}}, Fallback: both,
		Handover: desk.Handover{Words: desk.Lists{TR: []string{"insan"}}, Online: both, Offline: both, AskContact: true},
		Misses:   3, Threshold: 0.125, FollowUp: desk.FollowUp{On: true, Text: both, Yes: both, No: both, Thanks: both},
		Waiting: []desk.Waiting{{AfterMinutes: 3, Text: both}, {AfterMinutes: 1440, Text: both}},
		Model:   desk.Model{On: true, URL: "https://example.com/v1", Name: "m", Key: []byte{0, 255}, TimeoutSeconds: 60},
	}
	resolver := desk.Resolver{BotMinutes: 1, AgentMinutes: 2, WarnMinutes: 3, Category: idOf(0xca, 1), Warning: both, ArchiveDays: 4, AnewDays: 5}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		before := desk.Hours{Rev: 6}
		if err := tx.SaveHours(&before, &hours, heard(desk.HoursUpdated)); err != nil {
			return err
		}
		if err := tx.SaveBot(&desk.BotSettings{}, &bot, heard(desk.BotUpdated)); err != nil {
			return err
		}
		return tx.SaveResolver(&desk.Resolver{}, &resolver, heard(desk.ResolverUpdated))
	})
	st = storetest.Reopen(t, st)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if got, err := tx.Hours(); err != nil || !reflect.DeepEqual(got, hours) || got.Rev != 7 {
			t.Errorf("hours %+v, %v", got, err)
		}
		if got, err := tx.Bot(); err != nil || !reflect.DeepEqual(got, bot) || got.Rev != 1 {
			t.Errorf("bot %+v, %v", got, err)
		}
		if got, err := tx.Resolver(); err != nil || got != resolver {
			t.Errorf("resolver %+v, %v", got, err)
		}
		if entries, err := tx.Journal(0, 10); err != nil || len(entries) != 3 {
			t.Errorf("%d events, %v", len(entries), err)
		}
		return nil
	})
}

// TestListsOfSettings keeps the rows of the small lists and takes them away.
func TestListsOfSettings(t *testing.T) {
	st := storetest.Open(t)
	both := desk.Both{TR: "Kargo", EN: "Delivery"}
	category := desk.Category{ID: idOf(0xca, 1), Name: both, Closing: both, AskRating: true, Enabled: true}
	rule := desk.Rule{ID: idOf(0xcb, 1), Language: "tr", Phrases: []string{"kargo"}, Match: desk.MatchWord, Answer: "Yolda", Choices: []string{"İade"}, Handover: true, Enabled: true, Position: 9}
	entry := desk.Knowledge{ID: idOf(0xcc, 1), Language: "en", Questions: []string{"Where?"}, Answer: "There", Choices: []string{"Thanks"}, Enabled: true, UpdatedAt: noon}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		if err := tx.SaveCategory(nil, &category, heard(desk.CategorySaved)); err != nil {
			return err
		}
		if err := tx.SaveRule(nil, &rule, heard(desk.RuleSaved)); err != nil {
			return err
		}
		return tx.SaveKnowledge(nil, &entry, true, heard(desk.KnowledgeSaved))
	})
	storetest.MustView(t, st, func(tx *store.Tx) error {
		categories, err1 := tx.Categories()
		rules, err2 := tx.Rules()
		entries, err3 := tx.AllKnowledge()
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		if len(categories) != 1 || categories[0] != category || !reflect.DeepEqual(rules, []desk.Rule{rule}) || !reflect.DeepEqual(entries, []desk.Knowledge{entry}) {
			t.Errorf("%+v\n%+v\n%+v", categories, rules, entries)
		}
		if tx.KnowledgeRev() != 1 || tx.RulesRev() != 1 || tx.KnowledgeCount() != 1 {
			t.Error("the revs do not rise with a change")
		}
		return nil
	})
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		if err := tx.UseKnowledge(entry.ID, noon+5); err != nil {
			return err
		}
		if err := tx.UseKnowledge(idOf(0xcc, 2), noon+5); err != nil { // not there: not counted
			return err
		}
		return tx.UseKnowledge(entry.ID, noon+9)
	})
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if uses, last := tx.KnowledgeUses(entry.ID); uses != 2 || last != noon+9 || tx.KnowledgeRev() != 1 {
			t.Errorf("used %d times, last at %d; rev %d", uses, last, tx.KnowledgeRev())
		}
		return nil
	})
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		if err := tx.DeleteCategory(category.ID, heard(desk.CategoryDeleted)); err != nil {
			return err
		}
		if err := tx.DeleteRule(rule.ID, heard(desk.RuleDeleted)); err != nil {
			return err
		}
		return tx.DeleteKnowledge(entry.ID, heard(desk.KnowledgeDeleted))
	})
	storetest.MustView(t, st, func(tx *store.Tx) error {
		_, err1 := tx.Category(category.ID)
		_, err2 := tx.Rule(rule.ID)
		_, err3 := tx.Knowledge(entry.ID)
		for _, err := range []error{err1, err2, err3} {
			if desk.CodeOf(err) != desk.CodeNotFound {
				t.Errorf("what was taken away is still there: %v", err)
			}
		}
		if tx.KnowledgeRev() != 2 || tx.RulesRev() != 2 {
			t.Error("taking away does not raise the rev")
		}
		return nil
	})
}
