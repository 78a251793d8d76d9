package desk

import (
	"maps"
	"slices"
	"strings"
)

// Customer is a person who writes in. One without a name, an e-mail and a phone
// is a visitor.
type Customer struct {
	ID         ID
	Rev        uint64
	External   string // the id that another system knows them by; unique where not empty
	Name       string
	Email      string
	Phone      string
	Language   string // BCP 47, such as tr
	Attributes map[string]string
	Tags       []string
	Blocked    *Block // nil while not blocked
	Notes      uint64 // how many notes there are; the newest has this seq
	CreatedAt  Time

	Verified bool     // a website has vouched for who they are; what they say themselves proves nothing
	Consent  *Consent // nil while they have not agreed to anything
	Page     Page     // where on the website they were last
	Browser  string   // in short, such as Firefox on Windows
	Zone     string   // their time zone by its IANA name
}

// Consent is the receipt for what a customer agreed to.
type Consent struct {
	Version  string
	At       Time
	Language string // of the text that they were shown
}

// Page is a page of a website that a customer has looked at.
type Page struct {
	URL   string
	Title string
	At    Time
}

// Block says that a customer's messages are refused, since when, by whom and why.
type Block struct {
	By     ID
	At     Time
	Reason string
	Until  Time // it ends by itself here; zero for never
}

// CustomerNote is something the team wrote down about a customer.
type CustomerNote struct {
	Customer ID
	Seq      uint64
	Author   ID
	Text     string
	At       Time
}

// Limits on a customer's fields.
const (
	MaxNameRunes      = 120
	MaxEmailBytes     = 254
	MaxPhoneRunes     = 40
	MaxAttributes     = 50
	MaxAttributeKey   = 60
	MaxAttributeValue = 1000
	MaxNoteBytes      = 8 << 10
	MaxReasonRunes    = 300
)

// CustomerChange is what may be changed of a customer; a nil field stays.
type CustomerChange struct {
	Name, Email, Phone, Language *string
	Attributes                   map[string]*string // a nil value takes the attribute away
	Tags                         *[]string
}

// Change applies a change. It returns no events when nothing is different.
func (c *Customer) Change(by Actor, change *CustomerChange, now Time) (Customer, []Event, error) {
	next := c.clone()
	for _, field := range []struct {
		name  string
		value *string
		runes int
		into  *string
	}{
		{"name", change.Name, MaxNameRunes, &next.Name},
		{"phone", change.Phone, MaxPhoneRunes, &next.Phone},
		{"language", change.Language, MaxLanguageRunes, &next.Language},
	} {
		if field.value == nil {
			continue
		}
		if strings.TrimSpace(*field.value) == "" {
			*field.into = ""
			continue
		}
		clean, err := CleanName(field.name, *field.value, field.runes)
		if err != nil {
			return Customer{}, nil, err
		}
		*field.into = clean
	}
	if change.Email != nil {
		email, err := CleanEmail(*change.Email)
		if err != nil && strings.TrimSpace(*change.Email) != "" {
			return Customer{}, nil, err
		}
		next.Email = email
	}
	if err := next.setAttributes(change.Attributes); err != nil {
		return Customer{}, nil, err
	}
	if change.Tags != nil {
		tags, err := CleanTags(*change.Tags)
		if err != nil {
			return Customer{}, nil, err
		}
		next.Tags = tags
	}
	if next.equal(c) {
		return next, nil, nil
	}
	return next, []Event{{Type: CustomerUpdated, Subject: c.ID, Actor: by, At: now}}, nil
}

// IsBlocked reports whether the customer's messages are refused at a moment.
func (c *Customer) IsBlocked(now Time) bool {
	return c.Blocked != nil && (c.Blocked.Until.IsZero() || now < c.Blocked.Until)
}

// Block refuses the customer's messages from now on, or until a moment.
func (c *Customer) Block(by Actor, reason string, until, now Time) (Customer, []Event, error) {
	next := c.clone()
	if c.IsBlocked(now) {
		return next, nil, nil
	}
	if !until.IsZero() && until <= now {
		return Customer{}, nil, Refuse(CodeInvalid, "until", "A block ends in the future; leave it out for one without end.")
	}
	clean, err := CleanName("reason", reason, MaxReasonRunes)
	if err != nil {
		return Customer{}, nil, err
	}
	next.Blocked = &Block{By: by.ID, At: now, Reason: clean, Until: until}
	return next, []Event{{Type: CustomerBlocked, Subject: c.ID, Actor: by, At: now}}, nil
}

// Unblock takes the customer's messages again.
func (c *Customer) Unblock(by Actor, now Time) (Customer, []Event) {
	next := c.clone()
	if c.Blocked == nil {
		return next, nil
	}
	next.Blocked = nil
	return next, []Event{{Type: CustomerUnblocked, Subject: c.ID, Actor: by, At: now}}
}

// AddNote writes something down about the customer.
func (c *Customer) AddNote(by Actor, text string, now Time) (Customer, CustomerNote, []Event, error) {
	if err := CheckText("text", text, MaxNoteBytes); err != nil {
		return Customer{}, CustomerNote{}, nil, err
	}
	if strings.TrimSpace(text) == "" {
		return Customer{}, CustomerNote{}, nil, Refuse(CodeEmpty, "text", "Write something.")
	}
	next := c.clone()
	next.Notes++
	note := CustomerNote{Customer: c.ID, Seq: next.Notes, Author: by.ID, Text: text, At: now}
	return next, note, []Event{{Type: CustomerNoteAdded, Subject: c.ID, Seq: note.Seq, Actor: by, At: now}}, nil
}

func (c *Customer) clone() Customer {
	next := *c
	next.Attributes = maps.Clone(c.Attributes)
	next.Tags = slices.Clone(c.Tags)
	return next
}

func (c *Customer) equal(o *Customer) bool {
	return c.Name == o.Name && c.Email == o.Email && c.Phone == o.Phone && c.Language == o.Language &&
		maps.Equal(c.Attributes, o.Attributes) && slices.Equal(c.Tags, o.Tags)
}

// setAttributes goes through the change in the order of its keys, so that two
// keys which are one when cleaned always end the same way.
func (c *Customer) setAttributes(change map[string]*string) error {
	for _, key := range slices.Sorted(maps.Keys(change)) {
		value := change[key]
		name, err := CleanName("attributes", key, MaxAttributeKey)
		if err != nil {
			return err
		}
		if value == nil {
			delete(c.Attributes, name)
			continue
		}
		if err := CheckText("attributes", *value, MaxAttributeValue); err != nil {
			return err
		}
		if c.Attributes == nil {
			c.Attributes = make(map[string]string, len(change))
		}
		c.Attributes[name] = *value
	}
	if len(c.Attributes) > MaxAttributes {
		return Refuse(CodeTooMany, "attributes", "A customer takes at most 50 attributes.")
	}
	return nil
}
