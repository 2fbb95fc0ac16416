package sim

import (
	"flag"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
)

var (
	wantLives = flag.Int("lives", 2000, "how many passcodes to live the lives of")
	wantSeed  = flag.Uint64("seed", 1, "what everything follows from")
	wantWorld = flag.Int("world", -1, "live this world only")
	worker    = flag.Int("worker", -1, "internal: live every so manieth world and print what comes of it")
	workers   = flag.Int("workers", 0, "processes that live worlds side by side; 0: one per processor")
	ground    = flag.String("ground", "", "internal: where the worlds stand")
	progress  = flag.Bool("progress", false, "tell how far it is")
)

// size of a world: large enough that hundreds of lives overlap, small enough that a failing one is soon lived again.
func size() Size { return Size{People: min(500, max(50, *wantLives/8)), Lives: 12} }

func TestSimulation(t *testing.T) {
	switch {
	case *worker >= 0:
		work(t, Ground{*ground})
	case *wantWorld >= 0:
		runtime.GOMAXPROCS(1) // as the workers have it: on two processors a world is another one every time
		one := newResult(uint64(*wantWorld), liveOne(t, prepare(t), *wantSeed, uint64(*wantWorld), size()))
		judge(t, []result{one})
	default:
		judge(t, employ(t, prepare(t)))
	}
}

// TestASeedLivesTheSameLives: everything that anybody can see from outside is the same the second time, to the nanosecond.
func TestASeedLivesTheSameLives(t *testing.T) {
	on := prepare(t)
	for number := range uint64(2) {
		first := liveOne(t, on, 42, number, Size{People: 30, Lives: 4})
		again := liveOne(t, on, 42, number, Size{People: 30, Lives: 4})
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

// prepare makes the ground of the test's worlds.
func prepare(t *testing.T) Ground {
	t.Helper()
	g, err := NewGround()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Remove(); err != nil {
			t.Error(err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		if err := g.Prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	return g
}

func liveOne(t *testing.T, on Ground, seed, number uint64, size Size) (out Outcome) {
	t.Helper()
	synctest.Test(t, func(*testing.T) { out = Live(on, seed, number, size) })
	return out
}
