package upload

// What tests of the pure parts look at.
var (
	Judge       = judge
	Measure     = measure
	Disposition = disposition
)

// ParseRange is parseRange without its own type.
func ParseRange(header string, size int64) (first, length int64, partial, outside bool) {
	piece, partial, outside := parseRange(header, size)
	return piece.first, piece.length, partial, outside
}
