package server

import (
	"net/netip"
	"time"

	"parley/desk"
	"parley/server/limit"
	"parley/server/problem"
)

// logins slows guessing down: by address, by account from one address, and more
// and more after failures. It locks nobody out: whoever knows the password gets
// in after the wait.
type logins struct {
	byAddress *limit.Limiter
	byAccount *limit.Limiter
	failures  *limit.Delay
}

func newLogins(clock func() time.Time) *logins {
	return &logins{
		byAddress: limit.New(clock, limit.Rate{N: 30, Per: time.Minute}),
		byAccount: limit.New(clock, limit.Rate{N: 5, Per: time.Minute}, limit.Rate{N: 10, Per: 15 * time.Minute}),
		failures:  limit.NewDelay(clock),
	}
}

// Allow refuses an attempt that comes too soon, with CodeRateLimited.
func (l *logins) Allow(address netip.Addr, account string) error {
	key := loginKey(address, account)
	wait := l.failures.Wait(key)
	if wait == 0 {
		_, wait = l.byAddress.Allow(limit.AddressKey(address))
	}
	if wait == 0 {
		_, wait = l.byAccount.Allow(key)
	}
	if wait == 0 {
		return nil
	}
	return problem.RetryAfter(desk.Refuse(desk.CodeRateLimited, "", "Too many attempts; wait a little and try again."), wait)
}

// Failed counts a wrong password.
func (l *logins) Failed(address netip.Addr, account string) {
	l.failures.Failed(loginKey(address, account))
}

// Succeeded forgets the wrong ones before it.
func (l *logins) Succeeded(address netip.Addr, account string) {
	l.failures.Succeeded(loginKey(address, account))
}

func loginKey(address netip.Addr, account string) string {
	return limit.AddressKey(address) + " " + desk.FoldEmail(account)
}
