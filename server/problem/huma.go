package problem

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"

	"parley/desk"
)

// maxViolations bounds an answer, whatever the request held.
const maxViolations = 20

// init is the one place where huma learns how errors look. Its constructors are
// package variables, so this cannot be a parameter; what is put there keeps no
// state of its own.
func init() {
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		p, _ := fromHuma(status, msg, errs)
		return p
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
		p, fault := fromHuma(status, msg, errs)
		if ctx == nil {
			return p
		}
		if fault != nil {
			humafiber.UnwrapV2(ctx).Locals(faultKey{}, fault)
		}
		if p.retryAfter > 0 { // huma sends headers for an operation's error, but not for a middleware's
			ctx.SetHeader("Retry-After", retrySeconds(p.retryAfter))
		}
		return p
	}
}

// fromHuma is From for what huma has to say: an operation's error (status 500
// and that one error), a request whose form is wrong (4xx and what is wrong with
// it), or a status alone.
func fromHuma(status int, msg string, errs []error) (*Problem, error) {
	for _, err := range errs {
		if desk.CodeOf(err) != desk.CodeInternal {
			return From(err)
		}
	}
	if status >= http.StatusInternalServerError {
		return internal(), errors.Join(append([]error{errors.New(msg)}, errs...)...)
	}
	p := ofStatus(status)
	p.Errors = violations(errs)
	if len(p.Errors) > 0 {
		p.Field = fieldOf(p.Errors[0].Location)
	}
	return p, nil
}

// violations keeps what was wrong and where, and drops the value that huma would
// send back: it may be a password.
func violations(errs []error) []Violation {
	var list []Violation
	for _, err := range errs {
		if err == nil || len(list) == maxViolations {
			continue
		}
		v := Violation{Message: err.Error()}
		var detailer huma.ErrorDetailer
		if errors.As(err, &detailer) {
			detail := detailer.ErrorDetail()
			v = Violation{Message: detail.Message, Location: detail.Location}
		}
		list = append(list, v)
	}
	return list
}

// fieldOf is a location without the part of the request that it lies in.
func fieldOf(location string) string {
	_, field, _ := strings.Cut(location, ".")
	return field
}
