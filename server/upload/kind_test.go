package upload_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"strings"
	"testing"

	"parley/desk"
	"parley/server/upload"
	"parley/wire"
)

func TestNameTypeAndBytesAgree(t *testing.T) {
	made := samples(t)
	for _, test := range []struct {
		name, declared, bytes string
		want                  string // "" is a refusal
	}{
		// What may be shown.
		{"a.png", "image/png", "png", "image/png"},
		{"a.PNG", "", "png", "image/png"},
		{"a.jpg", "image/jpeg", "jpeg", "image/jpeg"},
		{"a.jpeg", "image/jpg", "jpeg", "image/jpeg"},
		{"a.gif", "image/gif", "gif", "image/gif"},
		{"a.webp", "image/webp", "webp", "image/webp"},
		{"a.mp4", "video/mp4", "mp4", "video/mp4"},
		{"a.mp4", "video/mp4", "phone", "video/mp4"},
		{"a.webm", "video/webm", "webm", "video/webm"},
		{"a.mp3", "audio/mpeg", "mp3", "audio/mpeg"},
		{"a.mp3", "audio/mp3", "id3", "audio/mpeg"},
		{"a.ogg", "audio/ogg; codecs=opus", "ogg", "audio/ogg"},
		// What is only ever saved.
		{"a.mov", "video/quicktime", "mov", "video/quicktime"},
		{"a.m4a", "audio/x-m4a", "m4a", "audio/mp4"},
		{"a.heic", "image/heif", "heic", "image/heic"},
		{"a.avif", "image/avif", "avif", "image/avif"},
		{"a.ogv", "video/ogg", "ogv", "video/ogg"},
		{"a.wav", "audio/x-wav", "wav", "audio/wave"},
		{"a.flac", "audio/flac", "flac", "audio/flac"},
		{"a.pdf", "application/pdf", "pdf", "application/pdf"},
		{"a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{"a.doc", "application/msword", "ole", "application/msword"},
		{"a.zip", "application/x-zip-compressed", "zip", "application/zip"},
		{"a.rtf", "text/rtf", "rtf", "application/rtf"},
		{"a.gz", "application/x-gzip", "gz", "application/gzip"},
		{"a.txt", "text/plain", "text", "text/plain"},
		{"a.txt", "text/plain", "latin", "text/plain"},
		{"a.txt", "text/plain", "utf16", "text/plain"},
		{"a.csv", "application/vnd.ms-excel", "latin", "text/csv"},
		{"a.html", "text/html", "html", "text/html"},
		{"a.svg", "image/svg+xml", "svg", "image/svg+xml"},
		{"a.txt", "text/plain", "html", "text/plain"},
		{"a.ts", "video/mp2t", "text", upload.Unknown},
		{"a.psd", "image/vnd.adobe.photoshop", "noise", upload.Unknown},
		{"a.mkv", "video/x-matroska", "mkv", upload.Unknown},
		{"noext", "", "png", upload.Unknown},
		{"a.dat", "application/octet-stream", "jpeg", upload.Unknown},
		// Disguises.
		{"a.png", "image/png", "jpeg", ""},
		{"a.png", "image/jpeg", "png", ""},
		{"a.png", "text/html", "png", ""},
		{"a.png", "image/png", "html", ""},
		{"a.png", "image/png", "svg", ""},
		{"a.jpg", "image/jpeg", "noise", ""},
		{"a.mp4", "video/mp4", "mov", ""},
		{"a.webm", "video/webm", "mkv", ""},
		{"a.mp3", "audio/mpeg", "text", ""},
		{"a.pdf", "application/pdf", "html", ""},
		{"a.pdf", "image/png", "pdf", ""},
		{"a.txt", "text/plain", "png", ""},
		{"a.txt", "image/png", "text", ""},
		{"a.docx", "", "ole", ""},
		// Programs.
		{"a.exe", "application/x-msdownload", "exe", ""},
		{"a.txt", "text/plain", "exe", ""},
		{"a", "", "exe", ""},
		{"a.dat", "", "elf", ""},
		{"a.dat", "", "macho", ""},
		{"a.png.exe", "image/png", "png", ""},
		{"a.js", "text/javascript", "text", ""},
		{"a.HTA", "", "html", ""},
	} {
		got, err := upload.Judge(test.name, test.declared, []byte(made[test.bytes]))
		if got != test.want || (err == nil) != (test.want != "") || (err != nil && desk.CodeOf(err) != desk.CodeFileType) {
			t.Errorf("%s, %q, %s: %q, %v, want %q", test.name, test.declared, test.bytes, got, err, test.want)
		}
	}
}

func TestTextThatLooksLikeAProgram(t *testing.T) {
	if got, err := upload.Judge("a.txt", "text/plain", []byte("MZ is a country code\n")); err != nil || got != "text/plain" {
		t.Errorf("%q, %v", got, err)
	}
}

// FuzzJudge holds that only what the page may show is ever taken for that, and
// that its bytes say so too.
func FuzzJudge(f *testing.F) {
	for _, head := range samples(f) {
		for _, name := range []string{"a.png", "a.mp4", "a.ogg", "a.txt", "a"} {
			f.Add(name, "", []byte(head))
		}
	}
	f.Add("a.mp4", "video/mp4", []byte("\xff\xff\xff\xffftypisom"))
	f.Fuzz(func(t *testing.T, name, declared string, head []byte) {
		got, err := upload.Judge(name, declared, head)
		if err != nil {
			if desk.CodeOf(err) != desk.CodeFileType {
				t.Errorf("%q, %q: %v", name, declared, err)
			}
			return
		}
		if wire.ShownInPlace(got) && strings.HasPrefix(strings.TrimSpace(string(head)), "<") {
			t.Errorf("%q, %q: %s for %.40q", name, declared, got, head)
		}
	})
}

func TestPictureSizes(t *testing.T) {
	made := samples(t)
	for kind, mediaType := range map[string]string{"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"} {
		if w, h, err := upload.Measure(mediaType, strings.NewReader(made[kind])); err != nil || w != 40 || h != 30 {
			t.Errorf("%s: %d × %d, %v", kind, w, h, err)
		}
		if _, _, err := upload.Measure(mediaType, strings.NewReader(made[kind][:18])); desk.CodeOf(err) != desk.CodeFileType {
			t.Errorf("%s, cut: %v", kind, err)
		}
	}
	for _, kind := range []string{"VP8 ", "VP8L", "VP8X"} {
		if w, h, err := upload.Measure("image/webp", strings.NewReader(webp(kind, 1234, 4321))); err != nil || w != 1234 || h != 4321 {
			t.Errorf("%s: %d × %d, %v", kind, w, h, err)
		}
	}
	if w, h, err := upload.Measure("application/pdf", strings.NewReader("%PDF")); w != 0 || h != 0 || err != nil {
		t.Errorf("not a picture: %d × %d, %v", w, h, err)
	}
}

// TestHugePictures has pictures of a few hundred bytes that would take gigabytes
// to decode.
func TestHugePictures(t *testing.T) {
	var small bytes.Buffer
	if err := png.Encode(&small, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	bomb := small.Bytes()
	binary.BigEndian.PutUint32(bomb[16:], 60_000)
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	for mediaType, bytes := range map[string]string{"image/png": string(bomb), "image/webp": webp("VP8X", 1<<24, 1<<24)} {
		if _, _, err := upload.Measure(mediaType, strings.NewReader(bytes)); desk.CodeOf(err) != desk.CodeTooLarge {
			t.Errorf("%s: %v", mediaType, err)
		}
	}
	if _, _, err := upload.Measure("image/webp", strings.NewReader(webp("VP8X", 5000, 5000))); err != nil {
		t.Errorf("25 megapixels: %v", err)
	}
}

func FuzzMeasure(f *testing.F) {
	for _, head := range samples(f) {
		f.Add([]byte(head))
	}
	for _, kind := range []string{"VP8 ", "VP8L", "VP8X", "????"} {
		f.Add([]byte(webp(kind, 7, 9)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, mediaType := range []string{"image/png", "image/jpeg", "image/gif", "image/webp"} {
			w, h, err := upload.Measure(mediaType, bytes.NewReader(data))
			if err == nil && (w == 0 || h == 0 || w*h > desk.MaxPicturePixels) {
				t.Errorf("%s: %d × %d", mediaType, w, h)
			}
		}
	})
}

func TestAnnounce(t *testing.T) {
	for _, test := range []struct {
		name string
		size uint64
		code desk.Code
	}{
		{"a.png", 1, ""},
		{"a.png", desk.MaxFileBytes, ""},
		{"a.png", desk.MaxFileBytes + 1, desk.CodeTooLarge},
		{"a.png", 0, desk.CodeEmpty},
		{"photo\u202egnp.exe", 5, desk.CodeFileType},
		{"a.exe. . ", 5, desk.CodeFileType},
		{"a.EXE", 5, desk.CodeFileType},
	} {
		clean, err := upload.Announce(test.name, test.size)
		got := desk.Code("")
		if err != nil {
			got = desk.CodeOf(err)
		}
		if got != test.code || (err == nil) != (clean != "") {
			t.Errorf("%q, %d: %q, %v", test.name, test.size, clean, err)
		}
	}
}
