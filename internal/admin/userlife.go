package admin

import (
	"context"

	"hookswitch"
	"hookswitch/internal/verify"
)

// MoveUser takes a step in the life of an account. Deactivation ends the user's sessions and takes the user's phones
// away; suspension and a new password end the sessions.
func (s *Service) MoveUser(ctx context.Context, idOrLogin string, step hookswitch.Lifecycle, by By) (hookswitch.User, error) {
	return s.onUser(ctx, idOrLogin, func(tx Tx, u hookswitch.User) (hookswitch.User, error) { return s.move(tx, u, step, by) })
}

func (s *Service) move(tx Tx, u hookswitch.User, step hookswitch.Lifecycle, by By) (hookswitch.User, error) {
	if err := mayHelp(tx, u, by); err != nil {
		return u, err
	}
	to, open := u.Status.After(step)
	if !open {
		if step == hookswitch.ActivateUser && u.Status == hookswitch.UserActive {
			return u, hookswitch.Refuse(hookswitch.AlreadyActive)
		}
		return u, notInThisStatus(u)
	}
	if to != hookswitch.UserActive {
		if err := s.notTheLast(tx, u); err != nil {
			return u, err
		}
	}
	events := []hookswitch.Event{s.event(tx, step.Event(), by.Origin, hookswitch.UserEntity(u),
		hookswitch.Datum{Key: "statusBefore", Value: string(u.Status)}, hookswitch.Datum{Key: "status", Value: string(to)})}
	if to != hookswitch.UserActive {
		if err := tx.DeleteSignInsOf(u.ID); err != nil {
			return u, err
		}
	}
	if to == hookswitch.UserDeprovisioned {
		ended, err := s.endFactors(tx, u, by.Origin)
		if err != nil {
			return u, err
		}
		events = append(events, ended...)
	}
	if u.Status != to {
		u.Status, u.StatusChanged = to, tx.Now()
	}
	if step == hookswitch.ActivateUser {
		u.Activated = tx.Now()
	}
	u, err := rewritten(tx, u)
	if err != nil {
		return u, err
	}
	return u, tx.AppendEvents(events...)
}

// DeleteUser deactivates a user and, when the user is deactivated already, takes the user away for good.
func (s *Service) DeleteUser(ctx context.Context, idOrLogin string, by By) error {
	_, err := s.onUser(ctx, idOrLogin, func(tx Tx, u hookswitch.User) (hookswitch.User, error) {
		if u.Status != hookswitch.UserDeprovisioned {
			return s.move(tx, u, hookswitch.DeactivateUser, by)
		}
		if err := tx.DeleteUser(u); err != nil {
			return u, err
		}
		return u, tx.AppendEvents(s.event(tx, hookswitch.UserDeleted, by.Origin, hookswitch.UserEntity(u)))
	})
	return err
}

// ResetFactors takes all phones of a user away: each has its event, and the whole has one.
func (s *Service) ResetFactors(ctx context.Context, idOrLogin string, by By) error {
	_, err := s.onUser(ctx, idOrLogin, func(tx Tx, u hookswitch.User) (hookswitch.User, error) {
		if err := mayHelp(tx, u, by); err != nil {
			return u, err
		}
		if u.Status == hookswitch.UserDeprovisioned {
			return u, notInThisStatus(u)
		}
		events, err := s.endFactors(tx, u, by.Origin)
		if err != nil {
			return u, err
		}
		whole := s.event(tx, hookswitch.FactorsReset, by.Origin, hookswitch.UserEntity(u))
		return u, tx.AppendEvents(append(events, whole)...)
	})
	return err
}

// endFactors deletes the factors of a user; the passcodes on their way to them are void.
func (s *Service) endFactors(tx Tx, u hookswitch.User, origin hookswitch.Origin) ([]hookswitch.Event, error) {
	factors, err := tx.FactorsOf(u.ID)
	if err != nil {
		return nil, err
	}
	var events []hookswitch.Event
	for _, f := range factors {
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
		events = append(events, verify.FactorEvent(hookswitch.FactorDeactivated, hookswitch.ResultSuccess, "", f, u, origin, tx.Now(), s.random))
	}
	return events, nil
}

// mayHelp keeps those who only help people away from administrators: whoever takes over an administrator's phone or
// password is one.
func mayHelp(tx Tx, u hookswitch.User, by By) error {
	if by.Role == hookswitch.SuperAdmin || by.UserID == u.ID {
		return nil
	}
	roles, err := tx.RolesOf(u.ID)
	if err == nil && len(roles) > 0 {
		err = hookswitch.Refuse(hookswitch.Forbidden, "The user is an administrator.")
	}
	return err
}

// notTheLast refuses what would leave the org without an active super administrator. Another one is written back as it
// is: of two administrators who take each other away at once, the second sees that they are the last.
func (s *Service) notTheLast(tx Tx, u hookswitch.User) error {
	supers, err := tx.ActiveWith(hookswitch.SuperAdmin, 2)
	if err != nil || len(supers) == 0 {
		return err
	}
	var others []hookswitch.User
	for _, other := range supers {
		if other.ID != u.ID {
			others = append(others, other)
		}
	}
	if len(others) == len(supers) {
		return nil // not among the first two: then there are others
	}
	if len(others) == 0 {
		return hookswitch.Refuse(hookswitch.NotNow, "The last active super administrator cannot be taken away.")
	}
	return tx.UpdateUser(others[0])
}
