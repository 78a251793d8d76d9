package e2e

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// TestSecondProcess holds: a folder has one master. The second process ends soon
// and says why; the first does not notice.
func TestSecondProcess(t *testing.T) {
	server := Start(t)
	owner := server.SetUp(t)
	number := owner.Begin(t, "Customer", "Hello").Number

	start := time.Now()
	code, out := Run(t, "", "serve", "--data", server.Dir, "--listen", "127.0.0.1:0")
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v to refuse", took)
	}
	if code != exitCantMake || !strings.Contains(out, "another Parley") {
		t.Errorf("the second process ended with %d and said: %s", code, out)
	}
	if _, err := owner.Post(number, NewID(), "still here"); err != nil {
		t.Errorf("the first process: %v", err)
	}
}

// TestNewerFile holds: data of a newer version is refused with a reason, and not a
// byte of it changes.
func TestNewerFile(t *testing.T) {
	server := Start(t)
	server.Stop(t)
	path := filepath.Join(server.Dir, "parley.db")
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), binary.BigEndian.AppendUint64(nil, 9999))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	code, out := Run(t, "", "serve", "--data", server.Dir, "--listen", "127.0.0.1:0")
	if code != exitBadData || !strings.Contains(out, "newer") {
		t.Errorf("it ended with %d and said: %s", code, out)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed: %v", err)
	}
}

// TestDamagedFile holds: a store that is no store is refused with a reason and left
// as it is.
func TestDamagedFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "parley.db")
	rubbish := bytes.Repeat([]byte("not a store "), 4096)
	if err := os.WriteFile(path, rubbish, 0o600); err != nil {
		t.Fatal(err)
	}
	code, out := Run(t, "", "serve", "--data", dir, "--listen", "127.0.0.1:0")
	if code != exitBadData || !strings.Contains(out, "damaged") {
		t.Errorf("it ended with %d and said: %s", code, out)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(rubbish, after) {
		t.Errorf("the file was changed: %v", err)
	}
}

// TestDiskFull holds: when nothing more can be written, sending is refused with a
// reason, reading goes on, nothing that was acknowledged is lost, people can sign out,
// and with room again the same process takes messages.
func TestDiskFull(t *testing.T) {
	t.Run("quota", func(t *testing.T) {
		testFull(t, t.TempDir(), []string{"--max-size", "17"}, nil)
	})
	t.Run("file system", func(t *testing.T) {
		dir := smallFileSystem(t, 48)
		ballast := filepath.Join(dir, "ballast")
		if err := os.WriteFile(ballast, make([]byte, 8<<20), 0o600); err != nil {
			t.Fatal(err)
		}
		testFull(t, filepath.Join(dir, "data"), []string{"--keep-free", "0"}, func() error { return os.Remove(ballast) })
	})
	t.Run("file system, with a reserve", func(t *testing.T) {
		dir := smallFileSystem(t, 48)
		ballast := filepath.Join(dir, "ballast")
		if err := os.WriteFile(ballast, make([]byte, 8<<20), 0o600); err != nil {
			t.Fatal(err)
		}
		testFull(t, filepath.Join(dir, "data"), []string{"--keep-free", "8"}, func() error { return os.Remove(ballast) })
	})
}

// testFull fills a folder and makes room again, if it can.
func testFull(t *testing.T, dir string, args []string, makeRoom func() error) {
	t.Helper()
	server := StartIn(t, dir, args...)
	owner := server.SetUp(t)
	number := owner.Begin(t, "Customer", "Hello").Number
	leaving, file := owner.Hire(t, "Leaving", "agent"), NewID()
	owner.Must(t, "POST", "/attachments", body{"client_id": file, "name": "a.txt", "size": 1 << 20, "type": "text/plain"}, nil)
	ledger := NewLedger()
	err := fill(owner, ledger, number)
	if r := refusal(err); r == nil || r.Status != 507 || r.Code != "storage_full" {
		t.Fatalf("a full disk is answered with: %v", err)
	}
	err = owner.Raw("PUT", "/attachments/"+file+"/parts/1", "application/octet-stream", make([]byte, 1<<20), nil, nil)
	if r := refusal(err); makeRoom != nil && (r == nil || r.Code != "storage_full") { // a quota is the store's alone
		t.Errorf("a file is answered with: %v", err)
	}
	leaving.Must(t, "DELETE", "/session", nil, nil)
	if r := refusal(leaving.Call("GET", "/me", nil, nil)); r == nil || r.Status != 401 {
		t.Errorf("after signing out: %v", r)
	}
	if v := ledger.Compare(t, owner, []uint64{number}, true); !v.Clean() {
		t.Errorf("while the disk is full: %+v", v)
	}
	if makeRoom != nil {
		if err := makeRoom(); err != nil {
			t.Fatal(err)
		}
		if err := postWithin(owner, number, 5*time.Second); err != nil {
			t.Errorf("with room again: %v", err)
		}
	}
	server.Stop(t)
	if code, out := Run(t, "", "check", "--data", dir); code != 0 {
		t.Errorf("check ended with %d and said: %s", code, out)
	}
}

// postWithin posts until it is taken; the server looks at the disk now and then.
func postWithin(c *Client, number uint64, limit time.Duration) error {
	id := NewID()
	for deadline := time.Now().Add(limit); ; time.Sleep(50 * time.Millisecond) {
		_, err := c.Post(number, id, "room again")
		if err == nil || time.Now().After(deadline) {
			return err
		}
	}
}

// smallFileSystem mounts a file system of some MiB for this test.
func smallFileSystem(t *testing.T, mib int) string {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", mib), "tmpfs", dir).CombinedOutput()
	if err != nil {
		t.Skipf("a small file system can be mounted by root on Linux only: %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "-l", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %s", out)
		}
	})
	return dir
}

// fill sends long messages until one is refused.
func fill(c *Client, ledger *Ledger, number uint64) error {
	for i := range 2000 {
		id, text := NewID(), fmt.Sprintf("%d %s", i, strings.Repeat("long ", 5000))
		ledger.Sending(id, number, 0, text)
		answer, err := c.Post(number, id, text)
		if err != nil {
			return err
		}
		if err := ledger.Acknowledged(id, &answer.Message); err != nil {
			return err
		}
	}
	return errors.New("2,000 long messages found room")
}

// TestTruncatedImport holds: a file cut short is reported with the line, and
// nothing half of a conversation is kept.
func TestTruncatedImport(t *testing.T) {
	whole := importLine("a") + importLine("b") + importLine("c")
	path := filepath.Join(t.TempDir(), "cut.jsonl")
	if err := os.WriteFile(path, []byte(whole[:len(whole)-40]), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	code, out := Run(t, "", "import", "--data", dir, path)
	if code != exitBadData || !strings.Contains(out, "line 3") {
		t.Errorf("it ended with %d and said: %s", code, out)
	}
	code, out = Run(t, "", "export", "--data", dir)
	if code != 0 || strings.Contains(out, "customer c") || strings.Count(out, `"messages"`) > 2 {
		t.Errorf("export ended with %d and gave: %s", code, out)
	}
	if code, out := Run(t, "", "check", "--data", dir); code != 0 {
		t.Errorf("check ended with %d and said: %s", code, out)
	}
}

func importLine(id string) string {
	return fmt.Sprintf(`{"customer":{"id":%q,"name":"customer %s","email":"%s@example.com","language":"en","attributes":{}},`+
		`"channel":"web","status":"open","agent":null,"bot":false,"tags":[],`+
		`"messages":[{"from":"customer","text":"Hello","at":"2026-03-01T10:00:00+03:00"}]}`+"\n", id, id, id)
}
