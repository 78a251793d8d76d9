package desk

import "errors"

// Code names one kind of refusal. It is stable: clients branch on it and
// translate it; the English detail beside it is for people who read the API.
type Code string

// The codes. Adding one is free; changing one breaks clients.
const (
	CodeNotFound      Code = "not_found"         // unknown, or not yours
	CodeForbidden     Code = "forbidden"         // your role may not do this
	CodeUnauthorized  Code = "unauthorized"      // no session, or it has ended
	CodeInvalid       Code = "invalid"           // a field is wrong; see Field
	CodeEmpty         Code = "empty"             // a text that must not be empty is
	CodeTooLong       Code = "too_long"          // a text is over its limit
	CodeBadText       Code = "bad_text"          // invalid UTF-8 or a NUL
	CodeTooMany       Code = "too_many"          // more items than allowed
	CodeTooLarge      Code = "too_large"         // a body or file is over its limit
	CodeFileType      Code = "file_type"         // this type of file is not allowed, or its name and bytes disagree
	CodeUnfinished    Code = "upload_unfinished" // the attachment's bytes have not all arrived
	CodeConflict      Code = "conflict"          // the same client id with another body, or a lost race
	CodeCollision     Code = "collision"         // another agent replied since seen_seq
	CodeArchived      Code = "archived"          // take it out of the archive first
	CodeBlocked       Code = "blocked"           // the customer is blocked
	CodeTaken         Code = "taken"             // the e-mail or shortcut is in use
	CodeLastOwner     Code = "last_owner"        // the last active owner cannot go
	CodeOwnAccount    Code = "own_account"       // one's own password and address are not changed this way
	CodeClosed        Code = "closed"            // set-up is over
	CodeRateLimited   Code = "rate_limited"      // too many requests; see Retry-After
	CodeCSRF          Code = "csrf"              // the request did not come from Parley's own page
	CodeStorageFull   Code = "storage_full"      // the disk or the quota is full; reading goes on
	CodeReadOnly      Code = "read_only"         // the store takes no writes now
	CodeUnavailable   Code = "unavailable"       // a part is starting or overloaded; try again
	CodeUnsupported   Code = "unsupported_media" // a content type or encoding that is not taken
	CodeInternal      Code = "internal"          // a fault of ours; it is in the operator's log
	CodeConsent       Code = "consent_required"  // the privacy notice must be agreed to first
	CodeUsedElsewhere Code = "used_elsewhere"    // the attachment already belongs to a message

	CodeFactorRequired Code = "second_factor_required" // the password is right; a code is needed as well
	CodeWrongFactor    Code = "second_factor_wrong"    // the code is wrong or used up
	CodeFactorSealed   Code = "second_factor_sealed"   // codes of the app cannot be checked; recovery codes can
	CodeFactorDue      Code = "second_factor_due"      // the team requires a second factor; set it up first
)

// Error is a refusal by a rule: nothing was changed.
type Error struct {
	Code   Code
	Field  string // the field at fault, in the API's words; may be empty
	Detail string // one English sentence that says what to do
}

func (e *Error) Error() string {
	if e.Field != "" {
		return string(e.Code) + ": " + e.Field + ": " + e.Detail
	}
	return string(e.Code) + ": " + e.Detail
}

// Refuse makes an Error.
func Refuse(code Code, field, detail string) *Error {
	return &Error{Code: code, Field: field, Detail: detail}
}

// NotFound is the answer for what is unknown and for what is not yours; the two
// must not be told apart.
func NotFound(what string) *Error {
	return &Error{Code: CodeNotFound, Detail: "There is no such " + what + "."}
}

// CodeOf returns the code of a refusal, or CodeInternal for any other error.
func CodeOf(err error) Code {
	var refusal *Error
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	return CodeInternal
}

// IsNotFound reports whether an error says that something does not exist, or not for
// who asks.
func IsNotFound(err error) bool { return CodeOf(err) == CodeNotFound }

// OrGone lets pass that something does not exist: what is gone already needs no more
// of what was to be done with it. Any other error stays.
func OrGone(err error) error {
	if IsNotFound(err) {
		return nil
	}
	return err
}
