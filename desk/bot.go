package desk

import (
	"math"
	"net/url"
	"slices"
	"strings"
)

// BotWhen says at which times the bot leads new conversations.
type BotWhen string

// The times.
const (
	BotAlways BotWhen = "always"
	BotOpen   BotWhen = "open"   // while the team works
	BotClosed BotWhen = "closed" // while it does not
)

// BotSettings is how the bot speaks and when it gives way. Whether it is on, and
// its name, are the team's (Team.BotOn, Team.BotName).
type BotSettings struct {
	Rev       uint64
	When      BotWhen
	Welcome   Greeting
	Fallback  Both // said when it has not understood
	Handover  Handover
	Misses    uint8   // so many misses in a row hand over
	Threshold float64 // how sure of an answer it must be: 0 to 1
	FollowUp  FollowUp
	Waiting   []Waiting // while a customer waits for a person
	Model     Model
}

// Greeting is what the bot says first, with quick answers to choose from.
type Greeting struct {
	Text    Both
	Choices Lists
}

// Lists is a list of texts in each language.
type Lists struct{ TR, EN []string }

// In gives the list of a language; it may be empty.
func (l Lists) In(language string) []string {
	if LanguageOf(language, "tr") == "en" {
		return l.EN
	}
	return l.TR
}

// Handover is how the bot gives way to a person.
type Handover struct {
	Words      Lists // asking for a person: words and phrases, in either language
	Online     Both  // said when somebody of the team is there
	Offline    Both  // said when nobody is
	AskContact bool  // ask who has left no address for one, while nobody is there
}

// FollowUp is the question behind an answer: did it help?
type FollowUp struct {
	On     bool
	Text   Both
	Yes    Both
	No     Both // choosing it counts as a miss
	Thanks Both // said after Yes
}

// Waiting is a message to a customer who waits for a person.
type Waiting struct {
	AfterMinutes uint32
	Text         Both
}

// Model is the optional language model behind an OpenAI-compatible address.
type Model struct {
	On             bool
	URL            string // up to and without /chat/completions
	Name           string
	Key            []byte // sealed; never leaves the house
	TimeoutSeconds uint32
}

// Limits on what the bot says.
const (
	MaxBotText        = 4 << 10 // bytes
	MaxHandoverWords  = 50
	MaxPhraseRunes    = 100
	MaxMisses         = 5
	MaxWaiting        = 2
	MaxWaitingMinutes = 24 * 60
	MaxModelSeconds   = 60
	maxURL            = 500
	maxModelName      = 200
)

// Leads reports whether the bot leads what is opened at a moment, given that it is
// on.
func (b *BotSettings) Leads(hours *Schedule, at Time) bool {
	switch b.When {
	case BotOpen:
		return hours.Open(at)
	case BotClosed:
		return !hours.Open(at)
	}
	return true
}

// Replace sets everything. A nil Model.Key keeps the key there is, an empty one
// takes it away. Refused: CodeConflict for an old rev, and what is over a limit.
func (b *BotSettings) Replace(by Actor, next *BotSettings, now Time) (BotSettings, []Event, error) {
	if err := checkRev(b.Rev, next.Rev); err != nil {
		return BotSettings{}, nil, err
	}
	clean := *next
	if clean.Rev = b.Rev; clean.Model.Key == nil {
		clean.Model.Key = b.Model.Key
	}
	for _, check := range []func() error{clean.cleanTexts, clean.cleanLists, clean.cleanFigures, clean.cleanWaiting, clean.Model.clean} {
		if err := check(); err != nil {
			return BotSettings{}, nil, err
		}
	}
	if clean.equal(b) {
		return clean, nil, nil
	}
	return clean, []Event{{Type: BotUpdated, Actor: by, At: now}}, nil
}

func (b *BotSettings) cleanTexts() (err error) {
	for _, field := range []struct {
		name  string
		text  *Both
		limit int
	}{
		{"welcome", &b.Welcome.Text, MaxBotText},
		{"fallback", &b.Fallback, MaxBotText},
		{"handover.online", &b.Handover.Online, MaxBotText},
		{"handover.offline", &b.Handover.Offline, MaxBotText},
		{"follow_up.text", &b.FollowUp.Text, MaxBotText},
		{"follow_up.thanks", &b.FollowUp.Thanks, MaxBotText},
	} {
		if *field.text, err = cleanBoth(field.name, *field.text, field.limit); err != nil {
			return err
		}
	}
	if b.Fallback.IsEmpty() {
		return Refuse(CodeEmpty, "fallback", "Write what the bot says when it has not understood.")
	}
	if b.FollowUp.On || !b.FollowUp.Yes.IsEmpty() || !b.FollowUp.No.IsEmpty() {
		if b.FollowUp.Yes, err = cleanLabels("follow_up.yes", b.FollowUp.Yes, MaxChoiceRunes); err != nil {
			return err
		}
		b.FollowUp.No, err = cleanLabels("follow_up.no", b.FollowUp.No, MaxChoiceRunes)
	}
	return err
}

