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
}

func newLimits(clock func() time.Time, unlimited bool) *limits {
	rate := func(n int, per time.Duration) *limit.Limiter {
		if unlimited {
			return limit.New(clock)
		}
		return limit.New(clock, limit.Rate{N: n, Per: per})
	}
	return &limits{search: rate(50, 5*time.Second), connect: rate(600, time.Minute), upload: rate(120, time.Minute), channel: rate(60, time.Second)}
}

func allow(l *limit.Limiter, key string) error {
	if ok, wait := l.Allow(key); !ok {
		return problem.RetryAfter(desk.Refuse(desk.CodeRateLimited, "", "Too many requests; wait a little and try again."), wait)
	}
	return nil
}

// allowConnect bounds new sockets. An office shares one address, so the bound is
// far above what one person needs.
func (s *Server) allowConnect(address netip.Addr) error {
	return allow(s.limits.connect, limit.AddressKey(address))
}
