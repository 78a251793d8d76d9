package app

import (
	"crypto/sha256"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// ChannelTokens reads every channel token.
func (a *App) ChannelTokens() ([]wire.ChannelToken, error) {
	return view(a, func(tx *store.Tx) ([]wire.ChannelToken, error) {
		tokens, err := tx.ChannelTokens()
		shapes := make([]wire.ChannelToken, 0, len(tokens))
		for i := range tokens {
			shapes = append(shapes, wire.FromChannelToken(&tokens[i]))
		}
		return shapes, err
	})
}

// ChannelToken finds the channel token with the hash of a secret. Refused:
// CodeUnauthorized when there is none.
func (a *App) ChannelToken(hash [sha256.Size]byte) (desk.ChannelToken, error) {
	token, err := view(a, func(tx *store.Tx) (desk.ChannelToken, error) { return tx.ChannelTokenByHash(hash) })
	if desk.IsNotFound(err) {
		err = noChannel()
	}
	return token, err
}

func noChannel() error {
	return desk.Refuse(desk.CodeUnauthorized, "", "Send a channel token: Authorization: Bearer …")
}

// SaveChannelToken makes a channel token, or (Rotate) gives one another secret.
type SaveChannelToken struct {
	By     desk.ID
	ID     desk.ID
	Name   string
	Hash   [sha256.Size]byte // of the secret
	Rotate bool
	At     desk.Time
}

// SaveChannelToken makes a channel token, or gives one another secret. Refused:
// CodeTooMany, CodeNotFound.
func (a *App) SaveChannelToken(cmd SaveChannelToken) (wire.ChannelToken, error) {
	if cmd.At = a.Now(); !cmd.Rotate {
		cmd.ID = NewID()
	}
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SaveChannelToken) Apply(tx *store.Tx) (wire.ChannelToken, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTokens); err != nil {
		return wire.ChannelToken{}, err
	}
	by := desk.AgentActor(cmd.By)
	if cmd.Rotate {
		before, err := tx.ChannelToken(cmd.ID)
		if err != nil {
			return wire.ChannelToken{}, err
		}
		next, events := before.Rotate(by, cmd.Hash, cmd.At)
		return wire.FromChannelToken(&next), tx.SaveChannelToken(&before, &next, events)
	}
	tokens, err := tx.ChannelTokens()
	if err != nil {
		return wire.ChannelToken{}, err
	}
	if len(tokens) >= desk.MaxChannelTokens {
		return wire.ChannelToken{}, desk.Refuse(desk.CodeTooMany, "", "There are 100 channel tokens; delete one that is not used.")
	}
	token, events, err := desk.NewChannelToken(cmd.ID, cmd.Name, cmd.Hash, by, cmd.At)
	if err != nil {
		return wire.ChannelToken{}, err
	}
	return wire.FromChannelToken(&token), tx.SaveChannelToken(nil, &token, events)
}

// DeleteChannelToken takes a channel token away.
type DeleteChannelToken struct {
	By desk.ID
	ID desk.ID
	At desk.Time
}

// DeleteChannelToken takes a channel token away; one that is gone already stays so.
func (a *App) DeleteChannelToken(cmd DeleteChannelToken) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *DeleteChannelToken) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageTokens); err != nil {
		return struct{}{}, err
	}
	token, err := tx.ChannelToken(cmd.ID)
	if desk.IsNotFound(err) {
		return struct{}{}, nil
	}
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, tx.DeleteChannelToken(&token, []desk.Event{{
		Type: desk.ChannelTokenDeleted, Subject: token.ID, Actor: desk.AgentActor(cmd.By), At: cmd.At,
	}})
}

// UseChannelToken keeps that a token was used.
type UseChannelToken struct {
	ID desk.ID
	At desk.Time
}

// UseChannelToken keeps that a token was used.
func (a *App) UseChannelToken(id desk.ID) error {
	_, err := run(a, &UseChannelToken{ID: id, At: a.Now()})
	return err
}

// Apply implements command.
func (cmd *UseChannelToken) Apply(tx *store.Tx) (struct{}, error) {
	before, err := tx.ChannelToken(cmd.ID)
	if err != nil {
		return struct{}{}, err
	}
	next := before
	next.UsedAt = cmd.At
	return struct{}{}, tx.SaveChannelToken(&before, &next, nil)
}
