package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// What the kernel tells of a process. It is told on Linux only; elsewhere these
// give errors, and the rows that need them are left out.

// cpuTime is the processor time that a process has used. It counts in hundredths
// of a second.
func cpuTime(pid int) (time.Duration, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return 0, err
	}
	// The name in brackets may hold spaces; what follows does not. utime and stime
	// are the 14th and 15th field of all.
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 13 {
		return 0, fmt.Errorf("bench: /proc/%d/stat is short", pid)
	}
	user, userErr := strconv.Atoi(fields[11])
	system, systemErr := strconv.Atoi(fields[12])
	if userErr != nil || systemErr != nil {
		return 0, fmt.Errorf("bench: /proc/%d/stat: no times", pid)
	}
	return time.Duration(user+system) * 10 * time.Millisecond, nil
}

// memory is what a process holds, in bytes.
type memory struct {
	proportional uint64 // all of it, pages shared with others divided among them
	anonymous    uint64 // of that, what is backed by no file, so that the kernel cannot drop it
}

func memoryOf(pid int) (m memory, err error) {
	f, err := os.Open(filepath.Join("/proc", strconv.Itoa(pid), "smaps_rollup"))
	if err != nil {
		return m, err
	}
	defer f.Close()
	for scanner := bufio.NewScanner(f); scanner.Scan(); {
		name, rest, _ := strings.Cut(scanner.Text(), ":")
		kilobytes, err := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(rest, " kB")), 10, 64)
		if err != nil {
			continue // the first line tells addresses
		}
		switch name {
		case "Pss":
			m.proportional = kilobytes << 10
		case "Anonymous":
			m.anonymous = kilobytes << 10
		}
	}
	if m.proportional == 0 {
		err = fmt.Errorf("bench: /proc/%d/smaps_rollup tells nothing", pid)
	}
	return m, err
}
