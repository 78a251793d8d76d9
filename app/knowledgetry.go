package app

import (
	"parley/desk"
	"parley/store"
)

// Tried is what the bot would make of a message.
type Tried struct {
	Answer     string           `json:"answer,omitempty" doc:"What it would say; absent where it has not understood."`
	By         string           `json:"by" enum:"handover,rule,knowledge,nothing" doc:"What decided: the customer asks for a person, a rule, an entry, or nothing."`
	RuleID     *desk.ID         `json:"rule_id,omitempty"`
	Score      float64          `json:"score" doc:"Of the likeliest entry: 0 to 1."`
	Threshold  float64          `json:"threshold" doc:"How sure it must be to answer."`
	Candidates []TriedCandidate `json:"candidates" nullable:"false" doc:"The likeliest entries."`
}

// TriedCandidate is an entry that may answer.
type TriedCandidate struct {
	ID       desk.ID `json:"id"`
	Language string  `json:"language"`
	Question string  `json:"question" doc:"The question of the entry that is most like the message."`
	Answer   string  `json:"answer"`
	Score    float64 `json:"score"`
	Offered  bool    `json:"offered" doc:"The bot would offer its question to choose from, when it is sure of none."`
}

// Try says what the bot would make of a message, without saying it to anybody.
func (a *App) Try(text, language string) (Tried, error) {
	if err := desk.CheckText("text", text, desk.MaxTextBytes); err != nil {
		return Tried{}, err
	}
	thought, err := a.Consider(text, desk.LanguageOf(language, "tr"))
	if err != nil {
		return Tried{}, err
	}
	tried := Tried{By: "nothing", Threshold: thought.Threshold, Candidates: []TriedCandidate{}}
	near := len(thought.Near())
	for i, m := range thought.Matches {
		tried.Candidates = append(tried.Candidates, TriedCandidate{m.Entry.ID, m.Entry.Language, m.Question, m.Entry.Answer, m.Score, i < near})
		tried.Score = max(tried.Score, m.Score)
	}
	switch answer := thought.Answer(); {
	case thought.Person:
		tried.By = "handover"
	case thought.Rule != nil:
		tried.By, tried.Answer, tried.RuleID = "rule", thought.Rule.Answer, &thought.Rule.ID
	case answer != nil:
		tried.By, tried.Answer = "knowledge", answer.Entry.Answer
	}
	return tried, nil
}

// WarmMind gets the bot's mind ready for the next message, after the knowledge list
// or the rules have changed.
func (a *App) WarmMind() error {
	return a.store.View(func(tx *store.Tx) error {
		_, err := a.minds.of(tx)
		return err
	})
}
