package e2e

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Limits on how long the executable may take.
const (
	startLimit = 30 * time.Second
	stopLimit  = 15 * time.Second
)

// build compiles the executable once a run, from the source as it stands.
var build = sync.OnceValues(func() (string, error) {
	root, err := filepath.Abs("..")
	if err != nil {
		return "", err
	}
	name := "parley"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	binary := filepath.Join(root, "bin", "e2e", name)
	command := exec.Command("go", "build", "-buildvcs=false", "-o", binary, ".")
	command.Dir = root
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return binary, nil
})

// Build compiles the executable, once a run, and returns its path. PARLEY_BINARY
// names one to use instead.
func Build(t testing.TB) string {
	t.Helper()
	if given := os.Getenv("PARLEY_BINARY"); given != "" {
		return given
	}
	binary, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// Server is one folder of data and the process that serves it.
type Server struct {
	URL  string // such as http://127.0.0.1:41231; the same after a restart
	Dir  string
	Code string // the one-time code of a fresh folder

	args    []string
	process *process
}

// Start serves a fresh folder on a free port of the loopback address and waits
// until it is ready. The process ends with the test; its output is shown when the
// test failed.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	return StartIn(t, t.TempDir(), args...)
}

// StartIn is Start on a folder that may hold data already.
func StartIn(t testing.TB, dir string, args ...string) *Server {
	t.Helper()
	s := &Server{Dir: dir, args: args}
	s.start(t, "127.0.0.1:0")
	t.Cleanup(func() { s.process.kill() })
	return s
}

// Restart serves the same folder at the same address again. The process before
// must have ended.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	address, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.start(t, address.Host)
}

func (s *Server) start(t testing.TB, listen string) {
	t.Helper()
	args := append([]string{"serve", "--data", s.Dir, "--listen", listen}, s.args...)
	p, err := launch(Build(t), args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("parley %s:\n%s", strings.Join(args, " "), p.output.tail())
		}
	})
	s.process = p
	known := s.URL != ""
	if s.URL, err = p.ready(); err != nil {
		t.Fatalf("parley %s: %v", strings.Join(args, " "), err)
	}
	if !known {
		s.Code = p.setupCode()
	}
}

// Kill ends the process with SIGKILL: nothing of it runs any more when Kill returns,
// and it had no chance to tidy up. What it had handed to the system stays there, unlike
// in a power cut.
func (s *Server) Kill() { s.process.kill() }

// Stop asks the process to end and checks that it does so, in time and cleanly.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if err := s.process.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatalf("stop: %v", err)
	}
	select {
	case <-s.process.ended:
		if s.process.err != nil {
			t.Errorf("after the signal to stop: %v\n%s", s.process.err, s.process.output.tail())
		}
	case <-time.After(stopLimit):
		s.process.kill()
		t.Fatalf("the process still ran %v after the signal to stop", stopLimit)
	}
}

// Run runs another command of the executable to its end and returns its exit code
// and everything it printed.
func Run(t testing.TB, input string, args ...string) (code int, output string) {
	t.Helper()
	command := exec.Command(Build(t), args...)
	command.Stdin = strings.NewReader(input)
	out, err := command.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("parley %s: %v", strings.Join(args, " "), err)
	}
	return command.ProcessState.ExitCode(), string(out)
}

// process is a running executable.
type process struct {
	cmd    *exec.Cmd
	output *output
	lines  chan string   // of standard output
	ended  chan struct{} // closed when it has ended; then err is set
	err    error
	code   string
}

func launch(binary string, args ...string) (*process, error) {
	p := &process{
		cmd: exec.Command(binary, args...), output: &output{},
		lines: make(chan string, 64), ended: make(chan struct{}),
	}
	p.cmd.Stderr = p.output
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(p.ended)
		p.read(stdout)
		p.err = p.cmd.Wait()
	}()
	return p, nil
}

// read copies standard output line by line; lines that nobody waits for are only
// kept in the output.
func (p *process) read(stdout io.Reader) {
	for scanner := bufio.NewScanner(stdout); scanner.Scan(); {
		line := scanner.Text()
		fmt.Fprintln(p.output, line)
		select {
		case p.lines <- line:
		default:
		}
	}
	close(p.lines)
}

// ready waits for the line that says where the server is, and picks up the code of
// the set-up link on the way.
func (p *process) ready() (address string, err error) {
	limit := time.After(startLimit)
	for {
		select {
		case line, open := <-p.lines:
			if !open {
				<-p.ended
				return "", fmt.Errorf("it ended: %w\n%s", p.err, p.output.tail())
			}
			if found, ok := after(line, "Parley is ready at "); ok {
				return strings.TrimRight(found, "/"), nil
			}
			p.note(line)
		case <-limit:
			p.kill()
			return "", fmt.Errorf("not ready after %v\n%s", startLimit, p.output.tail())
		}
	}
}

// setupCode is the code of the set-up link, which stands beside the ready line; a
// folder that has agents has none.
func (p *process) setupCode() string {
	pause := time.After(200 * time.Millisecond)
	for p.code == "" {
		select {
		case line, open := <-p.lines:
			if !open {
				return ""
			}
			p.note(line)
		case <-pause:
			return ""
		}
	}
	return p.code
}

func (p *process) note(line string) {
	if code, ok := after(line, "/setup?code="); ok {
		p.code = code
	}
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended already
	<-p.ended
}

// after returns the word that follows a mark in a line.
func after(line, mark string) (string, bool) {
	_, rest, found := strings.Cut(line, mark)
	word, _, _ := strings.Cut(rest, " ")
	return strings.TrimSpace(word), found
}

// output keeps the newest part of what a process printed.
type output struct {
	mu   sync.Mutex
	text []byte
}

const outputKept = 16 << 10

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text = append(o.text, p...)
	if over := len(o.text) - outputKept; over > 0 {
		o.text = o.text[over:]
	}
	return len(p), nil
}

func (o *output) tail() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return string(o.text)
}
