package limit

import (
	"container/list"
	"hash/maphash"
)

// table keeps a value for each of the keys used last. Keys are hashed with a seed
// of this process: they come from outside, so they may be long, and they may be
// chosen to collide. Two keys that do share a value, which is rare and harmless.
type table[V any] struct {
	seed   maphash.Seed
	max    int
	places map[uint64]*list.Element
	recent *list.List // of *place[V], the one used last in front
}

type place[V any] struct {
	hash  uint64
	value V
}

func newTable[V any](most int) *table[V] {
	return &table[V]{seed: maphash.MakeSeed(), max: most, places: make(map[uint64]*list.Element), recent: list.New()}
}

// get returns the key's value, a zero one when there was none. The pointer is
// good until the next call.
func (t *table[V]) get(key string) *V {
	hash := maphash.String(t.seed, key)
	if element, found := t.places[hash]; found {
		t.recent.MoveToFront(element)
		return &element.Value.(*place[V]).value
	}
	if len(t.places) >= t.max {
		oldest := t.recent.Back()
		delete(t.places, t.recent.Remove(oldest).(*place[V]).hash)
	}
	fresh := &place[V]{hash: hash}
	t.places[hash] = t.recent.PushFront(fresh)
	return &fresh.value
}

// peek returns the key's value, or nil, and leaves the order as it is.
func (t *table[V]) peek(key string) *V {
	element, found := t.places[maphash.String(t.seed, key)]
	if !found {
		return nil
	}
	return &element.Value.(*place[V]).value
}

func (t *table[V]) drop(key string) {
	hash := maphash.String(t.seed, key)
	if element, found := t.places[hash]; found {
		t.recent.Remove(element)
		delete(t.places, hash)
	}
}
