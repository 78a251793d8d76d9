package socket

import "time"

// rateWindow counts a peer's messages within the present second. Two adjoining
// windows may let through twice the limit for a moment, which is harmless here
// and needs no more than two words a socket.
type rateWindow struct {
	second int64
	count  int
}

func (w *rateWindow) allow(now time.Time, limit int) bool {
	if second := now.Unix(); second != w.second {
		w.second, w.count = second, 0
	}
	w.count++
	return w.count <= limit
}
