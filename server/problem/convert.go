package problem

import (
	"errors"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"parley/desk"
)

// retry is a refusal together with the time after which to try again.
type retry struct {
	error
	after time.Duration
}

func (r *retry) Unwrap() error { return r.error }

// GetHeaders tells huma about the Retry-After header.
func (r *retry) GetHeaders() http.Header {
	return http.Header{"Retry-After": {retrySeconds(r.after)}}
}

// RetryAfter adds a Retry-After header to the answer that err becomes. The time
// is sent in whole seconds, rounded up.
func RetryAfter(err error, after time.Duration) error {
	return &retry{error: err, after: after}
}

// From returns the problem that an error becomes, and the error itself when it
// is a fault of ours that belongs in the log; fault is nil for a refusal.
func From(err error) (p *Problem, fault error) {
	var (
		ready   *Problem
		refusal *desk.Error
		routing *fiber.Error
	)
	switch {
	case errors.As(err, &ready):
		return ready, nil
	case errors.As(err, &refusal) && refusal.Code != desk.CodeInternal:
		p = refused(refusal)
	case errors.As(err, &routing) && routing.Code < http.StatusInternalServerError:
		p = ofStatus(routing.Code)
	default:
		return internal(), err
	}
	var wait *retry
	if errors.As(err, &wait) {
		p.retryAfter = wait.after
	}
	return p, nil
}

// meaning is what a status says when no rule has spoken.
type meaning struct {
	code   desk.Code
	detail string
}

// ofStatus is the problem for a status that the router, the parser or the
// decoder chose. Their own texts are not sent: some repeat what the client sent.
func ofStatus(status int) *Problem {
	m := meaningOf(status)
	return build(status, m.code, "", m.detail)
}

func meaningOf(status int) meaning {
	switch status {
	case http.StatusUnauthorized:
		return meaning{desk.CodeUnauthorized, "Sign in first."}
	case http.StatusForbidden:
		return meaning{desk.CodeForbidden, "You may not do this."}
	case http.StatusNotFound:
		return meaning{desk.CodeNotFound, "There is nothing at this address."}
	case http.StatusMethodNotAllowed:
		return meaning{desk.CodeInvalid, "This address does not take this method."}
	case http.StatusNotAcceptable:
		return meaning{desk.CodeUnsupported, "The answer can only be JSON."}
	case http.StatusRequestTimeout:
		return meaning{desk.CodeUnavailable, "The request took too long to arrive; send it again."}
	case http.StatusLengthRequired:
		return meaning{desk.CodeInvalid, "Send the body with a Content-Length."}
	case http.StatusRequestEntityTooLarge:
		return meaning{desk.CodeTooLarge, "The body is too large."}
	case http.StatusRequestURITooLong, http.StatusRequestHeaderFieldsTooLarge:
		return meaning{desk.CodeTooLarge, "The address and headers are too long."}
	case http.StatusUnsupportedMediaType:
		return meaning{desk.CodeUnsupported, "This content type or encoding is not taken."}
	case http.StatusUnprocessableEntity:
		return meaning{desk.CodeInvalid, "Some fields are wrong; see errors."}
	case http.StatusTooManyRequests:
		return meaning{desk.CodeRateLimited, "Too many requests; wait a moment."}
	}
	return meaning{desk.CodeInvalid, "The request could not be understood."}
}
