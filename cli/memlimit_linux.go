package cli

import (
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
)

// limitMemory holds Go's memory below what the process's control group allows, unless
// whoever runs it has said a limit: the garbage is then collected in time, where else the
// system would kill the process. Near the limit Go collects however much tendMemory would
// let the heap grow.
func limitMemory(log *slog.Logger) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	if limit := allowedMemory("/proc/self/cgroup", "/sys/fs/cgroup"); limit > 0 {
		debug.SetMemoryLimit(limit)
		log.Info("memory is kept below the limit of the control group", "mib", limit>>20)
	}
}

// goShare is how much of the limit is Go's, in percent: what the store maps counts too.
const goShare = 90

// allowedMemory is how many bytes Go may take by the control groups (version 2) of a
// process; 0 for as many as there are. The tightest of a group and those above it counts.
func allowedMemory(group, mount string) int64 {
	text, err := os.ReadFile(group)
	if err != nil {
		return 0
	}
	_, path, found := strings.Cut(string(text), "0::")
	if !found {
		return 0
	}
	path, _, _ = strings.Cut(path, "\n")
	least := int64(math.MaxInt64)
	for dir := filepath.Clean("/" + path); ; dir = filepath.Dir(dir) {
		limit, err := os.ReadFile(filepath.Join(mount, dir, "memory.max"))
		if err == nil {
			least = min(least, parseLimit(string(limit)))
		}
		if dir == "/" {
			break
		}
	}
	if least == math.MaxInt64 {
		return 0
	}
	return least / 100 * goShare
}

// parseLimit reads a memory.max: bytes, or "max" for none.
func parseLimit(text string) int64 {
	limit, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || limit <= 0 {
		return math.MaxInt64
	}
	return limit
}
