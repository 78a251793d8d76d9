package desk

import "slices"

// Deed is something that was done to a customer, as their history tells it. Unlike
// the journal, a history is kept for good.
type Deed struct {
	Seq    uint64 // 1, 2, 3 … for each customer
	Type   EventType
	Actor  Actor
	At     Time
	Fields []string // what an update changed: names of fields, attributes.<key>; sorted
}

// Limits on a history.
const (
	MaxDeeds      = 200 // of one customer; older ones go
	MaxDeedFields = 20
)

// InHistory reports whether an event is part of a customer's history. Notes are
// not, which are shown by themselves, nor where they are on a website.
func (e EventType) InHistory() bool {
	switch e {
	case CustomerCreated, CustomerUpdated, CustomerBlocked, CustomerUnblocked:
		return true
	}
	return false
}

// DeedOf is what the history says of an event that made a customer what they are
// now. before is nil for a new one.
func DeedOf(before, now *Customer, e *Event) Deed {
	d := Deed{Type: e.Type, Actor: e.Actor, At: e.At}
	if before != nil && e.Type == CustomerUpdated {
		d.Fields = now.touched(before)
	}
	return d
}

// touched names what differs from an earlier state, at most MaxDeedFields.
func (c *Customer) touched(before *Customer) []string {
	var fields []string
	for name, differs := range map[string]bool{
		"name": c.Name != before.Name, "email": c.Email != before.Email, "phone": c.Phone != before.Phone,
		"language": c.Language != before.Language, "tags": !slices.Equal(c.Tags, before.Tags),
		"verified": c.Verified != before.Verified, "consent": c.Consent != nil && (before.Consent == nil || *c.Consent != *before.Consent),
	} {
		if differs {
			fields = append(fields, name)
		}
	}
	for key := range c.Attributes {
		if was, there := before.Attributes[key]; !there || was != c.Attributes[key] {
			fields = append(fields, "attributes."+key)
		}
	}
	for key := range before.Attributes {
		if _, there := c.Attributes[key]; !there {
			fields = append(fields, "attributes."+key)
		}
	}
	slices.Sort(fields)
	return fields[:min(len(fields), MaxDeedFields)]
}
