package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"

	"parley/desk"
)

// Buckets: attachments, files; uploads is in upload.go. The bytes lie beside the store, see server/upload.

// Attachment reads an attachment.
func (tx *Tx) Attachment(id desk.ID) (desk.Attachment, error) {
	v := tx.bucket(bucketAttachments).Get(id[:])
	if v == nil {
		return desk.Attachment{}, desk.NotFound("attachment")
	}
	a, err := decodeAttachment(v)
	if err != nil {
		return a, fmt.Errorf("store: attachment %s: %w", id, err)
	}
	return a, nil
}

// SaveAttachment saves an attachment. What it is is told by the event of the
// message that carries it; until then it is nobody's business but its owner's,
// so there is none of its own.
func (tx *Tx) SaveAttachment(a *desk.Attachment) error {
	if a.Complete {
		if err := tx.change(bucketFiles).Put(append(bytes.Clone(a.SHA256[:]), a.ID[:]...), nil); err != nil {
			return err
		}
	}
	rows := tx.change(bucketAttachments)
	var upload []byte // the key that it had
	if v := rows.Get(a.ID[:]); v == nil {
		if err := tx.countFile(a, false); err != nil { // its owner and its size never change
			return err
		}
	} else if before, err := decodeAttachment(v); err != nil {
		return fmt.Errorf("store: attachment %s: %w", a.ID, err)
	} else {
		upload = keyUpload(&before)
	}
	if err := moveKey(tx.change(bucketUploads), upload, keyUpload(a), nil); err != nil {
		return err
	}
	if err := rows.Put(a.ID[:], encodeAttachment(a)); err != nil {
		return fmt.Errorf("store: attachment %s: %w", a.ID, err)
	}
	return nil
}

// FileReferenced reports whether any attachment needs a file.
func (tx *Tx) FileReferenced(sum [sha256.Size]byte) bool {
	k, _ := tx.bucket(bucketFiles).Cursor().Seek(sum[:])
	return bytes.HasPrefix(k, sum[:])
}

// AttachmentsOf reads up to limit attachments that need a file.
func (tx *Tx) AttachmentsOf(sum [sha256.Size]byte, limit int) ([]desk.Attachment, error) {
	var out []desk.Attachment
	c := tx.bucket(bucketFiles).Cursor()
	for k, _ := c.Seek(sum[:]); bytes.HasPrefix(k, sum[:]) && len(out) < limit; k, _ = c.Next() {
		a, err := tx.Attachment(desk.ID(k[len(sum):]))
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// Files lists the SHA-256 of every file that an attachment needs, for the
// caller to compare with the folder.
func (tx *Tx) Files(each func(sum [32]byte, size uint64) error) error {
	return tx.bucket(bucketAttachments).ForEach(func(_, v []byte) error {
		a, err := decodeAttachment(v)
		if err != nil || !a.Complete {
			return err
		}
		return each(a.SHA256, a.Size)
	})
}

func encodeAttachment(a *desk.Attachment) []byte {
	w := newWriter(1)
	w.id(a.ID)
	w.actor(a.Owner)
	w.text(a.Name)
	w.uint(a.Size)
	w.text(a.Type)
	w.b = append(w.b, a.SHA256[:]...)
	w.uint(a.Width)
	w.uint(a.Height)
	w.flag(a.Complete)
	w.uint(uint64(a.Number))
	w.uint(a.Seq)
	w.time(a.CreatedAt)
	return w.b
}

func decodeAttachment(b []byte) (desk.Attachment, error) {
	r := newReader(b)
	a := desk.Attachment{ID: r.id(), Owner: r.actor(), Name: r.text(), Size: r.uint(), Type: r.text()}
	copy(a.SHA256[:], r.take(sha256.Size))
	a.Width, a.Height, a.Complete = r.uint(), r.uint(), r.flag()
	a.Number, a.Seq, a.CreatedAt = desk.Number(r.uint()), r.uint(), r.time()
	return a, r.done()
}
