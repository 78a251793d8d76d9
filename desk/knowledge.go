package desk

import (
	"slices"
	"strings"
)

// Knowledge is something that the bot knows: the ways in which it is asked for and
// the answer.
type Knowledge struct {
	ID        ID
	Rev       uint64
	Language  string   // tr or en: of its texts
	Questions []string // ways to ask for it; the first is its title
	Answer    string
	Choices   []string // follow-up questions to choose from
	Enabled   bool
	UpdatedAt Time
}

// Limits on the knowledge list.
const (
	MaxKnowledge     = 20_000
	MaxQuestions     = 30
	MaxQuestionRunes = 300
	MaxAnswerBytes   = 4 << 10
)

// KnowledgeChange is what may be changed of an entry; a nil field stays.
type KnowledgeChange struct {
	Rev                *uint64 // refused when older than the entry's
	Language, Answer   *string
	Questions, Choices *[]string
	Enabled            *bool
}

// Change applies a change. An entry always has a question and an answer.
func (k *Knowledge) Change(by Actor, change *KnowledgeChange, now Time) (Knowledge, []Event, error) {
	next := k.clone()
	if change.Rev != nil {
		if err := checkRev(k.Rev, *change.Rev); err != nil {
			return Knowledge{}, nil, err
		}
	}
	if err := next.apply(change); err != nil {
		return Knowledge{}, nil, err
	}
	if next.equal(k) {
		return next, nil, nil
	}
	next.UpdatedAt = now
	return next, []Event{{Type: KnowledgeSaved, Subject: k.ID, Actor: by, At: now}}, nil
}

func (k *Knowledge) apply(change *KnowledgeChange) (err error) {
	if change.Language != nil {
		k.Language = *change.Language
	}
	if change.Questions != nil {
		if k.Questions, err = cleanList("questions", *change.Questions, MaxQuestions, MaxQuestionRunes); err != nil {
			return err
		}
	}
	if change.Answer != nil {
		if k.Answer, err = cleanAnswer(*change.Answer); err != nil {
			return err
		}
	}
	if change.Choices != nil {
		if k.Choices, err = cleanList("choices", *change.Choices, MaxChoices, MaxChoiceRunes); err != nil {
			return err
		}
	}
	if change.Enabled != nil {
		k.Enabled = *change.Enabled
	}
	switch {
	case !slices.Contains(Languages[:], k.Language):
		return Refuse(CodeInvalid, "language", "The languages are tr and en.")
	case len(k.Questions) == 0:
		return Refuse(CodeEmpty, "questions", "Write at least one question.")
	case k.Answer == "":
		return Refuse(CodeEmpty, "answer", "Write the answer.")
	}
	return nil
}

func (k *Knowledge) clone() Knowledge {
	next := *k
	next.Questions, next.Choices = slices.Clone(k.Questions), slices.Clone(k.Choices)
	return next
}

func (k *Knowledge) equal(o *Knowledge) bool {
	return k.Language == o.Language && k.Answer == o.Answer && k.Enabled == o.Enabled &&
		slices.Equal(k.Questions, o.Questions) && slices.Equal(k.Choices, o.Choices)
}

// cleanAnswer checks a text that the bot is to say; it may be empty.
func cleanAnswer(text string) (string, error) {
	clean := strings.TrimSpace(text)
	return clean, CheckText("answer", clean, MaxAnswerBytes)
}
