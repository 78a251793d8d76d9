package server

import (
	"net/netip"
	"time"

	"parley/desk"
	"parley/server/limit"
	"parley/server/problem"
)

// limits bound what one agent or one address may ask for in a while.
type limits struct {
	search  *limit.Limiter // by agent
	connect *limit.Limiter // by address
	upload  *limit.Limiter // by agent, or channel token
	channel *limit.Limiter // by channel token

	enter      *limit.Limiter // new visitors, by address
	enterSite  *limit.Limiter // new visitors, by site
	identify   *limit.Limiter // by address
	badToken   *limit.Limiter // by address
	visit      *limit.Limiter // everything that a visitor asks, by customer
	say        *limit.Limiter // messages, by customer
	send       *limit.Limiter // files, by customer
	sendBytes  *limit.Limiter // MiB of files, by customer
	siteReader *limit.Limiter // what everybody may know of sites, by address
	tellFailed *limit.Limiter // failed sign-ins that the audit log is told of, all together
}

func newLimits(clock func() time.Time, unlimited bool) *limits {
	rate := func(n int, per time.Duration) *limit.Limiter {
		if unlimited {
			return limit.New(clock)
		}
		return limit.New(clock, limit.Rate{N: n, Per: per})
	}
	return &limits{
		// Not for measuring: a bound on what is kept, 1,440 a day.
		tellFailed: limit.New(clock, limit.Rate{N: 60, Per: time.Hour}),

		enter: rate(10, time.Minute), enterSite: rate(100, time.Minute), identify: rate(30, time.Minute), badToken: rate(60, time.Minute),
		visit: rate(300, time.Minute), say: rate(20, time.Minute), send: rate(10, time.Hour), sendBytes: rate(50, 24*time.Hour),
		siteReader: rate(300, time.Minute),
		search:     rate(50, 5*time.Second), connect: rate(600, time.Minute), upload: rate(120, time.Minute), channel: rate(60, time.Second),
	}
}

func allow(l *limit.Limiter, key string) error { return allowN(l, key, 1) }

func allowN(l *limit.Limiter, key string, n int) error {
	if ok, wait := l.AllowN(key, n); !ok {
		return problem.RetryAfter(desk.Refuse(desk.CodeRateLimited, "", "Too many requests; wait a little and try again."), wait)
	}
	return nil
}

// allowConnect bounds new sockets. An office shares one address, so the bound is
// far above what one person needs.
func (s *Server) allowConnect(address netip.Addr) error {
	return allow(s.limits.connect, limit.AddressKey(address))
}
