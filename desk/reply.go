package desk

import "strings"

// Reply is a saved reply: a text that agents use again.
type Reply struct {
	ID        ID
	Rev       uint64
	Owner     ID // whose it is; zero for everyone's
	Title     string
	Shortcut  string // [a-z0-9-], unique for its owner and language; may be empty
	Category  string
	Language  string // tr, en, or empty for any
	Text      string // may hold {{variables}}
	Enabled   bool
	Uses      uint64
	UsedAt    Time
	UpdatedAt Time
}

// Limits on a saved reply.
const (
	MaxTitleRunes    = 120
	MaxShortcutBytes = 40
	MaxCategoryRunes = 60
	MaxReplyBytes    = 8 << 10
	MaxTeamReplies   = 2000 // everyone's; all that an agent may see are listed in one answer
	MaxOwnReplies    = 500  // an agent's own
)

// ReplyRoom refuses one more saved reply of an owner (zero: everyone's) who has so many.
func ReplyRoom(owner ID, present int) error {
	switch {
	case owner.IsZero() && present >= MaxTeamReplies:
		return Refuse(CodeTooMany, "", "There is room for 2,000 saved replies of the team; delete one first.")
	case !owner.IsZero() && present >= MaxOwnReplies:
		return Refuse(CodeTooMany, "", "There is room for 500 saved replies of one's own; delete one first.")
	}
	return nil
}

// ReplyChange is what may be changed of a saved reply; a nil field stays.
type ReplyChange struct {
	Title, Shortcut, Category, Language, Text *string
	Enabled                                   *bool
	Mine                                      *bool // true: only the actor's own; false: everyone's
}

// Change applies a change. Whether the shortcut is taken is the store's to say.
func (r *Reply) Change(by Actor, change *ReplyChange, now Time) (Reply, []Event, error) {
	next := *r
	var err error
	if change.Title != nil {
		if next.Title, err = CleanName("title", *change.Title, MaxTitleRunes); err != nil {
			return Reply{}, nil, err
		}
	}
	if change.Shortcut != nil {
		if next.Shortcut, err = cleanShortcut(*change.Shortcut); err != nil {
			return Reply{}, nil, err
		}
	}
	if change.Category != nil {
		next.Category = ""
		if strings.TrimSpace(*change.Category) != "" {
			if next.Category, err = CleanName("category", *change.Category, MaxCategoryRunes); err != nil {
				return Reply{}, nil, err
			}
		}
	}
	if change.Language != nil {
		if *change.Language != "" && *change.Language != "tr" && *change.Language != "en" {
			return Reply{}, nil, Refuse(CodeInvalid, "language", "The languages are tr and en; leave it empty for any.")
		}
		next.Language = *change.Language
	}
	if change.Text != nil {
		if err := CheckText("text", *change.Text, MaxReplyBytes); err != nil {
			return Reply{}, nil, err
		}
		if strings.TrimSpace(*change.Text) == "" {
			return Reply{}, nil, Refuse(CodeEmpty, "text", "Write the reply's text.")
		}
		next.Text = *change.Text
	}
	if change.Enabled != nil {
		next.Enabled = *change.Enabled
	}
	if change.Mine != nil {
		next.Owner = ID{}
		if *change.Mine {
			next.Owner = by.ID
		}
	}
	if next == *r {
		return next, nil, nil
	}
	next.UpdatedAt = now
	saved := next.saved(by, now)
	if r.Rev > 0 && r.Owner != next.Owner && !next.Owner.IsZero() {
		// Whoever saw it so far sees it no more.
		return next, []Event{{Type: ReplyDeleted, Subject: r.ID, From: r.Owner, Actor: by, At: now}, saved}, nil
	}
	return next, []Event{saved}, nil
}

// saved is the event of a reply that was saved; it names whose it is.
func (r *Reply) saved(by Actor, now Time) Event {
	return Event{Type: ReplySaved, Subject: r.ID, To: r.Owner, Actor: by, At: now}
}

// Use counts a use.
func (r *Reply) Use(by Actor, now Time) (Reply, []Event) {
	next := *r
	next.Uses++
	next.UsedAt = now
	return next, []Event{next.saved(by, now)}
}

// VisibleTo reports whether an agent may see the reply.
func (r *Reply) VisibleTo(agent ID) bool { return r.Owner.IsZero() || r.Owner == agent }

func cleanShortcut(shortcut string) (string, error) {
	clean := strings.TrimPrefix(strings.TrimSpace(shortcut), "/")
	if len(clean) > MaxShortcutBytes {
		return "", Refuse(CodeTooLong, "shortcut", "A shortcut has at most 40 characters.")
	}
	for _, r := range clean {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return "", Refuse(CodeInvalid, "shortcut", "A shortcut takes the letters a to z, digits and hyphens.")
		}
	}
	return clean, nil
}
