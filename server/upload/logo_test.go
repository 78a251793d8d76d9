package upload_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"parley/desk"
	"parley/server/upload"
)

// TestLogo draws a picture anew: smaller where it is too large, in its own colours,
// with what is clear left clear, and without what else was in the file.
func TestLogo(t *testing.T) {
	wide := image.NewNRGBA(image.Rect(0, 0, 1000, 500))
	for y := range 500 {
		for x := range 500 { // the other half stays clear
			wide.SetNRGBA(x, y, color.NRGBA{0xc0, 0x10, 0x20, 0xff})
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, wide); err != nil {
		t.Fatal(err)
	}
	file.WriteString("<script>canary</script>")
	var studio upload.Studio
	made, err := studio.Logo(&file, &desk.Attachment{Type: "image/png", Size: uint64(file.Len()), Width: 1000, Height: 500})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(made.PNG))
	if err != nil || picture.Bounds() != image.Rect(0, 0, 192, 96) || made.Width != 192 || made.Height != 96 {
		t.Fatalf("%v, %d × %d, %v", picture.Bounds(), made.Width, made.Height, err)
	}
	if strings.Contains(string(made.PNG), "canary") {
		t.Error("what was behind the picture has come along")
	}
	at := func(x int) color.NRGBA { return color.NRGBAModel.Convert(picture.At(x, 40)).(color.NRGBA) }
	if left, right := at(10), at(180); left != (color.NRGBA{0xc0, 0x10, 0x20, 0xff}) || right.A != 0 {
		t.Errorf("left %v, right %v", left, right)
	}
}

// TestLogoOfAll takes the pictures that browsers show, and refuses the rest.
func TestLogoOfAll(t *testing.T) {
	all := samples(t)
	for _, row := range []struct {
		mediaType, bytes string
		size, width      uint64
		code             desk.Code
	}{
		{"image/png", all["png"], 0, 40, ""},
		{"image/jpeg", all["jpeg"], 0, 40, ""},
		{"image/gif", all["gif"], 0, 40, ""},
		{"image/webp", wholeWebP(t, losslessWebP), 0, 40, ""},
		{"image/webp", wholeWebP(t, lossyWebP), 0, 40, ""},
		{"image/webp", all["webp"], 0, 40, desk.CodeFileType}, // a head alone
		{"application/pdf", all["pdf"], 0, 0, desk.CodeFileType},
		{"application/octet-stream", all["svg"], 0, 0, desk.CodeFileType},
		{"image/png", all["png"][:60], 0, 40, desk.CodeFileType},
		{"image/png", all["png"], upload.MaxDrawnBytes + 1, 40, desk.CodeTooLarge},
		{"image/png", all["png"], 0, upload.MaxDrawnPixels, desk.CodeTooLarge},
	} {
		var studio upload.Studio
		a := desk.Attachment{Type: row.mediaType, Size: max(row.size, 1), Width: row.width, Height: 30}
		made, err := studio.Logo(strings.NewReader(row.bytes), &a)
		if desk.CodeOf(err) != row.code && (row.code != "" || err != nil) {
			t.Errorf("%s: %v", row.mediaType, err)
		}
		if row.code == "" && (made.Width != 40 || made.Height != 30) {
			t.Errorf("%s is %d × %d", row.mediaType, made.Width, made.Height)
		}
	}
}
