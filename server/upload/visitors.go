package upload

import (
	"slices"

	"parley/desk"
)

// forVisitors are the extensions that visitors may send: pictures that browsers
// and phones make, documents, and plain text.
var forVisitors = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".pdf", ".txt"}

// VisitorTypes lists the media types that visitors may send.
func VisitorTypes() []string {
	types := make([]string, 0, len(forVisitors))
	for _, ext := range forVisitors {
		if mediaType := claims[ext].mediaType; !slices.Contains(types, mediaType) {
			types = append(types, mediaType)
		}
	}
	return types
}

// AnnounceVisitors judges a visitor's file before any of it has come, as Announce
// does an agent's; fewer kinds are taken, and smaller ones. That the bytes are what
// the name says is seen when they are complete.
func AnnounceVisitors(name string, size uint64) (clean string, err error) {
	if clean, err = Announce(name, size); err != nil {
		return "", err
	}
	switch {
	case size > desk.MaxVisitorFileBytes:
		return "", desk.Refuse(desk.CodeTooLarge, "size", "A file may have 10 MB at most.")
	case !slices.Contains(forVisitors, extension(clean)):
		return "", desk.Refuse(desk.CodeFileType, "name", "Pictures, PDF and plain text can be sent.")
	}
	return clean, nil
}
