package app

import (
	"crypto/sha256"
	"encoding/binary"

	"parley/desk"
	"parley/store"
)

// attach gives the messages of a past conversation their attachments, whose bytes
// are in their place, and returns the rows.
func attach(tx *store.Tx, l *ImportLine, past *desk.Past) (files []desk.Attachment, err error) {
	for i := range past.Messages {
		m := &past.Messages[i]
		for j := range l.Line.Messages[i].Attachments {
			f := &l.Line.Messages[i].Attachments[j]
			file := desk.Attachment{
				ID: f.ID, Owner: m.Author, Name: f.Name, Size: f.Size, Type: f.Type, Width: f.Width, Height: f.Height,
				Complete: true, Number: past.Number, Seq: uint64(i) + 1, CreatedAt: m.At,
			}
			if file.SHA256, err = f.Sum(); err != nil {
				return nil, err
			}
			if _, err := tx.Attachment(file.ID); file.ID.IsZero() || err == nil {
				file.ID = attachmentID(l.Key, i, j) // it has none, or another file has it
			}
			m.Attachments = append(m.Attachments, file.ID)
			files = append(files, file)
		}
	}
	return files, nil
}

// attachmentID makes an id of where an attachment stands.
func attachmentID(line [store.ImportKeySize]byte, message, nth int) (id desk.ID) {
	place := binary.BigEndian.AppendUint32(line[:], uint32(message))
	sum := sha256.Sum256(binary.BigEndian.AppendUint32(place, uint32(nth)))
	copy(id[:], sum[:])
	return id
}
