package e2e

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
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
// reason, reading goes on, nothing that was acknowledged is lost, and with room
// again the same folder takes messages. A limit on the size of files stands in
// for the full disk.
func TestDiskFull(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no limit on the size of a process's files to set here")
	}
	dir := t.TempDir()
	first := StartIn(t, dir)
	owner := first.SetUp(t)
	number := owner.Begin(t, "Customer", "Hello").Number
	first.Stop(t)

	limited := &Server{Dir: dir, URL: first.URL, limit: storeSize(t, dir) + 1<<20}
	limited.Restart(t)
	t.Cleanup(limited.Kill)
	ledger := NewLedger()
	err := fill(owner, ledger, number)
	if r := refusal(err); r == nil || r.Status != 507 || r.Code != "storage_full" {
		t.Fatalf("a full disk is answered with: %v", err)
	}
	if v := ledger.Compare(t, owner, []uint64{number}, true); !v.Clean() {
		t.Errorf("while the disk is full: %+v", v)
	}
	limited.Kill()

	roomy := StartIn(t, dir)
	again := NewClient(roomy.URL)
	again.SignIn(t, "owner@example.com")
	if _, err := again.Post(number, NewID(), "room again"); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if v := ledger.Compare(t, again, []uint64{number}, true); !v.Clean() {
		t.Errorf("with room again: %+v", v)
	}
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

func storeSize(t *testing.T, dir string) int64 {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, "parley.db"))
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
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
