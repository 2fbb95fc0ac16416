package signin

import (
	"context"

	"hookswitch"
	"hookswitch/internal/verify"
)

// Use is a wish about one factor of the person who has the state token.
type Use struct {
	StateToken hookswitch.Secret
	FactorID   string
	Passcode   hookswitch.Secret // empty: send one
	Languages  []string
	Origin     hookswitch.Origin
}

// Verify accepts the passcode of the factor that was challenged, or sends one when there is none in the request. Besides
// the problems of verify.Issue and verify.Check it answers Unauthenticated, NotFound and WrongStep.
func (s *Service) Verify(ctx context.Context, u Use) (State, error) {
	if u.Passcode == "" {
		return s.send(ctx, u, false)
	}
	return s.check(ctx, u)
}

// Resend sends a new passcode in place of the newest one, by the other provider when there are two.
func (s *Service) Resend(ctx context.Context, u Use) (State, error) {
	return s.send(ctx, u, true)
}

// send challenges a factor. The transaction moves once the passcode is on its way: when it cannot be sent, the person
// stands where they stood, and an earlier passcode stays good.
func (s *Service) send(ctx context.Context, u Use, resend bool) (State, error) {
	st, err := s.find(ctx, u.StateToken)
	if err != nil {
		return State{}, err
	}
	if _, err := st.after(hookswitch.PasscodeSent); err != nil {
		return State{}, err
	}
	f, err := st.factor(u.FactorID)
	if err != nil {
		return State{}, err
	}
	switch {
	case resend && f.ID != st.authn.FactorID:
		return State{}, hookswitch.Refuse(hookswitch.WrongStep)
	case f.Status != hookswitch.FactorActive:
		return State{}, hookswitch.Refuse(hookswitch.FactorDisabled)
	}
	issued, err := s.verifier.Issue(ctx, verify.Ask{
		User: st.user, Factor: f, Purpose: hookswitch.SignIn, Languages: u.Languages, Origin: by(st.user, u.Origin), Resend: resend,
	})
	if err != nil {
		return State{}, err
	}
	return s.step(ctx, u.StateToken, hookswitch.PasscodeSent, f.ID, issued.Factor.ChallengeID)
}

// check ends the way with the passcode that was sent for this transaction. A passcode is accepted once, whoever tries at
// the same time, so a transaction becomes at most one session. Should the process die between the two writes, the
// passcode is used up and the person asks for another.
func (s *Service) check(ctx context.Context, u Use) (State, error) {
	st, err := s.find(ctx, u.StateToken)
	if err != nil {
		return State{}, err
	}
	if _, err := st.after(hookswitch.PasscodeAccepted); err != nil {
		return State{}, err
	}
	if st.authn.FactorID != u.FactorID {
		return State{}, hookswitch.Refuse(hookswitch.WrongStep)
	}
	f, err := s.verifier.Check(ctx, verify.Answer{
		UserID: st.user.ID, FactorID: u.FactorID, ChallengeID: st.authn.ChallengeID, Passcode: u.Passcode, Origin: by(st.user, u.Origin),
	})
	if err != nil {
		return State{}, err
	}
	var done State
	err = s.change(ctx, func(tx Tx) error {
		st, err := stand(tx, st.authn.Digest)
		if err != nil {
			return err
		}
		if _, err := st.after(hookswitch.PasscodeAccepted); err != nil {
			return err
		}
		if err := tx.DeleteAuthn(st.authn); err != nil {
			return err
		}
		done, err = s.succeed(tx, st.user, hookswitch.Proofs{Password: st.authn.Created, Factor: tx.Now(), Channel: f.Channel})
		return err
	})
	if err != nil {
		return State{}, err
	}
	return done, nil
}
