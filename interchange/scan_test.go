package interchange_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"parley/interchange"
)

// scan reads a file and gives its lines as "number:text".
func scan(t *testing.T, r io.Reader) (lines []string, err error) {
	t.Helper()
	err = interchange.Scan(r, func(s interchange.Source) error {
		lines = append(lines, string(rune('0'+s.Number))+":"+strings.TrimRight(string(s.Bytes), "\r\n"))
		return nil
	})
	return lines, err
}

func packed(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestScan(t *testing.T) {
	for name, row := range map[string]struct{ in, want string }{
		"nothing":              {"", ""},
		"lines":                {"a\nb\n", "1:a 2:b"},
		"no last line feed":    {"a\nb", "1:a 2:b"},
		"blank ones":           {"\n  \na\n\t\n\nb\n\n", "3:a 6:b"},
		"of another system":    {"a\r\nb\r\n", "1:a 2:b"},
		"with its byte order":  {"\xef\xbb\xbfa\nb\n", "1:a 2:b"},
		"one byte, like a gun": {"\x1f", "1:\x1f"},
	} {
		for kind, file := range map[string][]byte{"plain": []byte(row.in), "packed": packed(t, row.in)} {
			for how, r := range map[string]io.Reader{"at once": bytes.NewReader(file), "byte by byte": iotest.OneByteReader(bytes.NewReader(file))} {
				lines, err := scan(t, r)
				if got := strings.Join(lines, " "); err != nil || got != row.want {
					t.Errorf("%s, %s, %s: %q, %v; want %q", name, kind, how, got, err, row.want)
				}
			}
		}
	}
}

// TestScanLongLines holds lines longer than any buffer, and refuses what is longer
// than a line may be without reading it whole.
func TestScanLongLines(t *testing.T) {
	long := strings.Repeat("x", 3<<20)
	lines, err := scan(t, strings.NewReader("a\n"+long+"\nb"))
	if err != nil || len(lines) != 3 || len(lines[1]) != len(long)+2 || lines[2] != "3:b" {
		t.Errorf("%d lines, %v", len(lines), err)
	}
	endless := io.MultiReader(strings.NewReader("a\n"), zeros{})
	if lines, err := scan(t, endless); err == nil || !strings.Contains(err.Error(), "line 2: longer than 64 MiB") || len(lines) != 1 {
		t.Errorf("%d lines, %v", len(lines), err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// TestScanCutFiles tells of a packed file that is cut off or damaged, and does not
// take the half line before the cut for a line.
func TestScanCutFiles(t *testing.T) {
	var text strings.Builder
	for i := range 3000 {
		text.WriteString(strings.Repeat(string(rune('a'+i%26)), i%90) + "\n")
	}
	file := packed(t, text.String())
	for _, cut := range []int{3, 15, len(file) / 3, len(file) / 2, len(file) - 1} {
		lines := 0
		err := interchange.Scan(bytes.NewReader(file[:cut]), func(s interchange.Source) error {
			lines++
			if want := strings.Repeat(string(rune('a'+(s.Number-1)%26)), (s.Number-1)%90); string(bytes.TrimSpace(s.Bytes)) != want {
				t.Fatalf("cut at %d: line %d is %q", cut, s.Number, s.Bytes)
			}
			return nil
		})
		if err == nil || (cut > 15 && !strings.Contains(err.Error(), "cut off")) {
			t.Errorf("cut at %d of %d, after %d lines: %v", cut, len(file), lines, err)
		}
	}
	broken := bytes.Clone(file)
	broken[len(broken)-5] ^= 1 // the checksum
	if _, err := scan(t, bytes.NewReader(broken)); err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("a wrong checksum: %v", err)
	}
}

// TestScanStops at the first error of its reader or of whoever takes the lines.
func TestScanStops(t *testing.T) {
	fault := errors.New("no")
	seen := 0
	err := interchange.Scan(strings.NewReader("a\nb\nc\n"), func(s interchange.Source) error {
		if seen++; s.Number == 2 {
			return fault
		}
		return nil
	})
	if !errors.Is(err, fault) || seen != 2 {
		t.Errorf("%d lines, %v", seen, err)
	}
	lines, err := scan(t, io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(fault)))
	if !errors.Is(err, fault) || !strings.Contains(err.Error(), "line 2") || len(lines) != 1 {
		t.Errorf("%q, %v", lines, err)
	}
}

// FuzzScan takes anything for a file. Every line that it gives is in the file,
// and numbers rise.
func FuzzScan(f *testing.F) {
	f.Add([]byte("a\nb\n"))
	f.Add([]byte("\x1f\x8b"))
	f.Add(packed(f, "a\n\nb"))
	f.Add(packed(f, "a\nb")[:20])
	f.Add(append(packed(f, "a\n"), packed(f, "b\n")...))
	f.Fuzz(func(t *testing.T, file []byte) {
		last := 0
		_ = interchange.Scan(bytes.NewReader(file), func(s interchange.Source) error {
			if s.Number <= last || len(bytes.TrimSpace(s.Bytes)) == 0 {
				t.Fatalf("line %d after %d: %q", s.Number, last, s.Bytes)
			}
			if last = s.Number; !bytes.HasPrefix(file, []byte{0x1f, 0x8b}) && !bytes.Contains(file, s.Bytes) {
				t.Fatalf("%q is not in the file", s.Bytes)
			}
			return nil
		})
	})
}
