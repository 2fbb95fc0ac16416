package store

import (
	"errors"
	"slices"
)

// lane is one goroutine with one connection that plays batches, one after the other.
type lane struct {
	*writer
	conn   Conn
	jobs   []*job // of the batch under way
	played *job   // whose function is running
}

const (
	// maxRuns bounds how often a transaction that lost a race is played.
	maxRuns = 8
	// maxRemovals bounds how often a batch is begun anew without the one who spoiled it.
	maxRemovals = 2
)

func (l *lane) loop() {
	defer l.guard()
	for len(l.jobs) > 0 || l.fill() {
		alone := l.jobs
		if len(l.jobs) > 1 {
			alone = l.together()
		}
		for _, j := range alone {
			l.alone(j)
		}
		l.jobs = nil
	}
	if l.conn != nil {
		_ = l.conn.Close() // nothing is under way on it
	}
	l.conn = nil
	l.lanes.Done()
}

func (l *lane) fill() bool {
	l.jobs = l.next()
	return len(l.jobs) > 0
}

// guard survives a function that calls runtime.Goexit, as a failing test does: that transaction is answered with an
// error, and a new goroutine goes on with the others.
func (l *lane) guard() {
	if l.played == nil {
		return
	}
	j := l.played
	l.played = nil
	l.rollback()
	l.answer(j, errGoexit)
	l.jobs = slices.DeleteFunc(l.jobs, func(j *job) bool { return j.answered })
	go l.loop()
}

// together plays the jobs in one physical transaction and answers them after its commit. The ones it answers back must be
// played alone: they would have spoiled the commit, or nobody knows who did.
func (l *lane) together() (alone []*job) {
	jobs := slices.Clone(l.jobs)
	for len(jobs) > 1 && len(alone) <= maxRemovals {
		if err := l.open(); err != nil {
			l.answerAll(jobs, err)
			return alone
		}
		spoiler := l.play(jobs)
		if spoiler >= 0 {
			l.rollback()
			alone = append(alone, jobs[spoiler])
			jobs = slices.Delete(jobs, spoiler, spoiler+1)
			continue
		}
		if err := l.conn.Commit(); errors.Is(err, ErrUncertain) {
			l.rollback()
			l.answerAll(jobs, err)
			return alone
		} else if err != nil {
			l.rollback()
			break
		}
		l.stats.commit(len(jobs))
		for _, j := range jobs {
			if errors.Is(j.err, ErrConflict) {
				alone = append(alone, j)
				continue
			}
			l.answer(j, j.err)
		}
		return alone
	}
	return append(alone, jobs...)
}

// play runs the jobs one after the other and keeps their errors. It stops at the first that failed after it wrote, or that took
// the transaction with it, and answers its index; the whole must then be undone. Otherwise it answers -1.
func (l *lane) play(jobs []*job) int {
	for i, j := range jobs {
		tx, err := l.run(j)
		if j.err = err; err != nil && (tx.wrote || !l.conn.Alive()) {
			return i
		}
	}
	return -1
}

// alone plays one job in a transaction of its own, again and again while it loses races.
func (l *lane) alone(j *job) {
	for {
		err := l.open()
		if err == nil {
			_, err = l.run(j)
			if err == nil {
				err = l.conn.Commit()
			}
			if err == nil {
				l.stats.commit(1)
				l.answer(j, nil)
				return
			}
			l.rollback()
		}
		if !errors.Is(err, ErrConflict) || j.runs >= maxRuns {
			l.answer(j, err)
			return
		}
		l.stats.conflicts.Add(1)
	}
}

func (l *lane) run(j *job) (*Tx, error) {
	if j.runs > 0 {
		l.stats.replays.Add(1)
	}
	tx := l.begin(l.conn)
	l.played = j
	err := j.run(tx)
	l.played = nil
	return tx, err
}

// open begins a physical transaction, on a new connection if the last one was lost.
func (l *lane) open() error {
	if l.conn == nil {
		conn, err := l.writer.open()
		if err != nil {
			return err
		}
		l.conn = conn
	}
	err := l.conn.Begin()
	if err != nil {
		l.rollback()
	}
	return err
}

// rollback gives up what is under way. A connection that cannot even do that is not used again.
func (l *lane) rollback() {
	if l.conn == nil || l.conn.Rollback() == nil {
		return
	}
	_ = l.conn.Close() // it is lost already
	l.conn = nil
	l.stats.reopened.Add(1)
}

func (l *lane) answer(j *job, err error) {
	l.stats.answer(err)
	j.answer(err)
}

func (l *lane) answerAll(jobs []*job, err error) {
	for _, j := range jobs {
		l.answer(j, err)
	}
}
