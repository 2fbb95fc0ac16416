package signin

import (
	"context"
	"slices"
	"time"

	"hookswitch"
)

// State is where somebody stands on the way in, as that person may see it.
type State struct {
	Status       hookswitch.AuthnStatus
	StateToken   hookswitch.Secret // while the way goes on
	SessionToken hookswitch.Secret // at SUCCESS, once
	Expires      time.Time         // of the one token or the other
	User         hookswitch.User
	Factors      []hookswitch.Factor // that can be challenged, the oldest first
	Factor       hookswitch.Factor   // MFA_CHALLENGE: the one that was
}

// standing is a transaction with what it is about, as one snapshot has it.
type standing struct {
	authn   hookswitch.Authn
	user    hookswitch.User
	factors []hookswitch.Factor
}

// stand finds the transaction of a state token. It answers Unauthenticated when there is none, when it has expired, and
// when its user may not sign in any more.
func stand(tx Tx, digest string) (standing, error) {
	a, err := tx.Authn(digest)
	if err != nil {
		return standing{}, err
	}
	if !a.Good(tx.Now()) {
		return standing{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	u, err := active(tx, a.UserID)
	if err != nil {
		return standing{}, err
	}
	factors, err := secondFactors(tx, u)
	return standing{a, u, factors}, err
}

// active reads a user who may be in, or answers Unauthenticated.
func active(tx Tx, userID string) (hookswitch.User, error) {
	u, err := tx.User(userID)
	if hookswitch.IsProblem(err, hookswitch.NotFound) || err == nil && u.Status != hookswitch.UserActive {
		return hookswitch.User{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	return u, err
}

// secondFactors are what a user has to prove beside the password. One that wrong passcodes disabled still counts: it
// must not become a way around itself.
func secondFactors(tx Tx, u hookswitch.User) ([]hookswitch.Factor, error) {
	factors, err := tx.FactorsOf(u.ID)
	return slices.DeleteFunc(factors, func(f hookswitch.Factor) bool {
		return f.Status == hookswitch.FactorPendingActivation
	}), err
}

func (st standing) factor(id string) (hookswitch.Factor, error) {
	i := slices.IndexFunc(st.factors, func(f hookswitch.Factor) bool { return f.ID == id })
	if i < 0 {
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.NotFound, "The user has no such factor.")
	}
	return st.factors[i], nil
}

// after is the state that a legal step leads to, or a WrongStep problem.
func (st standing) after(step hookswitch.AuthnStep) (hookswitch.AuthnStatus, error) {
	next, ok := st.authn.Status.On(step)
	if !ok {
		return "", hookswitch.Refuse(hookswitch.WrongStep)
	}
	return next, nil
}

// shown is what the person with the state token sees.
func (st standing) shown(token hookswitch.Secret) State {
	shown := State{
		Status: st.authn.Status, StateToken: token, Expires: st.authn.Expires, User: st.user, Factors: st.factors,
	}
	shown.Factor, _ = st.factor(st.authn.FactorID)
	return shown
}

// Current tells where the person with the state token stands.
func (s *Service) Current(ctx context.Context, token hookswitch.Secret) (State, error) {
	st, err := s.find(ctx, token)
	if err != nil {
		return State{}, err
	}
	return st.shown(token), nil
}

func (s *Service) find(ctx context.Context, token hookswitch.Secret) (standing, error) {
	digest, err := readToken(stateToken, token)
	if err != nil {
		return standing{}, err
	}
	var st standing
	err = s.view(ctx, func(tx Tx) error {
		var err error
		st, err = stand(tx, digest)
		return err
	})
	return st, err
}

// Previous goes back to the choice of the factor. The passcode that was sent is worth nothing from then on.
func (s *Service) Previous(ctx context.Context, token hookswitch.Secret) (State, error) {
	return s.step(ctx, token, hookswitch.WentBack, "", "")
}

// step takes a step within the transaction, to a challenge of a factor or away from it.
func (s *Service) step(ctx context.Context, token hookswitch.Secret, step hookswitch.AuthnStep, factorID, challengeID string) (State, error) {
	digest, err := readToken(stateToken, token)
	if err != nil {
		return State{}, err
	}
	var st standing
	err = s.change(ctx, func(tx Tx) error {
		var err error
		if st, err = stand(tx, digest); err != nil {
			return err
		}
		next, err := st.after(step)
		if err != nil {
			return err
		}
		st.authn.Status, st.authn.FactorID, st.authn.ChallengeID = next, factorID, challengeID
		st.authn = st.authn.Prolonged(tx.Now())
		return tx.UpdateAuthn(st.authn)
	})
	if err != nil {
		return State{}, err
	}
	return st.shown(token), nil
}

// Cancel ends the transaction.
func (s *Service) Cancel(ctx context.Context, token hookswitch.Secret) error {
	digest, err := readToken(stateToken, token)
	if err != nil {
		return err
	}
	return s.change(ctx, func(tx Tx) error {
		st, err := stand(tx, digest)
		if err != nil {
			return err
		}
		if _, err := st.after(hookswitch.GaveUp); err != nil {
			return err
		}
		return tx.DeleteAuthn(st.authn)
	})
}
