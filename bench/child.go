package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// How long a child may take to answer, and to end after it was told to.
const (
	startLimit = 5 * time.Minute
	stopLimit  = 30 * time.Second
)

// child is a running process of the executable. Exactly one of stop and kill ends
// it.
type child struct {
	cmd     *exec.Cmd
	address string // host:port where it answers
	output  *tail
	ended   chan struct{} // closed when it has ended
	began   time.Time     // just before it was executed
}

// serve starts the server over a data folder on a port of the loopback address and
// returns at once, before it answers.
func serve(executable, dir string) (*child, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	return launch(executable, port, "serve", "--data", dir, "--listen", port, "--unlimited", "--log-level", "error")
}

// launch starts a process that will answer at an address.
func launch(executable, address string, args ...string) (*child, error) {
	c := &child{cmd: exec.Command(executable, args...), address: address, output: &tail{}, ended: make(chan struct{})}
	c.cmd.Stdout, c.cmd.Stderr = c.output, c.output
	c.began = time.Now()
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("bench: %s %s: %w", executable, strings.Join(args, " "), err)
	}
	go func() {
		_ = c.cmd.Wait() // how it ended shows in ProcessState
		close(c.ended)
	}()
	return c, nil
}

// freePort finds an address that nobody listens on now.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// answers waits until a connection to the process can be made, looking twice in a
// millisecond.
func (c *child) answers() error {
	for deadline := time.Now().Add(startLimit); time.Now().Before(deadline); {
		conn, err := net.Dial("tcp", c.address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-c.ended:
			return c.failed("ended before it answered")
		case <-time.After(500 * time.Microsecond):
		}
	}
	return c.failed("did not answer")
}

// failed is an error with what the process printed last.
func (c *child) failed(what string) error {
	return fmt.Errorf("bench: %s %s\n%s", strings.Join(c.cmd.Args, " "), what, c.output)
}

// stop asks the process to end, waits, and reports when it did not end well.
func (c *child) stop() error {
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return c.kill()
	}
	select {
	case <-c.ended:
		if !c.cmd.ProcessState.Success() {
			return c.failed(c.cmd.ProcessState.String())
		}
		return nil
	case <-time.After(stopLimit):
		return errors.Join(c.failed("did not stop"), c.kill())
	}
}

// kill ends the process at once, with SIGKILL: what it had written stays in the
// system's cache, what it had only in its own memory is gone.
func (c *child) kill() error {
	err := c.cmd.Process.Kill()
	<-c.ended
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// ran is what a command did.
type ran struct {
	took    time.Duration
	cpu     time.Duration // that it used
	printed string        // the end of it
}

// command runs a command of the executable to its end, with input.
func command(ctx context.Context, executable string, input io.Reader, args ...string) (ran, error) {
	cmd := exec.CommandContext(ctx, executable, args...)
	output := &tail{}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = input, output, output
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return ran{}, fmt.Errorf("bench: %s %s: %w\n%s", executable, strings.Join(args, " "), err, output)
	}
	return ran{time.Since(began), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), output.String()}, nil
}

// tail keeps the end of what a process prints.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailKept = 4 << 10

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if over := len(t.text) - tailKept; over > 0 {
		t.text = t.text[over:]
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out strings.Builder
	for scanner := bufio.NewScanner(bytes.NewReader(t.text)); scanner.Scan(); {
		out.WriteString("    " + scanner.Text() + "\n")
	}
	return out.String()
}
