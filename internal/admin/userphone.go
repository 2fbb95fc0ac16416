package admin

import (
	"context"

	"hookswitch"
	"hookswitch/internal/phone"
)

// mostWithPhone bounds the users of one number.
const mostWithPhone = 200

// UsersWithPhone finds who has enrolled a number, which is written with its country calling code.
func (s *Service) UsersWithPhone(ctx context.Context, number string) ([]hookswitch.User, error) {
	parsed, err := phone.Parse(number, "")
	if err != nil {
		return nil, hookswitch.RefuseField(hookswitch.Invalid, "phoneNumber", "It must be a phone number with its country calling code.")
	}
	var users []hookswitch.User
	err = s.view(ctx, func(tx Tx) error {
		users, err = tx.UsersWithPhone(parsed.E164, mostWithPhone)
		return err
	})
	return users, err
}
