package store

import (
	"errors"
	"slices"
)

// lane is one goroutine with one connection that plays batches, one after the other.
type lane struct {
	*writer
	conn Conn
	jobs []*job        // of the batch under way
	last chan struct{} // closed when the last batch is durable and answered; nil at first
}

const (
	// maxRuns bounds how often a transaction that lost a race is played.
	maxRuns = 8
	// maxRestarts bounds how often a batch is begun anew, without those who spoiled it, before its jobs are played alone.
	maxRestarts = 4
)

var errGoexit = errors.New("store: the function of the transaction ended its goroutine")

func (l *lane) loop() {
	defer l.guard()
	for len(l.jobs) > 0 || l.fill() {
		alone := l.jobs
		if len(l.jobs) > 1 || l.publishes() {
			alone = l.together()
		}
		for _, j := range alone {
			l.alone(j)
		}
		l.jobs = nil
	}
	l.settle()
	if l.conn != nil {
		_ = l.conn.Close() // nothing is under way on it
	}
	l.lanes.Done()
}

func (l *lane) fill() bool {
	l.jobs = l.next()
	return len(l.jobs) > 0
}

// guard survives a function that calls runtime.Goexit: its transaction is answered with an error, and a new goroutine
// goes on with the others.
func (l *lane) guard() {
	i := slices.IndexFunc(l.jobs, func(j *job) bool { return j.left })
	if i < 0 {
		return
	}
	l.rollback()
	l.answer(l.jobs[i], errGoexit)
	l.jobs = slices.DeleteFunc(l.jobs, func(j *job) bool { return j.answered || j.left })
	go l.loop()
}

// together plays the jobs in one physical transaction and answers them after its commit. Those it returns must be
// played alone: they would have spoiled the commit, or nobody knows who did.
func (l *lane) together() (alone []*job) {
	jobs := slices.Clone(l.jobs)
	for range maxRestarts {
		if len(jobs) == 0 || len(jobs) == 1 && !l.publishes() {
			break
		}
		if err := l.open(); err != nil {
			l.answerAll(jobs, err)
			return alone
		}
		spoilers, err := l.play(jobs)
		if err == nil && len(spoilers) == 0 {
			jobs, spoilers = l.playMore(jobs)
		}
		if err != nil || len(spoilers) > 0 {
			l.rollback()
			for _, j := range spoilers {
				if errors.Is(j.err, ErrConflict) {
					l.stats.conflicts.Add(1)
					if !j.careful {
						j.careful = true
						continue
					}
				}
				alone = append(alone, j)
				jobs = slices.DeleteFunc(jobs, func(other *job) bool { return other == j })
			}
			continue
		}
		var lost, won []*job
		for _, j := range jobs {
			if errors.Is(j.err, ErrConflict) {
				l.stats.conflicts.Add(1)
				lost = append(lost, j)
			} else {
				won = append(won, j)
			}
		}
		if err := l.commit(won, len(jobs)); errors.Is(err, ErrUncertain) {
			l.rollback()
			l.answerAll(jobs, err)
			return alone
		} else if err != nil {
			l.rollback()
			break
		}
		alone = append(alone, lost...)
		l.jobs = alone // the others are answered, or will be as soon as they are durable
		return alone
	}
	return append(alone, jobs...)
}

// play runs the jobs in the open transaction and notes their errors. It answers those because of whom the whole must
// be undone: they failed after they wrote, or they took the transaction with them. An error is nobody's fault.
func (l *lane) play(jobs []*job) (spoilers []*job, err error) {
	if player, ok := l.conn.(Player); ok {
		return l.playWith(player, jobs)
	}
	for _, j := range jobs {
		tx := l.run(j, l.conn)
		if j.err != nil && (tx.wrote || !l.conn.Alive()) {
			return []*job{j}, nil
		}
	}
	return nil, nil
}

func (l *lane) playWith(player Player, jobs []*job) (spoilers []*job, err error) {
	parts := make([]*Part, len(jobs))
	for i, j := range jobs {
		parts[i] = &Part{
			Run: func(on Conn) error {
				l.run(j, on)
				return j.err
			},
			Careful: j.careful,
		}
	}
	err = player.Play(parts)
	for i, j := range jobs {
		j.err = parts[i].Err
		if parts[i].Spoiled {
			spoilers = append(spoilers, j)
		}
	}
	return spoilers, err
}

// alone plays one job in a transaction of its own, again and again while it loses races.
func (l *lane) alone(j *job) {
	l.settle() // so that the transaction begins after a sync that failed, not before
	for reopened := false; ; {
		err := l.open()
		if err == nil {
			if l.run(j, l.conn); j.err == nil {
				j.err = l.conn.Commit()
			}
			if err = j.err; err == nil {
				l.stats.commit(1)
				l.answer(j, nil)
				return
			}
			l.rollback()
		}
		switch {
		case errors.Is(err, ErrConflict) && j.runs < maxRuns:
			l.stats.conflicts.Add(1)
		case errors.Is(err, ErrUnavailable) && l.conn == nil && !reopened:
			reopened = true // the connection may have died long ago: once more with a new one
		default:
			l.answer(j, err)
			return
		}
	}
}

func (l *lane) run(j *job, on Conn) *Tx {
	if j.runs > 0 {
		l.stats.replays.Add(1)
	}
	tx := l.begin(on)
	j.err = j.run(tx)
	return tx
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
	l.settle()         // the sync under way needs it
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
