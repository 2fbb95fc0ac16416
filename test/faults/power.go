package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hookswitch/internal/app"
)

// powerLoss is what a fault is called that does nothing to the server: it takes its files as they could be left.
const powerLoss = "power loss"

// mostRecorded bounds the people of a recording: the recorder makes the server slow.
const mostRecorded = 500

// recording is a life of the server: what it did to its files, and what it answered when.
type recording struct {
	disks   map[string]*disk // by their folders below the site's
	calls   []call
	answers map[string]int // when each answer with success went out, by the id of the request
	made    []string       // ids of the requests that set the site up
	history []request
	people  []person
	ended   time.Time
}

// losePower records a life, and takes the power away at many moments of it.
func (t *trial) losePower(ctx context.Context) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.left = (&missingError{"strace"}).Error()
		return
	}
	seed, dice := t.choices()
	folder, err := os.MkdirTemp("", "faults-")
	if err != nil {
		t.violate(err)
		return
	}
	defer os.RemoveAll(folder)
	carriers, err := app.NewCarriers("127.0.0.1:0", nil)
	if err != nil {
		t.violate(err)
		return
	}
	r, err := t.record(ctx, folder, carriers, seed)
	if err != nil {
		t.violate(errors.Join(err, carriers.Stop()))
		return
	}
	t.requests = len(r.history)
	for i, moment := range r.moments(t.states, dice) {
		if ctx.Err() != nil {
			break
		}
		if err := t.resurrect(ctx, r, carriers, i, moment, dice); err != nil {
			t.violate(fmt.Errorf("state %d, line %d of the record: %w", i, moment, err))
		}
		t.struck++
	}
	if err := carriers.Stop(); err != nil {
		t.violate(err)
	}
}

// record runs a server under strace, with people who sign in. Once it is killed and started again, so that its second
// life begins with the log of the first; then it is stopped.
func (t *trial) record(ctx context.Context, folder string, carriers *app.Carriers, seed uint64) (*recording, error) {
	trace, data := filepath.Join(folder, "trace"), filepath.Join(folder, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return nil, err
	}
	o := t.settings
	o.people = min(o.people, mostRecorded)
	s, err := newSite(ctx, o, place{folder: folder, carriers: carriers, wrap: recorder(trace)}, newSQLite(data), seed)
	if err != nil {
		return nil, err
	}
	s.startLoad(ctx)
	rest(ctx, t.recorded/2)
	s.stopLoad()
	if err := errors.Join(s.nodes[0].kill(), s.nodes[0].up(ctx)); err != nil {
		return nil, err
	}
	s.startLoad(ctx)
	rest(ctx, t.recorded/2)
	s.stopLoad()
	r := &recording{history: s.load.history.all(), made: s.setUp.ids(), people: s.load.people, ended: time.Now(), disks: map[string]*disk{}}
	t.accepted = int(s.load.cycles.Load())
	if err := s.stopServers(); err != nil {
		return nil, err
	}
	if r.calls, err = readTrace(trace); err != nil {
		return nil, err
	}
	for _, below := range []string{"", "data"} {
		r.disks[below] = newDisk(filepath.Join(folder, below), r.calls)
	}
	r.answers = answersOf(r.calls)
	return r, r.complete()
}

// complete compares the files as the record tells them, when nothing is lost, with those that there are.
func (r *recording) complete() error {
	for _, d := range r.disks {
		files := newDisk(d.folder, r.calls).after(r.calls[len(r.calls)-1].end+1, everything, rand.New(rand.NewPCG(1, 1)))
		if len(files) == 0 {
			return fmt.Errorf("the record says nothing of %s", d.folder)
		}
		for name, told := range files {
			there, err := os.ReadFile(filepath.Join(d.folder, name))
			if err != nil || !bytes.Equal(told, there) {
				return errors.Join(fmt.Errorf("the record is not complete: it has %d bytes of %s, where there are %d", len(told), name, len(there)), err)
			}
		}
	}
	return nil
}

// answersOf finds the answers of success among what was written to the network.
func answersOf(calls []call) map[string]int {
	answers := map[string]int{}
	for _, c := range calls {
		if c.name != "write" || !strings.HasPrefix(file(c.args), "socket:") {
			continue
		}
		head := c.written(4096)
		if !bytes.HasPrefix(head, []byte("HTTP/1.1 2")) {
			continue
		}
		_, after, found := bytes.Cut(head, []byte("X-Okta-Request-Id: "))
		if id, _, ok := bytes.Cut(after, []byte("\r\n")); found && ok {
			answers[string(id)] = c.begin
		}
	}
	return answers
}

// moments are where the power fails: around what changes files, in the order of time.
func (r *recording) moments(n int, dice *rand.Rand) []int {
	var all []int
	for _, c := range r.calls {
		path := file(c.args)
		for below, d := range r.disks {
			if d.folder == path || d.find(path) != nil || below == "data" && strings.HasPrefix(c.name, "unlink") {
				all = append(all, c.begin, c.begin+1, c.end+1)
			}
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:min(n, len(all))]
	slices.Sort(all)
	return all
}

// before are the requests among those with these ids that had been answered with success at a moment.
func (r *recording) before(id string, moment int) bool {
	at, ok := r.answers[id]
	return ok && at < moment
}
