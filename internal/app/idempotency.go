package app

import (
	"context"
	"time"

	"hookswitch"
	"hookswitch/internal/store"
)

// keptFor is how long the answer to an Idempotency-Key is kept.
const keptFor = 24 * time.Hour

// replies keeps the answers to requests with an Idempotency-Key.
type replies struct{ db Database }

// Claim makes the key this request's own, or gives what is kept for it.
func (k replies) Claim(ctx context.Context, key, digest string) (kept hookswitch.KeptReply, fresh bool, err error) {
	err = k.db.Update(ctx, func(tx *store.Tx) error {
		after := tx.Now().Add(-keptFor)
		var found bool
		if kept, found, err = tx.KeptReply(key, after); err != nil || found {
			fresh = false
			return err
		}
		kept = hookswitch.KeptReply{Key: key, Digest: digest, Created: tx.Now()}
		fresh = true
		return tx.ClaimKey(kept, after)
	})
	return kept, fresh, storeProblem(err)
}

// Keep keeps the answer.
func (k replies) Keep(ctx context.Context, reply hookswitch.KeptReply) error {
	return storeProblem(k.db.Update(ctx, func(tx *store.Tx) error { return tx.KeepReply(reply) }))
}

// Release lets the key be used again.
func (k replies) Release(ctx context.Context, key string) error {
	return storeProblem(k.db.Update(ctx, func(tx *store.Tx) error { return tx.ReleaseKey(key) }))
}

// sweep forgets the answers that are kept no longer.
func (k replies) sweep(ctx context.Context) (more bool, err error) {
	return sweepIn(ctx, k.db, func(tx *store.Tx, limit int) (int, error) { return tx.SweepKeys(tx.Now().Add(-keptFor), limit) })
}
