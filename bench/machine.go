package bench

import (
	"bufio"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// Machine is what the figures were taken on. What the system does not tell is
// left empty.
type Machine struct {
	CPU        string `json:"cpu"`
	Cores      int    `json:"cores"`
	Memory     uint64 `json:"memory"` // bytes
	Kernel     string `json:"kernel"`
	FileSystem string `json:"file_system"` // of the folder that holds the data
	Go         string `json:"go"`
	LoadBefore string `json:"load_before"`
	LoadAfter  string `json:"load_after"`
}

func describeMachine(dir string) Machine {
	m := Machine{
		CPU: field("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), Kernel: runtime.GOOS + "/" + runtime.GOARCH,
		FileSystem: fileSystem(dir), Go: strings.TrimPrefix(runtime.Version(), "go"), LoadBefore: loadAverage(),
	}
	if m.CPU == "" {
		m.CPU = "unknown processor"
	}
	if kilobytes, err := strconv.ParseUint(strings.TrimSuffix(field("/proc/meminfo", "MemTotal"), " kB"), 10, 64); err == nil {
		m.Memory = kilobytes << 10
	}
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.Kernel += " " + strings.TrimSpace(string(release))
	}
	return m
}

// field finds "name : value" in a file of the kernel.
func field(path, name string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	for scanner := bufio.NewScanner(f); scanner.Scan(); {
		key, value, found := strings.Cut(scanner.Text(), ":")
		if found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// loadAverage is how busy the machine was in the last minute.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}

// fileSystem is the kind of the mount that holds a folder.
func fileSystem(dir string) string {
	text, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return "unknown file system"
	}
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	kind, longest := "unknown file system", -1
	for line := range strings.Lines(string(text)) {
		parts := strings.Fields(line)
		if len(parts) < 3 || len(parts[1]) <= longest {
			continue
		}
		if below, err := filepath.Rel(parts[1], dir); err == nil && !strings.HasPrefix(below, "..") {
			kind, longest = parts[2], len(parts[1])
		}
	}
	return kind
}