func (b *BotSettings) cleanLists() (err error) {
	for _, field := range []struct {
		name        string
		list        *[]string
		most, runes int
	}{
		{"welcome.choices", &b.Welcome.Choices.TR, MaxChoices, MaxChoiceRunes},
		{"welcome.choices", &b.Welcome.Choices.EN, MaxChoices, MaxChoiceRunes},
		{"handover.words", &b.Handover.Words.TR, MaxHandoverWords, MaxPhraseRunes},
		{"handover.words", &b.Handover.Words.EN, MaxHandoverWords, MaxPhraseRunes},
	} {
		if *field.list, err = cleanList(field.name, *field.list, field.most, field.runes); err != nil {
			return err
		}
	}
	return nil
}

func (b *BotSettings) cleanFigures() error {
	switch {
	case b.When != BotAlways && b.When != BotOpen && b.When != BotClosed:
		return Refuse(CodeInvalid, "when", "The times are always, open and closed.")
	case b.Misses < 1 || b.Misses > MaxMisses:
		return Refuse(CodeInvalid, "misses", "Hand over after 1 to 5 misses.")
	case math.IsNaN(b.Threshold) || b.Threshold < 0 || b.Threshold > 1:
		return Refuse(CodeInvalid, "threshold", "The threshold lies between 0 and 1.")
	}
	return nil
}

// cleanWaiting drops what says nothing and puts the rest in order.
func (b *BotSettings) cleanWaiting() error {
	if len(b.Waiting) > MaxWaiting {
		return Refuse(CodeTooMany, "waiting", "There are at most 2 waiting messages.")
	}
	clean := make([]Waiting, 0, len(b.Waiting))
	for _, w := range b.Waiting {
		text, err := cleanBoth("waiting", w.Text, MaxBotText)
		if err != nil {
			return err
		}
		if w.AfterMinutes < 1 || w.AfterMinutes > MaxWaitingMinutes {
			return Refuse(CodeInvalid, "waiting", "A waiting message comes after 1 to 1440 minutes.")
		}
		if !text.IsEmpty() {
			clean = append(clean, Waiting{w.AfterMinutes, text})
		}
	}
	slices.SortStableFunc(clean, func(a, b Waiting) int { return int(a.AfterMinutes) - int(b.AfterMinutes) })
	if len(clean) == 2 && clean[0].AfterMinutes == clean[1].AfterMinutes {
		return Refuse(CodeInvalid, "waiting", "The second waiting message comes later than the first.")
	}
	if b.Waiting = clean; len(clean) == 0 {
		b.Waiting = nil
	}
	return nil
}

func (m *Model) clean() error {
	m.URL, m.Name = strings.TrimRight(strings.TrimSpace(m.URL), "/"), strings.TrimSpace(m.Name)
	if err := CheckText("model.url", m.URL, maxURL); err != nil {
		return err
	}
	if err := CheckText("model.model", m.Name, maxModelName); err != nil {
		return err
	}
	if m.URL != "" {
		address, err := url.Parse(m.URL)
		if err != nil || address.Host == "" || address.User != nil || (address.Scheme != "https" && address.Scheme != "http") {
			return Refuse(CodeInvalid, "model.url", "Write an address such as https://models.example.com/v1.")
		}
	}
	switch {
	case m.TimeoutSeconds < 1 || m.TimeoutSeconds > MaxModelSeconds:
		return Refuse(CodeInvalid, "model.timeout_seconds", "The bot waits 1 to 60 seconds for the model.")
	case m.On && m.URL == "":
		return Refuse(CodeEmpty, "model.url", "Write the model's address.")
	case m.On && m.Name == "":
		return Refuse(CodeEmpty, "model.model", "Write the model's name.")
	}
	return nil
}

func (b *BotSettings) equal(o *BotSettings) bool {
	return b.When == o.When && b.Welcome.Text == o.Welcome.Text && b.Welcome.Choices.equal(o.Welcome.Choices) &&
		b.Fallback == o.Fallback && b.Handover.Words.equal(o.Handover.Words) && b.Handover.Online == o.Handover.Online &&
		b.Handover.Offline == o.Handover.Offline && b.Handover.AskContact == o.Handover.AskContact && b.Misses == o.Misses &&
		b.Threshold == o.Threshold && b.FollowUp == o.FollowUp && slices.Equal(b.Waiting, o.Waiting) &&
		b.Model.On == o.Model.On && b.Model.URL == o.Model.URL && b.Model.Name == o.Model.Name &&
		string(b.Model.Key) == string(o.Model.Key) && b.Model.TimeoutSeconds == o.Model.TimeoutSeconds
}

func (l Lists) equal(o Lists) bool { return slices.Equal(l.TR, o.TR) && slices.Equal(l.EN, o.EN) }
