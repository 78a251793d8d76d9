package app_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"

	"parley/app"
	"parley/desk"
	"parley/interchange"
)

// TestImportedPhoto takes a photo as the export writes it, and refuses what visitors'
// pages would not show, or not in time.
func TestImportedPhoto(t *testing.T) {
	picture := func(side int) []byte {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, side, side)), nil); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, row := range map[string]struct {
		photo []byte
		code  desk.Code
	}{
		"none":                 {nil, ""},
		"a photo":              {picture(192), ""},
		"another kind":         {dot, desk.CodeFileType},
		"code":                 {[]byte("<svg onload='alert(1)'/>"), desk.CodeFileType},
		"too many pixels":      {picture(desk.MaxPhotoSide + 1), desk.CodeTooLarge},
		"a photo with a trunk": {append(picture(192), make([]byte, desk.MaxPhotoBytes)...), desk.CodeTooLarge},
	} {
		line := interchange.Line{Record: interchange.Record{Agents: []interchange.Agent{
			{Email: "ada@example.com", Name: "Ada", Role: "agent", Active: true, Photo: row.photo},
		}}}
		if err := app.CheckImport(&line); desk.CodeOf(err) != row.code && (row.code != "" || err != nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
