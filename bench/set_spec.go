package bench

import (
	"fmt"

	"parley/store"
)

// layout is the version of what the data sets hold; raise it when a change here
// makes other data of the same parameters, or leaves them otherwise.
const layout = 2

// Set is the parameters of a data set. The same parameters make the same lines.
type Set struct {
	Name          string `json:"name"`
	Conversations int    `json:"conversations"`
	Messages      int    `json:"messages"` // in the mean, in one conversation
	Layout        int    `json:"layout"`
}

// agents are the people of every set: leaders lead conversations, the others only
// look on, so that a thousand sockets are a thousand people.
const (
	leaders = 100
	agents  = 1000
)

// The sets, by name.
const (
	set1K   = "1k"
	setD1M  = "d1m"
	set1M   = "1m"
	setTest = "test"
)

// sets are what can be built. d1m is the one that the goals are about.
var sets = map[string]Set{
	set1K:   {set1K, 1_000, 10, layout},
	setD1M:  {setD1M, 100_000, 10, layout},
	set1M:   {set1M, 1_000_000, 2, layout},
	setTest: {setTest, 300, 6, layout},
}

// SetNames lists the sets that a run may ask for, the smallest first.
func SetNames() []string { return []string{set1K, setD1M, set1M} }

// folder is the name of the set's folder in the cache. Other parameters have
// another one, and so has another layout of the file: an older file would be
// brought up while it is measured.
func (s Set) folder() string {
	return fmt.Sprintf("%s-%dx%d-v%d.%d", s.Name, s.Conversations, s.Messages, s.Layout, store.FileLayout())
}
