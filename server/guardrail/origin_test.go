package guardrail_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"parley/server/guardrail"
)

func TestParseOrigin(t *testing.T) {
	for text, want := range map[string]string{
		"https://desk.example.com":        "https://desk.example.com",
		"HTTPS://Desk.Example.COM:443":    "https://desk.example.com",
		"http://desk.example.com:80":      "http://desk.example.com",
		"http://desk.example.com:443":     "http://desk.example.com:443",
		"https://desk.example.com:8443":   "https://desk.example.com:8443",
		"http://127.0.0.1:8080":           "http://127.0.0.1:8080",
		"http://[::1]:8080":               "http://[::1]:8080",
		"http://[0:0:0:0:0:0:0:1]":        "http://[::1]",
		"https://xn--mller-kva.example":   "https://xn--mller-kva.example",
		"":                                "",
		"null":                            "",
		"desk.example.com":                "",
		"https://":                        "",
		"https://desk.example.com/":       "",
		"https://desk.example.com/x":      "",
		"https://me@desk.example.com":     "",
		"https://desk.example.com?x":      "",
		"https://desk.example.com#x":      "",
		"https://desk.example.com ":       "",
		" https://desk.example.com":       "",
		"https://desk.example.com:":       "",
		"https://desk.example.com:0":      "",
		"https://desk.example.com:080":    "",
		"https://desk.example.com:65536":  "",
		"https://desk.example.com:+80":    "",
		"https://a,https://b":             "",
		"https://a https://b":             "",
		"https://*.example.com":           "",
		"https://[::1":                    "",
		"https://[fe80::1%25eth0]":        "",
		"https://[1.2.3.4]":               "",
		"https://..":                      "",
		"https://müller.example":          "",
		"file://desk.example.com":         "",
		"chrome-extension://abcdef":       "",
		"https://desk.example.com\x00":    "",
		"https://desk%2eexample.com":      "",
		"https://desk.example.com\\@evil": "",
	} {
		got, err := guardrail.ParseOrigin(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
}

// FuzzParseOrigin holds that what is accepted is an origin and nothing more: the
// standard library reads the same scheme and host from it, and nothing else.
func FuzzParseOrigin(f *testing.F) {
	for _, seed := range []string{"https://desk.example.com", "http://[::1]:8080", "https://a:443", "null", "https://a/b", "http://a@b", "https://[::ffff:1.2.3.4]:1", "HTTP://A.b-c_d:65535"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := guardrail.ParseOrigin(text)
		if err != nil {
			return
		}
		if again, err := guardrail.ParseOrigin(got); err != nil || again != got {
			t.Errorf("%q gives %q, which gives %q, %v", text, got, again, err)
		}
		u, err := url.Parse(got)
		if err != nil || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.Scheme+"://"+u.Host != got {
			t.Errorf("%q gives %q, which reads as %#v, %v", text, got, u, err)
		}
		if original, err := url.Parse(strings.ToLower(text)); err != nil || strings.TrimSuffix(strings.TrimSuffix(original.Host, ":80"), ":443") == "" {
			t.Errorf("%q was accepted; the standard library reads %v, %v", text, original, err)
		}
	})
}

func TestOrigins(t *testing.T) {
	loopback := []string{"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"}
	everywhere := slices.Concat(loopback, originsOfThisMachine(t, "8080"))
	for _, test := range []struct {
		public, listen string
		want           []string
	}{
		{"https://desk.example.com/", "127.0.0.1:8080", []string{"https://desk.example.com"}},
		{"http://desk.lan:9000", ":8080", []string{"http://desk.lan:9000"}},
		{"", "127.0.0.1:8080", loopback},
		{"", "localhost:8080", loopback},
		{"", "[::1]:8080", loopback},
		{"", ":8080", everywhere},
		{"", "0.0.0.0:8080", everywhere},
		{"", "192.0.2.7:80", []string{"http://192.0.2.7"}},
		{"desk.example.com", "127.0.0.1:8080", nil},
		{"https://desk.example.com/app", "127.0.0.1:8080", nil},
		{"", "8080", nil},
	} {
		got, err := guardrail.Origins(test.public, test.listen)
		if !slices.Equal(got, test.want) || (err == nil) != (test.want != nil) {
			t.Errorf("%q, %q: %v, %v", test.public, test.listen, got, err)
		}
	}
}

// originsOfThisMachine asks the system for what a browser in the same network
// would type.
func originsOfThisMachine(t *testing.T, port string) (origins []string) {
	t.Helper()
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range addresses {
		network, ok := address.(*net.IPNet)
		if ok && !network.IP.IsLoopback() && !network.IP.IsLinkLocalUnicast() {
			origins = append(origins, "http://"+net.JoinHostPort(network.IP.String(), port))
		}
	}
	return origins
}

func TestSameOrigin(t *testing.T) {
	h := build(t, nil)
	for _, test := range []struct {
		method, site, origin, parley string
		status                       int
	}{
		{"POST", "same-origin", origin, "1", 200},
		{"POST", "none", "", "1", 200},
		{"POST", "", origin, "1", 200},
		{"POST", "", "", "1", 200}, // not a browser
		{"POST", "", "HTTPS://desk.example.com:443", "1", 200},
		{"POST", "same-origin", origin, "", 403},
		{"POST", "same-origin", origin, "0", 403},
		{"POST", "", "", "", 403},
		{"POST", "cross-site", origin, "1", 403},
		{"POST", "same-site", origin, "1", 403},
		{"POST", "whatever", origin, "1", 403},
		{"POST", "cross-site", "", "1", 403},
		{"POST", "same-origin", "https://evil.example.com", "1", 403},
		{"POST", "", "null", "1", 403},
		{"POST", "", "http://desk.example.com", "1", 403},
		{"POST", "", "https://desk.example.com.evil.example", "1", 403},
		{"GET", "cross-site", "https://evil.example.com", "", 200},
		{"TOKENS", "same-origin", origin, "", 200},
		{"TOKENS", "", "", "", 200},
		{"TOKENS", "cross-site", "", "1", 403},
		{"TOKENS", "", "https://evil.example.com", "1", 403},
	} {
		path := "/echo"
		if test.method == "TOKENS" { // below the path where nothing listens to cookies
			test.method, path = http.MethodPost, "/tokens/echo"
		}
		if test.method == http.MethodGet {
			path = "/hello"
		}
		request := httptest.NewRequest(test.method, path, nil)
		for name, value := range map[string]string{"Sec-Fetch-Site": test.site, "Origin": test.origin, "X-Parley": test.parley} {
			if value != "" {
				request.Header.Set(name, value)
			}
		}
		if a := h.ask(t, request); a.status != test.status || (test.status == 403 && a.code != "csrf") {
			t.Errorf("%+v: %d %s", test, a.status, a.body)
		}
	}
}
