package app

import (
	"crypto/sha256"

	"parley/desk"
	"parley/store"
)

// StartAttachment announces a file. The same client id again is the same
// attachment.
type StartAttachment struct {
	Owner    desk.Actor
	ClientID desk.ID // becomes the attachment's id
	Name     string  // cleaned
	Size     uint64
	Type     string
	Quota    FileQuota
	At       desk.Time
}

// FileQuota is the most bytes that files may come to; 0 for no limit.
type FileQuota struct {
	All  uint64 // of everybody together
	Each uint64 // of one agent, or of one customer
}

// LimitFiles sets what uploads are measured against from now on. Call it before
// requests come.
func (a *App) LimitFiles(quota FileQuota) { a.quota = quota }

// StartAttachment announces a file. Refused: CodeConflict when the id is used
// for another one, CodeStorageFull when it does not fit into the quota.
func (a *App) StartAttachment(cmd StartAttachment) (desk.Attachment, error) {
	cmd.At, cmd.Quota = a.Now(), a.quota
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *StartAttachment) Apply(tx *store.Tx) (desk.Attachment, error) {
	if err := mayUpload(tx, cmd.Owner, cmd.At); err != nil {
		return desk.Attachment{}, err
	}
	before, err := tx.Attachment(cmd.ClientID)
	if err == nil {
		if before.Owner != cmd.Owner || before.Name != cmd.Name || before.Size != cmd.Size {
			return desk.Attachment{}, usedFor("file")
		}
		return before, nil
	}
	if !desk.IsNotFound(err) {
		return desk.Attachment{}, err
	}
	if err := cmd.fits(tx); err != nil {
		return desk.Attachment{}, err
	}
	next := desk.Attachment{ID: cmd.ClientID, Owner: cmd.Owner, Name: cmd.Name, Size: cmd.Size, Type: cmd.Type, CreatedAt: cmd.At}
	return next, tx.SaveAttachment(&next)
}

// mayUpload refuses an agent whose role takes no part, and a blocked customer. One
// who has said nothing yet has no row.
func mayUpload(tx *store.Tx, owner desk.Actor, now desk.Time) error {
	switch owner.Kind {
	case desk.ActorAgent:
		_, err := allow(tx, owner.ID, desk.ActionReply)
		return err
	case desk.ActorCustomer:
		c, err := tx.Customer(owner.ID)
		if err == nil && c.IsBlocked(now) {
			err = blocked()
		}
		if desk.IsNotFound(err) {
			return nil
		}
		return err
	}
	return nil
}

// fits refuses a file for which the quota has no room.
func (cmd *StartAttachment) fits(tx *store.Tx) error {
	over := func(quota, used uint64) bool { return quota > 0 && (cmd.Size > quota || used > quota-cmd.Size) }
	switch {
	case over(cmd.Quota.All, tx.FileBytes()):
		return desk.Refuse(desk.CodeStorageFull, "size", "There is no room left for files; ask whoever runs Parley for more.")
	case over(cmd.Quota.Each, tx.FileBytesOf(cmd.Owner)):
		return desk.Refuse(desk.CodeStorageFull, "size", "Your own files have reached the limit; ask whoever runs Parley for more.")
	}
	return nil
}

// CompleteAttachment says that all bytes of a file are on disk.
type CompleteAttachment struct {
	Owner         desk.Actor
	ID            desk.ID
	SHA256        [sha256.Size]byte
	Type          string // what the bytes show
	Width, Height uint64
}

// CompleteAttachment says that all bytes of a file are on disk under its hash.
func (a *App) CompleteAttachment(cmd CompleteAttachment) (desk.Attachment, error) {
	return run(a, &cmd)
}

// Apply implements command.
func (cmd *CompleteAttachment) Apply(tx *store.Tx) (desk.Attachment, error) {
	before, err := tx.Attachment(cmd.ID)
	if err == nil && before.Owner != cmd.Owner {
		err = desk.NotFound("attachment")
	}
	if err != nil || before.Complete {
		return before, err
	}
	next := before
	next.SHA256, next.Type, next.Width, next.Height, next.Complete = cmd.SHA256, cmd.Type, cmd.Width, cmd.Height, true
	return next, tx.SaveAttachment(&next)
}

// Upload reads an attachment that its owner is uploading and may go on with; for
// anybody else it does not exist.
func (a *App) Upload(id desk.ID, owner desk.Actor) (desk.Attachment, error) {
	return view(a, func(tx *store.Tx) (desk.Attachment, error) {
		attachment, err := tx.Attachment(id)
		if err == nil && attachment.Owner != owner {
			err = desk.NotFound("attachment")
		}
		if err == nil {
			err = mayUpload(tx, owner, a.Now())
		}
		return attachment, err
	})
}

// Download reads an attachment for an agent: one in a message, or their own.
func (a *App) Download(id, by desk.ID) (desk.Attachment, error) {
	return view(a, func(tx *store.Tx) (desk.Attachment, error) {
		attachment, err := tx.Attachment(id)
		own := attachment.Owner == desk.AgentActor(by)
		if err == nil && (!attachment.Complete || (attachment.Number == 0 && !own)) {
			err = desk.NotFound("attachment")
		}
		return attachment, err
	})
}

// FileReferenced reports whether any attachment needs the file with a hash.
func (a *App) FileReferenced(sum [sha256.Size]byte) (bool, error) {
	return view(a, func(tx *store.Tx) (bool, error) { return tx.FileReferenced(sum), nil })
}
