package store

import (
	"context"
	"errors"
)

// viewer is a pool of readers, opened when they are first needed.
type viewer struct {
	open func(context.Context) (Reader, error)
	free chan Reader // nil: not opened yet
}

func newViewer(engine Engine, n int) *viewer {
	v := &viewer{open: engine.OpenReader, free: make(chan Reader, n)}
	for range n {
		v.free <- nil
	}
	return v
}

func (v *viewer) view(ctx context.Context, fn func(Querier) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var r Reader
	var ok bool
	select {
	case r, ok = <-v.free:
		if !ok {
			return ErrClosed
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { v.free <- r }() // even when fn panics
	if r == nil {
		var err error
		if r, err = v.open(ctx); err != nil {
			r = nil
			return err
		}
	}
	defer func() {
		if r.End() != nil {
			_ = r.Close() // it has failed already
			r = nil
		}
	}()
	if err := r.Begin(ctx); err != nil {
		return err
	}
	return fn(r)
}

// close waits for the Views under way; later ones get ErrClosed.
func (v *viewer) close() error {
	var errs []error
	for range cap(v.free) {
		if r := <-v.free; r != nil {
			errs = append(errs, r.Close())
		}
	}
	close(v.free)
	return errors.Join(errs...)
}
