package upload_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// samples are the beginnings of files of many kinds, made here.
func samples(t testing.TB) map[string]string {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 40, 30))
	var asPNG, asJPEG, asGIF bytes.Buffer
	for _, err := range []error{
		png.Encode(&asPNG, picture), jpeg.Encode(&asJPEG, picture, nil), gif.Encode(&asGIF, picture, nil),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	ftyp := func(brands string) string {
		return "\x00\x00\x00" + string(rune(16+len(brands)-4)) + "ftyp" + brands[:4] + "\x00\x00\x02\x00" + brands[4:] + "\x00\x00\x00\x08free"
	}
	return map[string]string{
		"png": asPNG.String(), "jpeg": asJPEG.String(), "gif": asGIF.String(),
		"webp":  webp("VP8X", 40, 30),
		"mp4":   ftyp("isomiso2avc1mp41"),
		"phone": ftyp("mp42isom"),
		"mov":   ftyp("qt  qt  "),
		"m4a":   ftyp("M4A M4A mp42isom"),
		"heic":  ftyp("heicmif1"),
		"avif":  ftyp("avifmif1"),
		"webm":  "\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm",
		"mkv":   "\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x88matroska",
		"mp3":   "\xff\xfb\x90\x64\x00\x00\x00\x00\x00\x00", "id3": "ID3\x04\x00\x00\x00\x00\x00\x21TIT2",
		"ogg": "OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01vorbis", "ogv": "OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x80theora",
		"wav": "RIFF\x24\x00\x00\x00WAVEfmt ", "flac": "fLaC\x00\x00\x00\x22",
		"pdf": "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "zip": "PK\x03\x04\x14\x00\x00\x00\x08\x00", "ole": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00",
		"rtf": `{\rtf1\ansi `, "gz": "\x1f\x8b\x08\x00\x00\x00\x00\x00",
		"text": "Merhaba, siparişim nerede?\r\n", "latin": "Merhaba, sipari\xfeim nerede?\r\n", "utf16": "\xff\xfeM\x00e\x00r\x00",
		"html": "<!DOCTYPE html><script>alert(1)</script>", "svg": `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`,
		"exe": "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "elf": "\x7fELF\x02\x01\x01\x00", "macho": "\xcf\xfa\xed\xfe\x07\x00\x00\x01",
		"noise": "\x00\x01\x02\x03\x04\x05\x06\x07",
	}
}

// webp makes the head of a WebP picture of one of its three kinds.
func webp(kind string, width, height uint32) string {
	b := make([]byte, 30)
	copy(b, "RIFF\x16\x00\x00\x00WEBP"+kind)
	little := binary.LittleEndian
	switch kind {
	case "VP8 ":
		copy(b[23:], "\x9d\x01\x2a")
		little.PutUint16(b[26:], uint16(width)|1<<14)
		little.PutUint16(b[28:], uint16(height)|2<<14)
	case "VP8L":
		b[20] = 0x2f
		little.PutUint32(b[21:], (width-1)|(height-1)<<14|1<<28)
	case "VP8X":
		little.PutUint32(b[24:], width-1)
		little.PutUint16(b[27:], uint16(height-1))
		b[29] = byte((height - 1) >> 16)
	}
	return string(b)
}

// Two whole WebP pictures of 40 by 30 pixels, red on the left: one keeps every pixel and
// is clear on the right, the other is red all over. The standard library writes none.
const (
	losslessWebP = "UklGRioAAABXRUJQVlA4TB4AAAAvJ0AHEA8wEAM8IPMf8CDMNqrB+dPO4N4R/Y8afwA="
	lossyWebP    = "UklGRlAAAABXRUJQVlA4IEQAAABwAwCdASooAB4APm02l0ikIyIhJWgAgA2JZwDHXoAALGeNWgAA/vEKj/oTY9qK//2ln/1of/rQ/5ik+JZJ1SktwAAAAA=="
)

func wholeWebP(t testing.TB, text string) string {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
