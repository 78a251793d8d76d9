package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"parley/desk"
	"parley/search"
	"parley/store"
)

// Suggestions are earlier answers to questions like the one that waits.
type Suggestions struct {
	Suggestions []Suggestion `json:"suggestions" nullable:"false" doc:"The best first; at most three."`
}

// Suggestion is what an agent answered to a question like this one.
type Suggestion struct {
	Number   desk.Number     `json:"number" doc:"The conversation in which it was said."`
	Seq      uint64          `json:"seq" doc:"The answer's place in it."`
	Question string          `json:"question" doc:"What that customer had asked, in one line."`
	Answer   string          `json:"answer"`
	Agent    SuggestionAgent `json:"agent"`
	At       desk.Time       `json:"at"`
	Score    float64         `json:"score" doc:"How alike the questions are: 0 to 1."`
	Uses     int             `json:"uses" doc:"In how many conversations it was used again; 100 stands for that and more."`
}

// SuggestionAgent is who said it.
type SuggestionAgent struct {
	ID   desk.ID `json:"id"`
	Name string  `json:"name"`
}

const (
	maxSuggestions = 3
	pastLooked     = 10 // answers, of which those that helped before come first
	pastRead       = 30 // messages that are looked at for the question
	useWeighs      = 0.03
	maxUseWeighs   = 5 // uses
)

// Suggestions finds earlier answers to the question that waits in a conversation;
// none when an agent has answered it.
func (a *App) Suggestions(ctx context.Context, n desk.Number) (Suggestions, error) {
	none := Suggestions{Suggestions: []Suggestion{}}
	question, err := view(a, func(tx *store.Tx) (string, error) { return waitingQuestion(tx, n) })
	if err != nil || question == "" {
		return none, err
	}
	found, err := a.search.PastAnswers(ctx, question, n, pastLooked)
	if err != nil {
		return none, err
	}
	return view(a, func(tx *store.Tx) (Suggestions, error) {
		for i := range found {
			suggestion, err := suggestionOf(tx, &found[i])
			if err != nil {
				return none, err
			}
			none.Suggestions = append(none.Suggestions, suggestion)
		}
		list := none.Suggestions
		slices.SortStableFunc(list, func(a, b Suggestion) int { return cmp.Compare(b.worth(), a.worth()) })
		return Suggestions{list[:min(len(list), maxSuggestions)]}, nil
	})
}

// worth orders suggestions: by how alike the question is, and by whether the answer
// has helped before.
func (s *Suggestion) worth() float64 { return s.Score + useWeighs*float64(min(s.Uses, maxUseWeighs)) }

func suggestionOf(tx *store.Tx, p *search.PastAnswer) (Suggestion, error) {
	agent, err := tx.Agent(p.Agent)
	return Suggestion{
		Number: p.Number, Seq: p.Seq, Question: p.Question, Answer: p.Answer, Agent: SuggestionAgent{agent.ID, agent.Name},
		At: p.At, Score: p.Score, Uses: tx.PastUses(p.Number, p.Seq),
	}, desk.OrGone(err) // an import may not have said who it was
}

// waitingQuestion is what the customer has said since an agent last did.
func waitingQuestion(tx *store.Tx, n desk.Number) (string, error) {
	c, err := tx.Conversation(n)
	if err != nil {
		return "", err
	}
	messages, err := tx.Messages(&c, c.Messages-min(c.Messages, pastRead)+1, c.Messages)
	if err != nil {
		return "", err
	}
	var said []string
	for _, m := range slices.Backward(messages) {
		if m.Kind == desk.KindAgent {
			break
		}
		if m.Kind == desk.KindCustomer {
			said = append(said, m.Text)
		}
	}
	slices.Reverse(said)
	return strings.Join(said, "\n"), nil
}

// UseSuggestion says that an earlier answer was used in a conversation.
type UseSuggestion struct {
	By     desk.ID
	In     desk.Number // where it is used
	Number desk.Number // where it was said
	Seq    uint64
	At     desk.Time
}

// UseSuggestion counts that an earlier answer was used; once for each conversation.
// Refused: CodeNotFound for what is no agent's answer in another conversation.
func (a *App) UseSuggestion(cmd UseSuggestion) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *UseSuggestion) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionReply); err != nil {
		return struct{}{}, err
	}
	if _, err := tx.Conversation(cmd.In); err != nil {
		return struct{}{}, err
	}
	c, err := tx.Conversation(cmd.Number)
	if err != nil {
		return struct{}{}, err
	}
	m, err := tx.Message(&c, cmd.Seq)
	if err == nil && (m.Kind != desk.KindAgent || cmd.In == cmd.Number) {
		err = desk.NotFound("answer")
	}
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, tx.SavePastUse(cmd.Number, cmd.Seq, cmd.In, cmd.At)
}
