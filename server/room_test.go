package server

import "testing"

// TestRoomFor never promises more sockets than there are files for.
func TestRoomFor(t *testing.T) {
	for files, want := range map[int]Room{
		0:       {10_000, 20_000},
		1 << 30: {10_000, 20_000},
		37_625:  {10_000, 20_000},
		37_624:  {9_999, 20_000},
		1024:    {239, 480},
		256:     {34, 70},
		50:      {16, 16},
	} {
		if got := RoomFor(files); got != want {
			t.Errorf("%d files: %+v, want %+v", files, got, want)
		}
	}
	for files := 256; files < 50_000; files += 97 {
		if r := RoomFor(files); r.Agents+r.Visitors > files*8/10 {
			t.Fatalf("%d files: %+v", files, r)
		}
	}
}
