package password_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/desk"
	"parley/server/password"
)

const good = "vapur tuz kereste on dort"

func TestHashAndVerify(t *testing.T) {
	h, ctx := password.NewHasher(), context.Background()
	stored, err := h.Hash(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(stored, good) {
		t.Errorf("stored as %q", stored)
	}
	if again, err := h.Hash(ctx, good); err != nil || again == stored {
		t.Errorf("the same twice: %q, %v", again, err)
	}
	for tried, right := range map[string]bool{good: true, good + " ": false, strings.ToUpper(good): false, "": false} {
		verdict, err := h.Verify(ctx, stored, tried)
		if err != nil || verdict.Right != right || verdict.Stale {
			t.Errorf("%q: %+v, %v", tried, verdict, err)
		}
	}
}

// TestKnownHash checks against a vector of the algorithm's reference
// implementation, which also has other costs than ours.
func TestKnownHash(t *testing.T) {
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	h := password.NewHasher()
	verdict, err := h.Verify(context.Background(), reference, "password")
	if err != nil || !verdict.Right || !verdict.Stale {
		t.Errorf("%+v, %v", verdict, err)
	}
	if verdict, err := h.Verify(context.Background(), reference, "Password"); err != nil || verdict.Right || verdict.Stale {
		t.Errorf("%+v, %v", verdict, err)
	}
}

// TestSameLettersFromAnotherKeyboard has ş and é as one character and as two.
func TestSameLettersFromAnotherKeyboard(t *testing.T) {
	h, ctx := password.NewHasher(), context.Background()
	stored, err := h.Hash(ctx, "kış güneşi é")
	if err != nil {
		t.Fatal(err)
	}
	if verdict, err := h.Verify(ctx, stored, "kıs\u0327 gu\u0308nes\u0327i e\u0301"); err != nil || !verdict.Right {
		t.Errorf("%+v, %v", verdict, err)
	}
}

// TestUnknownAccountTakesAsLong compares the time for nobody with that for
// somebody; the margin is wide because the machine may be busy.
func TestUnknownAccountTakesAsLong(t *testing.T) {
	h, ctx := password.NewHasher(), context.Background()
	stored, err := h.Hash(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	fastest := func(stored string) time.Duration {
		best := time.Hour
		for range 5 {
			begun := time.Now()
			if verdict, err := h.Verify(ctx, stored, "wrong"); err != nil || verdict.Right {
				t.Fatalf("%+v, %v", verdict, err)
			}
			best = min(best, time.Since(begun))
		}
		return best
	}
	somebody, nobody := fastest(stored), fastest("")
	t.Logf("somebody %v, nobody %v", somebody, nobody)
	if nobody < somebody/2 || somebody < nobody/2 {
		t.Errorf("somebody takes %v, nobody %v", somebody, nobody)
	}
}

func TestFloodIsTurnedAway(t *testing.T) {
	h := password.NewHasher()
	var served, refused atomic.Int32
	var group sync.WaitGroup
	for range 60 {
		group.Go(func() {
			switch _, err := h.Verify(context.Background(), "", "x"); {
			case err == nil:
				served.Add(1)
			case desk.CodeOf(err) == desk.CodeUnavailable:
				refused.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	group.Wait()
	if served.Load() < 22 || refused.Load() == 0 || served.Load()+refused.Load() != 60 {
		t.Errorf("%d served, %d refused", served.Load(), refused.Load())
	}
	if _, err := h.Verify(context.Background(), "", "x"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestWaitEndsWithTheRequest(t *testing.T) {
	h := password.NewHasher()
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	for range 12 {
		group.Go(func() { _, _ = h.Verify(ctx, "", "x") })
	}
	time.Sleep(5 * time.Millisecond)
	cancel()
	begun := time.Now()
	group.Wait()
	if took := time.Since(begun); took > time.Second {
		t.Errorf("they went on for %v", took)
	}
	if _, err := h.Verify(ctx, "", "x"); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func FuzzStored(f *testing.F) {
	for _, seed := range []string{
		"", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=4294967295,t=2,p=1$a$b",
		"$argon2id$v=19$m=8,t=0,p=0$$", "$$$$$", "$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "$2a$10$bcrypt",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, stored string) {
		memory, again, err := password.Reparse(stored)
		if err == nil && (again != stored || memory > 256<<10) {
			t.Errorf("%q was read as %q, %d KiB", stored, again, memory)
		}
	})
}
