package server

import (
	"context"
	"time"

	"parley/desk"
	"parley/server/limit"
	"parley/server/problem"
)

// codes slows the guessing of six digits down, by agent and wherever it comes from: who
// guesses codes knows the password already, and may have many addresses. Only wrong
// codes make the next one wait, 5 minutes at most, so nobody gets more than some 300
// guesses a day; of a million codes three are right at any moment. Recovery codes don't
// wait here: they cannot be guessed, and open for who is kept waiting by somebody else.
type codes struct {
	tries    *limit.Limiter
	failures *limit.Delay
}

func newCodes(clock func() time.Time) *codes {
	return &codes{
		// What comes at the same moment is counted before any of it has failed.
		tries:    limit.New(clock, limit.Rate{N: 10, Per: 10 * time.Minute}),
		failures: limit.NewDelay(clock),
	}
}

// allow refuses a code that comes too soon, with CodeRateLimited.
func (c *codes) allow(agent desk.ID) error {
	wait := c.failures.Wait(agent.String())
	if wait == 0 {
		_, wait = c.tries.Allow(agent.String())
	}
	if wait == 0 {
		return nil
	}
	return problem.RetryAfter(desk.Refuse(desk.CodeRateLimited, "code", "Too many attempts; wait a little and try again, or use a recovery code."), wait)
}

// provePassword refuses a caller who does not know their own password, which they gave
// in a field of that name. It counts as an attempt to sign in.
func (s *Server) provePassword(ctx context.Context, who *caller, field, secret string) error {
	if err := s.logins.Allow(who.address, who.agent.Email); err != nil {
		return err
	}
	hash, err := s.app.PasswordHash(who.agent.ID)
	if err != nil {
		return err
	}
	result, err := s.passwords.Verify(ctx, hash, secret)
	if err != nil {
		return err
	}
	if !result.Right {
		s.logins.Failed(who.address, who.agent.Email)
		s.signInFailed(who, who.agent.ID, "")
		return desk.Refuse(desk.CodeInvalid, field, "This is not your present password.")
	}
	return nil
}

// proveFactor refuses who does not bring a right code of an agent's second factor, whose
// password they know; nil and no error for an agent who has none. A wrong code counts
// like a wrong password.
func (s *Server) proveFactor(who *caller, agent *desk.Agent, code string) (*desk.FactorProof, error) {
	if _, guessable := desk.CleanCode(code); guessable {
		if err := s.codes.allow(agent.ID); err != nil {
			return nil, err
		}
	}
	proof, err := s.app.ProveFactor(agent.ID, code)
	if desk.CodeOf(err) == desk.CodeWrongFactor {
		s.logins.Failed(who.address, agent.Email)
		s.signInFailed(who, agent.ID, desk.CodeWrongFactor)
		if _, guessable := desk.CleanCode(code); guessable {
			s.codes.failures.Failed(agent.ID.String())
		}
	}
	return proof, err
}

// factorProved forgets the wrong attempts before a right one.
func (s *Server) factorProved(who *caller, agent *desk.Agent) {
	s.logins.Succeeded(who.address, agent.Email)
	s.codes.failures.Succeeded(agent.ID.String())
}
