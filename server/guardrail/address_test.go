package guardrail_test

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"parley/server/guardrail"
)

// addressOf asks which address a request has that comes, as every one does in a
// test, from 0.0.0.0.
func addressOf(t *testing.T, trusted []string, forwarded ...string) string {
	t.Helper()
	addresses, err := guardrail.TrustProxies(trusted)
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New()
	var got netip.Addr
	app.Get("/", func(c *fiber.Ctx) error { got = addresses.Of(c); return nil })
	request := httptest.NewRequest("GET", "/", nil)
	for _, line := range forwarded {
		request.Header.Add("X-Forwarded-For", line)
	}
	if _, err := app.Test(request); err != nil {
		t.Fatal(err)
	}
	return got.String()
}

func TestAddresses(t *testing.T) {
	proxies := []string{"0.0.0.0/32", "10.0.0.0/8", "2001:db8::/32"}
	for _, test := range []struct {
		trusted   []string
		forwarded []string
		want      string
	}{
		{nil, nil, "0.0.0.0"},
		{nil, []string{"192.0.2.7"}, "0.0.0.0"},
		{[]string{"10.0.0.0/8"}, []string{"192.0.2.7"}, "0.0.0.0"},
		{proxies, nil, "0.0.0.0"},
		{proxies, []string{"192.0.2.7"}, "192.0.2.7"},
		{proxies, []string{"1.1.1.1, 192.0.2.7"}, "192.0.2.7"},
		{proxies, []string{"1.1.1.1, 192.0.2.7, 10.1.2.3"}, "192.0.2.7"},
		{proxies, []string{"1.1.1.1", "192.0.2.7", "10.1.2.3"}, "192.0.2.7"},
		{proxies, []string{"192.0.2.7:4711"}, "192.0.2.7"},
		{proxies, []string{"2001:db9::1"}, "2001:db9::1"},
		{proxies, []string{"[2001:db9::1]:443, 2001:db8::2"}, "2001:db9::1"},
		{proxies, []string{"::ffff:192.0.2.7"}, "192.0.2.7"},
		{proxies, []string{"unknown"}, "0.0.0.0"},
		{proxies, []string{"192.0.2.7, unknown, 10.1.2.3"}, "10.1.2.3"},
		{proxies, []string{""}, "0.0.0.0"},
		{proxies, []string{strings.Repeat("10.0.0.1,", 200) + "10.0.0.2"}, "10.0.0.1"},
	} {
		if got := addressOf(t, test.trusted, test.forwarded...); got != test.want {
			t.Errorf("%v %.60v: %s, want %s", test.trusted, test.forwarded, got, test.want)
		}
	}
	if _, err := guardrail.TrustProxies([]string{"my-proxy"}); err == nil {
		t.Error("a name was taken for an address")
	}
}

// FuzzForwardedFor holds that whatever a client writes, its own entries can only
// stand left of ours: with one trusted proxy that appended the true address, the
// true address comes out.
func FuzzForwardedFor(f *testing.F) {
	for _, seed := range []string{"", "1.1.1.1", "1.1.1.1,", ",,", "[::1]:80", "a, b", "0.0.0.0, 0.0.0.0"} {
		f.Add(seed)
	}
	addresses, err := guardrail.TrustProxies([]string{"10.0.0.0/8"})
	if err != nil {
		f.Fatal(err)
	}
	proxy, truth := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("192.0.2.7")
	f.Fuzz(func(t *testing.T, line string) {
		if got := addresses.Walk(proxy, line+", "+truth.String()); got != truth {
			t.Errorf("one line %q: %s", line, got)
		}
		if got := addresses.Walk(proxy, line, truth.String()); got != truth {
			t.Errorf("two lines %q: %s", line, got)
		}
	})
}
