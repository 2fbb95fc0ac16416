package enroll

import (
	"context"
	"time"

	"hookswitch"
	"hookswitch/internal/delivery"
	"hookswitch/internal/phone"
	"hookswitch/internal/verify"
)

// Enrolment is the wish to set up a phone.
type Enrolment struct {
	UserID      string
	Channel     hookswitch.Channel
	Phone       string // as typed
	Extension   string // calls only
	UpdatePhone bool   // replace the phone that is set up; the old one stays good until the new one is activated
	Activate    bool   // without a passcode: an administrator vouches for the phone
	Lifetime    time.Duration
	Languages   []string
	Template    string // id of the SMS template to use, "" for the one that serves
	Origin      hookswitch.Origin
}

// Enroll sets up a phone: pending with a passcode on its way, or active at once.
func (s *Service) Enroll(ctx context.Context, e Enrolment) (hookswitch.Factor, error) {
	user, factors, err := s.read(ctx, e.UserID)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	f, err := s.draft(ctx, e, user, factors)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	if e.Activate {
		return s.activateAtOnce(ctx, e, user, f)
	}
	if err := s.canCarry(ctx, f); err != nil {
		return hookswitch.Factor{}, err
	}
	issued, err := s.verifier.Issue(ctx, verify.Ask{
		User: user, Factor: f, Enrolling: true, Purpose: hookswitch.Enrollment,
		Lifetime: e.Lifetime, Languages: e.Languages, Template: e.Template, Origin: e.Origin,
	})
	return issued.Factor, err
}

// draft is the pending factor that the enrolment would write. A pending one that was never activated is used again.
func (s *Service) draft(ctx context.Context, e Enrolment, user hookswitch.User, factors []hookswitch.Factor) (hookswitch.Factor, error) {
	if user.Status == hookswitch.UserDeprovisioned || user.Status == hookswitch.UserSuspended {
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.NotNow, "The user is suspended or deactivated.")
	}
	org, err := s.org(ctx)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	if !org.Phone.Permits(e.Channel, hookswitch.Enrollment) {
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.ChannelOff)
	}
	number, err := s.verifier.Number(org, e.Phone, org.Region, e.Channel)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	extension, err := extensionOf(e)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	f := hookswitch.Factor{
		UserID: user.ID, Channel: e.Channel, Phone: number.E164, Extension: extension, Status: hookswitch.FactorPendingActivation,
	}
	for _, old := range factors {
		switch {
		case old.Channel != e.Channel:
		case old.Status == hookswitch.FactorPendingActivation:
			f.ID, f.Version, f.Created = old.ID, old.Version, old.Created
			f.ChallengeID, f.ChallengeExpires = old.ChallengeID, old.ChallengeExpires
			f.WrongInRow, f.WrongTotal, f.LockedUntil = old.WrongInRow, old.WrongTotal, old.LockedUntil
		case !e.UpdatePhone:
			return hookswitch.Factor{}, hookswitch.RefuseField(hookswitch.FactorExists, "factorType", "A factor of this type is already set up.")
		}
	}
	return f, nil
}

func extensionOf(e Enrolment) (string, error) {
	if e.Extension == "" {
		return "", nil
	}
	if e.Channel != hookswitch.Call {
		return "", hookswitch.RefuseField(hookswitch.ExtensionInvalid, "phoneExtension", "Only a call factor has an extension.")
	}
	extension, err := phone.ParseExtension(e.Extension)
	if err != nil {
		return "", hookswitch.RefuseField(hookswitch.ExtensionInvalid, "phoneExtension", err.Error())
	}
	return extension, nil
}

// canCarry refuses to enrol a phone that no active provider could reach.
func (s *Service) canCarry(ctx context.Context, f hookswitch.Factor) error {
	accounts, err := s.accounts.Accounts(ctx)
	if err != nil {
		return err
	}
	org, err := s.org(ctx)
	if err != nil {
		return err
	}
	needs := hookswitch.Needs{Channel: f.Channel, Extension: f.Extension != "", Digits: org.CodeDigits}
	if failure, ok := delivery.CanCarry(accounts, needs); !ok {
		return hookswitch.Refuse(hookswitch.NoProvider, failure.Traits().Reason+".")
	}
	return nil
}

// activateAtOnce writes an active factor; it takes the place of the phone that was set up.
func (s *Service) activateAtOnce(ctx context.Context, e Enrolment, user hookswitch.User, f hookswitch.Factor) (hookswitch.Factor, error) {
	err := s.update(ctx, func(tx Tx) error {
		factors, err := tx.FactorsOf(user.ID)
		if err != nil {
			return err
		}
		now := tx.Now()
		var events []hookswitch.Event
		for _, old := range factors {
			if old.Channel != e.Channel {
				continue
			}
			if old.Status != hookswitch.FactorPendingActivation && !e.UpdatePhone {
				return hookswitch.RefuseField(hookswitch.FactorExists, "factorType", "A factor of this type is already set up.")
			}
			gone, err := s.remove(tx, old, user, e.Origin, "Replaced by another phone")
			if err != nil {
				return err
			}
			events = append(events, gone...)
		}
		active := hookswitch.Factor{
			ID: hookswitch.NewID(hookswitch.FactorID(f.Channel), now, s.random), UserID: user.ID, Channel: f.Channel,
			Phone: f.Phone, Extension: f.Extension, Status: hookswitch.FactorActive, Created: now, LastUpdated: now, Version: 1,
		}
		if err := tx.InsertFactor(active); err != nil {
			return err
		}
		f = active
		activated := verify.FactorEvent(hookswitch.FactorActivated, hookswitch.ResultSuccess, "", active, user, e.Origin, now, s.random)
		return tx.AppendEvents(append(events, activated)...)
	})
	return f, err
}
