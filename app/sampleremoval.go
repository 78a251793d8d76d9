package app

import (
	"context"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// RemoveSamples has the sample data taken away: it says so, and RemoveSamplePiece
// does it.
type RemoveSamples struct {
	By desk.ID
	At desk.Time
}

// RemoveSamples takes the sample data away, and nothing else: a sample customer with
// a conversation that is no sample stays with the team, and so does a saved reply
// that was edited. What was written in sample conversations goes with them. It
// returns when all are gone, or when ctx ends: the next start goes on.
func (a *App) RemoveSamples(ctx context.Context, by desk.ID) (wire.Team, error) {
	team, err := run(a, &RemoveSamples{By: by, At: a.Now()})
	if err != nil || team.Samples == desk.NoSamples {
		return team, err
	}
	if err := a.FinishSamples(ctx); err != nil && ctx.Err() == nil {
		return team, err
	}
	return a.Team()
}

// FinishSamples takes away what is left of sample data that somebody wanted away. When
// ctx ends it stops between two pieces.
func (a *App) FinishSamples(ctx context.Context) error {
	for ctx.Err() == nil {
		if more, err := run(a, &RemoveSamplePiece{At: a.Now()}); err != nil || !more {
			return err
		}
	}
	return ctx.Err()
}

// Apply implements command.
func (cmd *RemoveSamples) Apply(tx *store.Tx) (wire.Team, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return wire.Team{}, err
	}
	if tx.Samples() != desk.SamplesThere {
		return wire.TeamOf(tx)
	}
	if err := tx.LetSamplesGo(cmd.By); err != nil {
		return wire.Team{}, err
	}
	return touchTeam(tx, desk.Event{Type: desk.SamplesRemoved, Actor: desk.AgentActor(cmd.By), At: cmd.At})
}

// RemoveSamplePiece takes away a piece of the sample data, small enough that nobody
// has to wait for it, and reports whether there is more.
type RemoveSamplePiece struct{ At desk.Time }

// A piece ends with this many things, or once so many messages are gone.
const (
	sampleThings   = 25
	sampleMessages = 500
)

// Apply implements command.
func (cmd *RemoveSamplePiece) Apply(tx *store.Tx) (more bool, err error) {
	if tx.Samples() != desk.SamplesGoing {
		return false, nil
	}
	by := desk.AgentActor(tx.SamplesGoFor())
	if numbers := tx.SampleConversations(sampleThings); len(numbers) > 0 {
		return true, cmd.conversations(tx, by, numbers)
	}
	if customers := tx.SampleCustomers(sampleThings); len(customers) > 0 {
		return true, cmd.customers(tx, by, customers)
	}
	if replies := tx.SampleReplies(sampleThings); len(replies) > 0 {
		return true, cmd.replies(tx, by, replies)
	}
	if err := tx.ForgetSamples(); err != nil {
		return false, err
	}
	_, err = touchTeam(tx, desk.Event{Type: desk.TeamUpdated, Actor: by, At: cmd.At})
	return false, err
}

func (cmd *RemoveSamplePiece) conversations(tx *store.Tx, by desk.Actor, numbers []desk.Number) error {
	messages := uint64(0)
	for _, n := range numbers {
		if messages >= sampleMessages {
			return nil
		}
		c, err := tx.Conversation(n)
		if err != nil {
			return err
		}
		messages += c.Messages
		event := desk.Event{Type: desk.ConversationRemoved, Number: n, Actor: by, At: cmd.At}
		if err := tx.RemoveConversation(&c, []desk.Event{event}); err != nil {
			return err
		}
		if err := tx.ForgetSampleConversation(n); err != nil {
			return err
		}
	}
	return nil
}

func (cmd *RemoveSamplePiece) customers(tx *store.Tx, by desk.Actor, ids []desk.ID) error {
	for _, id := range ids {
		c, err := tx.Customer(id)
		if err != nil {
			return err
		}
		theirs, err := tx.CustomerConversations(id, 0, 1)
		if err != nil {
			return err
		}
		if len(theirs) == 0 {
			event := desk.Event{Type: desk.CustomerRemoved, Subject: id, Actor: by, At: cmd.At}
			if err := tx.RemoveCustomer(&c, []desk.Event{event}); err != nil {
				return err
			}
		}
		if err := tx.ForgetSampleCustomer(id); err != nil {
			return err
		}
	}
	return nil
}

func (cmd *RemoveSamplePiece) replies(tx *store.Tx, by desk.Actor, samples []desk.Reply) error {
	for i := range samples {
		reply, err := tx.Reply(samples[i].ID)
		if err := desk.OrGone(err); err != nil {
			return err
		}
		if err == nil && reply.UpdatedAt == samples[i].UpdatedAt {
			event := desk.Event{Type: desk.ReplyDeleted, Subject: reply.ID, From: reply.Owner, Actor: by, At: cmd.At}
			if err := tx.DeleteReply(&reply, []desk.Event{event}); err != nil {
				return err
			}
		}
		if err := tx.ForgetSampleReply(samples[i].ID); err != nil {
			return err
		}
	}
	return nil
}
