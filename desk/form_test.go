package desk_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"parley/desk"
)

func TestID(t *testing.T) {
	id := desk.ID{0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0, 1, 2, 3, 4, 5, 6, 0xff}
	const text = "01234567-89ab-cdef-0001-0203040506ff"
	if id.String() != text {
		t.Errorf("written %s, want %s", id, text)
	}
	for _, form := range []string{text, strings.ToUpper(text)} {
		if got, err := desk.ParseID(form); err != nil || got != id {
			t.Errorf("%s is read as %s, %v", form, got, err)
		}
	}
	for _, form := range []string{
		"", "0", strings.ReplaceAll(text, "-", ""), "{" + text + "}", text + " ", text[:35], "g" + text[1:],
		strings.Replace(text, "-", "_", 1), "0123456-789ab-cdef-0001-0203040506ff",
	} {
		if got, err := desk.ParseID(form); err == nil {
			t.Errorf("%q is read as %s", form, got)
		}
	}
}

// TestAbsentForms writes what is absent as the empty text and reads it back.
func TestAbsentForms(t *testing.T) {
	type pair struct {
		ID desk.ID
		At desk.Time
	}
	text, err := json.Marshal(pair{})
	if err != nil || string(text) != `{"ID":"","At":""}` {
		t.Fatalf("written %s, %v", text, err)
	}
	back := pair{idOf(1), noon}
	if err := json.Unmarshal(text, &back); err != nil || !back.ID.IsZero() || !back.At.IsZero() {
		t.Errorf("read back as %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"ID":"x"}`), &back); err == nil {
		t.Error("an id that is none was read")
	}
}

func TestTime(t *testing.T) {
	for _, row := range []struct {
		in   string
		want desk.Time
		out  string
	}{
		{"2026-09-03T10:02:11+03:00", 1788418931000, "2026-09-03T07:02:11.000Z"},
		{"2026-09-03T07:02:11.0456789Z", 1788418931045, "2026-09-03T07:02:11.045Z"},
		{"1969-12-31T23:59:59.999Z", -1, "1969-12-31T23:59:59.999Z"},
		{"9999-12-31T23:59:59.999Z", 253402300799999, "9999-12-31T23:59:59.999Z"},
		{"", 0, ""},
	} {
		var got desk.Time
		if err := got.UnmarshalText([]byte(row.in)); err != nil || got != row.want {
			t.Errorf("%q is read as %d, %v; want %d", row.in, got, err, row.want)
		}
		if out, err := got.MarshalText(); err != nil || string(out) != row.out {
			t.Errorf("%q is written %q, %v; want %q", row.in, out, err, row.out)
		}
	}
	for _, bad := range []string{
		"now", "2026-09-03", "2026-13-01T00:00:00Z", "2026-09-03 10:02:11Z", "1788418931",
		"9999-12-31T23:59:59-14:00", "0000-01-01T00:00:00+14:00", // beyond what four digits can write in UTC
	} {
		var got desk.Time
		if err := got.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q is read as %s", bad, got)
		}
	}
	if at := time.Date(2026, 9, 3, 10, 2, 11, 999_999_999, time.FixedZone("", 3*3600)); desk.TimeOf(at) != 1788418931999 || !desk.TimeOf(at).Go().Equal(at.Truncate(time.Millisecond)) {
		t.Errorf("%v became %v", at, desk.TimeOf(at))
	}
}

func FuzzParseID(f *testing.F) {
	f.Add("01234567-89ab-cdef-0001-0203040506ff")
	f.Add("01234567-89AB-CDEF-0001-0203040506FF")
	f.Add("00000000-0000-0000-0000-000000000000")
	f.Add("")
	f.Add("01234567-89ab-cdef-0001-0203040506f")
	f.Fuzz(func(t *testing.T, text string) {
		id, err := desk.ParseID(text)
		if err != nil {
			if !id.IsZero() {
				t.Fatalf("%q is refused and read as %s", text, id)
			}
			return
		}
		if id.String() != strings.ToLower(text) {
			t.Fatalf("%q is read as %s", text, id)
		}
	})
}

func FuzzTime(f *testing.F) {
	for _, seed := range []string{"", "2026-09-03T10:02:11+03:00", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59-23:59", "2026-02-30T00:00:00Z", "2026-09-03T10:02:11,5Z"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var at desk.Time
		if at.UnmarshalText(text) != nil {
			return
		}
		out, err := at.MarshalText()
		if err != nil {
			t.Fatalf("%q cannot be written: %v", text, err)
		}
		var again desk.Time
		if err := again.UnmarshalText(out); err != nil || again != at {
			t.Fatalf("%q is written %q and read as %d, %v; want %d", text, out, again, err, at)
		}
	})
}
