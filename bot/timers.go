package bot

import (
	"container/heap"
	"sync"

	"parley/desk"
)

// timers say when something is due in which conversation. They cost by what is due,
// not by what is kept: a conversation in which nothing can be due has none.
type timers struct {
	mu    sync.Mutex
	queue timerQueue
	at    map[desk.Number]desk.Time // the one that counts; others in the queue are old
}

// timer is a moment at which a conversation is looked after.
type timer struct {
	at     desk.Time
	number desk.Number
}

func newTimers() *timers { return &timers{at: map[desk.Number]desk.Time{}} }

// set changes when a conversation is looked after; zero for never.
func (t *timers) set(n desk.Number, at desk.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if at.IsZero() {
		delete(t.at, n)
		return
	}
	if t.at[n] == at {
		return
	}
	t.at[n] = at
	heap.Push(&t.queue, timer{at, n})
}

// due takes the conversations whose moment has come, at most limit.
func (t *timers) due(now desk.Time, limit int) (numbers []desk.Number) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.queue) > 0 && t.queue[0].at <= now && len(numbers) < limit {
		first := heap.Pop(&t.queue).(timer)
		if t.at[first.number] == first.at {
			delete(t.at, first.number)
			numbers = append(numbers, first.number)
		}
	}
	return numbers
}

// clear forgets all timers.
func (t *timers) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queue, t.at = nil, map[desk.Number]desk.Time{}
}

// count is how many conversations have a timer.
func (t *timers) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.at)
}

// timerQueue is a heap, the earliest first.
type timerQueue []timer

func (q timerQueue) Len() int           { return len(q) }
func (q timerQueue) Less(i, j int) bool { return q[i].at < q[j].at }
func (q timerQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push implements heap.Interface.
func (q *timerQueue) Push(x any) { *q = append(*q, x.(timer)) }

// Pop implements heap.Interface.
func (q *timerQueue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
