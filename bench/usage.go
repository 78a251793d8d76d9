package bench

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// usage is the processor time that was used over a while, by whom.
type usage struct {
	pid    int
	at     time.Time
	server time.Duration
	self   time.Duration
	all    time.Duration // by every process of the machine
}

// startUsage begins to count; pid 0 counts no server. Where the kernel does not
// tell, the figures are zero.
func startUsage(pid int) usage {
	u := usage{pid: pid, at: time.Now(), all: busyTime()}
	if pid > 0 {
		u.server, _ = cpuTime(pid)
	}
	u.self, _ = cpuTime(os.Getpid())
	return u
}

// since is what was used since then.
func (u usage) since() usage {
	now := startUsage(u.pid)
	return usage{u.pid, u.at, now.server - u.server, now.self - u.self, now.all - u.all}
}

// clientShare is this process's part of what server and client used.
func (u usage) clientShare() float64 {
	if u.server+u.self == 0 {
		return 0
	}
	return float64(u.self) / float64(u.server+u.self)
}

// othersShare is the part of the machine's processors that others took meanwhile:
// the larger, the less the times say.
func (u usage) othersShare(took time.Duration) float64 {
	whole := took * time.Duration(runtime.NumCPU())
	return max(0, float64(u.all-u.server-u.self)/float64(max(whole, 1)))
}

// waitQuiet waits for others to leave the processors alone, but not for ever: what
// they take meanwhile is told with the row.
func waitQuiet() {
	const look, patience = 200 * time.Millisecond, 8 * time.Second
	for began := time.Now(); time.Since(began) < patience; {
		used := startUsage(0)
		time.Sleep(look)
		if used.since().othersShare(look) <= disturbed {
			return
		}
	}
}

// busyTime is the processor time that the machine has spent on anything.
func busyTime() time.Duration {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	busy := 0
	for i, field := range strings.Fields(line) {
		// The fields are: cpu user nice system idle iowait irq softirq steal …; what
		// a guest uses stands in user already.
		if i == 0 || i == 4 || i == 5 || i > 8 {
			continue
		}
		ticks, err := strconv.Atoi(field)
		if err != nil {
			return 0
		}
		busy += ticks
	}
	return time.Duration(busy) * 10 * time.Millisecond
}
