package problem

import (
	"net/http"
	"strconv"
	"time"

	"parley/desk"
)

// ContentType is the media type of every problem.
const ContentType = "application/problem+json"

// Problem is the answer to a request that was refused or failed.
type Problem struct {
	Type   string      `json:"type" doc:"Always about:blank; the code tells problems apart."`
	Title  string      `json:"title" doc:"The status in words."`
	Status int         `json:"status" doc:"The HTTP status."`
	Detail string      `json:"detail" doc:"One English sentence that says what to do."`
	Code   desk.Code   `json:"code" doc:"Stable; branch on it and translate it."`
	Field  string      `json:"field,omitempty" doc:"The field at fault."`
	Errors []Violation `json:"errors,omitempty" doc:"Everything that was wrong with the request's form."`

	retryAfter time.Duration
}

// Violation is one thing that is wrong with a request's form.
type Violation struct {
	Message  string `json:"message"`
	Location string `json:"location,omitempty" doc:"Such as body.email or query.limit."`
}

// Error makes a Problem an error; it holds nothing that may not be sent.
func (p *Problem) Error() string { return string(p.Code) + ": " + p.Detail }

// GetStatus tells huma the status to answer with.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType tells huma the media type to answer with.
func (p *Problem) ContentType(string) string { return ContentType }

// GetHeaders tells huma which headers go with the answer.
func (p *Problem) GetHeaders() http.Header {
	if p.retryAfter <= 0 {
		return nil
	}
	return http.Header{"Retry-After": {retrySeconds(p.retryAfter)}}
}

// retrySeconds rounds up, so that a client that obeys is never early.
func retrySeconds(d time.Duration) string {
	return strconv.FormatInt(int64((d+time.Second-1)/time.Second), 10)
}

// Status is the HTTP status of a code.
func Status(code desk.Code) int {
	switch code {
	case desk.CodeUnauthorized, desk.CodeFactorRequired, desk.CodeWrongFactor, desk.CodeFactorSealed:
		return http.StatusUnauthorized
	case desk.CodeForbidden, desk.CodeOwnAccount, desk.CodeCSRF, desk.CodeFactorDue:
		return http.StatusForbidden
	case desk.CodeNotFound:
		return http.StatusNotFound
	case desk.CodeInvalid, desk.CodeEmpty, desk.CodeBadText, desk.CodeTooMany, desk.CodeFileType:
		return http.StatusUnprocessableEntity
	case desk.CodeTooLong, desk.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case desk.CodeUnsupported:
		return http.StatusUnsupportedMediaType
	case desk.CodeConflict, desk.CodeCollision, desk.CodeArchived, desk.CodeBlocked, desk.CodeTaken,
		desk.CodeLastOwner, desk.CodeUnfinished, desk.CodeUsedElsewhere, desk.CodeConsent:
		return http.StatusConflict
	case desk.CodeClosed:
		return http.StatusGone
	case desk.CodeRateLimited:
		return http.StatusTooManyRequests
	case desk.CodeStorageFull:
		return http.StatusInsufficientStorage
	case desk.CodeReadOnly, desk.CodeUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// refused is the problem that a rule's refusal becomes.
func refused(refusal *desk.Error) *Problem {
	return build(Status(refusal.Code), refusal.Code, refusal.Field, refusal.Detail)
}

// internal is the problem that every fault becomes.
func internal() *Problem {
	return build(http.StatusInternalServerError, desk.CodeInternal, "",
		"Something went wrong on the server; it has been logged. Try again.")
}

func build(status int, code desk.Code, field, detail string) *Problem {
	return &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Code: code, Field: field, Detail: detail,
	}
}
