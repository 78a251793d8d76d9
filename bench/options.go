package bench

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"time"
)

// Options of a run.
type Options struct {
	Executable string         // the parley to measure
	Version    string         // what it calls itself
	Page       fs.FS          // the compiled frontend, for the size of the first load
	Cache      string         // the folder that keeps the data sets
	Work       string         // the folder for what is written to; "" for the system's temporary one
	Sets       []string       // which sets to measure; none for all, or the small one with Quick
	Only       *regexp.Regexp // which parts to measure; nil for all
	Quick      bool           // a small set and a moment for each row: whether it works, not how fast it is
	Posts      int            // how many random posts the size on disk is measured after; 0 for the usual
	Say        func(format string, args ...any)
}

// amount is how much is done for each row.
type amount struct {
	lasts    time.Duration // of a load
	least    int           // tries of a load
	each     int           // and of each kind that it goes through in turn
	rounds   int           // how often a row is measured over when others disturb it
	starts   int           // of the server
	fans     []int         // how many sockets listen
	fanPosts int           // how many posts they hear
	visitors int           // how many visitors are connected
	talkers  int           // how many of them are while some talk
	talks    int           // how many messages they write
	probes   int           // how often a new message is searched for
	posts    int           // how many random posts the size on disk is measured after
	kill     time.Duration // how long clients post before the server is killed
}

var (
	fullRun  = amount{2 * time.Second, 2_000, 40, 4, 5, []int{10, 100, 1000}, 300, 10_000, 1_000, 1_000, 200, 1_000_000, 3 * time.Second}
	quickRun = amount{150 * time.Millisecond, 30, 1, 1, 2, []int{5, 20}, 10, 50, 20, 20, 5, 300, 300 * time.Millisecond}
)

// settle fills in what is usual, and refuses what cannot be.
func (o *Options) settle() (amount, error) {
	much := fullRun
	if o.Quick {
		much = quickRun
	}
	if o.Posts > 0 {
		much.posts = o.Posts
	}
	if len(o.Sets) == 0 {
		o.Sets = SetNames()
		if o.Quick {
			o.Sets = []string{setTest}
		}
	}
	for _, name := range o.Sets {
		if _, known := sets[name]; !known {
			return much, fmt.Errorf("bench: there is no data set %q, only %v", name, SetNames())
		}
	}
	if o.Say == nil {
		o.Say = func(string, ...any) {}
	}
	return much, nil
}

// mainSet is the set on which everything is measured; on the others only what
// shows how cost grows with size.
func (o *Options) mainSet() string {
	if slices.Contains(o.Sets, setD1M) {
		return setD1M
	}
	return o.Sets[len(o.Sets)-1]
}
