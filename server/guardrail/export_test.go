package guardrail

import "net/netip"

// Walk lets tests give a chain of proxies without a request around it.
func (a *Addresses) Walk(remote netip.Addr, lines ...string) netip.Addr {
	return a.walk(remote, hops(lines))
}
