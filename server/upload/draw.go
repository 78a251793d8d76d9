package upload

import (
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"sync"

	"golang.org/x/image/webp"

	"parley/desk"
)

// Limits on pictures that are drawn anew: they keep what decoding takes within bounds.
const (
	MaxDrawnBytes  = 2 << 20
	MaxDrawnPixels = 8_000_000
)

// Studio draws kept pictures anew, as what they are shown as: nothing that was hidden in
// the file comes along. One at a time: a decoded picture takes much memory.
type Studio struct{ one sync.Mutex }

// decoders read the pictures that Studio takes. None makes more pixels than measure has
// found in the file.
var decoders = map[string]func(io.Reader) (image.Image, error){
	"image/png": png.Decode, "image/jpeg": jpeg.Decode, "image/gif": gif.Decode, "image/webp": webp.Decode,
}

// draw reads a kept picture and gives it to whoever draws it. Refused, by the name of
// the field that it came in: desk.CodeFileType for what is no picture of these kinds,
// desk.CodeTooLarge.
func (s *Studio) draw(field string, file io.Reader, a *desk.Attachment, with func(image.Image) error) error {
	decode := decoders[a.Type]
	switch {
	case decode == nil:
		return desk.Refuse(desk.CodeFileType, field, "Take a PNG, JPEG, WebP or GIF picture.")
	case a.Size > MaxDrawnBytes || a.Width*a.Height > MaxDrawnPixels:
		return desk.Refuse(desk.CodeTooLarge, field, "The picture may have 2 MB and 8 million pixels at most.")
	}
	s.one.Lock()
	defer s.one.Unlock()
	picture, err := decode(io.LimitReader(file, MaxDrawnBytes))
	if err != nil || picture.Bounds().Empty() {
		return desk.Refuse(desk.CodeFileType, field, "The picture is damaged.")
	}
	return with(picture)
}

// shrink draws a part of a picture anew so that it fits; one that fits keeps its size.
// Each pixel is the mean of those that it stands for.
func shrink(from image.Image, in image.Rectangle, width, height int) *image.NRGBA {
	scale := min(1, float64(width)/float64(in.Dx()), float64(height)/float64(in.Dy()))
	out := image.NewNRGBA(image.Rect(0, 0, max(1, int(float64(in.Dx())*scale+0.5)), max(1, int(float64(in.Dy())*scale+0.5))))
	span := func(at, of, whole int) (from, to int) {
		from = at * whole / of
		return from, max(from+1, (at+1)*whole/of)
	}
	for y := range out.Rect.Dy() {
		top, bottom := span(y, out.Rect.Dy(), in.Dy())
		for x := range out.Rect.Dx() {
			left, right := span(x, out.Rect.Dx(), in.Dx())
			out.SetNRGBA(x, y, mean(from, image.Rect(left, top, right, bottom).Add(in.Min)))
		}
	}
	return out
}

// mean is the mean colour of a part of a picture; what is more transparent counts less.
func mean(of image.Image, part image.Rectangle) color.NRGBA {
	var r, g, b, a, n uint64
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			pr, pg, pb, pa := of.At(x, y).RGBA()
			r, g, b, a, n = r+uint64(pr), g+uint64(pg), b+uint64(pb), a+uint64(pa), n+1
		}
	}
	sum := color.RGBA64{uint16(r / n), uint16(g / n), uint16(b / n), uint16(a / n)}
	return color.NRGBAModel.Convert(sum).(color.NRGBA)
}
