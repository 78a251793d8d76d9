package desk_test

import (
	"slices"
	"testing"

	"parley/desk"
)

// holds says what each view holds in the words of the design, apart from the
// table in views.go.
var holds = map[desk.View]func(c *desk.Conversation) bool{
	desk.ViewInbox:      func(c *desk.Conversation) bool { return !c.Archived },
	desk.ViewUnassigned: func(c *desk.Conversation) bool { return isOpen(c) && c.Lead == desk.LeadNobody },
	desk.ViewAssigned:   func(c *desk.Conversation) bool { return isOpen(c) && c.Lead == desk.LeadAgent },
	desk.ViewResolved:   func(c *desk.Conversation) bool { return c.State == desk.Resolved && !c.Archived },
	desk.ViewUnresolved: isOpen,
	desk.ViewJetBot:     func(c *desk.Conversation) bool { return isOpen(c) && c.Lead == desk.LeadBot },
	desk.ViewArchive:    func(c *desk.Conversation) bool { return c.Archived },
}

func isOpen(c *desk.Conversation) bool { return c.State == desk.Open && !c.Archived }

// viewsWanted lists the views that must hold a conversation, in the tabs' order.
func viewsWanted(c *desk.Conversation) (views []desk.View) {
	for _, view := range desk.AllViews {
		if holds[view](c) {
			views = append(views, view)
		}
	}
	return views
}

// TestViews compares every place with every view.
func TestViews(t *testing.T) {
	if len(holds) != len(desk.AllViews) {
		t.Fatalf("there are %d views, the test knows %d", len(desk.AllViews), len(holds))
	}
	for _, where := range everywhere {
		c := stand(where)
		if want := viewsWanted(c); !slices.Equal(c.Views(), want) {
			t.Errorf("%s is in %v, want %v", where, c.Views(), want)
		}
		for _, view := range desk.AllViews {
			if slices.Contains(view.Places(), c.Place()) != slices.Contains(c.Views(), view) {
				t.Errorf("%s: the places of %s and the views of place %d disagree", where, view, c.Place())
			}
		}
	}
	if views := desk.Place(200).Views(); views != nil {
		t.Errorf("no place is in %v", views)
	}
	if places := desk.View("spam").Places(); places != nil {
		t.Errorf("an unknown view holds %v", places)
	}
}
