package app

import (
	"sync"

	"parley/desk"
	"parley/search"
	"parley/store"
)

// Thought is what the bot makes of a message.
type Thought struct {
	Nothing   bool       // it asks for nothing: a greeting, thanks, a smile
	Language  string     // tr or en, or "" when it cannot be told
	Person    bool       // the customer asks for a person
	Rule      *desk.Rule // the first rule that holds; nil for none
	Matches   []Match    // what the knowledge list has, the likeliest first
	Threshold float64    // how sure it must be to answer
}

// Match is an entry of the knowledge list that may answer.
type Match struct {
	Entry    desk.Knowledge
	Question string // the question of the entry that is most like the message
	Score    float64
}

// Answer is the entry to answer with, or nil when the bot is not sure of any.
func (t *Thought) Answer() *Match {
	if len(t.Matches) > 0 && t.Matches[0].Score >= t.Threshold {
		return &t.Matches[0]
	}
	return nil
}

// offered is the share of the threshold from which an entry is offered to choose
// from: measured, it brings most right ones that the bot is not sure of.
const offered = 0.6

// Near are the entries that the message may mean though the bot is not sure.
func (t *Thought) Near() (near []Match) {
	for _, m := range t.Matches {
		if m.Score >= offered*t.Threshold {
			near = append(near, m)
		}
	}
	return near
}

// matches is how many entries a thought holds at most.
const matches = 3

// maxLoneWord is how many words a message may have in which a single word, such as
// "insan", asks for a person: in a longer one it is likely said in passing.
const maxLoneWord = 8

// Consider thinks about a message in a customer's language, tr or en, with the
// rules and the knowledge list as they are at this moment.
func (a *App) Consider(text, language string) (Thought, error) {
	return view(a, func(tx *store.Tx) (Thought, error) {
		m, err := a.minds.of(tx)
		if err != nil {
			return Thought{}, err
		}
		return m.consider(text, language), nil
	})
}

// mind is what the bot knows, ready to be asked. It never changes.
type mind struct {
	knowledge, rules, bot uint64 // the revs of what it was made from
	threshold             float64
	entries               map[desk.ID]*desk.Knowledge
	questions             []search.Question
	answers               *search.Answers
	ruled                 []phrasedRule
	person                []search.Phrase
}

// phrasedRule is a rule with its phrases read.
type phrasedRule struct {
	desk.Rule
	phrases []search.Phrase
}

// minds keeps the newest mind. It is compared with the revs of the store each time,
// so it can never answer with what is no longer so.
type minds struct {
	mu  sync.Mutex
	now *mind
}

// of gives the mind of a transaction's moment; what has not changed is kept.
func (k *minds) of(tx *store.Tx) (*mind, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	settings, err := tx.Bot()
	if err != nil {
		return nil, err
	}
	next := mind{knowledge: tx.KnowledgeRev(), rules: tx.RulesRev(), bot: settings.Rev}
	old := k.now
	if old != nil && old.knowledge == next.knowledge && old.rules == next.rules && old.bot == next.bot {
		return old, nil
	}
	next.threshold = settings.Threshold
	for _, words := range [][]string{settings.Handover.Words.TR, settings.Handover.Words.EN} {
		next.person = append(next.person, phrasesOf(words)...)
	}
	if err := next.learn(tx, old); err != nil {
		return nil, err
	}
	if err := next.obey(tx); err != nil {
		return nil, err
	}
	k.now = &next
	return k.now, nil
}

// learn reads the knowledge list, unless the mind before holds the same.
func (m *mind) learn(tx *store.Tx, old *mind) error {
	if old != nil && old.knowledge == m.knowledge {
		m.entries, m.questions, m.answers = old.entries, old.questions, old.answers
		return nil
	}
	all, err := tx.AllKnowledge()
	if err != nil {
		return err
	}
	m.entries = make(map[desk.ID]*desk.Knowledge, len(all))
	for i := range all {
		k := &all[i]
		if !k.Enabled {
			continue
		}
		m.entries[k.ID] = k
		for _, q := range k.Questions {
			m.questions = append(m.questions, search.Question{ID: k.ID, Language: k.Language, Text: q})
		}
	}
	m.answers = search.NewAnswers(m.questions)
	return nil
}

// obey reads the rules.
func (m *mind) obey(tx *store.Tx) error {
	all, err := rulesInOrder(tx)
	for _, rule := range all {
		if rule.Enabled {
			m.ruled = append(m.ruled, phrasedRule{rule, phrasesOf(rule.Phrases)})
		}
	}
	return err
}

func phrasesOf(texts []string) []search.Phrase {
	phrases := make([]search.Phrase, 0, len(texts))
	for _, text := range texts {
		phrases = append(phrases, search.NewPhrase(text))
	}
	return phrases
}

func (m *mind) consider(text, language string) Thought {
	asked := search.Ask(text)
	thought := Thought{
		Nothing: asked.Words() == 0 || asked.SaysNothing(), Language: asked.Language(),
		Person: m.wantsPerson(asked), Rule: m.ruleFor(asked, language), Threshold: m.threshold,
	}
	for _, c := range m.answers.Find(asked, language, matches) {
		thought.Matches = append(thought.Matches, Match{Entry: *m.entries[c.ID], Question: m.questions[c.Question].Text, Score: c.Score})
	}
	return thought
}

func (m *mind) wantsPerson(asked *search.Asked) bool {
	for i := range m.person {
		p := &m.person[i]
		if (p.Words() > 1 || asked.Words() <= maxLoneWord) && p.StandsIn(asked) {
			return true
		}
	}
	return false
}

// ruleFor is the first rule that holds: one in the customer's language or in any,
// or else one in the other language, since people write in both.
func (m *mind) ruleFor(asked *search.Asked, language string) *desk.Rule {
	var other *desk.Rule
	for i := range m.ruled {
		r := &m.ruled[i]
		if !r.holds(asked) {
			continue
		}
		if r.Language == "" || r.Language == language {
			return &r.Rule
		}
		if other == nil {
			other = &r.Rule
		}
	}
	return other
}

func (r *phrasedRule) holds(asked *search.Asked) bool {
	for i := range r.phrases {
		p := &r.phrases[i]
		switch {
		case r.Match == desk.MatchWord && p.WordsIn(asked),
			r.Match == desk.MatchPhrase && p.StandsIn(asked),
			r.Match == desk.MatchExact && p.Is(asked):
			return true
		}
	}
	return false
}
