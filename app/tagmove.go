package app

import (
	"context"

	"parley/desk"
	"parley/store"
)

// MoveTag gives a tag another name, that of another tag perhaps, or takes it away.
type MoveTag struct {
	By       desk.ID
	From, To string // To "": it goes
	At       desk.Time
}

// TagMove is a move that still goes on.
type TagMove struct {
	From string `json:"from"`
	To   string `json:"to" doc:"Empty where the tag goes."`
}

// MoveTag begins to give a tag another name, or to take it away. The conversations
// follow in the background, also after a stop half-way. Refused: CodeNotFound for a
// tag that no conversation has, and as desk.NewTagMove asks.
func (a *App) MoveTag(cmd MoveTag) ([]TagMove, error) {
	cmd.At = a.Now()
	moves, err := run(a, &cmd)
	if err == nil {
		select {
		case a.moving <- struct{}{}:
		default: // it is awake already
		}
	}
	return moves, err
}

// Apply implements command.
func (cmd *MoveTag) Apply(tx *store.Tx) ([]TagMove, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTeam); err != nil {
		return nil, err
	}
	others, err := tx.TagMoves()
	if err != nil {
		return nil, err
	}
	move, events, err := desk.NewTagMove(cmd.From, cmd.To, cmd.By, others, cmd.At)
	if err != nil {
		return nil, err
	}
	if len(tx.Tagged(move.From, 1)) == 0 {
		return nil, desk.NotFound("tag")
	}
	if err := tx.BeginTagMove(&move, events); err != nil {
		return nil, err
	}
	return tagMoves(tx)
}

// TagMoves lists the moves of tags that still go on.
func (a *App) TagMoves() ([]TagMove, error) { return view(a, tagMoves) }

func tagMoves(tx *store.Tx) ([]TagMove, error) {
	moves, err := tx.TagMoves()
	shapes := make([]TagMove, 0, len(moves))
	for _, m := range moves {
		shapes = append(shapes, TagMove{m.From, m.To})
	}
	return shapes, err
}

// FinishTags does what is left of the moves of tags. When ctx ends it stops between two
// pieces; what is left then is done after the next start.
func (a *App) FinishTags(ctx context.Context) error {
	for ctx.Err() == nil {
		if more, err := run(a, &MoveTagPiece{At: a.Now()}); err != nil || !more {
			return err
		}
	}
	return ctx.Err()
}

// MoveTagPiece does a piece of a move, small enough that nobody has to wait for it,
// and reports whether there is more.
type MoveTagPiece struct{ At desk.Time }

// tagPiece is how many conversations a piece changes.
const tagPiece = 50

// Apply implements command.
func (cmd *MoveTagPiece) Apply(tx *store.Tx) (more bool, err error) {
	moves, err := tx.TagMoves()
	if err != nil || len(moves) == 0 {
		return false, err
	}
	move := &moves[0]
	numbers := tx.Tagged(move.From, tagPiece)
	if len(numbers) == 0 {
		return true, tx.EndTagMove(move)
	}
	for _, n := range numbers {
		before, err := tx.Conversation(n)
		if err != nil {
			return false, err
		}
		turn, err := before.Retag(desk.AgentActor(move.By), move.Moved(before.Tags), cmd.At)
		if err != nil {
			return false, err
		}
		if err := tx.SaveTurn(&before, &turn); err != nil {
			return false, err
		}
	}
	return true, nil
}
