package upload_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/desk"
	"parley/server/upload"
)

// uploaderEnv makes this test binary a process that uploads without end into the
// folder given, and writes a line for every file that is kept.
const uploaderEnv = "PARLEY_UPLOADER"

func TestMain(m *testing.M) {
	switch {
	case os.Getenv(uploaderEnv) != "":
		uploadForever(os.Getenv(uploaderEnv))
	case os.Getenv(limitedEnv) != "":
		os.Exit(uploadWithLimit(os.Getenv(limitedEnv)))
	}
	os.Exit(m.Run())
}

func hexOf(sum [32]byte) string { return hex.EncodeToString(sum[:]) }

func uploadForever(dir string) {
	s, err := upload.Open(dir)
	for i := uint64(0); err == nil; i++ {
		data := noise(1+int(i*7919%(6<<20)), i)
		a := attachment(byte(i%4), "a.dat", data)
		for n := 1; n <= upload.Parts(a.Size) && err == nil; n++ {
			err = send(s, a, data, n)
		}
		var kept upload.Kept
		if err == nil {
			kept, err = s.Complete(a)
		}
		if err == nil {
			fmt.Printf("%s %d\n", hexOf(kept.SHA256), a.Size)
			err = s.Discard(a.ID)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// TestKilled kills an uploading process at random moments. Every file that was
// acknowledged must be there, and every name must tell the truth about its bytes.
func TestKilled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	s, err := upload.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	kills, acknowledged := 12, 0
	for i := range kills {
		command := exec.Command(os.Args[0])
		command.Env = append(os.Environ(), uploaderEnv+"="+dir)
		command.Stderr = os.Stderr
		out, err := command.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(40+i*37%300)*time.Millisecond, func() { _ = command.Process.Kill() })
		for lines := bufio.NewScanner(out); lines.Scan(); acknowledged++ {
			var name string
			var size uint64
			if _, err := fmt.Sscan(lines.Text(), &name, &size); err != nil {
				break // the line was cut by the kill
			}
			raw, err := hex.DecodeString(name)
			if err != nil || len(raw) != sha256.Size {
				t.Fatalf("%q: %v", lines.Text(), err)
			}
			if err := s.Check([32]byte(raw), size); err != nil {
				t.Errorf("acknowledged: %v", err)
			}
		}
		_ = command.Wait()
	}
	for _, path := range files(t, dir) {
		if strings.Contains(path, string(filepath.Separator)+"tmp"+string(filepath.Separator)) {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil || hexOf(sha256.Sum256(data)) != filepath.Base(path) {
			t.Errorf("%s has other bytes, %v", path, err)
		}
	}
	if _, err := s.Sweep(time.Now().Add(48*time.Hour), 24*time.Hour, func([32]byte) (bool, error) { return false, nil }); err != nil {
		t.Error(err)
	}
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("after the sweep: %v", left)
	}
	t.Logf("%d kills, %d files acknowledged", kills, acknowledged)
	if acknowledged == 0 {
		t.Error("nothing was acknowledged between the kills")
	}
}

// limitedEnv makes this test binary a process that may not write a file of more
// than a million bytes, which the system reports much like a full disk.
const limitedEnv = "PARLEY_UPLOADER_LIMITED"

func uploadWithLimit(dir string) int {
	if err := limitFileSize(1_000_000); err != nil {
		fmt.Println("cannot:", err)
		return 0
	}
	s, err := upload.Open(dir)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	large, small := noise(3_000_000, 1), noise(500_000, 2)
	fmt.Println("large:", desk.CodeOf(send(s, attachment(1, "a.dat", large), large, 1)))
	half := attachment(2, "b.dat", noise(900_000, 3))
	fmt.Println("small:", send(s, attachment(3, "c.dat", small), small, 1), send(s, half, noise(900_000, 3), 1))
	_, err = s.Complete(half)
	fmt.Println("complete:", err)
	return 0
}

func TestFullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), limitedEnv+"="+dir)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if strings.HasPrefix(string(out), "cannot:") {
		t.Skipf("this system does not limit the size of files: %s", out)
	}
	want := "large: storage_full\nsmall: <nil> <nil>\ncomplete: <nil>\n"
	if string(out) != want {
		t.Errorf("got\n%swant\n%s", out, want)
	}
	for _, path := range files(t, dir) {
		if strings.Contains(filepath.Base(path), "new-") {
			t.Errorf("%s was left", path)
		}
	}
}
