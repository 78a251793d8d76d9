package upload_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"parley/desk"
	"parley/server/upload"
)

// TestPhoto takes the square in the middle of a picture, makes it small, puts white
// where it is clear, and leaves what else was in the file.
func TestPhoto(t *testing.T) {
	wide := image.NewNRGBA(image.Rect(0, 0, 1200, 600))
	for y := range 600 {
		for x := range 1200 {
			switch {
			case x < 300 || x >= 900: // outside the square
				wide.SetNRGBA(x, y, color.NRGBA{0, 0, 0xff, 0xff})
			case x < 600: // the square's left half; its right one stays clear
				wide.SetNRGBA(x, y, color.NRGBA{0xc0, 0x10, 0x20, 0xff})
			}
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, wide); err != nil {
		t.Fatal(err)
	}
	file.WriteString("canary")
	var studio upload.Studio
	photo, err := studio.Photo(&file, &desk.Attachment{Type: "image/png", Size: uint64(file.Len()), Width: 1200, Height: 600})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := jpeg.Decode(bytes.NewReader(photo))
	if err != nil || picture.Bounds() != image.Rect(0, 0, upload.PhotoSide, upload.PhotoSide) {
		t.Fatalf("%v, %v", picture.Bounds(), err)
	}
	if strings.Contains(string(photo), "canary") {
		t.Error("what was behind the picture has come along")
	}
	near := func(x int, want color.NRGBA) bool {
		got := color.NRGBAModel.Convert(picture.At(x, 90)).(color.NRGBA)
		off := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
		return off(got.R, want.R)+off(got.G, want.G)+off(got.B, want.B) < 30
	}
	for x, want := range map[int]color.NRGBA{4: {0xc0, 0x10, 0x20, 0xff}, 60: {0xc0, 0x10, 0x20, 0xff}, 130: {0xff, 0xff, 0xff, 0xff}, 187: {0xff, 0xff, 0xff, 0xff}} {
		if !near(x, want) {
			t.Errorf("at %d it is %v, want about %v", x, picture.At(x, 90), want)
		}
	}
}

// TestPhotoOfAll makes a photo of what is a picture, however small, and of nothing else.
func TestPhotoOfAll(t *testing.T) {
	all := samples(t)
	for _, row := range []struct {
		mediaType, bytes string
		code             desk.Code
	}{
		{"image/png", all["png"], ""},
		{"image/jpeg", all["jpeg"], ""},
		{"image/gif", all["gif"], ""},
		{"image/webp", wholeWebP(t, lossyWebP), ""},
		{"image/webp", wholeWebP(t, losslessWebP), ""},
		{"image/png", all["png"][:60], desk.CodeFileType},
		{"image/avif", all["avif"], desk.CodeFileType},
		{"text/plain", all["text"], desk.CodeFileType},
	} {
		var studio upload.Studio
		photo, err := studio.Photo(strings.NewReader(row.bytes), &desk.Attachment{Type: row.mediaType, Size: 1, Width: 40, Height: 30})
		if desk.CodeOf(err) != row.code && (row.code != "" || err != nil) {
			t.Errorf("%s: %v", row.mediaType, err)
		}
		if row.code != "" {
			continue
		}
		if config, err := jpeg.DecodeConfig(bytes.NewReader(photo)); err != nil || config.Width != 30 || config.Height != 30 {
			t.Errorf("of %s it is %d × %d, %v", row.mediaType, config.Width, config.Height, err)
		}
	}
}
