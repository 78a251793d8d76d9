package guard

import "net/netip"

// notPublic are the networks that no call goes to unless the operator lists them:
// this machine, its neighbours, and what stands for either in another form. From
// the special-purpose registries of IANA.
var notPublic = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"::/128", "::1/128", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
	"2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i := range list {
		out[i] = netip.MustParsePrefix(list[i])
	}
	return out
}

func within(list []netip.Prefix, address netip.Addr) bool {
	for _, prefix := range list {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}

// isPublic reports whether an address is one that anybody on the internet can reach.
func isPublic(address netip.Addr) bool {
	address = address.Unmap().WithZone("")
	return address.IsValid() && !within(notPublic, address)
}
