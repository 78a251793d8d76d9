package cli

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestAllowedMemory takes the tightest limit on the way up, and none for none.
func TestAllowedMemory(t *testing.T) {
	for name, row := range map[string]struct {
		group  string
		limits map[string]string
		want   int64
	}{
		"in a container":       {"0::/\n", map[string]string{"/": "1000000\n"}, 900_000},
		"a service":            {"0::/system.slice/parley.service\n", map[string]string{"/system.slice/parley.service": "2000000\n", "/system.slice": "max\n"}, 1_800_000},
		"tighter above":        {"0::/a/b\n", map[string]string{"/a/b": "2000000\n", "/a": "1000000\n"}, 900_000},
		"no limit":             {"0::/a\n", map[string]string{"/a": "max\n"}, 0},
		"a limit that is none": {"0::/a\n", map[string]string{"/a": "much\n"}, 0},
		"nothing there":        {"0::/a\n", nil, 0},
		"version 1 alone":      {"5:memory:/a\n", map[string]string{"/a": "1000000\n"}, 0},
		"both versions":        {"5:memory:/x\n0::/a\n", map[string]string{"/a": "1000000\n"}, 900_000},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			group := filepath.Join(dir, "cgroup")
			err := os.WriteFile(group, []byte(row.group), 0o600)
			for path, limit := range row.limits {
				err = errors.Join(err, os.MkdirAll(filepath.Join(dir, path), 0o700), os.WriteFile(filepath.Join(dir, path, "memory.max"), []byte(limit), 0o600))
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := allowedMemory(group, dir); got != row.want {
				t.Errorf("got %d, want %d", got, row.want)
			}
		})
	}
	if got := allowedMemory(filepath.Join(t.TempDir(), "none"), "/"); got != 0 {
		t.Errorf("without control groups: %d", got)
	}
}
