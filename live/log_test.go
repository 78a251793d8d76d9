package live

import (
	"fmt"
	"slices"
	"testing"
)

// numbered makes frames with rising sequences; every third frame has none.
func numbered(from, to uint64) (frames []Frame) {
	for s := from; s <= to; s++ {
		frames = append(frames, Frame{Sequence: s, Data: fmt.Appendf(nil, "%d", s)})
		if s%3 == 0 {
			frames = append(frames, Frame{Data: fmt.Appendf(nil, "after %d", s)})
		}
	}
	return frames
}

func texts(frames []Frame) (all []string) {
	for _, f := range frames {
		all = append(all, string(f.Data))
	}
	return all
}

// TestLogKeepsWhatWasTaken lets the log drop frames that a slow reader has taken
// and not yet sent.
func TestLogKeepsWhatWasTaken(t *testing.T) {
	l := newLog(0)
	for s := range uint64(logFrames) {
		l.add(numbered(s, s)...)
	}
	oldest := l.first
	taken, _, ok := l.after(oldest, 40)
	want := texts(taken)
	if !ok || len(want) != 40 {
		t.Fatalf("took %v", want)
	}
	for s := range uint64(100) {
		l.add(numbered(logFrames+s, logFrames+s)...)
	}
	if got := texts(taken); !slices.Equal(got, want) {
		t.Errorf("what was taken turned into %q", got)
	}
	if _, _, ok := l.after(oldest, 40); ok {
		t.Error("a position that has left the log is there")
	}
}

// TestLogIsBounded in frames and in bytes, and keeps the newest in any case.
func TestLogIsBounded(t *testing.T) {
	l := newLog(0)
	for s := uint64(1); s <= 3*logFrames; s++ {
		l.add(Frame{Sequence: s, Data: make([]byte, 10)})
	}
	if len(l.frames) != logFrames || l.bytes != 10*logFrames {
		t.Errorf("%d frames of %d bytes", len(l.frames), l.bytes)
	}
	l.add(Frame{Sequence: 3*logFrames + 1, Data: make([]byte, logBytes/2)}, Frame{Sequence: 3*logFrames + 2, Data: make([]byte, logBytes/2+1)})
	if len(l.frames) != 1 || l.bytes != logBytes/2+1 {
		t.Errorf("%d frames of %d bytes", len(l.frames), l.bytes)
	}
	l.add(Frame{Sequence: 3*logFrames + 3, Data: make([]byte, 2*logBytes)})
	if len(l.frames) != 1 || l.head != 3*logFrames+3 {
		t.Errorf("%d frames, head %d", len(l.frames), l.head)
	}
}

// TestLogJoins goes on right after any sequence that the log reaches back to, with
// what has no sequence in its place, and says so where it does not.
func TestLogJoins(t *testing.T) {
	l := newLog(100)
	if s, ok := l.join(100); !ok || s != (seat{0, 0, 100}) {
		t.Errorf("an empty log is joined at %+v, %v", s, ok)
	}
	if _, ok := l.join(99); ok {
		t.Error("an empty log reaches back")
	}
	l.add(Frame{Data: []byte("early")})
	if _, ok := l.join(99); ok {
		t.Error("a log without sequences reaches back")
	}
	l.add(numbered(101, 130)...)
	for since := uint64(90); since <= 135; since++ {
		s, ok := l.join(since)
		if want := since >= 100; ok != want || s.head != 130 || s.end != uint64(len(l.frames)) {
			t.Errorf("joined at %d: %v", since, ok)
		}
		frames, _, _ := l.after(s.position, 1000)
		next := uint64(0)
		for _, f := range frames {
			if f.Sequence > 0 {
				next = f.Sequence
				break
			}
		}
		if want := since + 1; ok && since < 130 && next != want {
			t.Errorf("joined at %d, the next is %d", since, next)
		}
		if (!ok || since >= 130) && len(frames) != 0 {
			t.Errorf("joined at %d behind the log or at its end, frames %q", since, texts(frames))
		}
	}
}
