package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"time"

	"hookswitch/internal/app"
)

// trial is one fault on one database.
type trial struct {
	fault
	settings

	database   string
	site       *site
	struck     int
	left       string // why it was left out
	recovery   []time.Duration
	requests   int
	failed     int // of them without an answer, or with one that blames the server
	accepted   int
	deliveries int
	violations []string
	last       time.Time // when the load ended
}

func (t *trial) name() string { return t.fault.name + ", " + t.database }

func (t *trial) violate(err error) { t.violations = append(t.violations, err.Error()) }

// choices are the dice of this trial alone, so that it can be run again by itself.
func (t *trial) choices() (uint64, *rand.Rand) {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s", t.seed, t.name())
	return h.Sum64(), rand.New(rand.NewPCG(h.Sum64(), 99))
}

// strike makes a site, puts load on it and strikes again and again.
func (t *trial) strike(ctx context.Context) {
	if t.fault.name == powerLoss {
		t.losePower(ctx)
		return
	}
	seed, dice := t.choices()
	var err error
	if t.site, err = t.open(ctx, seed); err != nil {
		if missing, ok := errors.AsType[*missingError](err); ok {
			t.left = missing.Error()
			return
		}
		t.violate(err)
		return
	}
	t.site.startLoad(ctx)
	defer func() {
		t.site.stopLoad()
		t.last = time.Now()
	}()
	rest(ctx, 500*time.Millisecond)
	for range max(1, int(float64(t.rounds)*t.scale)) {
		rest(ctx, somewhen(dice, time.Second))
		if err := t.round(ctx, dice); err != nil {
			t.violate(err)
			return
		}
	}
}

func (t *trial) round(ctx context.Context, dice *rand.Rand) error {
	healed, err := t.fault.strike(ctx, t.site, dice, t.settings)
	if err != nil {
		return fmt.Errorf("round %d: %w", t.struck, err)
	}
	took, err := t.site.recovered(ctx, dice, healed)
	if err != nil {
		return fmt.Errorf("round %d: %w", t.struck, err)
	}
	t.struck++
	t.recovery = append(t.recovery, took)
	for _, n := range t.site.nodes {
		if !n.running() {
			return fmt.Errorf("round %d: the server ended by itself:\n%s", t.struck, n.tail())
		}
	}
	return nil
}

// judge lets the site come to rest and asks the checker.
func (t *trial) judge(ctx context.Context) {
	if t.site == nil {
		return
	}
	if err := t.site.comeToRest(ctx, t.last); err != nil {
		t.violate(err)
	}
	t.check(ctx, true)
	if err := t.site.stop(); err != nil {
		t.violate(err)
	}
}

func (t *trial) check(ctx context.Context, atRest bool) {
	e, err := t.site.gather(ctx, atRest)
	if err != nil {
		t.violate(err)
		return
	}
	t.requests, t.accepted = len(e.requests), int(t.site.load.cycles.Load())
	for _, r := range e.requests {
		if r.status == 0 || r.status >= 500 {
			t.failed++
		}
	}
	for _, event := range e.events {
		if isSend(event) {
			t.deliveries++
		}
	}
	t.violations = append(t.violations, e.violations()...)
}

// missingError tells what this machine lacks for a fault.
type missingError struct{ what string }

func (m *missingError) Error() string { return "needs " + m.what }

func (t *trial) open(ctx context.Context, seed uint64) (*site, error) {
	folder, err := os.MkdirTemp("", "faults-")
	if err != nil {
		return nil, err
	}
	disk := ""
	if t.small {
		if disk, err = smallDisk(t.database); err != nil {
			return nil, errors.Join(err, os.RemoveAll(folder))
		}
	}
	d, err := t.newDatabase(folder, disk)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder), releaseDisk(disk))
	}
	carriers, err := app.NewCarriers("127.0.0.1:0", nil)
	if err != nil {
		d.stop()
		return nil, errors.Join(err, os.RemoveAll(folder), releaseDisk(disk))
	}
	return newSite(ctx, t.settings, place{folder: folder, disk: disk, carriers: carriers}, d, seed)
}

func (t *trial) newDatabase(folder, disk string) (database, error) {
	if t.database == postgresName {
		return newPostgres(disk)
	}
	if disk != "" {
		folder = disk
	}
	return newSQLite(folder), nil
}

// smallDisk mounts a disk in memory that is soon full.
func smallDisk(database string) (string, error) {
	if os.Geteuid() != 0 {
		return "", &missingError{"root, to mount a small disk"}
	}
	disk, err := os.MkdirTemp("", "disk-")
	if err != nil {
		return "", err
	}
	size := "160m" // the log of SQLite may have 64 MB
	if database == postgresName {
		size = "300m"
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "mode=0755,size="+size, "faults", disk).CombinedOutput(); err != nil {
		return "", errors.Join(&missingError{"the right to mount: " + string(out)}, os.Remove(disk))
	}
	return disk, nil
}

func releaseDisk(disk string) error {
	if disk == "" {
		return nil
	}
	out, err := exec.Command("umount", disk).CombinedOutput()
	if err != nil {
		return fmt.Errorf("umount: %w: %s", err, out)
	}
	return os.Remove(disk)
}

func (t *trial) row() []string {
	cells := []string{t.fault.name, t.database}
	if t.left != "" {
		return append(cells, "left out: "+t.left, "", "", "", "", "", "")
	}
	took := ""
	if len(t.recovery) > 0 {
		sorted := slices.Sorted(slices.Values(t.recovery))
		took = fmt.Sprintf("%.2f / %.2f", sorted[len(sorted)/2].Seconds(), sorted[len(sorted)-1].Seconds())
	}
	return append(cells, fmt.Sprint(t.struck), fmt.Sprint(t.requests), fmt.Sprint(t.failed), fmt.Sprint(t.accepted), fmt.Sprint(t.deliveries), fmt.Sprint(len(t.violations)), took)
}
