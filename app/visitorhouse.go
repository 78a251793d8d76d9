package app

import (
	"context"
	"errors"
	"time"

	"parley/desk"
	"parley/store"
)

// blocksEvery is how exactly a block ends by itself in lists. What a customer
// sends is measured against its end itself.
const blocksEvery = time.Minute

// ForgetVisitors drops visitors' tokens and signed identities that no longer hold.
type ForgetVisitors struct {
	At    desk.Time
	From  []byte // where to go on among the tokens
	Limit int
}

// Apply implements command. The answer is where to go on, nil at the end.
func (cmd *ForgetVisitors) Apply(tx *store.Tx) ([]byte, error) {
	next, err := tx.ForgetVisitors(cmd.At, cmd.From, cmd.Limit)
	return next, errors.Join(err, tx.ForgetIdentities(cmd.At))
}

// ForgetVisitors drops visitors' tokens and signed identities that no longer hold,
// now.
func (a *App) ForgetVisitors(ctx context.Context) error {
	cmd := ForgetVisitors{At: a.Now(), Limit: houseStep}
	for ctx.Err() == nil {
		next, err := run(a, &cmd)
		if err != nil || next == nil {
			return err
		}
		cmd.From = next
	}
	return ctx.Err()
}

// EndBlocks ends the blocks whose time is over.
type EndBlocks struct {
	At    desk.Time
	Limit int
}

// EndBlocks ends the blocks whose time is over, now.
func (a *App) EndBlocks() error {
	for {
		over, err := view(a, func(tx *store.Tx) (int, error) { return len(tx.BlocksEnded(a.Now(), 1)), nil })
		if over == 0 || err != nil {
			return err
		}
		if _, err := run(a, &EndBlocks{At: a.Now(), Limit: houseStep}); err != nil {
			return err
		}
	}
}

// Apply implements command.
func (cmd *EndBlocks) Apply(tx *store.Tx) (struct{}, error) {
	for _, id := range tx.BlocksEnded(cmd.At, cmd.Limit) {
		before, err := tx.Customer(id)
		if err != nil {
			return struct{}{}, err
		}
		next, events := before.Unblock(desk.Actor{Kind: desk.ActorSystem}, cmd.At)
		if err := tx.SaveCustomer(&before, &next, events); err != nil {
			return struct{}{}, err
		}
		if err := tellBlock(tx, &next, events, 0); err != nil {
			return struct{}{}, err
		}
	}
	return struct{}{}, nil
}
