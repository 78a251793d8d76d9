package upload_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/desk"
	"parley/server/upload"
)

func newStore(t testing.TB) (*upload.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "files")
	s, err := upload.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func noise(size int, seed uint64) []byte {
	random := rand.New(rand.NewPCG(seed, 1))
	data := make([]byte, size)
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return data
}

func attachment(n byte, name string, data []byte) *desk.Attachment {
	return &desk.Attachment{ID: desk.ID{15: n}, Name: name, Size: uint64(len(data))}
}

// send puts a part of data.
func send(s *upload.Store, a *desk.Attachment, data []byte, n int) error {
	end := min(n*desk.PartBytes, len(data))
	return s.PutPart(a.ID, a.Size, n, data[(n-1)*desk.PartBytes:end])
}

func sendAll(t testing.TB, s *upload.Store, a *desk.Attachment, data []byte) upload.Kept {
	t.Helper()
	for n := 1; n <= upload.Parts(a.Size); n++ {
		if err := send(s, a, data, n); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := s.Complete(a)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestUploadIsResumed(t *testing.T) {
	s, dir := newStore(t)
	data := noise(2*desk.PartBytes+12_345, 1)
	a := attachment(1, "backup.dat", data)
	if have, err := s.Have(a.ID, a.Size); err != nil || len(have) != 0 || have == nil {
		t.Errorf("at first: %v, %v", have, err)
	}
	for _, n := range []int{3, 1, 1} {
		if err := send(s, a, data, n); err != nil {
			t.Fatal(err)
		}
	}
	again, err := upload.Open(dir) // after a restart
	if err != nil {
		t.Fatal(err)
	}
	if have, err := again.Have(a.ID, a.Size); err != nil || !slices.Equal(have, []int{1, 3}) {
		t.Errorf("half way: %v, %v", have, err)
	}
	if _, err := again.Complete(a); desk.CodeOf(err) != desk.CodeUnfinished {
		t.Errorf("complete half way: %v", err)
	}
	if err := send(again, a, data, 2); err != nil {
		t.Fatal(err)
	}
	kept, err := again.Complete(a)
	if err != nil || kept.SHA256 != sha256.Sum256(data) || kept.Type != upload.Unknown {
		t.Fatalf("%+v, %v", kept, err)
	}
	if twice, err := again.Complete(a); err != nil || twice != kept {
		t.Errorf("complete again: %+v, %v", twice, err)
	}
	if err := again.Discard(a.ID); err != nil {
		t.Fatal(err)
	}
	compare(t, again, kept.SHA256, data)
	if have, err := again.Have(a.ID, a.Size); err != nil || len(have) != 0 {
		t.Errorf("after all: %v, %v", have, err)
	}
}

func compare(t *testing.T, s *upload.Store, sum [32]byte, want []byte) {
	t.Helper()
	if err := s.Check(sum, uint64(len(want))); err != nil {
		t.Error(err)
	}
	file, err := s.File(sum)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if got, err := io.ReadAll(file); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes instead of %d, %v", len(got), len(want), err)
	}
}

func TestPartsMustFit(t *testing.T) {
	s, _ := newStore(t)
	a := attachment(1, "a.dat", make([]byte, desk.PartBytes+1))
	for _, test := range []struct{ n, size int }{{0, desk.PartBytes}, {-1, 1}, {3, 1}, {1, desk.PartBytes - 1}, {1, desk.PartBytes + 1}, {2, 2}, {2, 0}, {1 << 40, 1}} {
		if err := s.PutPart(a.ID, a.Size, test.n, make([]byte, test.size)); desk.CodeOf(err) != desk.CodeInvalid {
			t.Errorf("part %d of %d bytes: %v", test.n, test.size, err)
		}
	}
	if have, _ := s.Have(a.ID, a.Size); len(have) != 0 {
		t.Errorf("kept %v", have)
	}
	if upload.Parts(0) != 0 || upload.Parts(1) != 1 || upload.Parts(desk.PartBytes) != 1 || upload.Parts(desk.PartBytes+1) != 2 || upload.Parts(desk.MaxFileBytes) != 7 {
		t.Error("the number of parts is wrong")
	}
}

func TestRefusedFileIsNotKept(t *testing.T) {
	s, dir := newStore(t)
	data := []byte("<script>alert(1)</script>")
	a := attachment(1, "photo.png", data)
	a.Type = "image/png"
	if err := send(s, a, data, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Complete(a); desk.CodeOf(err) != desk.CodeFileType {
		t.Errorf("%v", err)
	}
	if err := s.Discard(a.ID); err != nil {
		t.Fatal(err)
	}
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}

func TestPictureIsMeasured(t *testing.T) {
	s, _ := newStore(t)
	data := []byte(samples(t)["png"])
	kept := sendAll(t, s, attachment(1, "a.png", data), data)
	if kept.Type != "image/png" || kept.Width != 40 || kept.Height != 30 {
		t.Errorf("%+v", kept)
	}
}

func TestSameBytesAreKeptOnce(t *testing.T) {
	s, dir := newStore(t)
	data := noise(1000, 2)
	var group sync.WaitGroup
	for n := range byte(8) {
		group.Go(func() {
			a := attachment(n+1, "a.dat", data)
			if err := send(s, a, data, 1); err != nil {
				t.Error(err)
			}
			if kept, err := s.Complete(a); err != nil || kept.SHA256 != sha256.Sum256(data) {
				t.Errorf("%+v, %v", kept, err)
			}
			if err := s.Discard(a.ID); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if left := files(t, dir); len(left) != 1 {
		t.Errorf("%v", left)
	}
}

// files lists every file below a folder.
func files(t testing.TB, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return list
}

func TestOnlyTheOwnerMayLook(t *testing.T) {
	s, dir := newStore(t)
	data := noise(100, 3)
	sendAll(t, s, attachment(1, "a.dat", data), data)
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		want := fs.FileMode(0o600)
		if entry.IsDir() {
			want = 0o700
		}
		if err == nil && info.Mode().Perm() != want {
			t.Errorf("%s has %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCheckFindsDamage(t *testing.T) {
	s, dir := newStore(t)
	data := noise(5000, 4)
	a := attachment(1, "a.dat", data)
	kept := sendAll(t, s, a, data)
	if err := s.Discard(a.ID); err != nil {
		t.Fatal(err)
	}
	path := files(t, dir)[0]
	for what, damage := range map[string]func() error{
		"another size": func() error { return os.Truncate(path, 4999) },
		"other bytes":  func() error { return os.WriteFile(path, noise(5000, 5), 0o600) },
		"missing":      func() error { return os.Remove(path) },
	} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := s.Check(kept.SHA256, a.Size); err != nil {
			t.Errorf("before: %v", err)
		}
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		if err := s.Check(kept.SHA256, a.Size); err == nil {
			t.Errorf("%s was not found", what)
		}
	}
}

func TestOpenTouchesNothing(t *testing.T) {
	_, dir := newStore(t)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := upload.Open(path); err == nil {
		t.Error("a file was taken for a folder")
	}
}

func TestSweep(t *testing.T) {
	s, dir := newStore(t)
	day, now := 24*time.Hour, time.Now()
	wanted, lost, fresh, returned := noise(10, 1), noise(20, 2), noise(30, 3), noise(40, 4)
	sums := map[[32]byte]bool{sha256.Sum256(wanted): true}
	for i, data := range [][]byte{wanted, lost, fresh, returned} {
		a := attachment(byte(i+1), "a.dat", data)
		kept := sendAll(t, s, a, data)
		if err := s.Discard(a.ID); err != nil {
			t.Fatal(err)
		}
		if i != 2 {
			age(t, keptPath(dir, kept.SHA256), 2*day)
		}
	}
	sendAll(t, s, attachment(9, "a.dat", returned), returned) // the same bytes again, just before the sweep
	for n := range byte(2) {
		a := attachment(20+n, "a.dat", fresh)
		if err := send(s, a, fresh, 1); err != nil {
			t.Fatal(err)
		}
	}
	age(t, filepath.Join(dir, "tmp", desk.ID{15: 20}.String()), 2*day)
	stranger := filepath.Join(dir, "3f", "README")
	if err := errors.Join(os.MkdirAll(filepath.Dir(stranger), 0o700), os.WriteFile(stranger, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	age(t, stranger, 2*day)

	release, other := s.Hold(), s.Hold() // two backups
	for _, end := range []func(){release, other} {
		if swept, err := s.Sweep(now, day, func([32]byte) (bool, error) { return false, nil }); err != nil || swept != (upload.Swept{}) {
			t.Errorf("while the files are held: %+v, %v", swept, err)
		}
		end()
	}
	swept, err := s.Sweep(now, day, func(sum [32]byte) (bool, error) { return sums[sum], nil })
	if err != nil || swept != (upload.Swept{Files: 1, Bytes: 20, Uploads: 1}) {
		t.Errorf("%+v, %v", swept, err)
	}
	for what, data := range map[string][]byte{"wanted": wanted, "fresh": fresh, "returned": returned} {
		if err := s.Check(sha256.Sum256(data), uint64(len(data))); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := s.Check(sha256.Sum256(lost), 20); err == nil {
		t.Error("the lost one is still there")
	}
	if _, err := os.Stat(stranger); err != nil {
		t.Error("it removed what it does not know")
	}
	broken := errors.New("the store is closed")
	if _, err := s.Sweep(now.Add(2*day), day, func([32]byte) (bool, error) { return false, broken }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if err := s.Check(sha256.Sum256(wanted), 10); err != nil {
		t.Errorf("swept without an answer: %v", err)
	}
}

func TestSweepOfNothing(t *testing.T) {
	s, _ := newStore(t)
	if swept, err := s.Sweep(time.Now(), time.Hour, nil); err != nil || swept != (upload.Swept{}) {
		t.Errorf("%+v, %v", swept, err)
	}
}

func keptPath(dir string, sum [32]byte) string {
	name := hexOf(sum)
	return filepath.Join(dir, name[:2], name)
}

func age(t *testing.T, path string, by time.Duration) {
	t.Helper()
	past := time.Now().Add(-by)
	if err := os.Chtimes(path, past, past); err != nil {
		t.Fatal(err)
	}
}

// TestNoRoom refuses a file before any of it is written: when it is announced, each part,
// and when it is put together, for which it takes its size once more. Parts that are
// there need no more room.
func TestNoRoom(t *testing.T) {
	s, dir := newStore(t)
	data := noise(desk.PartBytes+1000, 1)
	a, size := attachment(1, "a.dat", data), uint64(len(data))
	var spare uint64
	s.Watch(func(asked string) (uint64, error) {
		if _, err := os.Stat(asked); err != nil {
			return 0, err
		}
		return spare, nil
	})
	for _, step := range []struct {
		name string
		need uint64
		do   func() error
	}{
		{"announced", 2 * size, func() error { return s.Fits(a.ID, size) }},
		{"part 1", desk.PartBytes, func() error { return send(s, a, data, 1) }},
		{"announced again", size + 1000, func() error { return s.Fits(a.ID, size) }},
		{"part 2", 1000, func() error { return send(s, a, data, 2) }},
		{"complete", size, func() error { _, err := s.Complete(a); return err }},
	} {
		spare = step.need - 1
		before := files(t, dir)
		if err := step.do(); desk.CodeOf(err) != desk.CodeStorageFull {
			t.Errorf("%s, with a byte too little: %v", step.name, err)
		}
		if after := files(t, dir); len(after) != len(before) {
			t.Errorf("%s, with a byte too little, wrote: %v", step.name, after)
		}
		spare = step.need
		if err := step.do(); err != nil {
			t.Errorf("%s, with room: %v", step.name, err)
		}
	}
	compare(t, s, sha256.Sum256(data), data)
}
