package desk

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Webhook is another system's address that is told what happens here. Whoever has its
// secret can tell that what it is sent comes from here; it is shown once, and kept
// sealed because every delivery is signed with it.
type Webhook struct {
	ID     ID
	Rev    uint64
	Name   string // what it is for
	URL    string
	Events []EventType // of WebhookEvents, in that order
	On     bool
	Secret []byte // sealed
	// Former is the secret before, sealed: until FormerUntil deliveries are signed with
	// it too, so that a receiver can change over without losing any.
	Former      []byte
	FormerUntil Time
	CreatedAt   Time
	After       uint64 // events up to this sequence were before it was switched on

	// What came of its deliveries; no change of these raises the rev.
	Last         Outcome // of the newest try
	FailingSince Time    // since when no try has succeeded; zero for none that failed
	Waiting      uint64  // deliveries that are still to be sent
	Dropped      uint64  // deliveries that were given up because too many waited
}

// What can happen to webhooks.
const (
	WebhookSaved   EventType = "webhook.saved"
	WebhookDeleted EventType = "webhook.deleted"
)

// WebhookEvents are the events that a webhook can ask for, in the order in which they
// are offered.
var WebhookEvents = []EventType{
	ConversationOpened, ConversationAssigned, ConversationHandedOver, ConversationResolved, ConversationReopened,
	ConversationArchived, ConversationRated, MessagePosted, CustomerCreated, CustomerUpdated,
}

// Limits on webhooks.
const (
	MaxWebhooks         = 20
	MaxWebhookURLBytes  = 2000
	MaxWebhookNameRunes = 60
)

const (
	webhookURLHelp    = "Write an address such as https://example.com/parley, without a name and password in it."
	webhookEventsHelp = "Choose at least one of the events that webhooks can be told."
	// formerKept is how long the secret before still signs.
	formerKept = Time(24 * 60 * 60 * 1000)
)

// WebhookChange is what may be changed of a webhook; a nil field stays.
type WebhookChange struct {
	Rev    *uint64 // refused when older than the webhook's
	Name   *string
	URL    *string
	Events *[]EventType // all of them
	On     *bool
}

// Change applies a change. head is the newest event's sequence: what was before a
// webhook is switched on is never sent.
func (w *Webhook) Change(by Actor, change *WebhookChange, head uint64, now Time) (Webhook, []Event, error) {
	next, err := *w, error(nil)
	if change.Rev != nil {
		if err := checkRev(w.Rev, *change.Rev); err != nil {
			return Webhook{}, nil, err
		}
	}
	if change.Name != nil {
		if next.Name, err = CleanName("name", *change.Name, MaxWebhookNameRunes); err != nil {
			return Webhook{}, nil, err
		}
	}
	if change.URL != nil {
		if next.URL, err = cleanWebhookURL(*change.URL); err != nil {
			return Webhook{}, nil, err
		}
	}
	if change.Events != nil {
		if next.Events, err = cleanWebhookEvents(*change.Events); err != nil {
			return Webhook{}, nil, err
		}
	}
	if change.On != nil {
		next.On = *change.On
	}
	switch {
	case next.Name == "":
		return Webhook{}, nil, Refuse(CodeEmpty, "name", "Say what the webhook is for.")
	case next.URL == "":
		return Webhook{}, nil, Refuse(CodeInvalid, "url", webhookURLHelp)
	case len(next.Events) == 0:
		return Webhook{}, nil, Refuse(CodeInvalid, "events", webhookEventsHelp)
	}
	if next.On && !w.On {
		next.After, next.FailingSince, next.Dropped = head, 0, 0
	}
	if next.URL != w.URL {
		next.FailingSince = 0 // another receiver gets its own three days
	}
	if w.Rev > 0 && next.Name == w.Name && next.URL == w.URL && next.On == w.On && slices.Equal(next.Events, w.Events) {
		return *w, nil, nil
	}
	return next, next.saved(by, now), nil
}

// Reseal gives the webhook another secret. The one before goes on signing beside it
// for a day.
func (w *Webhook) Reseal(by Actor, secret []byte, now Time) (Webhook, []Event) {
	next := *w
	next.Former, next.FormerUntil, next.Secret = w.Secret, now+formerKept, secret
	return next, next.saved(by, now)
}

// Deleted is the event that takes the webhook away.
func (w *Webhook) Deleted(by Actor, now Time) []Event {
	return []Event{{Type: WebhookDeleted, Subject: w.ID, Actor: by, At: now}}
}

// Wants reports whether the webhook is to be told of an event. m is the message of a
// posted one: notes are the team's own and never leave.
func (w *Webhook) Wants(sequence uint64, e *Event, m *Message) bool {
	if !w.On || sequence <= w.After || !slices.Contains(w.Events, e.Type) {
		return false
	}
	if e.Type != MessagePosted {
		return true
	}
	return m != nil && (m.Kind == KindCustomer || m.Kind == KindAgent || m.Kind == KindBot)
}

func (w *Webhook) saved(by Actor, now Time) []Event {
	return []Event{{Type: WebhookSaved, Subject: w.ID, Actor: by, At: now}}
}

// cleanWebhookURL checks an address that is to be called. Whether what it leads to may
// be called is judged at each call.
func cleanWebhookURL(text string) (string, error) {
	text = strings.TrimSpace(text)
	if len(text) > MaxWebhookURLBytes {
		return "", Refuse(CodeTooLong, "url", "The address is too long.")
	}
	u, err := url.Parse(text)
	if err != nil || !utf8.ValidString(text) || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return "", Refuse(CodeInvalid, "url", webhookURLHelp)
	}
	return u.String(), nil
}

// cleanWebhookEvents drops doubles and puts the rest in the order of WebhookEvents.
func cleanWebhookEvents(asked []EventType) ([]EventType, error) {
	var clean []EventType
	for _, known := range WebhookEvents {
		if slices.Contains(asked, known) {
			clean = append(clean, known)
		}
	}
	for _, one := range asked {
		if !slices.Contains(WebhookEvents, one) {
			return nil, Refuse(CodeInvalid, "events", webhookEventsHelp)
		}
	}
	if len(clean) == 0 {
		return nil, Refuse(CodeInvalid, "events", webhookEventsHelp)
	}
	return clean, nil
}
