package live

import (
	"slices"
	"sort"
	"sync"
)

// log is the frames of the last while, in the order in which they were made. A
// reader asks for what comes after a position and waits for more.
type log struct {
	mu     sync.RWMutex
	frames []Frame
	first  uint64 // position of frames[0]
	bytes  int
	head   uint64        // the highest sequence that was added, or where the hub began
	more   chan struct{} // closed when frames are added
}

// Bounds of the log. A reader who falls behind it reads the journal instead.
const (
	logFrames = 8192
	logBytes  = 16 << 20
)

func newLog(head uint64) *log { return &log{head: head, more: make(chan struct{})} }

// add appends frames and wakes the readers.
func (l *log) add(frames ...Frame) {
	if len(frames) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range frames {
		l.bytes += len(frames[i].Data)
		l.head = max(l.head, frames[i].Sequence)
	}
	l.frames = append(l.frames, frames...)
	drop := 0
	for drop < len(l.frames)-1 && (len(l.frames)-drop > logFrames || l.bytes > logBytes) {
		l.bytes -= len(l.frames[drop].Data)
		l.frames[drop] = Frame{} // the array may live on; the bytes need not
		drop++
	}
	l.frames, l.first = l.frames[drop:], l.first+uint64(drop)
	close(l.more)
	l.more = make(chan struct{})
}

// cut drops all frames, so that nobody can read on, and goes on after a sequence.
func (l *log) cut(head uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.first += uint64(len(l.frames)) + 1
	l.frames, l.bytes, l.head = nil, 0, head
	close(l.more)
	l.more = make(chan struct{})
}

// after gives up to limit frames from a position on, and a channel that is
// closed when more come. ok is false when the position has left the log.
func (l *log) after(position uint64, limit int) (frames []Frame, more <-chan struct{}, ok bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if position < l.first {
		return nil, l.more, false
	}
	from := int(position - l.first)
	to := min(len(l.frames), from+limit)
	return slices.Clone(l.frames[from:to]), l.more, true // add clears what it drops
}

// seat is where a reader sits down at the log.
type seat struct {
	position uint64 // of the first frame to read
	end      uint64 // after the newest frame there is
	head     uint64 // the highest sequence there is
}

// join finds the seat of a reader who has seen everything up to a sequence. ok is
// false when the log does not reach back that far: then the position is the end,
// and what lies between is in the journal up to the head.
func (l *log) join(sequence uint64) (s seat, ok bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	end := l.first + uint64(len(l.frames))
	s = seat{position: end, end: end, head: l.head}
	if sequence >= l.head {
		return s, true
	}
	lowest := uint64(0)
	for i := range l.frames {
		if lowest = l.frames[i].Sequence; lowest > 0 {
			break
		}
	}
	if lowest == 0 || sequence+1 < lowest {
		return s, false
	}
	// Frames without a sequence count as the one before them, which keeps the order.
	at := sort.Search(len(l.frames), func(i int) bool {
		for ; i < len(l.frames); i++ {
			if l.frames[i].Sequence > 0 {
				return l.frames[i].Sequence > sequence
			}
		}
		return true
	})
	s.position = l.first + uint64(at)
	return s, true
}
