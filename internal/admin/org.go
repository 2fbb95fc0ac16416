package admin

import (
	"context"
	"crypto/rand"
	"fmt"

	"hookswitch"
)

// PasscodeKey is the name of the secret that keys the digests of passcodes.
const PasscodeKey = "passcode-key"

// Found makes the org and its secrets at the first start and reads them at every other.
func (s *Service) Found(ctx context.Context, fresh hookswitch.Org) (hookswitch.Org, []byte, error) {
	var org hookswitch.Org
	var key hookswitch.Secret
	err := s.update(ctx, func(tx Tx) error {
		var err error
		org, err = tx.Org()
		if hookswitch.IsProblem(err, hookswitch.NotFound) {
			org = fresh
			org.ID, org.Version = hookswitch.NewID(hookswitch.OrgID, tx.Now(), s.random), 1
			err = tx.InsertOrg(org)
		}
		if err != nil {
			return err
		}
		if key, err = tx.Secret(PasscodeKey); err != nil || key != "" {
			return err
		}
		key = hookswitch.Secret(rand.Text() + rand.Text())
		return tx.InsertSecret(PasscodeKey, key)
	})
	if err != nil {
		return org, nil, fmt.Errorf("found the org: %w", err)
	}
	return org, []byte(key.Reveal()), nil
}

// Org reads the org and its settings.
func (s *Service) Org(ctx context.Context) (hookswitch.Org, error) {
	var org hookswitch.Org
	err := s.view(ctx, func(tx Tx) error {
		var err error
		org, err = tx.Org()
		return err
	})
	return org, err
}
