package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// fault is one kind of misfortune.
type fault struct {
	name   string
	rounds int
	// strike does it once and puts the cause right. It answers since when the site could recover.
	strike func(ctx context.Context, s *site, dice *rand.Rand, o settings) (healed time.Time, err error)
	// small: the database gets a disk of its own, which can be filled.
	small bool
}

// faultsOf are those that a kind of database can suffer.
func faultsOf(database string) []fault {
	all := []fault{
		{name: "kill -9", rounds: 40, strike: kill},
		{name: "SIGSTOP", rounds: 4, strike: pause},
		{name: "descriptors", rounds: 6, strike: noDescriptors},
		{name: "disk full", rounds: 6, strike: fillDisk, small: true},
	}
	if database == sqliteName {
		all = append(all, fault{name: powerLoss})
	}
	if database == postgresName {
		all = append(all,
			fault{name: "database stopped", rounds: 8, strike: stopDatabase},
			fault{name: "backend kill -9", rounds: 8, strike: killBackend},
			fault{name: "postmaster kill -9", rounds: 6, strike: killPostmaster},
			fault{name: "connection cut", rounds: 40, strike: cutConnection},
		)
	}
	return all
}

// somewhen is a random moment of a second or so.
func somewhen(dice *rand.Rand, most time.Duration) time.Duration {
	return time.Duration(dice.Int64N(int64(most)))
}

func anyNode(s *site, dice *rand.Rand) *node { return s.nodes[dice.IntN(len(s.nodes))] }

func kill(ctx context.Context, s *site, dice *rand.Rand, _ settings) (time.Time, error) {
	n := anyNode(s, dice)
	if err := n.kill(); err != nil {
		return time.Time{}, err
	}
	healed := time.Now()
	return healed, n.up(ctx)
}

// pause stops a process as a busy hypervisor does: the first time for a minute, then for times about the length of a
// lease.
func pause(ctx context.Context, s *site, dice *rand.Rand, o settings) (time.Time, error) {
	n := anyNode(s, dice)
	d := time.Second + somewhen(dice, min(25*time.Second, o.pause))
	if !s.paused {
		s.paused, d = true, o.pause
	}
	if err := n.signal(syscall.SIGSTOP); err != nil {
		return time.Time{}, err
	}
	rest(ctx, d)
	healed := time.Now()
	return healed, n.signal(syscall.SIGCONT)
}

// noDescriptors lets a process open no more files than it has open, for a while.
func noDescriptors(ctx context.Context, s *site, dice *rand.Rand, _ settings) (time.Time, error) {
	n := anyNode(s, dice)
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", n.pid()))
	if err != nil {
		return time.Time{}, err
	}
	if err := prlimit(n.pid(), "nofile", strconv.Itoa(max(len(open)-dice.IntN(8), 4))+":"); err != nil {
		return time.Time{}, err
	}
	s.load.client.CloseIdleConnections() // whoever comes now needs a descriptor, and others have taken what is left
	for range open {
		idle, err := net.Dial("tcp", n.address)
		if err != nil {
			break
		}
		defer idle.Close()
	}
	rest(ctx, time.Second+somewhen(dice, 2*time.Second))
	var own syscall.Rlimit // the process inherited ours
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &own); err != nil {
		return time.Time{}, err
	}
	healed := time.Now()
	return healed, prlimit(n.pid(), "nofile", strconv.FormatUint(own.Max, 10)+":")
}

// prlimit sets a limit of a running process with the tool of util-linux.
func prlimit(pid int, what, value string) error {
	out, err := exec.Command("prlimit", "--pid", strconv.Itoa(pid), "--"+what+"="+value).CombinedOutput()
	if err != nil {
		return fmt.Errorf("prlimit: %w: %s", err, out)
	}
	return nil
}

// fillDisk leaves no room on the disk of the database, for a while.
func fillDisk(ctx context.Context, s *site, dice *rand.Rand, _ settings) (time.Time, error) {
	ballast := filepath.Join(s.disk, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		return time.Time{}, err
	}
	block := make([]byte, 64<<10)
	for until := time.Now().Add(time.Second + somewhen(dice, 2*time.Second)); time.Now().Before(until) && ctx.Err() == nil; {
		if _, err := f.Write(block); err != nil { // whatever is given back in between is taken, too
			block = block[:max(len(block)/2, 1)]
			rest(ctx, 5*time.Millisecond)
		}
	}
	_ = f.Close() // it could not be written whole
	if err := os.Remove(ballast); err != nil {
		return time.Time{}, err
	}
	healed := time.Now()
	if d, ok := s.database.(*postgresServer); ok { // it gives up when it cannot write its log
		if err := d.start(ctx); err != nil {
			return healed, err
		}
	}
	return healed, nil
}

func stopDatabase(ctx context.Context, s *site, dice *rand.Rand, _ settings) (time.Time, error) {
	d := s.database.(*postgresServer)
	mode := "fast"
	if dice.IntN(3) == 0 {
		mode = "immediate"
	}
	if err := d.cluster.Control("-m", mode, "-w", "stop"); err != nil {
		return time.Time{}, err
	}
	rest(ctx, somewhen(dice, 2*time.Second))
	healed := time.Now()
	return healed, d.start(ctx)
}

// killBackend kills a process that serves us; the server then recovers as after a crash.
func killBackend(ctx context.Context, s *site, dice *rand.Rand, _ settings) (time.Time, error) {
	d := s.database.(*postgresServer)
	for ctx.Err() == nil {
		backends, err := d.backends()
		if err != nil {
			return time.Time{}, err
		}
		if len(backends) == 0 { // it recovers from the last time
			rest(ctx, 50*time.Millisecond)
			continue
		}
		if err := syscall.Kill(backends[dice.IntN(len(backends))], syscall.SIGKILL); err == nil {
			return time.Now(), nil
		}
	}
	return time.Time{}, ctx.Err()
}

func killPostmaster(ctx context.Context, s *site, dice *rand.Rand, _ settings) (time.Time, error) {
	d := s.database.(*postgresServer)
	if err := d.killPostmaster(ctx); err != nil {
		return time.Time{}, err
	}
	rest(ctx, somewhen(dice, time.Second))
	healed := time.Now()
	return healed, d.start(ctx)
}

// cutConnection cuts between a server and its database: where a commit has happened and nobody knows, or anywhere.
func cutConnection(ctx context.Context, s *site, dice *rand.Rand, _ settings) (time.Time, error) {
	d := s.database.(*postgresServer)
	made := d.relay.arm(cut{commit: dice.IntN(2) == 0, answers: dice.IntN(2) == 0, after: dice.IntN(20_000)})
	select {
	case <-made:
		return time.Now(), nil
	case <-time.After(patience):
		return time.Time{}, fmt.Errorf("nothing was said that could be cut off")
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
}
