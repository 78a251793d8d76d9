package desk

// Category says as what a conversation was resolved.
type Category struct {
	ID        ID
	Rev       uint64
	Name      Both
	Closing   Both // said to the customer when it is used; may be empty
	AskRating bool
	Enabled   bool // a disabled one is kept for what was resolved with it
}

// MaxCategories is how many categories there may be.
const MaxCategories = 100

// CategoryChange is what may be changed of a category; a nil field stays.
type CategoryChange struct {
	Rev           *uint64 // refused when older than the category's
	Name, Closing *Both
	AskRating     *bool
	Enabled       *bool
}

// Change applies a change.
func (c *Category) Change(by Actor, change *CategoryChange, now Time) (Category, []Event, error) {
	next := *c
	if change.Rev != nil {
		if err := checkRev(c.Rev, *change.Rev); err != nil {
			return Category{}, nil, err
		}
	}
	var err error
	if change.Name != nil {
		if next.Name, err = cleanLabels("name", *change.Name, MaxCategoryRunes); err != nil {
			return Category{}, nil, err
		}
	}
	if change.Closing != nil {
		if next.Closing, err = cleanBoth("closing", *change.Closing, MaxBotText); err != nil {
			return Category{}, nil, err
		}
	}
	if change.AskRating != nil {
		next.AskRating = *change.AskRating
	}
	if change.Enabled != nil {
		next.Enabled = *change.Enabled
	}
	if next.Name.IsEmpty() {
		return Category{}, nil, Refuse(CodeEmpty, "name", "Write a name in at least one language.")
	}
	if next == *c {
		return next, nil, nil
	}
	return next, []Event{{Type: CategorySaved, Subject: c.ID, Actor: by, At: now}}, nil
}
