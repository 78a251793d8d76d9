package static_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"parley/server/guardrail"
	"parley/server/problem"
	"parley/server/static"
)

var (
	script = strings.Repeat("console.log('merhaba');\n", 400)
	built  = fstest.MapFS{
		"index.html":            {Data: []byte("<!doctype html>" + strings.Repeat("<p>Parley</p>", 50))},
		"robots.txt":            {Data: []byte("User-agent: *")},
		".gitkeep":              {Data: []byte("")},
		"assets/app-1a2b.js":    {Data: []byte(script)},
		"assets/pre-3c4d.js":    {Data: []byte(script)},
		"assets/pre-3c4d.js.br": {Data: []byte("as the build made it, br")},
		"assets/pre-3c4d.js.gz": {Data: []byte("as the build made it, gz")},
		"assets/font-5e.woff2":  {Data: []byte(strings.Repeat("f", 2000))},
		"assets/tiny-6f.js":     {Data: []byte("1")},
		"assets/words.tar.gz":   {Data: []byte("a file of its own")},
	}
)

func newApp(t testing.TB, files fs.FS) *fiber.App {
	t.Helper()
	headers := guardrail.NewHeaders([]string{"https://desk.example.com"})
	site, err := static.New(files, headers)
	if err != nil {
		t.Fatal(err)
	}
	app := guardrail.New(headers.OnError(problem.Handler), func(*fasthttp.RequestHeader) bool { return false })
	app.Use(headers.Base)
	app.Get("/*", site.Serve)
	return app
}

func get(t testing.TB, app *fiber.App, path string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := app.Test(request, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, body
}

func TestWhatIsServedWhere(t *testing.T) {
	app := newApp(t, built)
	const page, gone = "<!doctype html>", `"code":"not_found"`
	for path, want := range map[string]struct {
		status int
		body   string
		cache  string
	}{
		"/":                                {200, page, "no-store"},
		"/login":                           {200, page, "no-store"},
		"/conversations/inbox/1042":        {200, page, "no-store"},
		"/index.html":                      {200, page, "no-store"},
		"/robots.txt":                      {200, "User-agent", "no-cache"},
		"/assets/app-1a2b.js":              {200, "merhaba", "public, max-age=31536000, immutable"},
		"/assets/words.tar.gz":             {200, "a file of its own", "public, max-age=31536000, immutable"},
		"/assets/app-0000.js":              {404, gone, "no-store"},
		"/assets/app":                      {404, gone, "no-store"},
		"/assets/":                         {404, gone, "no-store"},
		"/favicon.ico":                     {404, gone, "no-store"},
		"/.gitkeep":                        {404, gone, "no-store"},
		"/assets/pre-3c4d.js.br":           {404, gone, "no-store"},
		"/api":                             {404, gone, "no-store"},
		"/api/v1/nothing":                  {404, gone, "no-store"},
		"/assets/../index.html":            {404, gone, "no-store"},
		"/assets/..%2f..%2fetc%2fpasswd":   {404, gone, "no-store"},
		"/..%2f..%2fetc%2fpasswd":          {404, gone, "no-store"},
		"/conversations/%0d%0aX:%20y/main": {200, page, "no-store"},
	} {
		response, body := get(t, app, path)
		if response.StatusCode != want.status || !strings.Contains(string(body), want.body) || response.Header.Get("Cache-Control") != want.cache {
			t.Errorf("%s: %d, %s, %.60q", path, response.StatusCode, response.Header.Get("Cache-Control"), body)
		}
	}
}

func TestEncodings(t *testing.T) {
	app := newApp(t, built)
	for _, test := range []struct {
		path, accept, encoding string
	}{
		{"/assets/app-1a2b.js", "gzip, deflate, br, zstd", "br"},
		{"/assets/app-1a2b.js", "br", "br"},
		{"/assets/app-1a2b.js", "gzip", "gzip"},
		{"/assets/app-1a2b.js", "br;q=0, gzip", "gzip"},
		{"/assets/app-1a2b.js", "identity", ""},
		{"/assets/app-1a2b.js", "", ""},
		{"/assets/pre-3c4d.js", "gzip, br", "br"},
		{"/assets/pre-3c4d.js", "gzip", "gzip"},
		{"/assets/font-5e.woff2", "gzip, br", ""},
		{"/assets/tiny-6f.js", "gzip, br", ""},
		{"/", "gzip, br", "br"},
	} {
		var headers []string
		if test.accept != "" {
			headers = []string{"Accept-Encoding", test.accept}
		}
		response, body := get(t, app, test.path, headers...)
		if got := response.Header.Get("Content-Encoding"); got != test.encoding {
			t.Errorf("%s for %q: encoding %q", test.path, test.accept, got)
		}
		if strings.HasSuffix(test.path, ".js") || test.path == "/" {
			if response.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: Vary %q", test.path, response.Header.Get("Vary"))
			}
		}
		switch {
		case strings.Contains(test.path, "pre-") && !strings.Contains(string(body), "as the build made it"):
			t.Errorf("%s for %q is not the build's: %.30q", test.path, test.accept, body)
		case strings.Contains(test.path, "app-") && unpack(t, test.encoding, body) != script:
			t.Errorf("%s for %q does not unpack to the script", test.path, test.accept)
		}
	}
}

