package sim

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"
	"testing/synctest"
)

var (
	wantLives = flag.Int("lives", 2000, "how many passcodes to live the lives of")
	wantSeed  = flag.Uint64("seed", 1, "what everything follows from")
	wantWorld = flag.Int("world", -1, "live this world only")
)

// size of a world: large enough that hundreds of lives overlap, small enough that a failing one is soon lived again.
var size = Size{People: 200, Lives: 10}

func TestSimulation(t *testing.T) {
	ground := prepare(t)
	lives := 0
	for number := uint64(0); lives < *wantLives; number++ {
		if *wantWorld >= 0 {
			number = uint64(*wantWorld)
		}
		out := liveOne(t, ground, *wantSeed, number, size)
		lives += out.Lives
		for _, wrong := range out.Broken[:min(len(out.Broken), 10)] {
			t.Errorf("world %d: %s", number, wrong)
		}
		if len(out.Broken) > 0 {
			t.Logf("%d things are broken; live it again: make sim SEED=%d WORLD=%d", len(out.Broken), *wantSeed, number)
		}
		if *wantWorld >= 0 {
			break
		}
	}
	t.Logf("%d lives", lives)
}

// TestASeedLivesTheSameLives: everything that anybody can see from outside is the same the second time, to the nanosecond.
func TestASeedLivesTheSameLives(t *testing.T) {
	ground := prepare(t)
	for number := range uint64(3) {
		first := liveOne(t, ground, 42, number, Size{People: 40, Lives: 4})
		again := liveOne(t, ground, 42, number, Size{People: 40, Lives: 4})
		if slices.Equal(first.Trace, again.Trace) {
			continue
		}
		for i := range min(len(first.Trace), len(again.Trace)) {
			if first.Trace[i] != again.Trace[i] {
				t.Errorf("world %d differs at line %d of %d and %d:\n%s\n%s", number, i, len(first.Trace), len(again.Trace), first.Trace[i], again.Trace[i])
				break
			}
		}
	}
}

// prepare makes the ground of the test's worlds, in memory where there is a file system in memory.
func prepare(t *testing.T) (ground Ground) {
	t.Helper()
	dir, err := os.MkdirTemp(Memory(), "hookswitch-sim-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	synctest.Test(t, func(t *testing.T) {
		if ground, err = Prepare(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
	})
	return ground
}

func liveOne(t *testing.T, ground Ground, seed, number uint64, size Size) (out Outcome) {
	t.Helper()
	dir, err := os.MkdirTemp(ground.dir, fmt.Sprint("world-", number, "-"))
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	synctest.Test(t, func(*testing.T) { out = Live(ground, dir, seed, number, size) })
	return out
}
