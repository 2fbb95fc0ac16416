package enroll

import (
	"context"

	"hookswitch"
	"hookswitch/internal/verify"
)

// Remove takes a factor away; a passcode on its way to it is no longer good.
func (s *Service) Remove(ctx context.Context, userID, factorID string, origin hookswitch.Origin) error {
	user, f, err := s.owned(ctx, userID, factorID)
	if err != nil {
		return err
	}
	return s.update(ctx, func(tx Tx) error {
		factors, err := tx.FactorsOf(user.ID)
		if err != nil {
			return err
		}
		for _, current := range factors {
			if current.ID != f.ID {
				continue
			}
			events, err := s.remove(tx, current, user, origin, "")
			if err != nil {
				return err
			}
			return tx.AppendEvents(events...)
		}
		return nil // somebody else took it away at the same time
	})
}

// remove deletes the row, ends its challenge and gives the event.
func (s *Service) remove(tx Tx, f hookswitch.Factor, user hookswitch.User, origin hookswitch.Origin, reason string) ([]hookswitch.Event, error) {
	if f.ChallengeID != "" {
		c, err := tx.Challenge(f.ChallengeID)
		if err != nil {
			return nil, err
		}
		if c.State.To(hookswitch.ChallengeCanceled) {
			c.State = hookswitch.ChallengeCanceled
			if err := tx.UpdateChallenge(c); err != nil {
				return nil, err
			}
		}
	}
	if err := tx.DeleteFactor(f); err != nil {
		return nil, err
	}
	return []hookswitch.Event{
		verify.FactorEvent(hookswitch.FactorDeactivated, hookswitch.ResultSuccess, reason, f, user, origin, tx.Now(), s.random),
	}, nil
}
