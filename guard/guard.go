package guard

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// The kinds of failure. The error around one says more, for the operator's log.
var (
	ErrAddress  = errors.New("guard: this address may not be called; list it with --allow-out")
	ErrURL      = errors.New("guard: this is no http or https address")
	ErrTooLarge = errors.New("guard: the answer is too large")
	ErrTimeout  = errors.New("guard: there was no answer in time")
	ErrNoAnswer = errors.New("guard: there was no answer")
)

// Options say where calls may go and how much they may take.
type Options struct {
	// Allow lists networks that may be called besides public addresses, on any port.
	Allow []netip.Prefix
	// Timeout bounds a whole call; 0 means 10 s. A call's context may end it sooner.
	Timeout time.Duration
	// Connect bounds the making of a connection; 0 means as long as Timeout.
	Connect time.Duration
	// MaxBytes bounds the body of an answer; 0 means 64 KiB.
	MaxBytes int64
	// Encrypted lets plain http go to listed networks alone.
	Encrypted bool
}

const (
	defaultTimeout  = 10 * time.Second
	defaultMaxBytes = 64 << 10
	maxHeaderBytes  = 16 << 10
)

// Client calls out. It is safe for concurrent use.
type Client struct {
	https, plain *http.Client
	allow        []netip.Prefix
	maxBytes     int64
}

// New makes a client.
func New(o Options) *Client {
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = defaultMaxBytes
	}
	if o.Connect == 0 {
		o.Connect = o.Timeout
	}
	c := &Client{allow: o.Allow, maxBytes: o.MaxBytes}
	c.https = c.caller(&o, c.judge)
	c.plain = c.https
	if o.Encrypted {
		c.plain = c.caller(&o, c.judgePlain)
	}
	return c
}

// caller makes what calls, after judge has judged each address.
func (c *Client) caller(o *Options, judge func(network, address string, _ syscall.RawConn) error) *http.Client {
	dialer := &net.Dialer{Timeout: o.Connect, KeepAlive: -1, Control: judge}
	return &http.Client{
		Timeout: o.Timeout,
		Transport: &http.Transport{
			Proxy: nil, DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true,
			TLSHandshakeTimeout: o.Connect, ResponseHeaderTimeout: o.Timeout, MaxResponseHeaderBytes: maxHeaderBytes,
			ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// judge is asked before each connection, with the address that it goes to after the
// name was looked up: what the name is later said to be does not matter.
func (c *Client) judge(_, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrAddress, address)
	}
	ip := target.Addr().Unmap().WithZone("")
	if within(c.allow, ip) {
		return nil
	}
	if port := target.Port(); !isPublic(ip) || port != 80 && port != 443 {
		return fmt.Errorf("%w: %s", ErrAddress, target)
	}
	return nil
}

// judgePlain is judge for what goes out unencrypted: to listed networks alone.
func (c *Client) judgePlain(_, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil || !within(c.allow, target.Addr().Unmap().WithZone("")) {
		return fmt.Errorf("%w: %s, unencrypted", ErrAddress, address)
	}
	return nil
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Post sends a body and reads the answer, whatever its status. A redirect is an
// answer like any other and is not followed.
func (c *Client) Post(ctx context.Context, address string, header http.Header, body []byte) (*Answer, error) {
	response, err := c.do(ctx, http.MethodPost, address, header, body)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	read, err := io.ReadAll(io.LimitReader(response.Body, c.maxBytes+1))
	if err != nil {
		return nil, sort(err)
	}
	if int64(len(read)) > c.maxBytes {
		return nil, ErrTooLarge
	}
	return &Answer{Status: response.StatusCode, Header: response.Header, Body: read}, nil
}

// Tell sends a body and reads of the answer's no more than MaxBytes, which it throws away:
// for those whose answer is their status. A redirect is an answer like any other and is
// not followed.
func (c *Client) Tell(ctx context.Context, address string, header http.Header, body []byte) (*Answer, error) {
	response, err := c.do(ctx, http.MethodPost, address, header, body)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, c.maxBytes) // so that it is not cut off while it answers
	return &Answer{Status: response.StatusCode, Header: response.Header}, nil
}

// Peek asks for a page and reads how it begins: what lies behind MaxBytes is left, and
// so is the whole body where its media type is none of those that are taken. A redirect
// is an answer like any other and is not followed.
func (c *Client) Peek(ctx context.Context, address string, header http.Header, take ...string) (*Answer, error) {
	response, err := c.do(ctx, http.MethodGet, address, header, nil)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer := &Answer{Status: response.StatusCode, Header: response.Header}
	if media, _, err := mime.ParseMediaType(response.Header.Get("Content-Type")); err != nil || !slices.Contains(take, media) {
		return answer, nil
	}
	if answer.Body, err = io.ReadAll(io.LimitReader(response.Body, c.maxBytes)); err != nil {
		return nil, sort(err)
	}
	return answer, nil
}

// do sends a request; the caller closes the answer's body.
func (c *Client) do(ctx context.Context, method, address string, header http.Header, body []byte) (*http.Response, error) {
	target, err := url.Parse(address)
	if err != nil || target.Host == "" || target.User != nil || (target.Scheme != "http" && target.Scheme != "https") {
		return nil, ErrURL
	}
	request, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrURL, err)
	}
	for name, values := range header {
		request.Header[name] = values
	}
	request.Header.Set("User-Agent", "Parley")
	client := c.https
	if target.Scheme == "http" {
		client = c.plain
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, sort(err)
	}
	return response, nil
}

// sort gives a failure its kind.
func sort(err error) error {
	var timeout net.Error
	switch {
	case errors.Is(err, ErrAddress):
		return err
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return fmt.Errorf("%w: %w", ErrNoAnswer, err)
}

// ParseAllow reads the operator's list of networks: addresses such as 10.1.2.3 and
// networks such as 10.0.0.0/8.
func ParseAllow(list []string) ([]netip.Prefix, error) {
	var allow []netip.Prefix
	for _, text := range list {
		text = strings.TrimSpace(text)
		if address, err := netip.ParseAddr(text); err == nil {
			allow = append(allow, netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen()))
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("%q is no network such as 10.0.0.0/8", text)
		}
		allow = append(allow, prefix.Masked())
	}
	return allow, nil
}
