// Package until lets what reads or writes for a long time end with a context: io knows
// no contexts, and what copies a whole inbox knows io alone.
package until

import (
	"context"
	"io"
)

// Reader reads from in and fails with the context's error once that has ended.
func Reader(ctx context.Context, in io.Reader) io.Reader { return reader{ctx, in} }

// Writer writes to out and fails with the context's error once that has ended.
func Writer(ctx context.Context, out io.Writer) io.Writer { return writer{ctx, out} }

type reader struct {
	ctx context.Context
	in  io.Reader
}

type writer struct {
	ctx context.Context
	out io.Writer
}

// Read implements io.Reader.
func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(p)
}

// Write implements io.Writer.
func (w writer) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.out.Write(p)
}
