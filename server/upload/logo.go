package upload

import (
	"bytes"
	"image"
	"image/png"
	"io"

	"parley/desk"
)

// Twice the space in which a logo is shown, in pixels.
const (
	logoWidth  = 400
	logoHeight = 96
)

// Logo is a site's picture as PNG, which may be clear in places.
type Logo struct {
	PNG           []byte
	Width, Height uint64
}

// Logo makes a logo of a kept picture: smaller where it is larger than it is ever
// shown. Refused as Studio.draw says.
func (s *Studio) Logo(file io.Reader, a *desk.Attachment) (logo Logo, err error) {
	err = s.draw("logo", file, a, func(picture image.Image) error {
		drawn := shrink(picture, picture.Bounds(), logoWidth, logoHeight)
		var b bytes.Buffer
		if err := png.Encode(&b, drawn); err != nil {
			return err
		}
		logo = Logo{b.Bytes(), uint64(drawn.Bounds().Dx()), uint64(drawn.Bounds().Dy())}
		return nil
	})
	return logo, err
}
