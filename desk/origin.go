package desk

import (
	"net/netip"
	"strconv"
	"strings"
)

const originHelp = "Write an address such as https://example.com, or https://*.example.com for all names under it."

// CleanOrigin checks the address of a website, scheme, host and perhaps a port,
// and writes it as browsers do: in lower case, without the scheme's own port. The
// first label may be *, which stands for one or more labels. A path of "/" goes;
// anything more is refused, and so are IPv6 addresses, which no browser's policy
// can name.
func CleanOrigin(text string) (string, error) {
	refusal := Refuse(CodeInvalid, "origins", originHelp)
	lower := strings.ToLower(strings.TrimSpace(text))
	scheme, authority, found := strings.Cut(strings.TrimSuffix(lower, "/"), "://")
	if !found || (scheme != "http" && scheme != "https") {
		return "", refusal
	}
	host, port, hasPort := strings.Cut(authority, ":")
	if n, err := strconv.ParseUint(port, 10, 16); hasPort && (err != nil || n == 0 || strconv.FormatUint(n, 10) != port) {
		return "", refusal
	}
	name, pattern := strings.CutPrefix(host, "*.")
	if !isHost(name) || (pattern && (!strings.Contains(name, ".") || isAddress(name))) {
		return "", refusal
	}
	origin := scheme + "://" + host
	if hasPort && port != map[string]string{"http": "80", "https": "443"}[scheme] {
		origin += ":" + port
	}
	return origin, nil
}

// isHost tells whether a text is a host name or an IPv4 address. Names with
// letters outside ASCII must be given in their xn-- form.
func isHost(host string) bool {
	if host == "" || len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}
