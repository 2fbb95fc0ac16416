package delivery

import (
	"context"

	"hookswitch"
)

// Repeat answers a carrier whose call asks what to say next, because a key was pressed: the script once more, in the
// carrier's markup. The provider checks the signature first.
func (s *Service) Repeat(ctx context.Context, provider hookswitch.ProviderName, c hookswitch.Callback, script hookswitch.Script) (contentType string, body []byte, err error) {
	account, err := s.account(ctx, func(p hookswitch.TelephonyProvider) bool { return p.Name == provider })
	if err != nil {
		return "", nil, err
	}
	replier, ok := account.Provider.(hookswitch.Replier)
	if !ok {
		return "", nil, hookswitch.Refuse(hookswitch.NotFound, "This telephony provider's calls ask for nothing.")
	}
	return replier.Reply(c, script, c.URL)
}
