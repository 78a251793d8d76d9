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
	taken map[desk.Number]bool      // given out by due, and not set since
}

// timer is a moment at which a conversation is looked after.
type timer struct {
	at     desk.Time
	number desk.Number
}

func newTimers() *timers {
	t := new(timers)
	t.clear()
	return t
}

// set changes when a conversation is looked after; zero for never.
func (t *timers) set(n desk.Number, at desk.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.put(n, at)
}

// settle is set for a conversation that due gave out, unless its timer was set
// meanwhile: that is the newer truth.
func (t *timers) settle(n desk.Number, at desk.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.taken[n] {
		t.put(n, at)
	}
}

func (t *timers) put(n desk.Number, at desk.Time) {
	delete(t.taken, n)
	if at.IsZero() {
		delete(t.at, n)
		return
	}
	if t.at[n] == at {
		return
	}
	t.at[n] = at
	heap.Push(&t.queue, timer{at, n})
	if len(t.queue) > 2*len(t.at)+fewTimers {
		t.rebuild()
	}
}

// fewTimers is how many old ones are never worth a rebuilding.
const fewTimers = 100

// rebuild drops the old ones, of which each change of a timer leaves one: they would
// stay until their moment, which may be a month ahead.
func (t *timers) rebuild() {
	t.queue = make(timerQueue, 0, len(t.at))
	for n, at := range t.at {
		t.queue = append(t.queue, timer{at, n})
	}
	heap.Init(&t.queue)
}

// due takes the conversations whose moment has come, at most limit.
func (t *timers) due(now desk.Time, limit int) (numbers []desk.Number) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.queue) > 0 && t.queue[0].at <= now && len(numbers) < limit {
		first := heap.Pop(&t.queue).(timer)
		if t.at[first.number] == first.at {
			delete(t.at, first.number)
			t.taken[first.number] = true
			numbers = append(numbers, first.number)
		}
	}
	return numbers
}

// clear forgets all timers.
func (t *timers) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queue, t.at, t.taken = nil, map[desk.Number]desk.Time{}, map[desk.Number]bool{}
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
