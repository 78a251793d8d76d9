package search

import (
	"container/heap"
	"sync"
)

// place is where a conversation stands in the order of results: by relevance,
// then by its newest message, then by number, all falling.
type place struct {
	score  uint16
	active uint32
	number uint32
}

// before reports whether p comes before o.
func (p place) before(o place) bool {
	switch {
	case p.score != o.score:
		return p.score > o.score
	case p.active != o.active:
		return p.active > o.active
	}
	return p.number > o.number
}

// ranking is the conversations that have everything a query wants, with what the
// wants of the query make of them. Its memory is used again: release it.
type ranking struct {
	matched []uint8  // by conversation: how many wants it has met, of those looked at so far
	score   []uint16 // by conversation: the sum of the classes
	level   []uint8  // by conversation: the best class for the want being looked at
	all     []uint32 // every conversation that was written to
	left    []uint32 // those that have met every want
}

var rankings = sync.Pool{New: func() any { return new(ranking) }}

// rank intersects the wants by conversation. rough tells that the texts have to
// decide.
func (g *gatherer) rank() (r *ranking, rough bool) {
	r = rankings.Get().(*ranking)
	r.grow(g.snap)
	for i := range g.wants {
		r.meet(g, i)
		rough = rough || g.wants[i].rough
	}
	return r, rough
}

// grow makes room for every conversation of the snapshot.
func (r *ranking) grow(s *snapshot) {
	size := s.volume.times.size()
	if size > len(r.matched) {
		*r = ranking{matched: make([]uint8, size), score: make([]uint16, size), level: make([]uint8, size)}
	}
}

// release clears what was written and gives the memory back.
func (r *ranking) release() {
	for _, n := range r.all {
		r.matched[n], r.score[n], r.level[n] = 0, 0, 0
	}
	r.all, r.left = r.all[:0], r.left[:0]
	rankings.Put(r)
}

// meet looks at one want: of the conversations that have met all wants before it,
// those stay that meet it too.
func (r *ranking) meet(g *gatherer, at int) {
	w := &g.wants[at]
	var met []uint32
	if at == 0 {
		met = r.all[:0]
	} else {
		met = make([]uint32, 0, min(len(r.left), int(w.size)))
	}
	for i, list := range w.found {
		convs := g.snap.segments[i].convs
		for _, f := range list {
			met = r.mark(f, convs, uint8(at), met)
		}
	}
	for _, n := range met {
		r.matched[n]++
		r.score[n] += uint16(w.scale) * uint16(r.level[n])
		r.level[n] = 0
	}
	if at == 0 {
		r.all = met
	}
	r.left = append(r.left[:0], met...)
}

// mark notes the class of a posting list for its conversations, and adds those
// to met that had none yet.
func (r *ranking) mark(f found, convs []uint32, at uint8, met []uint32) []uint32 {
	var docs [512]uint32
	c := uint8(f.class)
	for it := f.docs.ManyIterator(); ; {
		n := it.NextMany(docs[:])
		if n == 0 {
			return met
		}
		for _, doc := range docs[:n] {
			conv := convs[doc]
			if r.matched[conv] != at || r.level[conv] >= c {
				continue
			}
			if r.level[conv] == 0 {
				met = append(met, conv)
			}
			r.level[conv] = c
		}
	}
}

// top gives, in order, the first places behind after (nil for all), at most size.
// keep says which conversations count.
func (r *ranking) top(times *timeline, after *place, size int, keep func(opened, active uint32) bool) []place {
	h := make(worstFirst, 0, size)
	for _, n := range r.left {
		if len(h) == size && r.score[n] < h[0].score {
			continue
		}
		opened, active := times.times(n)
		p := place{r.score[n], active, n}
		if (after != nil && !after.before(p)) || !keep(opened, active) {
			continue
		}
		switch {
		case len(h) < size:
			heap.Push(&h, p)
		case p.before(h[0]):
			h[0] = p
			heap.Fix(&h, 0)
		}
	}
	out := make([]place, len(h))
	for i := len(h) - 1; i >= 0; i-- {
		out[i] = heap.Pop(&h).(place)
	}
	return out
}

// worstFirst is a heap with the last place of the order on top.
type worstFirst []place

func (h worstFirst) Len() int           { return len(h) }
func (h worstFirst) Less(i, j int) bool { return h[j].before(h[i]) }
func (h worstFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *worstFirst) Push(x any)        { *h = append(*h, x.(place)) }
func (h *worstFirst) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
