package desk

import "slices"

// RuleMatch says how a rule's phrases are looked for.
type RuleMatch string

// The ways. Words are compared as search folds them.
const (
	MatchWord   RuleMatch = "word"   // all words of a phrase are there, in any order and form
	MatchPhrase RuleMatch = "phrase" // the phrase stands in the message
	MatchExact  RuleMatch = "exact"  // the message is the phrase
)

// Rule answers messages that hold certain phrases, before the knowledge list is
// asked.
type Rule struct {
	ID       ID
	Rev      uint64
	Language string // tr, en, or empty for any
	Phrases  []string
	Match    RuleMatch
	Answer   string
	Choices  []string
	Handover bool // after the answer, if there is one, the bot gives way
	Enabled  bool
	Position uint32 // the lowest that matches is taken
}

// Limits on rules.
const (
	MaxRules       = 500
	MaxRulePhrases = 50
)

// RuleChange is what may be changed of a rule; a nil field stays.
type RuleChange struct {
	Rev               *uint64 // refused when older than the rule's
	Language, Answer  *string
	Phrases, Choices  *[]string
	Match             *RuleMatch
	Handover, Enabled *bool
	Position          *uint32
}

// Change applies a change. A rule always has a phrase, and an answer or a
// hand-over.
func (r *Rule) Change(by Actor, change *RuleChange, now Time) (Rule, []Event, error) {
	next := *r
	next.Phrases, next.Choices = slices.Clone(r.Phrases), slices.Clone(r.Choices)
	if change.Rev != nil {
		if err := checkRev(r.Rev, *change.Rev); err != nil {
			return Rule{}, nil, err
		}
	}
	if err := next.apply(change); err != nil {
		return Rule{}, nil, err
	}
	if next.equal(r) {
		return next, nil, nil
	}
	return next, []Event{{Type: RuleSaved, Subject: r.ID, Actor: by, At: now}}, nil
}

func (r *Rule) apply(change *RuleChange) (err error) {
	if change.Language != nil {
		r.Language = *change.Language
	}
	if change.Phrases != nil {
		if r.Phrases, err = cleanList("phrases", *change.Phrases, MaxRulePhrases, MaxPhraseRunes); err != nil {
			return err
		}
	}
	if change.Match != nil {
		r.Match = *change.Match
	}
	if change.Answer != nil {
		if r.Answer, err = cleanAnswer(*change.Answer); err != nil {
			return err
		}
	}
	if change.Choices != nil {
		if r.Choices, err = cleanList("choices", *change.Choices, MaxChoices, MaxChoiceRunes); err != nil {
			return err
		}
	}
	for _, field := range []struct{ value, into *bool }{{change.Handover, &r.Handover}, {change.Enabled, &r.Enabled}} {
		if field.value != nil {
			*field.into = *field.value
		}
	}
	if change.Position != nil {
		r.Position = *change.Position
	}
	return r.check()
}

func (r *Rule) check() error {
	switch {
	case r.Language != "" && !slices.Contains(Languages[:], r.Language):
		return Refuse(CodeInvalid, "language", "The languages are tr and en; leave it empty for any.")
	case len(r.Phrases) == 0:
		return Refuse(CodeEmpty, "phrases", "Write at least one word or phrase.")
	case r.Match != MatchWord && r.Match != MatchPhrase && r.Match != MatchExact:
		return Refuse(CodeInvalid, "match", "The ways to match are word, phrase and exact.")
	case r.Answer == "" && !r.Handover:
		return Refuse(CodeEmpty, "answer", "Write an answer, or let the rule hand over.")
	}
	return nil
}

func (r *Rule) equal(o *Rule) bool {
	return r.Language == o.Language && slices.Equal(r.Phrases, o.Phrases) && r.Match == o.Match && r.Answer == o.Answer &&
		slices.Equal(r.Choices, o.Choices) && r.Handover == o.Handover && r.Enabled == o.Enabled && r.Position == o.Position
}
