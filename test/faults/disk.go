package main

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
)

// disk is what a program did to the files of one folder, from which it tells what could be left of them when the power
// fails: what was synced, and of the rest whatever the machine had happened to write.
//
// A sector holds what it had at some moment between the last sync and the end; each sector has a moment of its own, so
// that writes are lost, reordered and torn. Names come and go by a sync of their folder.
type disk struct {
	folder string
	inodes []*inode
	names  []naming
	syncs  []span // of the folder
}

type inode struct {
	writes []write
	syncs  []span
	safe   []byte // what was synced before the moment that was last asked for
}

type write struct {
	offset     int64
	data       []byte
	cut        bool // it is no write: the file ends at the offset
	begin, end int
	safe       int  // when it was synced; 0: never
	applied    bool // to the inode's safe content
}

// span is when a sync began and when it had ended.
type span struct{ begin, end int }

// naming gives a name to an inode; -1 takes it away.
type naming struct {
	name       string
	inode      int
	begin, end int
	safe       int // as a write's
}

// newDisk reads what a record says of a folder, which was empty.
func newDisk(folder string, calls []call) *disk {
	d := &disk{folder: folder}
	for _, c := range calls {
		if c.failed() {
			continue
		}
		switch c.name {
		case "open", "openat":
			if strings.Contains(c.args, "O_CREAT") {
				d.create(file(c.result), c)
			}
		case "pwrite64", "write":
			if in := d.find(file(c.args)); in != nil {
				w := write{data: c.written(1 << 30), begin: c.begin, end: c.end}
				if c.name == "pwrite64" {
					w.offset = c.number(0)
				} else {
					w.offset = in.size()
				}
				in.writes = append(in.writes, w)
			}
		case "ftruncate":
			if in := d.find(file(c.args)); in != nil {
				in.writes = append(in.writes, write{offset: c.number(0), cut: true, begin: c.begin, end: c.end})
			}
		case "fsync", "fdatasync":
			if path := file(c.args); path == folder {
				d.syncs = append(d.syncs, span{c.begin, c.end})
			} else if in := d.find(path); in != nil {
				in.syncs = append(in.syncs, span{c.begin, c.end})
			}
		case "linkat", "rename", "renameat":
			d.link(c)
		case "unlink", "unlinkat":
			d.name(c.paths()[0], -1, c)
		}
	}
	for i, n := range d.names {
		d.names[i].safe = safeSince(d.syncs, n.end)
	}
	for _, in := range d.inodes {
		for i, w := range in.writes {
			in.writes[i].safe = safeSince(in.syncs, w.end)
		}
	}
	return d
}

// safeSince is when the first sync had ended that began after something was done; 0 when there was none.
func safeSince(syncs []span, done int) int {
	first, _ := slices.BinarySearchFunc(syncs, done, func(s span, done int) int { return cmp.Compare(s.begin, done) })
	if first == len(syncs) {
		return 0
	}
	since := syncs[first].end
	for _, s := range syncs[first:] {
		if s.begin > since {
			break
		}
		since = min(since, s.end) // several may be under way
	}
	return since
}

func (d *disk) create(path string, c call) {
	if filepath.Dir(path) != d.folder || d.find(path) != nil || strings.HasSuffix(path, "-shm") { // that one nobody reads after a crash
		return
	}
	d.inodes = append(d.inodes, &inode{})
	d.name(path, len(d.inodes)-1, c)
}

func (d *disk) link(c call) {
	from, to := c.paths()[0], c.paths()[1]
	if i := d.lookup(from); i >= 0 {
		d.name(to, i, c)
		if c.name != "linkat" {
			d.name(from, -1, c)
		}
	}
}

func (d *disk) name(path string, i int, c call) {
	if filepath.Dir(path) == d.folder {
		d.names = append(d.names, naming{name: filepath.Base(path), inode: i, begin: c.begin, end: c.end})
	}
}

func (d *disk) lookup(path string) int {
	if filepath.Dir(path) != d.folder {
		return -1
	}
	for _, n := range slices.Backward(d.names) {
		if n.name == filepath.Base(path) {
			return n.inode
		}
	}
	return -1
}

func (d *disk) find(path string) *inode {
	if i := d.lookup(path); i >= 0 {
		return d.inodes[i]
	}
	return nil
}

func (in *inode) size() (n int64) {
	for _, w := range in.writes {
		n = max(n, w.offset+int64(len(w.data)))
	}
	return n
}

// luck is how much of what was not synced is on the disk all the same.
type luck int

const (
	nothing luck = iota
	something
	everything
	lucks
)

// after is the files of the folder as they could be when the power failed at a moment. Moments are asked for in their
// order.
func (d *disk) after(moment int, l luck, dice *rand.Rand) map[string][]byte {
	now := map[string]int{}
	for _, n := range d.names {
		if n.begin < moment && (n.safe > 0 && n.safe < moment || kept(l, dice)) {
			now[n.name] = n.inode
		}
	}
	files := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if i := now[name]; i >= 0 {
			files[name] = d.inodes[i].after(moment, l, dice)
		}
	}
	return files
}

func kept(l luck, dice *rand.Rand) bool {
	return l == everything || l == something && dice.IntN(2) == 0
}

// after is the content of the file.
func (in *inode) after(moment int, l luck, dice *rand.Rand) []byte {
	var open []write // not synced
	for i, w := range in.writes {
		switch {
		case w.begin >= moment || w.applied:
		case w.safe > 0 && w.safe < moment:
			in.safe = w.apply(in.safe, 0, w.offset+int64(len(w.data)))
			in.writes[i].applied = true
		default:
			open = append(open, w)
		}
	}
	if l == something && dice.IntN(4) == 0 && len(open) > 0 { // all but the last few
		open, l = open[:len(open)-dice.IntN(min(4, len(open)))], everything
	}
	sector := int64(512)
	if dice.IntN(2) == 0 {
		sector = 4096
	}
	seen := sightings(open, sector, l, dice)
	content := slices.Clone(in.safe)
	for _, w := range open {
		if w.cut && kept(l, dice) {
			content = w.apply(content, 0, 0)
		}
		for s := range w.sectors(sector) {
			if seen[s] > 0 {
				seen[s]--
				content = w.apply(content, s*sector, (s+1)*sector)
			}
		}
	}
	return content
}

// sightings draws how many of the writes to each sector have come to it.
func sightings(open []write, sector int64, l luck, dice *rand.Rand) map[int64]int {
	touched := map[int64]int{}
	for _, w := range open {
		for s := range w.sectors(sector) {
			touched[s]++
		}
	}
	seen := map[int64]int{}
	for _, s := range slices.Sorted(maps.Keys(touched)) {
		switch l {
		case everything:
			seen[s] = touched[s]
		case something:
			seen[s] = dice.IntN(touched[s] + 1)
		}
	}
	return seen
}

// sectors are the numbers of those that a write touches.
func (w write) sectors(size int64) func(func(int64) bool) {
	return func(yield func(int64) bool) {
		for s := w.offset / size; s*size < w.offset+int64(len(w.data)) && yield(s); s++ {
			continue
		}
	}
}

// apply puts into content what of the write lies between two places.
func (w write) apply(content []byte, from, to int64) []byte {
	if w.cut {
		if int64(len(content)) > w.offset {
			content = content[:w.offset]
		}
		return content
	}
	from, to = max(from, w.offset), min(to, w.offset+int64(len(w.data)))
	if missing := to - int64(len(content)); missing > 0 {
		content = append(content, make([]byte, missing)...)
	}
	copy(content[from:to], w.data[from-w.offset:to-w.offset])
	return content
}
