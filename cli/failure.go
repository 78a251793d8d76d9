package cli

import (
	"context"
	"errors"
	"net"
	"os"
	"strings"
	"syscall"

	"parley/desk"
	"parley/store"
)

// The exit codes, after sysexits.h where it has one.
const (
	exitFailed   = 1  // what was asked could not be done
	exitUsage    = 2  // the command line was wrong
	exitBadData  = 65 // check found faults; a file cannot be taken
	exitNoInput  = 66 // a file or folder is not there
	exitCantMake = 73 // the data folder is in use or cannot be made
	exitIO       = 74 // the disk failed or is full
)

// failure is an error with an exit code of its own.
type failure struct {
	code int
	error
}

func (f failure) Unwrap() error { return f.error }

func exitCode(err error) int {
	var f failure
	switch {
	case errors.As(err, &f):
		return f.code
	case full(err), errors.Is(err, store.ErrReadOnly), errors.Is(err, syscall.EIO):
		return exitIO
	case errors.Is(err, store.ErrLocked), errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR):
		return exitCantMake
	case errors.Is(err, store.ErrMissing), errors.Is(err, os.ErrNotExist):
		return exitNoInput
	case errors.Is(err, store.ErrNewer), errors.Is(err, store.ErrDamaged):
		return exitBadData
	}
	return exitFailed
}

// full reports whether the disk or a quota is.
func full(err error) bool {
	return errors.Is(err, store.ErrFull) || errors.Is(err, syscall.ENOSPC) || desk.CodeOf(err) == desk.CodeStorageFull
}

// sentence is an error in words: without the codes, which are for programs, and
// with what to do about it where that is known.
func sentence(err error) string {
	if errors.Is(err, context.Canceled) {
		return "stopped; nothing is left half done"
	}
	text := err.Error()
	var refusal *desk.Error
	if errors.As(err, &refusal) {
		text = strings.Replace(text, refusal.Error(), refusal.Detail, 1)
	}
	if todo := advice(err); todo != "" {
		text = strings.TrimSuffix(text, ".") + "; " + todo
	}
	return text
}

// advice is what to do about an error of the system; that of a refusal is in its words.
func advice(err error) string {
	var onNetwork *net.OpError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "stop what uses it, or name another address with --listen"
	case errors.As(err, &onNetwork) && onNetwork.Op == "listen":
		return "name one of this machine's with --listen"
	case errors.Is(err, store.ErrLocked):
		return "stop it, or name another folder with --data"
	case errors.Is(err, store.ErrMissing):
		return "name the folder with --data"
	case errors.Is(err, syscall.ENOTDIR):
		return "name a folder, not a file"
	case errors.Is(err, syscall.EROFS):
		return "name a place that can be written to"
	case errors.Is(err, os.ErrPermission):
		return "let it belong to the user that Parley runs as, or name another"
	case errors.Is(err, store.ErrFull), errors.Is(err, syscall.ENOSPC):
		return "make room on the disk and run it again"
	}
	return ""
}
