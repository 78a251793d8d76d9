package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image/jpeg"

	"parley/desk"
	"parley/store"
)

// Photo reads the photo under a mark, which everybody may see who was told of it.
// Refused: CodeNotFound for the mark of no agent's present photo.
func (a *App) Photo(mark string) ([]byte, error) {
	return view(a, func(tx *store.Tx) ([]byte, error) {
		photo := tx.AgentPhoto(mark)
		if photo == nil {
			return nil, desk.NotFound("photo")
		}
		return photo, nil
	})
}

// photoMark is the mark of an agent's photo: another one for another picture, and for
// another agent with the same. It tells nothing of the agent. Empty for no photo.
func photoMark(id desk.ID, photo []byte) string {
	if len(photo) == 0 {
		return ""
	}
	sum := sha256.Sum256(append(id[:], photo...))
	return hex.EncodeToString(sum[:16])
}

// importedPhoto is the mark of a photo that comes in. Refused: CodeFileType,
// CodeTooLarge.
func importedPhoto(id desk.ID, photo []byte) (string, error) {
	if len(photo) == 0 {
		return "", nil
	}
	picture, err := jpeg.DecodeConfig(bytes.NewReader(photo))
	switch {
	case err != nil:
		return "", desk.Refuse(desk.CodeFileType, "photo", "A photo is a JPEG picture.")
	case len(photo) > desk.MaxPhotoBytes || picture.Width > desk.MaxPhotoSide || picture.Height > desk.MaxPhotoSide:
		return "", desk.Refuse(desk.CodeTooLarge, "photo", "A photo may have 256 KiB and 1024 pixels in each direction.")
	}
	return photoMark(id, photo), nil
}
