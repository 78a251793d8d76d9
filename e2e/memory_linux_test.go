package e2e

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMemoryIsGivenBack holds: what a burst of sign-ins took goes back to the system
// within moments, not when Go next happens to collect.
func TestMemoryIsGivenBack(t *testing.T) {
	const most = 30 << 10 // KiB; with what the sign-ins took it is 45 and more
	s := Start(t, "--unlimited")
	owner := s.SetUp(t)
	for i := range 4 {
		owner.Hire(t, fmt.Sprintf("Agent %d", i), "agent")
	}
	took := s.process.anonymous(t)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		now := s.process.anonymous(t)
		if now < most {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d KiB after the sign-ins, %d KiB in rest; at most %d", took, now, most)
		}
	}
}

// anonymous is the memory in KiB that no file stands behind.
func (p *process) anonymous(t *testing.T) (kib int) {
	t.Helper()
	rollup, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", p.cmd.Process.Pid))
	must(t, err)
	_, rest, _ := strings.Cut(string(rollup), "Pss_Anon:")
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		t.Fatalf("%v in %s", err, rollup)
	}
	return kib
}
