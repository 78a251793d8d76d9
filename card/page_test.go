package card

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestRead takes what a page says of itself, whatever it is written in and however
// broken it is.
func TestRead(t *testing.T) {
	latin5, err := charmap.ISO8859_9.NewEncoder().String(`<title>Çiçek &ccedil;eşitleri İndirimde</title>`)
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		body, kind string
		want       page
	}{
		"a title":            {"<title> Ayva </title>", "text/html", page{title: "Ayva"}},
		"what is shared":     {`<meta property="og:title" content="Ayva reçeli"><meta name=description content="40 g"><meta property=og:site_name content=Ayvadan><title>x</title>`, "text/html", page{"Ayva reçeli", "40 g", "Ayvadan"}},
		"the first counts":   {`<title>one</title><title>two</title>`, "text/html", page{title: "one"}},
		"an empty one":       {`<meta property="og:title" content=" "><title>one</title>`, "text/html", page{title: "one"}},
		"the body is text":   {`<title>a</title><body><meta property="og:title" content="b">`, "text/html", page{title: "a"}},
		"by its header":      {latin5, "text/html; charset=ISO-8859-9", page{title: "Çiçek çeşitleri İndirimde"}},
		"by its own word":    {`<meta charset="windows-1254">` + latin5, "text/html", page{title: "Çiçek çeşitleri İndirimde"}},
		"by an older word":   {`<meta http-equiv=Content-Type content="text/html; charset=iso-8859-9">` + latin5, "text/html", page{title: "Çiçek çeşitleri İndirimde"}},
		"an unknown word":    {`<meta charset="klingon"><title>Ayva</title>`, "text/html", page{title: "Ayva"}},
		"an unknown script":  {"<meta charset=klingon><title>\xff\xfe</title>", "text/html", page{}},
		"broken UTF-8":       {"<title>A\xffyva\xc3</title>", "text/html; charset=utf-8", page{title: "Ayva"}},
		"markup in a title":  {`<title><script>alert(1)</script><b>x</title>`, "text/html", page{title: "<script>alert(1)</script><b>x"}},
		"never closed":       {`<title>Ayva`, "text/html", page{title: "Ayva"}},
		"a title of nothing": {`<title></title><meta name="description" content="d">`, "text/html", page{description: "d"}},
		"a huge attribute":   {`<meta name="description" content="` + strings.Repeat("a", maxToken+1) + `"><title>Ayva</title>`, "text/html", page{}},
		"no page":            {"\x00\x01\x02<<<<>>>", "text/html", page{}},
		"nothing":            {"", "", page{}},
	} {
		if got := read([]byte(row.body), row.kind); got != row.want {
			t.Errorf("%s: %+v, want %+v", name, got, row.want)
		}
	}
}

// FuzzRead takes any bytes without falling over.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`<meta charset=latin5><title>a</title>`), "text/html")
	f.Add([]byte(`<meta property="og:title" content="&#x202e;">`), "text/html; charset=utf-8")
	f.Fuzz(func(_ *testing.T, body []byte, kind string) { read(body, kind) })
}
