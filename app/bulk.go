package app

import (
	"errors"

	"parley/desk"
	"parley/follow"
	"parley/wire"
)

// MaxBulk is how many conversations one bulk change may name.
const MaxBulk = 200

// Refused is a conversation that a bulk change left as it was.
type Refused struct {
	Number desk.Number `json:"number"`
	Code   desk.Code   `json:"code"`
	Detail string      `json:"detail"`
}

// BulkResult is what a bulk change did.
type BulkResult struct {
	Conversations []wire.Conversation `json:"conversations" nullable:"false" doc:"As they are now."`
	Refused       []Refused           `json:"refused" nullable:"false" doc:"Those that were left as they were, and why."`
}

// ChangeMany does a verb to several conversations. Each is a command of its own,
// so one that is refused keeps none of the others back; all that are waiting
// share a commit.
func (a *App) ChangeMany(cmd ChangeConversation, numbers []desk.Number) (BulkResult, error) {
	if len(numbers) > MaxBulk {
		return BulkResult{}, desk.Refuse(desk.CodeTooMany, "numbers", "Name at most 200 conversations at once.")
	}
	type outcome struct {
		conversation wire.Conversation
		err          error
	}
	results := make([]chan outcome, len(numbers))
	for i, n := range numbers {
		results[i] = make(chan outcome, 1)
		one := cmd
		one.Number = n
		go func() {
			var o outcome
			o.err = follow.Try(a.log, "commands", func() (err error) {
				o.conversation, err = a.Change(one)
				return err
			})
			results[i] <- o
		}()
	}
	result := BulkResult{Conversations: []wire.Conversation{}, Refused: []Refused{}}
	for i, n := range numbers {
		o := <-results[i]
		switch code := desk.CodeOf(o.err); {
		case o.err == nil:
			result.Conversations = append(result.Conversations, o.conversation)
		case code == desk.CodeInternal:
			return BulkResult{}, o.err
		default:
			result.Refused = append(result.Refused, Refused{n, code, detailOf(o.err)})
		}
	}
	return result, nil
}

// detailOf is a refusal's sentence without its code.
func detailOf(err error) string {
	var refusal *desk.Error
	if errors.As(err, &refusal) {
		return refusal.Detail
	}
	return err.Error()
}
