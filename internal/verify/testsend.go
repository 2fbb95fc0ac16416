package verify

import (
	"context"

	"hookswitch"
	"hookswitch/internal/delivery"
)

// TestSend is a message that shows whether a provider works.
type TestSend struct {
	Provider  hookswitch.TelephonyProvider
	Channel   hookswitch.Channel
	Phone     string // as typed
	Country   string // ISO 3166-1 alpha-2, for a number without a calling code
	Extension string
	Languages []string
	Origin    hookswitch.Origin
}

// Test sends a passcode through one provider, active or not. Its delivery is followed like any other. A refusal carries
// the carrier's own words.
func (s *Service) Test(ctx context.Context, t TestSend) (hookswitch.Delivery, error) {
	if _, ok := t.Provider.Methods[t.Channel]; !ok {
		return hookswitch.Delivery{}, hookswitch.RefuseField(hookswitch.Invalid, "factor", "The telephony provider has no method for this channel.")
	}
	org, err := s.org(ctx)
	if err != nil {
		return hookswitch.Delivery{}, err
	}
	number, err := s.Number(org, t.Phone, t.Country, t.Channel)
	if err != nil {
		return hookswitch.Delivery{}, err
	}
	issued, err := s.Issue(ctx, Ask{
		Factor:  hookswitch.Factor{Channel: t.Channel, Phone: number.E164, Extension: t.Extension},
		Purpose: hookswitch.Test, Languages: t.Languages, Origin: t.Origin, Route: delivery.Route{Only: t.Provider.ID},
	})
	if err != nil && issued.Failure != "" {
		refused := hookswitch.Refuse(hookswitch.TestFailed, issued.Failure.Traits().Reason+".")
		if issued.Detail != "" {
			refused.Causes = append(refused.Causes, hookswitch.Cause{Text: "The provider says: " + issued.Detail})
		}
		return issued.Delivery, refused
	}
	return issued.Delivery, err
}