func unpack(t *testing.T, encoding string, body []byte) string {
	t.Helper()
	var plain []byte
	var err error
	switch encoding {
	case "br":
		plain, err = fasthttp.AppendUnbrotliBytes(nil, body)
	case "gzip":
		var reader *gzip.Reader
		if reader, err = gzip.NewReader(bytes.NewReader(body)); err == nil {
			plain, err = io.ReadAll(reader)
		}
	default:
		plain = body
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestNotModified(t *testing.T) {
	app := newApp(t, built)
	tags := map[string]bool{}
	for _, accept := range []string{"br", "gzip", "identity"} {
		first, _ := get(t, app, "/assets/app-1a2b.js", "Accept-Encoding", accept)
		tag := first.Header.Get("ETag")
		if tag == "" || tags[tag] {
			t.Fatalf("%s: ETag %q", accept, tag)
		}
		tags[tag] = true
		for header, status := range map[string]int{tag: 304, `"x", W/` + tag: 304, "*": 304, `"x"`: 200} {
			again, body := get(t, app, "/assets/app-1a2b.js", "Accept-Encoding", accept, "If-None-Match", header)
			if again.StatusCode != status || (status == 304) != (len(body) == 0) || again.Header.Get("ETag") != tag {
				t.Errorf("%s with %s: %d and %d bytes", accept, header, again.StatusCode, len(body))
			}
		}
	}
}

func TestFormerAddress(t *testing.T) {
	app := newApp(t, built)
	for path, target := range map[string]string{
		"/Conversations/Main":            "/conversations/inbox",
		"/conversations/main":            "/conversations/inbox",
		"/CONVERSATIONS/MAIN/":           "/conversations/inbox",
		"/Conversations/Main?tag=Kargo":  "/conversations/inbox?tag=Kargo",
		"/Conversations":                 "/conversations",
		"/Conversations/Resolved/1042":   "/conversations/resolved/1042",
		"/conversations/inbox":           "",
		"/conversations":                 "",
		"/Conversationsx/Main":           "",
		"/Settings/Team":                 "",
		"//evil.example.com/":            "",
		"/Conversations/..%2f%2fevil":    "",
		"/Conversations/%0d%0aSet-x:%20": "",
	} {
		response, _ := get(t, app, path)
		if got := response.Header.Get("Location"); got != target || (target != "") != (response.StatusCode == 302) {
			t.Errorf("%s: %d to %q, want %q", path, response.StatusCode, got, target)
		}
	}
}

func TestOtherMethods(t *testing.T) {
	app := newApp(t, built)
	for method, status := range map[string]int{http.MethodHead: 200, http.MethodPost: 405, http.MethodDelete: 405} {
		response, err := app.Test(httptest.NewRequest(method, "/login", nil))
		if err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != status {
			t.Errorf("%s: %d", method, response.StatusCode)
		}
	}
}

func TestWithoutFrontend(t *testing.T) {
	for name, files := range map[string]fs.FS{"nil": nil, "empty": fstest.MapFS{".gitkeep": {}}} {
		response, body := get(t, newApp(t, files), "/login")
		if response.StatusCode != 503 || !strings.Contains(string(body), "make ui") || !strings.Contains(string(body), "çalıştırın") {
			t.Errorf("%s: %d %s", name, response.StatusCode, body)
		}
	}
}

// TestPageMayRunItsOwnScriptsOnly looks at the two policies that make stored text
// harmless.
func TestPageMayRunItsOwnScriptsOnly(t *testing.T) {
	response, _ := get(t, newApp(t, built), "/login")
	policy := response.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self';") || response.Header.Get("X-Frame-Options") != "DENY" {
		t.Errorf("%v", response.Header)
	}
}

// TestStartIsFree holds the start to its share of the time until the first page.
// The real frontend is used when it has been built.
func TestStartIsFree(t *testing.T) {
	var files fs.FS = built
	if _, err := os.Stat("../../ui/dist/index.html"); err == nil {
		files = os.DirFS("../../ui/dist")
	}
	begun := time.Now()
	app := newApp(t, files)
	start := time.Since(begun)
	begun = time.Now()
	get(t, app, "/", "Accept-Encoding", "br")
	t.Logf("start %v, first page %v", start, time.Since(begun))
	if start > 25*time.Millisecond {
		t.Errorf("the start took %v", start)
	}
}

func BenchmarkAsset(b *testing.B) {
	app := newApp(b, built)
	handler := app.Handler()
	var c fasthttp.RequestCtx
	c.Request.SetRequestURI("/assets/app-1a2b.js")
	c.Request.Header.SetHost("desk.example.com")
	c.Request.Header.Set("Accept-Encoding", "gzip, deflate, br")
	b.ReportAllocs()
	for b.Loop() {
		c.Response.Reset()
		handler(&c)
	}
}
