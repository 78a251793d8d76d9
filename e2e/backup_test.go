package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestBackupWhileServing makes backups of a server that is being written to, and
// holds: each is whole, what was there before it began is in it, and what is
// restored is a sound inbox with its files.
func TestBackupWhileServing(t *testing.T) {
	backups := t.TempDir()
	must(t, os.WriteFile(filepath.Join(backups, "parley-20200101T000000Z.tar.gz.part"), []byte("left by a kill"), 0o600))
	server := Start(t, "--backup-dir", backups, "--backup-every", "1s", "--backup-keep", "2")
	owner := server.SetUp(t)
	contents, ids := furnish(t, owner)
	began := time.Now()
	for i := 0; ; i++ { // until a backup was begun after everything above
		if _, err := owner.Post(1, NewID(), fmt.Sprintf("message %d", i)); err != nil {
			t.Fatal(err)
		}
		made, err := filepath.Glob(filepath.Join(backups, "parley-*.tar.gz"))
		must(t, err)
		if len(made) == 2 && time.Since(began) > 4*time.Second {
			break
		}
		if time.Since(began) > 30*time.Second {
			t.Fatalf("made %v", made)
		}
	}
	server.Stop(t)
	made, err := filepath.Glob(filepath.Join(backups, "*"))
	must(t, err)
	if len(made) != 2 || strings.HasSuffix(made[1], ".part") {
		t.Fatalf("the folder holds %v", made)
	}
	target := filepath.Join(t.TempDir(), "restored", "data")
	mustRun(t, "restore", "--check", made[0])
	mustRun(t, "restore", "--data", target, made[1])
	mustRun(t, "check", "--data", target)
	again := NewClient(StartIn(t, target).URL)
	again.SignIn(t, "owner@example.com") // passwords are in it
	for i, id := range ids {
		var got []byte
		again.Must(t, "GET", "/attachments/"+id, nil, &got)
		if !bytes.Equal(got, contents[i]) {
			t.Errorf("attachment %d is another", i+1)
		}
	}
	messages := again.Messages(t, 1, 2) // after the two that furnish makes
	for i, m := range messages {
		if m.Text != fmt.Sprintf("message %d", i) {
			t.Fatalf("message %d says %q", i, m.Text)
		}
	}
	if len(messages) == 0 {
		t.Error("none of the messages is in the backup")
	}
}

// TestBackupWithoutAFile backs up everything else when a file has gone from the disk,
// and says so, also when that backup is restored.
func TestBackupWithoutAFile(t *testing.T) {
	server := Start(t)
	furnish(t, server.SetUp(t))
	server.Stop(t)
	kept, err := filepath.Glob(filepath.Join(server.Dir, "files", "??", "*"))
	must(t, err)
	must(t, os.Remove(kept[0]))
	file, target := filepath.Join(t.TempDir(), "a.tar.gz"), filepath.Join(t.TempDir(), "data")
	for _, args := range [][]string{
		{"backup", "--data", server.Dir, file}, {"restore", "--check", file}, {"restore", "--data", target, file},
	} {
		if code, out := Run(t, "", args...); code != 0 || !strings.Contains(out, "WARNING: 1 file") || !strings.Contains(out, filepath.Base(kept[0])) {
			t.Errorf("%s ended with %d and said: %s", args[0], code, out)
		}
	}
	if code, out := Run(t, "", "check", "--data", target); code != exitBadData || strings.Count(out, filepath.Base(kept[0])) == 0 {
		t.Errorf("check ended with %d and said: %s", code, out)
	}
}

