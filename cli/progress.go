package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// progress is a line on a terminal that says how far something has come. Where
// there is no terminal it stays silent.
type progress struct {
	out   *os.File
	what  string
	size  int64 // of the input, in bytes; 0 when it is not known
	read  int64
	since time.Time
	shown time.Time
	tty   bool
}

func newProgress(out *os.File, what string, size int64) *progress {
	info, err := out.Stat()
	return &progress{out: out, what: what, size: size, since: time.Now(), tty: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

// reading counts what is read.
func (p *progress) reading(in io.Reader) io.Reader {
	return readerFunc(func(b []byte) (int, error) {
		n, err := in.Read(b)
		p.read += int64(n)
		return n, err
	})
}

type readerFunc func([]byte) (int, error)

// Read implements io.Reader.
func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

const barWidth = 30

// show draws the line, ten times a second at most.
func (p *progress) show(done int) {
	if !p.tty || time.Since(p.shown) < 100*time.Millisecond {
		return
	}
	p.shown = time.Now()
	bar := ""
	if p.size > 0 {
		filled := int(min(p.read, p.size) * barWidth / p.size)
		bar = "[" + strings.Repeat("#", filled) + strings.Repeat(".", barWidth-filled) + "] "
	}
	rate := float64(done) / max(p.took().Seconds(), 0.001)
	fmt.Fprintf(p.out, "\r\033[K%s %s%d, %.0f/s", p.what, bar, done, rate)
}

// part draws how much is done, 0 to 1.
func (p *progress) part(done float64) {
	if !p.tty || time.Since(p.shown) < 100*time.Millisecond {
		return
	}
	p.shown = time.Now()
	fmt.Fprintf(p.out, "\r\033[K%s %.0f %%", p.what, 100*done)
}

// clear takes the line away.
func (p *progress) clear() {
	if p.tty {
		fmt.Fprint(p.out, "\r\033[K")
	}
}

func (p *progress) took() time.Duration { return time.Since(p.since) }
