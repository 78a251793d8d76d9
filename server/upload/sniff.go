package upload

import (
	"bytes"
	"encoding/binary"
	"net/http"
	"strings"
)

// headBytes is how much of a file sniff looks at.
const headBytes = 512

// What bytes can be besides a media type of their own.
const (
	plainText  = "text/plain"
	zipped     = "application/zip"
	compound   = "application/x-ole-storage" // what older office files are made of
	executable = "application/x-executable"
)

// magics are beginnings that the standard library does not know, or calls by
// another name.
var magics = []struct{ begins, mediaType string }{
	{"\x7fELF", executable},
	{"\xfe\xed\xfa\xce", executable},
	{"\xfe\xed\xfa\xcf", executable}, // Mach-O
	{"\xce\xfa\xed\xfe", executable},
	{"\xcf\xfa\xed\xfe", executable},
	{"\xca\xfe\xba\xbe", executable}, // Mach-O of several machines, and Java classes
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", compound},
	{`{\rtf`, "application/rtf"},
	{"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
	{"Rar!\x1a\x07", "application/vnd.rar"},
	{"\x1f\x8b", "application/gzip"},
	{"PK\x03\x04", zipped},
	{"PK\x05\x06", zipped},
	{"fLaC", "audio/flac"},
}

// sniff tells from its first bytes what a file is.
func sniff(head []byte) string {
	head = head[:min(len(head), headBytes)]
	for _, m := range magics {
		if strings.HasPrefix(string(head[:min(len(head), 16)]), m.begins) {
			return m.mediaType
		}
	}
	if mediaType := sniffContainer(head); mediaType != "" {
		return mediaType
	}
	guess, _, _ := strings.Cut(http.DetectContentType(head), ";")
	switch {
	case strings.HasPrefix(guess, "text/"):
		return plainText
	case guess != Unknown:
		return guess
	case bytes.HasPrefix(head, []byte("MZ")): // and not text, or the guess were another
		return executable
	case isMP3(head):
		return "audio/mpeg"
	}
	return Unknown
}

// sniffContainer looks into the formats that hold many kinds of content.
func sniffContainer(head []byte) string {
	switch {
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return sniffBrands(head)
	case bytes.HasPrefix(head, []byte("OggS\x00")):
		if bytes.Contains(head, []byte("\x80theora")) {
			return "video/ogg"
		}
		return "audio/ogg"
	case bytes.HasPrefix(head, []byte("\x1a\x45\xdf\xa3")):
		if bytes.Contains(head[:min(len(head), 64)], []byte("webm")) {
			return "video/webm"
		}
		return "video/x-matroska"
	}
	return ""
}

// sniffBrands reads the brands at the beginning of an ISO base media file
// (ISO/IEC 14496-12, section 4.3): a length, "ftyp", the major brand, its version,
// and the brands that it is compatible with.
func sniffBrands(head []byte) string {
	end := min(int(min(binary.BigEndian.Uint32(head), headBytes)), len(head))
	brands := []string{string(head[8:12])}
	for i := 16; i+4 <= end; i += 4 {
		brands = append(brands, string(head[i:i+4]))
	}
	switch major := brands[0]; major {
	case "qt  ":
		return "video/quicktime"
	case "M4A ", "M4B ":
		return "audio/mp4"
	case "heic", "heix", "mif1", "heim", "heis":
		return "image/heic"
	case "avif", "avis":
		return "image/avif"
	}
	for _, brand := range brands {
		switch brand {
		case "isom", "iso2", "iso4", "iso5", "iso6", "avc1", "mp41", "mp42", "M4V ", "MSNV", "dash":
			return "video/mp4"
		}
	}
	return Unknown
}

// isMP3 looks for the head of an MPEG audio frame of layer III (ISO/IEC 11172-3,
// section 2.4.2.3): eleven bits set, the layer, and no forbidden rate.
func isMP3(head []byte) bool {
	return len(head) >= 4 && head[0] == 0xff && head[1]&0xe6 == 0xe2 && head[2]&0xf0 != 0xf0 && head[2]&0x0c != 0x0c
}
