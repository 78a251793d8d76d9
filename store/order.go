package store

import (
	"bytes"
	"slices"

	"parley/desk"
)

// Buckets: order, counts. Written through SaveTurn, and taken away in removed.go.
//
// A conversation stands once in every order that it belongs to: by activity
// under each of its facets, and by waiting time while its customer waits. Keys
// name the place and not the view, because every view is a sum of places: a
// list merges at most four streams, and a message moves one key a facet.

// orderKeys are the keys under which a conversation stands; none for nil.
func orderKeys(c *desk.Conversation) [][]byte {
	if c == nil {
		return nil
	}
	place := c.Place()
	facets := make([]facet, 0, 4+len(c.Tags))
	facets = append(facets, facet{kind: facetAll})
	if !c.Agent.IsZero() {
		facets = append(facets, agentFacet(c.Agent))
	}
	if !c.Team.IsZero() {
		facets = append(facets, teamFacet(c.Team))
	}
	if c.Unread > 0 {
		facets = append(facets, facet{kind: facetUnread})
	}
	for _, tag := range c.Tags {
		facets = append(facets, tagFacet(tag))
	}
	keys := make([][]byte, 0, len(facets)+3)
	for _, f := range facets {
		keys = append(keys, appendSpot(keyOrderPrefix(sortActivity, f, place), spot{c.ActiveAt, c.Number}))
		waits := !c.WaitingSince.IsZero() && c.State == desk.Open
		if waits && (f.kind == facetAll || f.kind == facetAgent || f.kind == facetTeam) {
			keys = append(keys, appendSpot(keyOrderPrefix(sortWaiting, f, place), spot{c.WaitingSince, c.Number}))
		}
	}
	return keys
}

// reorder moves a conversation's keys and counts from one state to the next.
func (tx *Tx) reorder(before, after *desk.Conversation) error {
	b := tx.order()
	old, new := orderKeys(before), orderKeys(after)
	for _, k := range old {
		if !containsKey(new, k) {
			if err := b.Delete(k); err != nil {
				return err
			}
		}
	}
	for _, k := range new {
		if !containsKey(old, k) {
			if err := b.Put(k, nil); err != nil {
				return err
			}
		}
	}
	return tx.recount(before, after)
}

func containsKey(keys [][]byte, k []byte) bool {
	return slices.ContainsFunc(keys, func(other []byte) bool { return bytes.Equal(other, k) })
}

// recount moves a conversation from one place's count to another's.
func (tx *Tx) recount(before, after *desk.Conversation) error {
	var oldPlace, oldLoad, newPlace, newLoad []byte
	if before != nil {
		oldPlace, oldLoad = keyPlaceCount(before.Place()), loadKey(before)
	}
	if after != nil {
		newPlace, newLoad = keyPlaceCount(after.Place()), loadKey(after)
	}
	for _, move := range [2][2][]byte{{oldPlace, newPlace}, {oldLoad, newLoad}} {
		if bytes.Equal(move[0], move[1]) {
			continue
		}
		if err := tx.count(move[0], -1); err != nil {
			return err
		}
		if err := tx.count(move[1], +1); err != nil {
			return err
		}
	}
	return nil
}

// loadKey is the count of open conversations that the leading agent has.
func loadKey(c *desk.Conversation) []byte {
	if c.Place() != desk.PlaceAssigned {
		return nil
	}
	return keyAgentCount(c.Agent)
}

func (tx *Tx) count(key []byte, by int) error {
	if key == nil {
		return nil
	}
	b := tx.change(bucketCounts)
	return b.Put(key, keyU64(readU64(b.Get(key))+uint64(by)))
}

// Counts says how many conversations each view holds.
func (tx *Tx) Counts() map[desk.View]uint64 {
	b := tx.bucket(bucketCounts)
	counts := make(map[desk.View]uint64, len(desk.AllViews))
	for _, view := range desk.AllViews {
		for _, place := range view.Places() {
			counts[view] += readU64(b.Get(keyPlaceCount(place)))
		}
	}
	return counts
}

// OpenLoad says how many open conversations an agent leads.
func (tx *Tx) OpenLoad(agent desk.ID) uint64 {
	return readU64(tx.bucket(bucketCounts).Get(keyAgentCount(agent)))
}

// TagCount is a tag with how many conversations have it; at least so many once it
// is maxTagCount.
type TagCount struct {
	Tag   string
	Count int
}

// Bounds of Tags: it is asked for while somebody types.
const (
	maxTags     = 500
	maxTagCount = 1000
)

// Tags lists the tags in use, in the order of their bytes, at most maxTags.
func (tx *Tx) Tags() []TagCount {
	c := tx.order().Cursor()
	prefix := []byte{sortActivity, facetTag}
	var tags []TagCount
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix) && len(tags) < maxTags; {
		tag, _, _ := bytes.Cut(k[len(prefix):], []byte{0})
		found := TagCount{Tag: string(tag)}
		stream := append(append(bytes.Clone(prefix), tag...), 0)
		for ; bytes.HasPrefix(k, stream) && found.Count < maxTagCount; k, _ = c.Next() {
			found.Count++
		}
		tags = append(tags, found)
		if bytes.HasPrefix(k, stream) {
			k, _ = c.Seek(append(stream[:len(stream)-1], 1)) // the first key after this tag's
		}
	}
	return tags
}
