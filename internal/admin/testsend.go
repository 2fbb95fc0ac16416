package admin

import (
	"context"

	"hookswitch"
	"hookswitch/internal/delivery"
	"hookswitch/internal/verify"
)

// TestSend is a message that shows whether a provider works.
type TestSend struct {
	ProviderID string
	Channel    hookswitch.Channel
	Phone      string // E.164
	Extension  string
	Languages  []string
	Origin     hookswitch.Origin
}

// Test sends a passcode through one provider, active or not. Its delivery is followed like any other. A refusal carries
// the carrier's own words.
func (s *Service) Test(ctx context.Context, t TestSend) (hookswitch.Delivery, error) {
	p, err := s.Provider(ctx, t.ProviderID)
	if err != nil {
		return hookswitch.Delivery{}, err
	}
	if _, ok := p.Methods[t.Channel]; !ok {
		return hookswitch.Delivery{}, hookswitch.RefuseField(hookswitch.Invalid, "factor", "The telephony provider has no method for this channel.")
	}
	issued, err := s.issuer.Issue(ctx, verify.Ask{
		Factor:  hookswitch.Factor{Channel: t.Channel, Phone: t.Phone, Extension: t.Extension},
		Purpose: hookswitch.Test, Languages: t.Languages, Origin: t.Origin, Route: delivery.Route{Only: p.ID},
	})
	if err != nil && issued.Detail != "" {
		return issued.Delivery, hookswitch.Refuse(hookswitch.TestFailed, issued.Failure.Traits().Reason+".", "The provider says: "+issued.Detail)
	}
	return issued.Delivery, err
}
