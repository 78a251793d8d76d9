package card

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// page is what a page says of itself, as it says it.
type page struct {
	title, description, site string
}

// maxToken bounds one tag or text of a page, in bytes.
const maxToken = 64 << 10

// read takes the head of a page apart. It takes any bytes; what cannot be read is left
// out.
func read(body []byte, contentType string) page {
	body = decode(body, contentType)
	if body == nil {
		return page{}
	}
	found := map[string]string{}
	z := html.NewTokenizer(bytes.NewReader(body))
	z.SetMaxBuf(maxToken)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return choose(found)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasMore := z.TagName()
			switch atom.Lookup(name) {
			case atom.Title:
				if z.Next() == html.TextToken {
					keep(found, "title", string(z.Text()))
				}
			case atom.Meta:
				meta(z, hasMore, found)
			case atom.Body:
				return choose(found)
			}
		}
	}
}

// meta keeps what a meta element says under its name.
func meta(z *html.Tokenizer, hasMore bool, found map[string]string) {
	name, content := "", ""
	for hasMore {
		var key, value []byte
		key, value, hasMore = z.TagAttr()
		switch string(key) {
		case "name", "property":
			name = strings.ToLower(string(value))
		case "content":
			content = string(value)
		}
	}
	switch name {
	case "og:title", "og:description", "og:site_name", "description", "twitter:title", "twitter:description":
		keep(found, name, content)
	}
}

// keep takes the first that says something.
func keep(found map[string]string, name, text string) {
	if found[name] == "" {
		found[name] = strings.TrimSpace(text)
	}
}

func choose(found map[string]string) page {
	first := func(names ...string) string {
		for _, name := range names {
			if found[name] != "" {
				return found[name]
			}
		}
		return ""
	}
	return page{
		title:       first("og:title", "twitter:title", "title"),
		description: first("og:description", "description", "twitter:description"),
		site:        first("og:site_name"),
	}
}

// declared finds the encoding that a page declares in its first bytes.
var declared = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([a-z0-9_:.-]{1,40})`)

// declaredWithin is where browsers look for it.
const declaredWithin = 1024

// single are the encodings besides UTF-8 in which pages in Turkish and the languages
// around it are written.
var single = map[string]encoding.Encoding{
	"iso-8859-9": charmap.ISO8859_9, "latin5": charmap.ISO8859_9, "windows-1254": charmap.Windows1254,
	"iso-8859-1": charmap.Windows1252, "latin1": charmap.Windows1252, "us-ascii": charmap.Windows1252, "windows-1252": charmap.Windows1252,
	"iso-8859-2": charmap.ISO8859_2, "windows-1250": charmap.Windows1250, "iso-8859-15": charmap.ISO8859_15,
	"windows-1251": charmap.Windows1251, "koi8-r": charmap.KOI8R, "windows-1253": charmap.Windows1253,
	"iso-8859-7": charmap.ISO8859_7, "windows-1256": charmap.Windows1256,
}

// decode makes UTF-8 of a page; nil for one in an encoding that is not known.
func decode(body []byte, contentType string) []byte {
	label := ""
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		label = params["charset"]
	}
	if label == "" {
		if found := declared.FindSubmatch(body[:min(len(body), declaredWithin)]); found != nil {
			label = string(found[1])
		}
	}
	label = strings.ToLower(strings.TrimSpace(label))
	if label == "" || label == "utf-8" || label == "utf8" {
		return bytes.ToValidUTF8(body, nil)
	}
	if known := single[label]; known != nil {
		if decoded, err := known.NewDecoder().Bytes(body); err == nil {
			return decoded
		}
	}
	if utf8.Valid(body) {
		return body
	}
	return nil
}
