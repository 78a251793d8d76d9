package e2e

import (
	"flag"
	"math/rand/v2"
	"testing"
	"time"
)

// How much to run. The defaults suit every change; the larger figures are for a
// proof before a release.
var (
	kills = flag.Int("kills", 50, "how often TestKill ends the server with SIGKILL")
	sends = flag.Int("sends", 2000, "how many messages TestRetry sends")
	cuts  = flag.Int("cuts", 300, "how many connections TestReconnect cuts")
	seed  = flag.Uint64("seed", 0, "repeats a run's random choices; 0 takes a new seed")
)

// newRandom gives the random choices of a test and says how to repeat them.
func newRandom(t *testing.T) *rand.Rand {
	t.Helper()
	chosen := *seed
	if chosen == 0 {
		chosen = uint64(time.Now().UnixNano())
	}
	t.Logf("repeat with: go test ./e2e -run '^%s$' -seed %d", t.Name(), chosen)
	return rand.New(rand.NewPCG(chosen, 0))
}
