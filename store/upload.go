package store

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"

	"parley/desk"
)

// Bucket: uploads. What no message carries yet is found by its age, so that nobody
// looks at a million attachments for the few that are to be forgotten.

// keyUpload is nil for an attachment that a message carries.
func keyUpload(a *desk.Attachment) []byte {
	if a.Number > 0 {
		return nil
	}
	return append(keyU64(uint64(a.CreatedAt)), a.ID[:]...)
}

// DropAttachments forgets up to limit attachments made before a moment that no message
// carries, the oldest first, and returns their ids.
func (tx *Tx) DropAttachments(before desk.Time, limit int) ([]desk.ID, error) {
	var dropped []desk.ID
	c := tx.bucket(bucketUploads).Cursor()
	for k, _ := c.First(); len(k) == 24 && desk.Time(readU64(k)) < before && len(dropped) < limit; k, _ = c.Next() {
		tx.moves++
		dropped = append(dropped, desk.ID(k[8:]))
	}
	for _, id := range dropped {
		a, err := tx.Attachment(id)
		if err != nil {
			return nil, err
		}
		if err := tx.deleteAttachment(&a); err != nil {
			return nil, err
		}
	}
	return dropped, nil
}

// deleteAttachment takes an attachment away with everything that points at it.
func (tx *Tx) deleteAttachment(a *desk.Attachment) error {
	if err := tx.change(bucketFiles).Delete(append(bytes.Clone(a.SHA256[:]), a.ID[:]...)); err != nil {
		return err
	}
	if err := moveKey(tx.change(bucketUploads), keyUpload(a), nil, nil); err != nil {
		return err
	}
	if err := tx.change(bucketAttachments).Delete(a.ID[:]); err != nil {
		return err
	}
	return tx.countFile(a, true)
}

// findUploads makes the keys of a file that was written without them.
func findUploads(tx *bbolt.Tx) error {
	uploads, err := tx.CreateBucketIfNotExists(bucketUploads)
	if err != nil {
		return err
	}
	return tx.Bucket(bucketAttachments).ForEach(func(k, v []byte) error {
		a, err := decodeAttachment(v)
		if err != nil {
			return fmt.Errorf("attachment %x: %w", k, err)
		}
		return moveKey(uploads, nil, keyUpload(&a), nil)
	})
}
