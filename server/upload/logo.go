package upload

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"sync"

	"parley/desk"
)

// Limits on logos. The first two keep what decoding takes within bounds, the others
// are twice the space in which a logo is shown.
const (
	MaxLogoBytes  = 2 << 20
	MaxLogoPixels = 8_000_000
	logoWidth     = 400
	logoHeight    = 96
)

// Logos makes logos of pictures, one at a time: a decoded picture takes much memory.
type Logos struct{ one sync.Mutex }

// Logo is a picture as PNG, and nothing that was hidden in the file it was made of.
type Logo struct {
	PNG           []byte
	Width, Height uint64
}

// Make reads a kept picture and makes a logo of it: drawn anew, and made smaller
// where it is larger than it is ever shown. Refused: desk.CodeFileType for what is no
// PNG, JPEG or GIF picture, desk.CodeTooLarge.
func (l *Logos) Make(file io.Reader, a *desk.Attachment) (Logo, error) {
	decode := map[string]func(io.Reader) (image.Image, error){
		"image/png": png.Decode, "image/jpeg": jpeg.Decode, "image/gif": gif.Decode,
	}[a.Type]
	switch {
	case decode == nil:
		return Logo{}, desk.Refuse(desk.CodeFileType, "logo", "A logo is a PNG, JPEG or GIF picture.")
	case a.Size > MaxLogoBytes || a.Width*a.Height > MaxLogoPixels:
		return Logo{}, desk.Refuse(desk.CodeTooLarge, "logo", "A logo may have 2 MB and 8 million pixels at most.")
	}
	l.one.Lock()
	defer l.one.Unlock()
	picture, err := decode(io.LimitReader(file, MaxLogoBytes))
	if err != nil {
		return Logo{}, desk.Refuse(desk.CodeFileType, "logo", "The picture is damaged.")
	}
	drawn := shrink(picture, logoWidth, logoHeight)
	var b bytes.Buffer
	if err := png.Encode(&b, drawn); err != nil {
		return Logo{}, err
	}
	return Logo{b.Bytes(), uint64(drawn.Bounds().Dx()), uint64(drawn.Bounds().Dy())}, nil
}

// shrink draws a picture anew so that it fits; one that fits keeps its size. Each
// pixel is the mean of those that it stands for.
func shrink(from image.Image, width, height int) *image.NRGBA {
	in := from.Bounds()
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
