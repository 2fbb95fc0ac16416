package enroll

import (
	"context"
	"time"

	"hookswitch"
	"hookswitch/internal/verify"
)

// Use is a request about a factor that is there.
type Use struct {
	UserID    string
	FactorID  string
	Passcode  hookswitch.Secret
	Lifetime  time.Duration
	Languages []string
	Template  string // id of the SMS template to use, "" for the one that serves
	Origin    hookswitch.Origin
}

// Activate makes a pending factor active with the passcode that was sent to it.
func (s *Service) Activate(ctx context.Context, u Use) (hookswitch.Factor, error) {
	return s.check(ctx, u, true)
}

// Verify accepts a passcode of an active factor.
func (s *Service) Verify(ctx context.Context, u Use) (hookswitch.Factor, error) {
	return s.check(ctx, u, false)
}

func (s *Service) check(ctx context.Context, u Use, activating bool) (hookswitch.Factor, error) {
	return s.verifier.Check(ctx, verify.Answer{
		UserID: u.UserID, FactorID: u.FactorID, Passcode: u.Passcode, Origin: u.Origin, Activating: activating,
	})
}

// Challenge sends a passcode to an active factor.
func (s *Service) Challenge(ctx context.Context, u Use) (hookswitch.Factor, error) {
	user, f, err := s.owned(ctx, u.UserID, u.FactorID)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	switch f.Status {
	case hookswitch.FactorActive:
	case hookswitch.FactorInactive:
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.FactorDisabled)
	case hookswitch.FactorPendingActivation:
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.NotNow, "The factor is not activated yet.")
	}
	return s.issue(ctx, u, user, f, false)
}

// Resend sends a new passcode in place of the newest one, by the other provider when there are two.
func (s *Service) Resend(ctx context.Context, u Use) (hookswitch.Factor, error) {
	user, f, err := s.owned(ctx, u.UserID, u.FactorID)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	if f.Status == hookswitch.FactorInactive {
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.FactorDisabled)
	}
	return s.issue(ctx, u, user, f, true)
}

func (s *Service) issue(ctx context.Context, u Use, user hookswitch.User, f hookswitch.Factor, resend bool) (hookswitch.Factor, error) {
	purpose := hookswitch.SignIn
	if f.Status == hookswitch.FactorPendingActivation {
		purpose = hookswitch.Enrollment
	}
	issued, err := s.verifier.Issue(ctx, verify.Ask{
		User: user, Factor: f, Purpose: purpose, Lifetime: u.Lifetime, Languages: u.Languages,
		Template: u.Template, Origin: u.Origin, Resend: resend,
	})
	return issued.Factor, err
}
