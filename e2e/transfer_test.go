package e2e

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMoveHouse takes a whole inbox from one folder to an empty one, with the
// files of its attachments, and holds: what is exported there is the same, byte for
// byte, and every file can be downloaded.
func TestMoveHouse(t *testing.T) {
	old := Start(t)
	owner := old.SetUp(t)
	contents, ids := furnish(t, owner)
	old.Stop(t)

	work := t.TempDir()
	first, second := filepath.Join(work, "first.jsonl"), filepath.Join(work, "second.jsonl")
	mustRun(t, "export", "--data", old.Dir, "--output", first)
	target := t.TempDir()
	mustRun(t, "import", "--data", target, "--dry-run", first)
	mustRun(t, "import", "--data", target, first)
	mustRun(t, "check", "--data", target)
	mustRun(t, "export", "--data", target, "--output", second)
	compareFiles(t, first, second)
	if one, other := files(t, first+".files"), files(t, second+".files"); len(one) != 2 || fmt.Sprint(one) != fmt.Sprint(other) {
		t.Errorf("the files are %v and %v; two of three attachments are the same", one, other)
	}
	mustRun(t, "import", "--data", target, first) // once more changes nothing
	mustRun(t, "export", "--data", target, "--output", second)
	compareFiles(t, first, second)

	if code, out := Run(t, password+"\n", "agent", "password", "--data", target, "owner@example.com", "--password-stdin"); code != 0 {
		t.Fatalf("agent password ended with %d: %s", code, out)
	}
	again := NewClient(StartIn(t, target).URL)
	again.SignIn(t, "owner@example.com")
	for i, id := range ids {
		var got []byte
		again.Must(t, "GET", "/attachments/"+id, nil, &got)
		if !bytes.Equal(got, contents[i]) {
			t.Errorf("attachment %d has %d bytes, had %d", i+1, len(got), len(contents[i]))
		}
	}
	again.awaitHits(t, "has:file", 1, 2)
}

// furnish makes an inbox with something of everything in it, and returns its
// attachments.
func furnish(t *testing.T, owner *Client) (contents [][]byte, ids []string) {
	t.Helper()
	contents = [][]byte{bytes.Repeat([]byte("a file of two parts\n"), 300_000), []byte("small"), []byte("small")}
	for i, content := range contents {
		id, err := owner.Upload(fmt.Sprintf("file %d.txt", i), "text/plain", content)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	one, two := owner.Begin(t, "Elif", "Hello"), owner.Begin(t, "Kerem", "Merhaba")
	for number, attached := range map[uint64][]string{one.Number: ids[:2], two.Number: ids[2:]} {
		if _, err := owner.Post(number, NewID(), "", attached...); err != nil {
			t.Fatal(err)
		}
	}
	owner.Must(t, "POST", "/customers/"+one.Customer.ID+"/notes", body{"text": "Likes quinces"}, nil)
	owner.Must(t, "POST", "/customers/"+two.Customer.ID+"/block", body{"reason": "spam"}, nil)
	owner.Must(t, "POST", "/replies", body{"title": "Hello", "text": "Hello!", "mine": true}, nil)
	owner.Must(t, "PATCH", "/team", body{"name": "Ayvadan"}, nil)
	return contents, ids
}

// files lists the kept files of a folder with their sizes.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			info, err := entry.Info()
			must(t, err)
			names = append(names, fmt.Sprint(entry.Name(), " ", info.Size()))
		}
		return err
	}))
	return names
}

// TestMoveHouseWithoutFiles names the line of an attachment whose file is missing
// or damaged, and takes the messages alone when told to.
func TestMoveHouseWithoutFiles(t *testing.T) {
	old := Start(t)
	owner := old.SetUp(t)
	furnish(t, owner)
	old.Stop(t)
	path := filepath.Join(t.TempDir(), "inbox.jsonl")
	if out := mustRun(t, "export", "--data", old.Dir, "--output", path); !strings.Contains(out, "3 attachments") {
		t.Errorf("export says nothing of the files: %s", out)
	}
	text, err := os.ReadFile(path)
	must(t, err)
	line := fmt.Sprintf("line %d: ", 1+bytes.Count(text[:bytes.Index(text, []byte(`"attachments"`))], []byte("\n")))
	kept, err := filepath.Glob(filepath.Join(path+".files", "??", "*"))
	must(t, err)
	for _, name := range kept {
		must(t, os.Truncate(name, 3))
	}
	refused := func(what, why string, args ...string) {
		t.Helper()
		code, out := Run(t, "", append([]string{"import", "--data", t.TempDir(), path}, args...)...)
		if code != exitBadData || !strings.Contains(out, line) || !strings.Contains(out, why) {
			t.Errorf("%s: it ended with %d and said: %s", what, code, out)
		}
	}
	refused("a cut file", "3 bytes instead of")
	refused("a cut file, to be checked", "3 bytes instead of", "--dry-run")
	must(t, os.RemoveAll(path+".files"))
	refused("no folder", "--files")
	if code, out := Run(t, "", "import", "--data", t.TempDir(), "--files", path+".none", path); code != exitNoInput {
		t.Errorf("a folder that is not there: it ended with %d and said: %s", code, out)
	}
	target := t.TempDir()
	mustRun(t, "import", "--data", target, "--without-files", path)
	mustRun(t, "check", "--data", target)
	if out := mustRun(t, "export", "--data", target); strings.Contains(out, `"attachments"`) || strings.Count(out, `"messages"`) != 2 {
		t.Errorf("taken without files: %s", out)
	}
}

// TestInterruptedImport holds: an import that is told to stop keeps what it has taken
// in and says how to go on, also while it waits for more, and the same again is whole.
func TestInterruptedImport(t *testing.T) {
	dir := t.TempDir()
	line := func(i int) string {
		return fmt.Sprintf(`{"customer":{"id":"c%d"},"status":"open","messages":[{"from":"customer","text":"Hi","at":"2026-09-03T10:02:11Z"}]}`+"\n", i)
	}
	command := exec.Command(Build(t), "import", "--data", dir, "-")
	said := &output{}
	command.Stdout, command.Stderr = said, said
	in, err := command.StdinPipe()
	must(t, err)
	must(t, command.Start())
	for deadline := time.Now().Add(startLimit); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(dir, "parley.pid")); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("it has not begun: %s", said.tail())
		}
	}
	_, err = io.WriteString(in, line(1)+line(2))
	must(t, err)
	time.Sleep(300 * time.Millisecond) // it waits for the third now
	must(t, command.Process.Signal(os.Interrupt))
	_ = command.Wait() // what it ends with is looked at below
	if code := command.ProcessState.ExitCode(); code != exitFailed || !strings.Contains(said.tail(), "goes on with the rest") {
		t.Errorf("it ended with %d and said: %s", code, said.tail())
	}
	code, out := Run(t, line(1)+line(2)+line(3), "import", "--data", dir, "-")
	if code != 0 || !strings.Contains(out, "1 conversations") || !strings.Contains(out, "2 there already") {
		t.Errorf("again, it ended with %d and said: %s", code, out)
	}
	mustRun(t, "check", "--data", dir)
}
