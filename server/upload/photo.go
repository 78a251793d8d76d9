package upload

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"

	"parley/desk"
)

const (
	// PhotoSide is how wide and high a photo is at most, in pixels: sharp at the size of
	// a face on any screen.
	PhotoSide = 192
	// photoQuality leaves a photo at some 10 KB: a visitor's page may load three.
	photoQuality = 82
)

// Photo makes an agent's photo of a kept picture: the square in its middle, as JPEG, on
// white where it is clear. Refused as Studio.draw says.
func (s *Studio) Photo(file io.Reader, a *desk.Attachment) (photo []byte, err error) {
	err = s.draw("photo", file, a, func(picture image.Image) error {
		face := shrink(picture, middle(picture.Bounds()), PhotoSide, PhotoSide)
		ground := image.NewRGBA(face.Bounds())
		draw.Draw(ground, ground.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
		draw.Draw(ground, ground.Rect, face, image.Point{}, draw.Over)
		var b bytes.Buffer
		err := jpeg.Encode(&b, ground, &jpeg.Options{Quality: photoQuality})
		photo = b.Bytes()
		return err
	})
	return photo, err
}

// middle is the largest square in the middle of a picture.
func middle(whole image.Rectangle) image.Rectangle {
	side := min(whole.Dx(), whole.Dy())
	corner := whole.Min.Add(image.Pt((whole.Dx()-side)/2, (whole.Dy()-side)/2))
	return image.Rectangle{corner, corner.Add(image.Pt(side, side))}
}
