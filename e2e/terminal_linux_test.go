package e2e

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestPasswordAtTerminal holds: a password that is typed is not shown, is asked for
// twice, and a Ctrl+C in the middle leaves a terminal that shows what is typed.
func TestPasswordAtTerminal(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name   string
		typed  []string
		code   int
		says   string
		agents int
	}{
		{"twice the same", []string{password + "\n", password + "\n"}, 0, "is now agent", 1},
		{"another one", []string{password + "\n", password + "x\n"}, exitFailed, "not the same", 1},
		{"too short", []string{"short\n", "short\n"}, exitFailed, "12", 1},
		{"Ctrl+C", []string{"\x03"}, exitFailed, "Password", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			master, slave := openTerminal(t)
			command := exec.Command(Build(t), "agent", "add", "--data", dir, "--name", "Ada", "--email", c.name[:3]+"@example.com")
			command.Stdin, command.Stdout, command.Stderr = slave, slave, slave
			command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
			must(t, command.Start())
			said := &output{}
			go func() { _, _ = io.Copy(said, master) }()
			for i, line := range c.typed {
				awaitText(t, said, []string{"Password", "again"}[i])
				_, err := io.WriteString(master, line)
				must(t, err)
			}
			_ = command.Wait() // what it ends with is looked at below
			awaitText(t, said, c.says)
			if code := command.ProcessState.ExitCode(); code != c.code || strings.Contains(said.tail(), password) {
				t.Errorf("it ended with %d and showed: %s", code, said.tail())
			}
			state, err := unix.IoctlGetTermios(int(slave.Fd()), unix.TCGETS)
			if err != nil || state.Lflag&unix.ECHO == 0 {
				t.Errorf("the terminal shows nothing any more (%v)", err)
			}
			if _, out := Run(t, "", "agent", "list", "--data", dir); strings.Count(out, "@example.com") != c.agents {
				t.Errorf("the team is: %s", out)
			}
		})
	}
}

// openTerminal opens both ends of a new terminal.
func openTerminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("there are no terminals to be had here: ", err)
	}
	t.Cleanup(func() { _ = master.Close() })
	must(t, unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0))
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	must(t, err)
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	must(t, err)
	t.Cleanup(func() { _ = slave.Close() })
	return master, slave
}

func awaitText(t *testing.T, said *output, text string) {
	t.Helper()
	for deadline := time.Now().Add(startLimit); !strings.Contains(said.tail(), text); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it did not say %q but: %s", text, said.tail())
		}
	}
}
