package limit

import "net/netip"

// AddressKey is the key under which an address is counted: an IPv4 address as it
// is, an IPv6 address by its /64, which is what one household or machine is given
// and can choose freely from.
func AddressKey(address netip.Addr) string {
	address = address.Unmap().WithZone("")
	if address.Is6() {
		return netip.PrefixFrom(address, 64).Masked().String()
	}
	return address.String()
}
