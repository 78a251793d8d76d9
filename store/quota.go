package store

import (
	"fmt"

	"go.etcd.io/bbolt"

	"parley/desk"
)

// Bucket: file_bytes. What attachments take is kept, never summed up: an upload is
// measured against it. The same bytes sent twice count twice, though they lie on
// the disk once: nobody's room depends on what others have sent.

// FileBytes is how many bytes all attachments have, as they were announced.
func (tx *Tx) FileBytes() uint64 { return readU64(tx.bucket(bucketFileBytes).Get(keyAllBytes)) }

// FileBytesOf is how many bytes the attachments of one owner have.
func (tx *Tx) FileBytesOf(owner desk.Actor) uint64 {
	return readU64(tx.bucket(bucketFileBytes).Get(keyOwnerBytes(owner)))
}

// countFile adds an attachment's bytes, or takes them away again.
func (tx *Tx) countFile(a *desk.Attachment, gone bool) error {
	return countBytes(tx.change(bucketFileBytes), a, gone)
}

func countBytes(kept *bbolt.Bucket, a *desk.Attachment, gone bool) error {
	for _, key := range [][]byte{keyAllBytes, keyOwnerBytes(a.Owner)} {
		bytes := readU64(kept.Get(key)) + a.Size
		if gone {
			bytes -= 2 * a.Size
		}
		err := kept.Put(key, keyU64(bytes))
		if bytes == 0 {
			err = kept.Delete(key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// countFiles makes the counts of a file that was written without them.
func countFiles(tx *bbolt.Tx) error {
	kept, err := tx.CreateBucketIfNotExists(bucketFileBytes)
	if err != nil {
		return err
	}
	return tx.Bucket(bucketAttachments).ForEach(func(k, v []byte) error {
		a, err := decodeAttachment(v)
		if err != nil {
			return fmt.Errorf("attachment %x: %w", k, err)
		}
		return countBytes(kept, &a, false)
	})
}
