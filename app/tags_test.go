package app_test

import (
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
	"parley/wire"
)

// TestTagsOfMany adds tags to conversations that have others, and takes them away
// again: what is not spoken of stays.
func TestTagsOfMany(t *testing.T) {
	team := apptest.New(t)
	one, two := team.NewConversation(t).Number, team.NewConversation(t).Number
	tags := func(verb app.Verb, tags ...string) (got [][]string) {
		t.Helper()
		result := apptest.Must(team.ChangeMany(app.ChangeConversation{Verb: verb, By: team.Ada, Tags: tags}, []desk.Number{one, two}))(t)
		for _, c := range result.Conversations {
			got = append(got, c.Tags)
		}
		return got
	}
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbSetTags, By: team.Ada, Number: one, Tags: []string{"cargo", "vip"}}))(t)
	for _, step := range []struct {
		verb     app.Verb
		tags     []string
		one, two []string
	}{
		{app.VerbAddTags, []string{"  Refund", "VIP"}, []string{"cargo", "refund", "vip"}, []string{"refund", "vip"}},
		{app.VerbAddTags, nil, []string{"cargo", "refund", "vip"}, []string{"refund", "vip"}},
		{app.VerbRemoveTags, []string{"REFUND", "cargo"}, []string{"vip"}, []string{"vip"}},
		{app.VerbRemoveTags, []string{"unheard of"}, []string{"vip"}, []string{"vip"}},
	} {
		if got := tags(step.verb, step.tags...); !slices.Equal(got[0], step.one) || !slices.Equal(got[1], step.two) {
			t.Fatalf("%s %q gives %q", step.verb, step.tags, got)
		}
		head := team.Head()
		if tags(step.verb, step.tags...); team.Head() != head {
			t.Errorf("%s %q, said twice, was told twice", step.verb, step.tags)
		}
	}
}

// TestTagsOfManyRefuses what would be too many, or is no tag.
func TestTagsOfManyRefuses(t *testing.T) {
	team := apptest.New(t)
	n := team.NewConversation(t).Number
	full := make([]string, desk.MaxTags)
	for i := range full {
		full[i] = strconv.Itoa(i)
	}
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbAddTags, By: team.Ada, Number: n, Tags: full}))(t)
	for name, row := range map[string]struct {
		verb app.Verb
		tags []string
		code desk.Code
	}{
		"one more than it takes": {app.VerbAddTags, []string{"more"}, desk.CodeTooMany},
		"no tag to add":          {app.VerbAddTags, []string{" "}, desk.CodeEmpty},
		"no tag to take away":    {app.VerbRemoveTags, []string{" "}, desk.CodeEmpty},
	} {
		result := apptest.Must(team.ChangeMany(app.ChangeConversation{Verb: row.verb, By: team.Ada, Tags: row.tags}, []desk.Number{n}))(t)
		if len(result.Refused) != 1 || result.Refused[0].Code != row.code {
			t.Errorf("%s: refused %+v, want %q", name, result.Refused, row.code)
		}
	}
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbAddTags, By: team.Ada, Number: n, Tags: []string{"7"}}))(t)
}

// TestTagsAreTold says which tags came and went, once in each conversation, and moves
// none of them in the lists.
func TestTagsAreTold(t *testing.T) {
	team := apptest.New(t)
	one, two := team.NewConversation(t), team.NewConversation(t)
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbSetTags, By: team.Can, Number: two.Number, Tags: []string{"vip"}}))(t)
	two = apptest.Must(team.Open(two.Number))(t).Conversation
	team.Clock.Move(time.Hour)
	change := app.ChangeConversation{Verb: app.VerbAddTags, By: team.Ada, Tags: []string{"vip", "Kargo"}}
	apptest.Must(team.ChangeMany(change, []desk.Number{one.Number, two.Number}))(t)
	for before, want := range map[*wire.Conversation][]string{&one: {"kargo", "vip"}, &two: {"kargo"}} {
		thread := apptest.Must(team.Open(before.Number))(t)
		line := thread.Messages[len(thread.Messages)-1]
		if line.Kind != "event" || line.Event.Type != "conversation.tagged" || !slices.Equal(line.Event.Added, want) ||
			line.Event.Removed != nil || line.Author.ID == nil || *line.Author.ID != team.Ada {
			t.Errorf("#%d is told %+v, %+v", before.Number, line, line.Event)
		}
		now, was := thread.Conversation, *before
		was.Rev, was.LastSeq, was.Tags = now.Rev, was.LastSeq+1, now.Tags
		if !reflect.DeepEqual(now, was) {
			t.Errorf("#%d stands as %+v, want %+v", before.Number, now, was)
		}
	}
}

// TestTagsAreNoAnswer lets a reply pass that was written before a tag was seen, and
// counts the customer's messages after one.
func TestTagsAreNoAnswer(t *testing.T) {
	team := apptest.New(t)
	c := team.NewConversation(t)
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbAddTags, By: team.Can, Number: c.Number, Tags: []string{"vip"}}))(t)
	if got := team.Says(t, c.Customer.ID, c.Number, "Hello?").Conversation; got.Unread != c.Unread+1 {
		t.Errorf("%d unread, want %d", got.Unread, c.Unread+1)
	}
	seen := c.LastSeq
	apptest.Must(team.Post(app.PostMessage{By: team.Ada, Number: c.Number, SeenSeq: &seen, Draft: apptest.Draft("Hi")}))(t)
}
