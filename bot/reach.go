package bot

import "sync"

// reach is how far the bot has come. Events are answered several at a time and some
// take long, so what may be saved is only how far everything is done: whatever is
// still open is read again after a crash, and answered if it still asks.
type reach struct {
	mu      sync.Mutex
	at      uint64 // everything up to here was read
	open    map[uint64]bool
	written uint64 // what is known to be saved
}

func (r *reach) begin(cursor uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at, r.written, r.open = cursor, cursor, map[uint64]bool{}
}

// read is where to read on.
func (r *reach) read() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// start says that an event is being answered; end, that it is done with. One that
// failed stays open: it is tried again, and nothing saved may go beyond it.
func (r *reach) start(sequence uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open[sequence] = true
}

func (r *reach) end(sequence uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, sequence)
}

// advance says that everything up to a sequence was read.
func (r *reach) advance(sequence uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = max(r.at, sequence)
}

// low is how far everything is done.
func (r *reach) low() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lowest(0)
}

// with is how far everything is done once the answer to an event is, which is what
// that answer saves.
func (r *reach) with(sequence uint64) uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lowest(sequence)
}

func (r *reach) lowest(without uint64) uint64 {
	low := max(r.at, without)
	for sequence := range r.open {
		if sequence != without {
			low = min(low, sequence-1)
		}
	}
	return low
}

// save says that a cursor is saved.
func (r *reach) save(cursor uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.written = max(r.written, cursor)
}

func (r *reach) saved() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.written
}
