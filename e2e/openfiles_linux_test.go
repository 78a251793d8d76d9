package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFewOpenFiles serves under a low limit and says what that means.
func TestFewOpenFiles(t *testing.T) {
	wrapper := filepath.Join(t.TempDir(), "parley")
	must(t, os.WriteFile(wrapper, []byte("#!/bin/sh\nulimit -n 256\nexec '"+Build(t)+"' \"$@\"\n"), 0o700))
	t.Setenv("PARLEY_BINARY", wrapper)
	s := Start(t)
	s.SetUp(t)
	for _, want := range []string{"few files may be open", "limit=256", "agents=34", "visitors=70"} {
		if !strings.Contains(s.process.output.tail(), want) {
			t.Errorf("the log does not say %q", want)
		}
	}
}
