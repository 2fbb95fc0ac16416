package sim

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// result is what a worker tells of a world.
type result struct {
	World  uint64   `json:"world"`
	Lives  int      `json:"lives"`
	Broken []string `json:"broken"`
	Cells  []struct {
		Cell
		N int `json:"n"`
	} `json:"cells"`
}

func newResult(world uint64, out Outcome) result {
	r := result{World: world, Lives: out.Lives, Broken: out.Broken}
	for cell, n := range out.Matrix.Cells() {
		r.Cells = append(r.Cells, struct {
			Cell
			N int `json:"n"`
		}{cell, n})
	}
	return r
}

// told marks the lines of a worker's output that are for who employs it.
const told = "world: "

// work lives every so manieth world until the worker's share of the lives is lived.
func work(t *testing.T, on Ground) {
	share := (*wantLives + *workers - 1) / *workers
	for number, lives := uint64(*worker), 0; lives < share; number += uint64(*workers) {
		r := newResult(number, liveOne(t, on, *wantSeed, number, size()))
		lives += r.Lives
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(told + string(line))
	}
}

// employ has processes of one processor each live the worlds: a world is one thing after the other, and a second
// processor would only make its goroutines wait for each other. Ctrl-C ends them; what they told counts.
func employ(t *testing.T, on Ground) []result {
	t.Helper()
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	n := *workers
	if n == 0 {
		n = min(runtime.NumCPU(), max(1, *wantLives/2000))
	}
	var mu sync.Mutex
	var all []result
	var hired sync.WaitGroup
	for i := range n {
		hired.Go(func() {
			err := hire(ctx, i, n, limit(t), on, func(r result) {
				mu.Lock()
				defer mu.Unlock()
				all = append(all, r)
				if *progress {
					lives, broken := sum(all)
					fmt.Fprintf(os.Stderr, "%d lives in %d worlds, %d things broken\n", lives, len(all), broken)
				}
			})
			if err != nil && ctx.Err() == nil {
				t.Errorf("worker %d: %v", i, err)
			}
		})
	}
	hired.Wait()
	return all
}

// limit is how long a worker may take: one that hangs must not outlive who employs it.
func limit(t *testing.T) time.Duration {
	if end, ok := t.Deadline(); ok {
		return max(time.Until(end), time.Second)
	}
	return 0
}

func hire(ctx context.Context, i, n int, limit time.Duration, on Ground, tell func(result)) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, self, "-test.run=^TestSimulation$", fmt.Sprint("-test.timeout=", limit), fmt.Sprint("-worker=", i), fmt.Sprint("-workers=", n),
		fmt.Sprint("-lives=", *wantLives), fmt.Sprint("-seed=", *wantSeed), "-ground="+on.dir)
	c.Env = append(os.Environ(), "GOMAXPROCS=1", "GOGC=400")
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for us: we end them
	var rest strings.Builder
	c.Stderr = &rest
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		line, ok := strings.CutPrefix(lines.Text(), told)
		if !ok {
			rest.WriteString(lines.Text() + "\n")
			continue
		}
		var r result
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			return errors.Join(err, c.Wait())
		}
		tell(r)
	}
	if err := errors.Join(lines.Err(), c.Wait()); err != nil {
		return fmt.Errorf("%w\n%s", err, rest.String())
	}
	return nil
}

func sum(all []result) (lives, broken int) {
	for _, r := range all {
		lives += r.Lives
		broken += len(r.Broken)
	}
	return lives, broken
}

// enforced is from how many lives on the matrix is demanded: fewer say nothing about what is rare.
const enforced = 100_000

// judge prints what came of the worlds, and fails if anything broke.
func judge(t *testing.T, all []result) {
	t.Helper()
	total := Total{}
	for _, r := range all {
		for _, c := range r.Cells {
			total[c.Cell] += c.N
		}
		for _, wrong := range r.Broken[:min(len(r.Broken), 10)] {
			t.Errorf("world %d: %s", r.World, wrong)
		}
		if n := len(r.Broken); n > 0 {
			t.Errorf("world %d: %d things broke; live it again: make sim SEED=%d WORLD=%d LIVES=%d", r.World, n, *wantSeed, r.World, *wantLives)
		}
	}
	lives, broken := sum(all)
	fmt.Printf("%s\n\nlives %d, worlds %d, seed %d, commit %s, broken %d\n", total, lives, len(all), *wantSeed, commit(), broken)
	if lives < enforced {
		return
	}
	for _, wrong := range total.Missing(lives) {
		t.Error(wrong)
	}
}

func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}
