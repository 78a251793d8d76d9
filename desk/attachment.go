package desk

// Attachment is a file on its way into a message, or in one.
type Attachment struct {
	ID        ID
	Owner     Actor  // who uploaded it; only they may attach it
	Name      string // cleaned for display
	Size      uint64 // bytes, as announced and then as stored
	Type      string // the media type that the bytes showed, chosen by the server
	SHA256    [32]byte
	Width     uint64 // pixels, for pictures
	Height    uint64
	Complete  bool   // all bytes are on disk under SHA256
	Number    Number // the conversation it belongs to; 0 while unattached
	Seq       uint64
	CreatedAt Time
}

// Limits on attachments.
const (
	MaxFileBytes        = 25 << 20 // an agent's
	MaxVisitorFileBytes = 10 << 20
	PartBytes           = 4 << 20 // every part but the last has this size
	MaxFileNameRunes    = 200
	MaxPicturePixels    = 25_000_000
)
