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

// blocksStep is how many blocks one command ends. Each writes a customer and a line in a
// thread.
const blocksStep = 100

// ForgetVisitors drops visitors' tokens that no longer hold.
type ForgetVisitors struct {
	At    desk.Time
	From  []byte // where to go on among the tokens
	Limit int
}

// Apply implements command. The answer is where to go on, nil at the end.
func (cmd *ForgetVisitors) Apply(tx *store.Tx) ([]byte, error) {
	return tx.ForgetVisitors(cmd.At, cmd.From, cmd.Limit)
}

// ForgetIdentities drops signed identities that have expired.
type ForgetIdentities ForgetVisitors

// Apply implements command. The answer is where to go on, nil at the end.
func (cmd *ForgetIdentities) Apply(tx *store.Tx) ([]byte, error) {
	return tx.ForgetIdentities(cmd.At, cmd.From, cmd.Limit)
}

// ForgetVisitors drops visitors' tokens and signed identities that no longer hold, now.
func (a *App) ForgetVisitors(ctx context.Context) error {
	tokens := ForgetVisitors{At: a.Now(), Limit: houseStep}
	identities := ForgetIdentities(tokens)
	return errors.Join(
		throughout(ctx, &tokens.From, func() ([]byte, error) { return run(a, &tokens) }),
		throughout(ctx, &identities.From, func() ([]byte, error) { return run(a, &identities) }),
	)
}

// throughout steps from key to key until there is none, or ctx ends.
func throughout(ctx context.Context, from *[]byte, step func() (next []byte, err error)) (err error) {
	for ctx.Err() == nil {
		if *from, err = step(); err != nil || *from == nil {
			return err
		}
	}
	return ctx.Err()
}

// EndBlocks ends the blocks whose time is over.
type EndBlocks struct {
	At    desk.Time
	Limit int
}

// EndBlocks ends the blocks whose time is over, now, until ctx ends.
func (a *App) EndBlocks(ctx context.Context) error {
	for ctx.Err() == nil {
		over, err := view(a, func(tx *store.Tx) (int, error) { return len(tx.BlocksEnded(a.Now(), 1)), nil })
		if over == 0 || err != nil {
			return err
		}
		if _, err := run(a, &EndBlocks{At: a.Now(), Limit: blocksStep}); err != nil {
			return err
		}
	}
	return ctx.Err()
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
