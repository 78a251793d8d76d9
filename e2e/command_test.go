package e2e

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The exit codes of docs/operations.md.
const (
	exitFailed   = 1
	exitUsage    = 2
	exitBadData  = 65
	exitNoInput  = 66
	exitCantMake = 73
)

// TestCommandLine holds what a newcomer types first.
func TestCommandLine(t *testing.T) {
	empty := t.TempDir()
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"help", []string{"--help"}, 0, "PARLEY_LOG_LEVEL"},
		{"help of a command", []string{"serve", "--help"}, 0, "PARLEY_DATA"},
		{"version", []string{"version"}, 0, "parley "},
		{"no command", nil, exitUsage, "--help"},
		{"unknown command", []string{"fly"}, exitUsage, "fly"},
		{"unknown flag", []string{"serve", "--fast"}, exitUsage, "--fast"},
		{"interface", []string{"openapi"}, 0, `"openapi": "3.1.0"`},
		{"check without data", []string{"check", "--data", empty}, exitNoInput, "no Parley data"},
		{"agents without data", []string{"agent", "list", "--data", empty}, exitNoInput, "name the folder with --data"},
		{"an agent without data", []string{"agent", "disable", "a@example.com", "--data", empty}, exitNoInput, "no Parley data"},
		{"an index without data", []string{"reindex", "--data", empty}, exitNoInput, "no Parley data"},
		{"import of nothing", []string{"import", "--data", empty, filepath.Join(empty, "none.jsonl")}, exitNoInput, "none.jsonl"},
		{"import of a folder", []string{"import", "--data", empty, empty}, exitNoInput, "name the files in it"},
		{"dry run", []string{"import", "--data", empty, "--dry-run", "command_test.go"}, exitBadData, "not a JSON object"},
		{"health of nothing", []string{"health", "--listen", "127.0.0.1:1"}, exitFailed, "refused"},
		{"health of no address", []string{"health", "--listen", "here"}, exitUsage, "no HOST:PORT"},
		{"no address", []string{"serve", "--data", empty, "--listen", "here"}, exitUsage, "no HOST:PORT"},
		{"no port", []string{"serve", "--data", empty, "--listen", "127.0.0.1:99999"}, exitUsage, "99999"},
		{"no public address", []string{"serve", "--data", empty, "--public-url", "example.com"}, exitUsage, "https://host"},
		{"no proxy", []string{"serve", "--data", empty, "--trust-proxy", "nginx"}, exitUsage, `--trust-proxy: "nginx"`},
		{"no network", []string{"demo", "--allow-out", "model"}, exitUsage, `--allow-out: "model"`},
		{"a short secret", []string{"serve", "--data", empty, "--metrics-token", "secret"}, exitUsage, "--metrics-token"},
		{"less than nothing", []string{"serve", "--data", empty, "--keep-free=-1"}, exitUsage, "--keep-free"},
		{"backups all the time", []string{"serve", "--data", empty, "--backup-every", "0s"}, exitUsage, "--backup-every"},
		{"a file for a folder", []string{"serve", "--data", "command_test.go"}, exitCantMake, "name a folder"},
	} {
		t.Run(c.name, func(t *testing.T) {
			holdsNothing(t, empty)
			code, out := Run(t, "", c.args...)
			if code != c.code || !strings.Contains(out, c.says) {
				t.Errorf("it ended with %d instead of %d and said: %s", code, c.code, out)
			}
			holdsNothing(t, empty)
		})
	}
}

func holdsNothing(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Fatalf("the folder holds %v, %v", left, err)
	}
}

// TestAddressInUse holds: who cannot be listened to is told what to do.
func TestAddressInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	for address, todo := range map[string]string{taken.Addr().String(): "stop what uses it", "203.0.113.1:80": "one of this machine's"} {
		code, out := Run(t, "", "serve", "--data", t.TempDir(), "--listen", address)
		if code != exitCantMake || !strings.Contains(out, "cannot listen") || !strings.Contains(out, todo) {
			t.Errorf("%s: it ended with %d and said: %s", address, code, out)
		}
	}
}

// TestFirstOwner holds: the one-time link makes one owner and closes for ever, and
// the command line makes agents on a stopped folder.
func TestFirstOwner(t *testing.T) {
	server := Start(t)
	stranger := NewClient(server.URL)
	err := stranger.Call("POST", "/setup", setupBody("0000-wrong-code"), nil)
	if r := refusal(err); r == nil || r.Status != http.StatusForbidden {
		t.Errorf("a wrong code: %v", err)
	}
	owner := server.SetUp(t)
	err = stranger.Call("POST", "/setup", setupBody(server.Code), nil)
	if r := refusal(err); r == nil || r.Status != http.StatusGone || r.Code != "closed" {
		t.Errorf("the code for a second time: %v", err)
	}
	if code, out := Run(t, "", "health", "--listen", strings.TrimPrefix(server.URL, "http://")); code != 0 {
		t.Errorf("health ended with %d and said: %s", code, out)
	}
	server.Stop(t)

	code, out := Run(t, password+"\n", "agent", "add", "--data", server.Dir, "--name", "İpek Çağlar", "--email", "ipek@example.com", "--password-stdin")
	if code != 0 {
		t.Fatalf("agent add ended with %d and said: %s", code, out)
	}
	server.Restart(t)
	ipek := NewClient(server.URL)
	ipek.SignIn(t, "ipek@example.com")
	var me struct {
		Agent agent `json:"agent"`
	}
	ipek.Must(t, "GET", "/me", nil, &me)
	if me.Agent.Name != "İpek Çağlar" || me.Agent.Role != "agent" {
		t.Errorf("who signed in is %+v", me.Agent)
	}
	owner.Must(t, "GET", "/me", nil, nil) // the owner's session outlived the restart
}

func setupBody(code string) body {
	return body{"code": code, "name": "Second", "email": "second@example.com", "password": password, "team": "Test", "language": "en"}
}

// TestCheckOfDamagedIndex holds: that search is not whole is said, is no fault of the
// data, and is mended by the next start.
func TestCheckOfDamagedIndex(t *testing.T) {
	server := Start(t)
	server.SetUp(t).Begin(t, "Customer", "Hello")
	server.Stop(t)
	if out := mustRun(t, "check", "--data", server.Dir); strings.Contains(out, "not whole") {
		t.Errorf("of a whole one: %s", out)
	}
	found, err := filepath.Glob(filepath.Join(server.Dir, "search", "*", "root.bolt"))
	if err != nil || len(found) == 0 {
		t.Fatal("there is no index to damage", err)
	}
	must(t, os.WriteFile(found[0], []byte("rubbish"), 0o600))
	if out := mustRun(t, "check", "--data", server.Dir); !strings.Contains(out, "the next start builds it") {
		t.Errorf("of a damaged one: %s", out)
	}
}
