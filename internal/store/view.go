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
	idle := r != nil
	err := v.show(ctx, &r, fn)
	if idle && errors.Is(err, ErrUnavailable) && ctx.Err() == nil {
		err = v.show(ctx, &r, fn) // the connection may have died while nobody used it: once more with a new one
	}
	return err
}

// show lets fn see one snapshot of the reader, which is replaced if it was lost and forgotten if it fails.
func (v *viewer) show(ctx context.Context, r *Reader, fn func(Querier) error) error {
	if *r == nil {
		opened, err := v.open(ctx)
		if err != nil {
			return err
		}
		*r = opened
	}
	defer func() {
		if (*r).End() != nil {
			_ = (*r).Close() // it has failed already
			*r = nil
		}
	}()
	if err := (*r).Begin(ctx); err != nil {
		return err
	}
	return fn(*r)
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
