package server

import (
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"parley/desk"
)

// TestSigningOutWithoutADisk holds: when not even the end of a session can be written,
// whoever signs out is signed out.
func TestSigningOutWithoutADisk(t *testing.T) {
	const alone = "PARLEY_TEST_WITHOUT_DISK"
	if os.Getenv(alone) == "" { // the limit holds for the whole process, also for what go test writes down
		child := exec.Command(os.Args[0], "-test.run=^TestSigningOutWithoutADisk$")
		child.Env = append(os.Environ(), alone+"=1")
		if said, err := child.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		return
	}
	s := newStand(t)
	_, token := s.agent("Olive", desk.RoleOwner)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	limit := before
	limit.Cur = 4096
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skipf("this system does not limit the size of files: %v", err)
	}
	status, answer := s.ask(http.MethodDelete, "/api/v1/session", token, nil)
	sent, _ := s.ask(http.MethodPost, "/api/v1/customers", token, map[string]any{"name": "Elif"})
	me, _ := s.ask(http.MethodGet, "/api/v1/me", token, nil)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	if status != http.StatusNoContent || sent != http.StatusUnauthorized || me != http.StatusUnauthorized {
		t.Errorf("signing out %d %v, then writing %d, reading %d", status, answer, sent, me)
	}
}
