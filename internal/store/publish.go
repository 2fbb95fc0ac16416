package store

import "context"

// publishes tells whether commits need not wait for the disk.
func (l *lane) publishes() bool {
	_, ok := l.conn.(Publisher)
	return ok
}

// commit commits the batch under way, in which so many were played, and answers the jobs as soon as all is durable. On a
// Publisher that is later, while the next batch is played; only its commit waits for that.
func (l *lane) commit(jobs []*job, played int) error {
	p, ok := l.conn.(Publisher)
	if !ok {
		err := l.conn.Commit()
		if err == nil {
			l.stats.commit(played)
			l.answerEach(jobs)
		}
		return err
	}
	l.settle()
	settled := make(chan struct{})
	l.settling.Store(&settled) // before anybody can see what is committed
	durable, err := p.Publish()
	if err != nil {
		close(settled)
		return err
	}
	l.stats.commit(played) // before anybody is told, who may look
	l.last = settled
	go func() {
		defer close(settled)
		if err := durable(); err != nil {
			l.answerAll(jobs, err)
			return
		}
		l.answerEach(jobs)
	}()
	return nil
}

// settle waits until the last batch is durable.
func (l *lane) settle() {
	if l.last != nil {
		<-l.last
		l.last = nil
	}
}

// playMore plays what comes while the disk is at work for the last batch: the commit has to wait for that anyway.
func (l *lane) playMore(jobs []*job) (all, spoilers []*job) {
	for l.last != nil && l.gather == nil && len(jobs) < l.batch {
		select {
		case <-l.last:
			return jobs, nil
		case j := <-l.queue:
			if !j.start() {
				continue
			}
			l.jobs, jobs = append(l.jobs, j), append(jobs, j)
			spoilers, err := l.play([]*job{j})
			if err != nil || len(spoilers) > 0 {
				return jobs, []*job{j}
			}
		}
	}
	return jobs, nil
}

// answerEach tells each job how its function ended.
func (l *lane) answerEach(jobs []*job) {
	for _, j := range jobs {
		l.answer(j, j.err)
	}
}

// settled waits until all that a View may have seen is durable: what it tells must not be undone by a loss of power.
func (w *writer) settled(ctx context.Context) error {
	last := w.settling.Load()
	if last == nil {
		return nil
	}
	select {
	case <-*last:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
