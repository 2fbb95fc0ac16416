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

// Task is background work.
type Task struct {
	Name  string
	Every time.Duration
	Run   func(ctx context.Context) (more bool, err error) // one round; it answers whether there is more to do at once
}

func startBackground(log *slog.Logger, tasks ...Task) *background {
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

func repeatedly(ctx context.Context, log *slog.Logger, t Task) {
	ticker := time.NewTicker(t.Every)
	defer ticker.Stop()
	for {
		more, err := t.Run(ctx)
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "background work failed", "task", t.Name, "error", err)
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
