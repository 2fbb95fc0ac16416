package verify

import (
	"context"

	"hookswitch"
	"hookswitch/internal/otp"
)

// Answer is a passcode as a user gave it back.
type Answer struct {
	UserID   string
	FactorID string
	// ChallengeID is the one challenge that the passcode has to answer; empty: the factor's newest.
	ChallengeID string
	Passcode    hookswitch.Secret
	Origin      hookswitch.Origin
	// Activating: the passcode activates a pending factor; otherwise it verifies an active one.
	Activating bool
}

// Check accepts the passcode once, or answers a *hookswitch.Problem: WrongPasscode, PasscodeUsed, FactorLocked with the
// time to wait, FactorDisabled, NotFound. Whatever the answer, it is written down with its event in one transaction
// (WRITE 3), except for a refusal by a lock, which writes nothing.
func (s *Service) Check(ctx context.Context, a Answer) (hookswitch.Factor, error) {
	org, err := s.org(ctx)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	var in hookswitch.FactorInUse
	var refused error
	err = s.update(ctx, func(tx Tx) error {
		refused = nil
		if in, err = tx.FactorInUse(a.UserID, a.FactorID); err != nil {
			return err
		}
		if refused = checkable(tx, in.Factor, a); refused != nil {
			return nil
		}
		if a.Activating {
			if refused, err = s.spend(tx, []LimitUse{activations(org, in.User)}, Ask{User: in.User, Origin: a.Origin, Factor: in.Factor}); err != nil || refused != nil {
				return err
			}
		}
		if err := answered(tx, &in, a); err != nil {
			return err
		}
		matches := otp.Match(in.Challenge.Digest, s.key, in.Challenge.ID, a.Passcode.Reveal())
		if matches && in.Challenge.Good(tx.Now()) {
			in.Factor, err = s.accept(tx, in, a)
			return err
		}
		in.Factor, refused, err = s.miss(tx, in, a, matches, org)
		return err
	})
	if err != nil {
		return hookswitch.Factor{}, err
	}
	return in.Factor, refused
}

// checkable refuses before any passcode is looked at.
func checkable(tx Tx, f hookswitch.Factor, a Answer) error {
	switch {
	case f.Status == hookswitch.FactorInactive:
		return hookswitch.Refuse(hookswitch.FactorDisabled)
	case a.Activating != (f.Status == hookswitch.FactorPendingActivation):
		return hookswitch.Refuse(hookswitch.NotNow, "The factor is not in the state for this.")
	}
	if wait, locked := f.Locked(tx.Now()); locked {
		return hookswitch.RefuseFor(hookswitch.FactorLocked, wait)
	}
	return nil
}

// answered puts in place the challenge whose passcode counts: the one the answer names, else the factor's newest. A factor
// that was never challenged has one that nothing matches, so that the answer takes as long as any other.
func answered(tx Tx, in *hookswitch.FactorInUse, a Answer) (err error) {
	switch {
	case a.ChallengeID != "" && a.ChallengeID != in.Challenge.ID:
		if in.Challenge, err = tx.Challenge(a.ChallengeID); err != nil {
			return err
		}
		if in.Challenge.State == hookswitch.ChallengePending { // its successor did not write so because it had expired
			in.Challenge.State = hookswitch.ChallengeReplaced
		}
		d, err := tx.Delivery(in.Challenge.DeliveryID)
		in.Feedback = d.Feedback
		return err
	case in.Challenge.ID == "":
		in.Challenge = hookswitch.Challenge{ID: in.Factor.ID, Digest: make([]byte, 32), State: hookswitch.ChallengeCanceled}
	}
	return nil
}

// accept uses the passcode up.
func (s *Service) accept(tx Tx, in hookswitch.FactorInUse, a Answer) (hookswitch.Factor, error) {
	f, c := in.Factor, in.Challenge
	c.State = hookswitch.ChallengeVerified
	if err := tx.UpdateChallenge(c); err != nil {
		return f, err
	}
	events := []hookswitch.Event{s.event(tx, hookswitch.AuthByFactor, hookswitch.ResultSuccess, "", f, in.User, a)}
	if a.Activating {
		var err error
		if events, err = s.replaceFactors(tx, in, a); err != nil { // first: a user has one active phone per channel
			return f, err
		}
		events = append(events, s.event(tx, hookswitch.FactorActivated, hookswitch.ResultSuccess, "", f, in.User, a))
	}
	if matched := f.Matched(tx.Now()); matched != f {
		if err := tx.UpdateFactor(matched); err != nil {
			return f, err
		}
		f = matched
		f.Version++
	}
	if in.Feedback == hookswitch.FeedbackWanted {
		if err := oweFeedback(tx, c.DeliveryID); err != nil {
			return f, err
		}
	}
	return f, tx.AppendEvents(events...)
}

// replaceFactors ends the user's other factors of the channel: the phone that was just activated takes their place.
func (s *Service) replaceFactors(tx Tx, in hookswitch.FactorInUse, a Answer) ([]hookswitch.Event, error) {
	f := in.Factor
	factors, err := tx.FactorsOf(f.UserID)
	if err != nil {
		return nil, err
	}
	var events []hookswitch.Event
	for _, old := range factors {
		if old.ID == f.ID || old.Channel != f.Channel {
			continue
		}
		if err := tx.DeleteFactor(old); err != nil {
			return nil, err
		}
		events = append(events, s.event(tx, hookswitch.FactorDeactivated, hookswitch.ResultSuccess, "Replaced by another phone", old, in.User, a))
	}
	return events, nil
}

// oweFeedback marks that the provider has to hear that its passcode was verified.
func oweFeedback(tx Tx, deliveryID string) error {
	d, err := tx.Delivery(deliveryID)
	if err != nil || d.Feedback != hookswitch.FeedbackWanted {
		return err
	}
	d.Feedback = hookswitch.FeedbackDue
	d.Due = tx.Now()
	return tx.UpdateDelivery(d)
}

// miss counts a wrong passcode.
func (s *Service) miss(tx Tx, in hookswitch.FactorInUse, a Answer, matches bool, org hookswitch.Org) (hookswitch.Factor, error, error) {
	was := in.Factor
	f := was.Missed(tx.Now(), org.Guesses)
	if err := tx.MarkFactor(f); err != nil {
		return f, nil, err
	}
	f.Version++
	kind := hookswitch.AuthByFactor
	if a.Activating {
		kind = hookswitch.FactorActivated
	}
	events := []hookswitch.Event{s.event(tx, kind, hookswitch.ResultFailure, "INVALID_CREDENTIALS", f, in.User, a)}
	if f.Status != was.Status {
		events = append(events, s.event(tx, hookswitch.FactorSuspended, hookswitch.ResultSuccess, "Too many wrong passcodes", f, in.User, a))
	}
	refused := hookswitch.Refuse(hookswitch.WrongPasscode)
	if matches && in.Challenge.State == hookswitch.ChallengeVerified {
		refused = hookswitch.Refuse(hookswitch.PasscodeUsed)
	}
	return f, refused, tx.AppendEvents(events...)
}

func (s *Service) event(tx Tx, kind hookswitch.EventType, result hookswitch.Result, reason string, f hookswitch.Factor, user hookswitch.User, a Answer) hookswitch.Event {
	return FactorEvent(kind, result, reason, f, user, a.Origin, tx.Now(), s.random)
}
