package app

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// background is the work that nobody asked for. Each task runs by itself, at its pace, until stopped.
type background struct {
	cancel context.CancelFunc
	tasks  sync.WaitGroup
}

// task is one round of background work; it answers whether there is more to do at once.
type task struct {
	name  string
	every time.Duration
	run   func(ctx context.Context) (more bool, err error)
}

func startBackground(log *slog.Logger, tasks ...task) *background {
	ctx, cancel := context.WithCancel(context.Background())
	b := &background{cancel: cancel}
	for _, t := range tasks {
		b.tasks.Go(func() { repeatedly(ctx, log, t) })
	}
	return b
}

func (b *background) stop() {
	b.cancel()
	b.tasks.Wait()
}

func repeatedly(ctx context.Context, log *slog.Logger, t task) {
	ticker := time.NewTicker(t.every)
	defer ticker.Stop()
	for {
		more, err := t.run(ctx)
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "background work failed", "task", t.name, "error", err)
		}
		if more && err == nil && ctx.Err() == nil {
			continue
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}