// TestBrokenBackups restores nothing of a backup that is cut, changed or somebody
// else's, and nothing over what is there.
func TestBrokenBackups(t *testing.T) {
	server := Start(t)
	furnish(t, server.SetUp(t))
	work := t.TempDir()
	packed, plain := filepath.Join(work, "a.tar.gz"), filepath.Join(work, "a.tar")
	if code, out := Run(t, "", "backup", "--data", server.Dir, plain); code != exitCantMake || !strings.Contains(out, "--backup-dir") {
		t.Errorf("of a running server: it ended with %d and said: %s", code, out)
	}
	server.Stop(t)
	mustRun(t, "backup", "--data", server.Dir, packed)
	mustRun(t, "backup", "--data", server.Dir, plain)
	if code, out := Run(t, "", "restore", "--data", server.Dir, plain); code != exitCantMake || !strings.Contains(out, "empty") {
		t.Errorf("over what is there: it ended with %d and said: %s", code, out)
	}
	mustRun(t, "check", "--data", server.Dir)
	whole := map[string][]byte{}
	for _, path := range []string{packed, plain} {
		text, err := os.ReadFile(path)
		must(t, err)
		whole[path] = text
	}
	for name, broken := range map[string][]byte{
		"cut":                  whole[plain][:len(whole[plain])/2],
		"cut at its list":      whole[plain][:len(whole[plain])-3000],
		"packed and cut":       whole[packed][:len(whole[packed])-100],
		"a bit of the store":   flipped(whole[plain], 20_000),
		"a bit of a file":      flipped(whole[plain], bytes.LastIndex(whole[plain], []byte("a file of two parts"))),
		"nothing":              {},
		"something else":       []byte(strings.Repeat("not a backup", 500)),
		"packed and scribbled": flipped(whole[packed], len(whole[packed])/2),
	} {
		path, target := filepath.Join(work, "broken"), filepath.Join(work, "target")
		must(t, os.WriteFile(path, broken, 0o600))
		for _, args := range [][]string{{"restore", "--check", path}, {"restore", "--data", target, path}} {
			if code, out := Run(t, "", args...); code != exitBadData || !strings.Contains(out, "damaged") {
				t.Errorf("%s: %s ended with %d and said: %s", name, args[1], code, out)
			}
		}
		if left, err := filepath.Glob(target + "*"); err != nil || len(left) > 0 {
			t.Fatalf("%s: left over %v, %v", name, left, err)
		}
	}
	if code, out := Run(t, "", "restore", "--data", filepath.Join(work, "x"), filepath.Join(work, "none")); code != exitNoInput {
		t.Errorf("a file that is not there: it ended with %d and said: %s", code, out)
	}
}

func flipped(text []byte, at int) []byte {
	other := bytes.Clone(text)
	other[at] ^= 1
	return other
}

// TestRestoredEpoch holds: a page that has seen more than a restored inbox had is told
// to load again, even when the inbox has meanwhile grown past what the page has seen.
func TestRestoredEpoch(t *testing.T) {
	server := Start(t)
	owner := server.SetUp(t)
	furnish(t, owner)
	server.Stop(t)
	file := filepath.Join(t.TempDir(), "a.tar")
	mustRun(t, "backup", "--data", server.Dir, file)

	server.Restart(t)
	write := func(c *Client, n int) (last frame) {
		t.Helper()
		socket, err := c.Dial(c.URL, "", "")
		must(t, err)
		defer socket.Close()
		for range n {
			if _, err := c.Post(1, NewID(), "one more"); err != nil {
				t.Fatal(err)
			}
			last, err = socket.NextEvent()
			must(t, err)
		}
		last.Epoch = socket.Hello.Epoch
		return last
	}
	seen := write(owner, 5)
	server.Stop(t)

	target := filepath.Join(t.TempDir(), "data")
	mustRun(t, "restore", "--data", target, file)
	again := NewClient(StartIn(t, target).URL)
	again.SignIn(t, "owner@example.com")
	if now := write(again, 20); now.Seq <= seen.Seq {
		t.Fatalf("the restored inbox stands at %d, the page at %d", now.Seq, seen.Seq)
	}
	back, err := again.Dial(again.URL, fmt.Sprint(seen.Seq), seen.Epoch)
	must(t, err)
	defer back.Close()
	if first, err := back.NextEvent(); err != nil || first.Type != "reset" || first.Epoch == seen.Epoch {
		t.Fatalf("the page hears %+v, %v", first, err)
	}
	if _, err := again.Post(1, NewID(), "after the reset"); err != nil {
		t.Fatal(err)
	}
	if next, err := back.NextEvent(); err != nil || next.Type == "reset" {
		t.Errorf("then it hears %+v, %v", next, err)
	}
}
