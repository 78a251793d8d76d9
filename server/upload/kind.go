package upload

import (
	"mime"
	"strings"

	"parley/desk"
	"parley/wire"
)

// Unknown is the media type of bytes that say nothing about themselves, and the
// one under which everything leaves that is not shown in place.
const Unknown = "application/octet-stream"

// claim is what an extension says: the type of the file, and how its first bytes
// look, where that is not the same.
type claim struct{ mediaType, bytes string }

// claims are the extensions that are held to their word. Others are accepted as
// bytes of an unknown type.
var claims = map[string]claim{
	".png": {"image/png", "image/png"}, ".jpg": {"image/jpeg", "image/jpeg"}, ".jpeg": {"image/jpeg", "image/jpeg"},
	".gif": {"image/gif", "image/gif"}, ".webp": {"image/webp", "image/webp"}, ".bmp": {"image/bmp", "image/bmp"},
	".heic": {"image/heic", "image/heic"}, ".avif": {"image/avif", "image/avif"},
	".mp4": {"video/mp4", "video/mp4"}, ".m4v": {"video/mp4", "video/mp4"}, ".mov": {"video/quicktime", "video/quicktime"},
	".webm": {"video/webm", "video/webm"}, ".avi": {"video/avi", "video/avi"},
	".mp3": {"audio/mpeg", "audio/mpeg"}, ".ogg": {"audio/ogg", "audio/ogg"}, ".oga": {"audio/ogg", "audio/ogg"},
	".opus": {"audio/ogg", "audio/ogg"}, ".ogv": {"video/ogg", "video/ogg"}, ".m4a": {"audio/mp4", "audio/mp4"},
	".wav": {"audio/wave", "audio/wave"}, ".flac": {"audio/flac", "audio/flac"},
	".pdf": {"application/pdf", "application/pdf"}, ".rtf": {"application/rtf", "application/rtf"},
	".zip": {zipped, zipped}, ".gz": {"application/gzip", "application/gzip"}, ".7z": {"application/x-7z-compressed", "application/x-7z-compressed"},
	".rar":  {"application/vnd.rar", "application/vnd.rar"},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", zipped},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zipped},
	".pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", zipped},
	".odt":  {"application/vnd.oasis.opendocument.text", zipped}, ".ods": {"application/vnd.oasis.opendocument.spreadsheet", zipped},
	".doc": {"application/msword", compound}, ".xls": {"application/vnd.ms-excel", compound},
	".ppt": {"application/vnd.ms-powerpoint", compound}, ".msg": {"application/vnd.ms-outlook", compound},
	".txt": {plainText, plainText}, ".log": {plainText, plainText}, ".md": {"text/markdown", plainText},
	".csv": {"text/csv", plainText}, ".tsv": {"text/tab-separated-values", plainText}, ".json": {"application/json", plainText},
	".xml": {"application/xml", plainText}, ".html": {"text/html", plainText}, ".htm": {"text/html", plainText},
	".svg": {"image/svg+xml", plainText}, ".eml": {"message/rfc822", plainText}, ".ics": {"text/calendar", plainText},
	".vcf": {"text/vcard", plainText},
}

// starts are the extensions of files that a double click starts as programs.
var starts = map[string]bool{
	".exe": true, ".msi": true, ".com": true, ".scr": true, ".pif": true, ".bat": true, ".cmd": true, ".ps1": true,
	".vbs": true, ".vbe": true, ".js": true, ".jse": true, ".wsf": true, ".wsh": true, ".hta": true, ".lnk": true,
	".cpl": true, ".dll": true, ".sys": true, ".reg": true, ".jar": true, ".apk": true, ".app": true, ".dmg": true,
	".pkg": true, ".deb": true, ".rpm": true, ".iso": true, ".img": true, ".chm": true, ".scf": true, ".url": true,
	".appx": true, ".msix": true, ".xll": true, ".jnlp": true,
}

// Announce judges a file before any of it has come, and returns its clean name.
// Refused: desk.CodeEmpty, desk.CodeTooLarge, and desk.CodeFileType for programs.
func Announce(name string, size uint64) (clean string, err error) {
	clean = CleanName(name)
	switch {
	case size == 0:
		return "", desk.Refuse(desk.CodeEmpty, "size", "The file is empty.")
	case size > desk.MaxFileBytes:
		return "", desk.Refuse(desk.CodeTooLarge, "size", "A file may have 25 MB at most.")
	case starts[extension(clean)]:
		return "", program()
	}
	return clean, nil
}

// judge returns the media type of a file from its clean name, the type that its
// sender declared and its first bytes. Refused, with desk.CodeFileType: programs,
// and files whose name, type and bytes contradict each other.
func judge(name, declared string, head []byte) (mediaType string, err error) {
	seen, ext := sniff(head), extension(name)
	if seen == executable || starts[ext] {
		return "", program()
	}
	said, known := claims[ext]
	if !known {
		return Unknown, nil // only ever saved to disk, so there is nothing to agree on
	}
	if seen != said.bytes {
		return "", desk.Refuse(desk.CodeFileType, "name", "The file is not what its name says; give it the right extension.")
	}
	if declared = canonicalType(declared); isMedia(said.mediaType) || isMedia(declared) {
		if declared != "" && declared != said.mediaType {
			return "", desk.Refuse(desk.CodeFileType, "type", "The file is not of the type that was announced.")
		}
	}
	return said.mediaType, nil
}

func program() error {
	return desk.Refuse(desk.CodeFileType, "name", "Programs can't be sent; put it into a ZIP file if it is really needed.")
}

// isMedia tells whether a type is one that a browser could show. Of other types
// systems have too many names to compare: a CSV file is application/vnd.ms-excel
// where Excel is installed.
func isMedia(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, "/")
	return kind == "image" || kind == "video" || kind == "audio"
}

// canonicalType is a declared type without its parameters and under the name that
// claims use; empty when it claims nothing.
func canonicalType(declared string) string {
	declared, _, err := mime.ParseMediaType(declared)
	if err != nil {
		return ""
	}
	switch declared {
	case Unknown, "video/mp2t": // the latter is what TypeScript files are taken for
		return ""
	case "image/jpg", "image/pjpeg":
		return "image/jpeg"
	case "image/x-png":
		return "image/png"
	case "image/heif":
		return "image/heic"
	case "image/x-ms-bmp":
		return "image/bmp"
	case "audio/mp3", "audio/mpeg3", "audio/x-mpeg":
		return "audio/mpeg"
	case "audio/opus", "application/ogg":
		return "audio/ogg"
	case "audio/wav", "audio/x-wav", "audio/vnd.wave":
		return "audio/wave"
	case "audio/x-m4a", "audio/m4a":
		return "audio/mp4"
	case "audio/x-flac":
		return "audio/flac"
	case "video/x-m4v":
		return "video/mp4"
	case "video/x-msvideo", "video/msvideo":
		return "video/avi"
	}
	return declared
}

// servedType is the type under which a kept file leaves.
func servedType(mediaType string) string {
	if wire.ShownInPlace(mediaType) {
		return mediaType
	}
	return Unknown
}
