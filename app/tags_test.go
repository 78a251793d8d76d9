package app_test

import (
	"slices"
	"strconv"
	"testing"

	"parley/app"
	"parley/app/apptest"
	"parley/desk"
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
	apptest.Must(team.Change(app.ChangeConversation{Verb: app.VerbTag, By: team.Ada, Number: one, Tags: []string{"cargo", "vip"}}))(t)
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
