package guardrail

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

var errOrigin = errors.New("an origin has the form https://host or https://host:port")

// ParseOrigin reads a web origin, scheme, host and perhaps a port, and returns it
// the way browsers write it: in lower case, without the scheme's own port. It
// takes nothing around it: no path, name, query, space or second value. Names
// with letters outside ASCII must be given in their xn-- form.
func ParseOrigin(text string) (string, error) {
	scheme, authority, found := strings.Cut(strings.ToLower(text), "://")
	if !found || (scheme != "http" && scheme != "https") {
		return "", errOrigin
	}
	host, port, err := splitAuthority(authority)
	if err != nil {
		return "", err
	}
	if port == "" || (scheme == "http" && port == "80") || (scheme == "https" && port == "443") {
		return scheme + "://" + host, nil
	}
	return scheme + "://" + host + ":" + port, nil
}

// splitAuthority returns the host, an IPv6 one still in brackets, and the port.
func splitAuthority(authority string) (host, port string, err error) {
	host = authority
	if i := strings.LastIndexByte(authority, ':'); i > strings.LastIndexByte(authority, ']') {
		host, port = authority[:i], authority[i+1:]
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || port[0] == '0' || port[0] == '+' {
			return "", "", errOrigin
		}
	}
	if strings.HasPrefix(host, "[") {
		address, err := netip.ParseAddr(strings.TrimSuffix(host[1:], "]"))
		if err != nil || !strings.HasSuffix(host, "]") || !address.Is6() || address.Zone() != "" {
			return "", "", errOrigin
		}
		return "[" + address.String() + "]", port, nil
	}
	if !isHostName(host) {
		return "", "", errOrigin
	}
	return host, port, nil
}

func isHostName(host string) bool {
	if host == "" || len(host) > 253 {
		return false
	}
	for i := range len(host) {
		switch b := host[i]; {
		case b >= 'a' && b <= 'z', b >= '0' && b <= '9', b == '-', b == '_':
		case b == '.' && i > 0 && host[i-1] != '.':
		default:
			return false
		}
	}
	return true
}

// ownAddresses are this machine's addresses, by which a browser in the same
// network reaches it. Those of a link alone need a zone and have no origin.
func ownAddresses() []string {
	networks, err := net.InterfaceAddrs()
	if err != nil {
		return nil // the loopback still works, and a public address can be configured
	}
	var hosts []string
	for _, network := range networks {
		prefix, err := netip.ParsePrefix(network.String())
		if address := prefix.Addr().Unmap(); err == nil && !address.IsLoopback() && !address.IsLinkLocalUnicast() {
			hosts = append(hosts, address.String())
		}
	}
	return hosts
}

// Origins returns the origins of Parley's own pages: that of the public address
// when one is configured, and only that; otherwise what browsers call the address
// that is listened on: on this machine, and, when all addresses are listened on,
// in its networks.
func Origins(publicURL, listen string) ([]string, error) {
	if publicURL != "" {
		origin, err := ParseOrigin(strings.TrimSuffix(publicURL, "/"))
		if err != nil {
			return nil, fmt.Errorf("public address %q: %w", publicURL, err)
		}
		return []string{origin}, nil
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return nil, fmt.Errorf("listen address %q: %w", listen, err)
	}
	hosts := []string{host}
	address, parseErr := netip.ParseAddr(host)
	everywhere := host == "" || (parseErr == nil && address.IsUnspecified())
	if everywhere || host == "localhost" || (parseErr == nil && address.IsLoopback()) {
		hosts = []string{"localhost", "127.0.0.1", "::1"}
	}
	if everywhere {
		hosts = append(hosts, ownAddresses()...)
	}
	var origins []string
	for _, host := range hosts {
		origin, err := ParseOrigin("http://" + net.JoinHostPort(host, port))
		if err != nil {
			return nil, fmt.Errorf("listen address %q: %w", listen, err)
		}
		origins = append(origins, origin)
	}
	return origins, nil
}
