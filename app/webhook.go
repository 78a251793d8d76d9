package app

import (
	"crypto/rand"
	"encoding/base64"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// Webhooks reads every webhook.
func (a *App) Webhooks() ([]wire.Webhook, error) {
	return view(a, func(tx *store.Tx) ([]wire.Webhook, error) {
		all, err := tx.Webhooks()
		shapes := make([]wire.Webhook, 0, len(all))
		for i := range all {
			shapes = append(shapes, wire.FromWebhook(&all[i]))
		}
		return shapes, err
	})
}

// SaveWebhook makes (New) or changes a webhook.
type SaveWebhook struct {
	By     desk.ID
	ID     desk.ID
	New    bool
	Change desk.WebhookChange
	Secret []byte // sealed; of a new one
	At     desk.Time
}

// CreateWebhook makes a webhook and gives its secret, which is told this once. Refused:
// CodeTooMany, and as desk.Webhook.Change asks.
func (a *App) CreateWebhook(by desk.ID, change desk.WebhookChange) (wire.Webhook, string, error) {
	cmd := SaveWebhook{By: by, ID: NewID(), New: true, Change: change, At: a.Now()}
	var secret string
	secret, cmd.Secret = a.newWebhookSecret(cmd.ID)
	made, err := run(a, &cmd)
	return made, secret, err
}

// ChangeWebhook changes a webhook. Refused: CodeNotFound, CodeConflict for an old rev,
// and as desk.Webhook.Change asks.
func (a *App) ChangeWebhook(cmd SaveWebhook) (wire.Webhook, error) {
	cmd.At = a.Now()
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *SaveWebhook) Apply(tx *store.Tx) (wire.Webhook, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageWebhooks); err != nil {
		return wire.Webhook{}, err
	}
	before, present, err := cmd.present(tx)
	if err != nil {
		return wire.Webhook{}, err
	}
	next, events, err := present.Change(desk.AgentActor(cmd.By), &cmd.Change, tx.Head(), cmd.At)
	if err != nil {
		return wire.Webhook{}, err
	}
	err = tx.SaveWebhook(before, &next, events)
	return wire.FromWebhook(&next), err
}

// present is the webhook as it is, and before it is saved: nil for a new one.
func (cmd *SaveWebhook) present(tx *store.Tx) (before, present *desk.Webhook, err error) {
	if !cmd.New {
		found, err := tx.Webhook(cmd.ID)
		return &found, &found, err
	}
	all, err := tx.Webhooks()
	if err != nil {
		return nil, nil, err
	}
	if len(all) >= desk.MaxWebhooks {
		return nil, nil, desk.Refuse(desk.CodeTooMany, "", "There is room for 20 webhooks; delete one first.")
	}
	return nil, &desk.Webhook{ID: cmd.ID, Secret: cmd.Secret, CreatedAt: cmd.At}, nil
}

// DeleteWebhook takes a webhook away, with what waits for it.
type DeleteWebhook struct {
	By desk.ID
	ID desk.ID
	At desk.Time
}

// DeleteWebhook takes a webhook away; one that is gone already stays so.
func (a *App) DeleteWebhook(cmd DeleteWebhook) error {
	cmd.At = a.Now()
	_, err := run(a, &cmd)
	return err
}

// Apply implements command.
func (cmd *DeleteWebhook) Apply(tx *store.Tx) (struct{}, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageWebhooks); err != nil {
		return struct{}{}, err
	}
	w, err := tx.Webhook(cmd.ID)
	if err != nil {
		return struct{}{}, desk.OrGone(err)
	}
	return struct{}{}, tx.DeleteWebhook(&w, w.Deleted(desk.AgentActor(cmd.By), cmd.At))
}

// SealWebhook gives a webhook another secret.
type SealWebhook struct {
	By, ID desk.ID
	Secret []byte // sealed
	At     desk.Time
}

// NewWebhookSecret makes another secret for a webhook, which is told this once. The one
// before goes on signing beside it for a day.
func (a *App) NewWebhookSecret(by, id desk.ID) (string, error) {
	secret, sealed := a.newWebhookSecret(id)
	if _, err := run(a, &SealWebhook{By: by, ID: id, Secret: sealed, At: a.Now()}); err != nil {
		return "", err
	}
	return secret, nil
}

// Apply implements command.
func (cmd *SealWebhook) Apply(tx *store.Tx) (wire.Webhook, error) {
	if _, err := allow(tx, cmd.By, desk.ActionManageWebhooks); err != nil {
		return wire.Webhook{}, err
	}
	before, err := tx.Webhook(cmd.ID)
	if err != nil {
		return wire.Webhook{}, err
	}
	next, events := before.Reseal(desk.AgentActor(cmd.By), cmd.Secret, cmd.At)
	err = tx.SaveWebhook(&before, &next, events)
	return wire.FromWebhook(&next), err
}

// webhookMark begins every secret, so that one that turns up where it should not is
// known for what it is. What follows is the key in base64.
const webhookMark = "whsec_"

// newWebhookSecret makes a secret as it is shown, and its key as it is kept.
func (a *App) newWebhookSecret(id desk.ID) (shown string, sealed []byte) {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails: crypto/rand
	return webhookMark + base64.StdEncoding.EncodeToString(key[:]), a.vault.Seal(webhookVault(id), key[:])
}

// webhookVault is the name under which a webhook's secret is sealed.
func webhookVault(id desk.ID) string { return "webhook " + id.String() }
