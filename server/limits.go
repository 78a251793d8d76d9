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
	visit      shared         // everything that a visitor asks
	say        shared         // a visitor's messages
	send       shared         // a visitor's files
	sendBytes  shared         // MiB of a visitor's files
	introduce  *limit.Limiter // what a visitor says of themselves, by customer
	siteReader *limit.Limiter // what everybody may know of sites, by address
	exports    *limit.Places  // files that are made of everything, all together
	tellFailed *limit.Limiter // failed sign-ins that the audit log is told of, all together
}

// shared bounds what one customer does, and what all do together who come from one
// address: whoever is refused as one visitor can begin as another.
type shared struct{ own, address *limit.Limiter }

// perAddress is how many visitors' worth one address may do at once. An office
// shares one, and so do thousands of a mobile network's phones, of whom few write at
// the same time.
const perAddress = 20

func newLimits(clock func() time.Time, unlimited bool) *limits {
	rate := func(n int, per time.Duration) *limit.Limiter {
		if unlimited {
			return limit.New(clock)
		}
		return limit.New(clock, limit.Rate{N: n, Per: per})
	}
	both := func(n int, per time.Duration) shared { return shared{rate(n, per), rate(n*perAddress, per)} }
	return &limits{
		// Not for measuring: a bound on what is kept, 1,440 a day.
		tellFailed: limit.New(clock, limit.Rate{N: 60, Per: time.Hour}),
		exports:    limit.NewPlaces(2),

		enter: rate(10, time.Minute), enterSite: rate(100, time.Minute), identify: rate(30, time.Minute), badToken: rate(60, time.Minute),
		visit: both(300, time.Minute), say: both(20, time.Minute), send: both(10, time.Hour), sendBytes: both(50, 24*time.Hour),
		introduce: rate(20, time.Minute), siteReader: rate(300, time.Minute),
		search: rate(50, 5*time.Second), connect: rate(600, time.Minute), upload: rate(120, time.Minute), channel: rate(60, time.Second),
	}
}

func allow(l *limit.Limiter, key string) error { return allowN(l, key, 1) }

func allowN(l *limit.Limiter, key string, n int) error {
	if ok, wait := l.AllowN(key, n); !ok {
		return problem.RetryAfter(desk.Refuse(desk.CodeRateLimited, "", "Too many requests; wait a little and try again."), wait)
	}
	return nil
}

// allowVisitor counts n against a visitor and, once that is well, against the address:
// in the other order one who is refused would use up what the others there may do.
func allowVisitor(l shared, who *caller, n int) error {
	if err := allowN(l.own, who.visitor.Customer.String(), n); err != nil {
		return err
	}
	return allowN(l.address, limit.AddressKey(who.address), n)
}

// takeExport takes one of the places for exports. A reader who takes the bytes slowly
// keeps it for as long as there are some to take.
func (s *Server) takeExport() (leave func(), err error) {
	leave, ok := s.limits.exports.Take()
	if !ok {
		err = problem.RetryAfter(desk.Refuse(desk.CodeRateLimited, "", "Two exports are on their way already; try again when one is done."), 5*time.Second)
	}
	return leave, err
}

// allowConnect bounds new sockets. An office shares one address, so the bound is
// far above what one person needs.
func (s *Server) allowConnect(address netip.Addr) error {
	return allow(s.limits.connect, limit.AddressKey(address))
}
