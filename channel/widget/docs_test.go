package widget_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/channel/widget"
)

// example is a piece of code of the docs, by the language that it is marked with.
func example(t *testing.T, language string) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/widget.md")
	if err != nil {
		t.Fatal(err)
	}
	_, code, found := strings.Cut(string(page), "\n```"+language+"\n")
	code, _, ended := strings.Cut(code, "\n```\n")
	if !found || !ended {
		t.Fatalf("docs/widget.md has no example in %s", language)
	}
	return code
}

// TestExamplesOfTheDocs runs each example as it stands and takes what it signs.
func TestExamplesOfTheDocs(t *testing.T) {
	for _, e := range []struct{ language, file, program string }{
		{"js", "identity.js", "node"}, {"python", "identity.py", "python3"}, {"go", "identity.go", "go"},
	} {
		t.Run(e.language, func(t *testing.T) {
			program, err := exec.LookPath(e.program)
			if err != nil {
				t.Skip("there is no " + e.program + " on this machine")
			}
			path := filepath.Join(t.TempDir(), e.file)
			if err := os.WriteFile(path, []byte(example(t, e.language)), 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{path}
			if e.program == "go" {
				args = []string{"run", path}
			}
			command := exec.Command(program, args...)
			command.Env = append(os.Environ(), "PARLEY_SITE_KEY="+siteKey, "PARLEY_SITE_SECRET="+string(secret))
			out, err := command.Output()
			if err != nil {
				t.Fatal(err)
			}
			got, err := widget.ReadIdentity(strings.TrimSpace(string(out)), siteKey, secret, time.Now())
			if err != nil || got.External != "user-42" || got.Name != "Ayşe Kaya" || got.Email != "ayse@example.com" {
				t.Errorf("%s signs %+v, %v", e.language, got, err)
			}
		})
	}
}
