package upload

import (
	"bufio"
	"encoding/binary"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"parley/desk"
)

// measure returns a picture's width and height in pixels, both zero for what is
// not a picture that is shown in place. It reads the head only and decodes
// nothing. Refused: desk.CodeFileType when there is no picture in it,
// desk.CodeTooLarge when it has more than desk.MaxPicturePixels.
func measure(mediaType string, from io.Reader) (width, height uint64, err error) {
	var config image.Config
	from = bufio.NewReader(from)
	switch mediaType {
	case "image/png":
		config, err = png.DecodeConfig(from)
	case "image/jpeg":
		config, err = jpeg.DecodeConfig(from)
	case "image/gif":
		config, err = gif.DecodeConfig(from)
	case "image/webp":
		config, err = webpConfig(from)
	default:
		return 0, 0, nil
	}
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return 0, 0, desk.Refuse(desk.CodeFileType, "name", "The picture is damaged.")
	}
	width, height = uint64(config.Width), uint64(config.Height)
	if width*height > desk.MaxPicturePixels {
		return 0, 0, desk.Refuse(desk.CodeTooLarge, "size", "The picture has too many pixels; make it smaller.")
	}
	return width, height, nil
}

var errWebP = errors.New("upload: not a WebP picture")

// webpConfig reads the size of a WebP picture from its first chunk, which is one
// of three (RFC 9649, sections 2.5 to 2.7; the first kind by RFC 6386, 9.1). The head
// is enough for it, which golang.org/x/image/webp does not take:
//
//	RIFF length WEBP "VP8 " length tag(3) 9d 01 2a width(14 bits, 2 of scale) height(same)
//	RIFF length WEBP "VP8L" length 2f width-1(14 bits) height-1(14 bits)
//	RIFF length WEBP "VP8X" length flags(4) width-1(24 bits) height-1(24 bits)
func webpConfig(from io.Reader) (image.Config, error) {
	var b [30]byte
	if n, err := io.ReadFull(from, b[:]); n < 25 {
		return image.Config{}, errors.Join(errWebP, err)
	}
	if string(b[:4]) != "RIFF" || string(b[8:12]) != "WEBP" {
		return image.Config{}, errWebP
	}
	little := binary.LittleEndian
	switch string(b[12:16]) {
	case "VP8 ":
		if b[23] != 0x9d || b[24] != 0x01 || b[25] != 0x2a {
			return image.Config{}, errWebP
		}
		return image.Config{Width: int(little.Uint16(b[26:]) & 0x3fff), Height: int(little.Uint16(b[28:]) & 0x3fff)}, nil
	case "VP8L":
		if b[20] != 0x2f {
			return image.Config{}, errWebP
		}
		bits := little.Uint32(b[21:])
		return image.Config{Width: int(bits&0x3fff) + 1, Height: int(bits>>14&0x3fff) + 1}, nil
	case "VP8X":
		return image.Config{Width: int(little.Uint32(b[24:])&0xffffff) + 1, Height: int(little.Uint32(b[26:])>>8) + 1}, nil
	}
	return image.Config{}, errWebP
}
