package guardrail

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// maxHops is how many proxies are believed in a row.
const maxHops = 16

// Addresses finds out from where a request really comes.
type Addresses struct {
	trusted []netip.Prefix
}

// TrustProxies returns Addresses that believe X-Forwarded-For when the connection
// comes from one of the networks listed ("10.0.0.0/8", "192.0.2.1"). An empty list
// believes nobody.
func TrustProxies(list []string) (*Addresses, error) {
	a := &Addresses{}
	for _, text := range list {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			address, err := netip.ParseAddr(text)
			if err != nil {
				return nil, fmt.Errorf("%q is no network such as 10.0.0.0/8", text)
			}
			prefix = netip.PrefixFrom(address, address.BitLen())
		}
		a.trusted = append(a.trusted, prefix.Masked())
	}
	return a, nil
}

// Of is the client's address: that of the connection, or, when that is a trusted
// proxy, the last one in X-Forwarded-For that is not. What stands further left was
// written by the client and is not looked at.
func (a *Addresses) Of(c *fiber.Ctx) netip.Addr {
	remote, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	remote = remote.Unmap()
	if !a.trusts(remote) {
		return remote
	}
	var lines []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		lines = append(lines, string(line))
	}
	return a.walk(remote, hops(lines))
}

// hops joins the lines of the header into one chain, the client's side first.
func hops(lines []string) []string { return strings.Split(strings.Join(lines, ","), ",") }

// walk goes from our side of the chain towards the client's, as long as each hop
// is one of our proxies. What is not an address ends the walk.
func (a *Addresses) walk(remote netip.Addr, chain []string) netip.Addr {
	for hop := 0; hop < maxHops && len(chain) > 0 && a.trusts(remote); hop++ {
		next, ok := parseHop(chain[len(chain)-1])
		if !ok {
			return remote
		}
		remote, chain = next, chain[:len(chain)-1]
	}
	return remote
}

func (a *Addresses) trusts(address netip.Addr) bool {
	for _, prefix := range a.trusted {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}

// parseHop reads an address, with or without a port.
func parseHop(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	if address, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return address.Unmap().WithZone(""), true
	}
	if both, err := netip.ParseAddrPort(text); err == nil {
		return both.Addr().Unmap().WithZone(""), true
	}
	return netip.Addr{}, false
}
