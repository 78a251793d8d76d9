package app

import (
	"context"

	"parley/desk"
	"parley/store"
)

// ArchiveOld puts away a conversation that was resolved before a moment.
type ArchiveOld struct {
	Number desk.Number
	Before desk.Time
	At     desk.Time
}

// Apply implements command.
func (cmd *ArchiveOld) Apply(tx *store.Tx) (bool, error) {
	before, err := tx.Conversation(cmd.Number)
	if err != nil || before.State != desk.Resolved || before.Archived || before.ResolvedAt > cmd.Before {
		return false, desk.OrGone(err)
	}
	turn := before.Archive(desk.Actor{Kind: desk.ActorSystem}, cmd.At)
	return true, tx.SaveTurn(&before, &turn)
}

const day desk.Time = 24 * 60 * minute

// ArchiveResolved puts away up to limit conversations that were resolved longer ago
// than the resolver keeps them, and says how many; fewer when ctx ends. It looks at those
// alone in which nothing has happened for that long.
func (a *App) ArchiveResolved(ctx context.Context, limit int) (archived int, err error) {
	now, before := a.Now(), desk.Time(0)
	numbers, err := view(a, func(tx *store.Tx) (numbers []desk.Number, err error) {
		resolver, err := tx.Resolver()
		if err != nil || resolver.ArchiveDays == 0 {
			return nil, err
		}
		before = now - desk.Time(resolver.ArchiveDays)*day
		q := store.ListQuery{View: desk.ViewResolved, Sort: store.SortOldest, Until: before + 1, Limit: 10 * limit}
		_, err = tx.ListRows(q, func(row store.Row) error {
			c, err := row.Conversation()
			if err == nil && c.ResolvedAt <= before && len(numbers) < limit {
				numbers = append(numbers, c.Number)
			}
			return err
		})
		return numbers, err
	})
	for _, n := range numbers {
		if ctx.Err() != nil {
			return archived, ctx.Err()
		}
		done, err := run(a, &ArchiveOld{Number: n, Before: before, At: now})
		if err != nil {
			return archived, err
		}
		if done {
			archived++
		}
	}
	return archived, err
}
