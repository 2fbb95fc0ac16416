package admin

import (
	"context"
	"strings"

	"hookswitch"
	"hookswitch/internal/password"
)

// By is who asks for a change, and how.
type By struct {
	Role   hookswitch.Role
	UserID string // empty for a token that belongs to nobody
	Origin hookswitch.Origin
}

// UserChange is what is to become of a user.
type UserChange struct {
	Profile  func(hookswitch.Profile) hookswitch.Profile // the new profile of the old; nil: stays
	Password hookswitch.Secret                           // "": stays
	Seen     []Seen[hookswitch.User]
}

// ChangeUser changes a user's profile and password; the event names the attributes that changed.
func (s *Service) ChangeUser(ctx context.Context, idOrLogin string, c UserChange, by By) (hookswitch.User, error) {
	hash := ""
	if c.Password != "" {
		if wrong := password.Wrong(c.Password); wrong != "" {
			return hookswitch.User{}, hookswitch.RefuseField(hookswitch.Invalid, "credentials.password.value", wrong)
		}
		var err error
		if hash, err = s.passwords.Hash(ctx, c.Password); err != nil {
			return hookswitch.User{}, err
		}
	}
	return s.onUser(ctx, idOrLogin, func(tx Tx, u hookswitch.User) (hookswitch.User, error) {
		if err := unchanged(c.Seen, u); err != nil {
			return u, err
		}
		if u.Status == hookswitch.UserDeprovisioned {
			return u, notInThisStatus(u)
		}
		was := u
		if c.Profile != nil {
			u.Profile = c.Profile(u.Profile)
		}
		if causes := wrongWith(u.Profile); len(causes) > 0 {
			return u, &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: causes}
		}
		if err := loginFree(tx, u.Profile.Login, u.ID); err != nil {
			return u, err
		}
		var events []hookswitch.Event
		if changed := changedAttributes(was.Profile, u.Profile); changed != "" {
			events = append(events, s.event(tx, hookswitch.UserUpdated, by.Origin, hookswitch.UserEntity(u), hookswitch.Datum{Key: "changed", Value: changed}))
		}
		if hash != "" {
			u.PasswordHash = hash
			if u.Status == hookswitch.UserPasswordExpired || u.Status == hookswitch.UserRecovery {
				u.Status, u.StatusChanged = hookswitch.UserActive, tx.Now()
			}
			events = append(events, s.event(tx, hookswitch.PasswordUpdated, by.Origin, hookswitch.UserEntity(u)))
		}
		if len(events) == 0 {
			return u, nil
		}
		u, err := rewritten(tx, u)
		if err != nil {
			return u, err
		}
		return u, tx.AppendEvents(events...)
	})
}

// onUser runs a change on the user as it is now.
func (s *Service) onUser(ctx context.Context, idOrLogin string, change func(tx Tx, u hookswitch.User) (hookswitch.User, error)) (hookswitch.User, error) {
	var is hookswitch.User
	err := s.update(ctx, func(tx Tx) error {
		u, err := userNamed(tx, idOrLogin)
		if err != nil {
			return err
		}
		is, err = change(tx, u)
		return err
	})
	return is, err
}

// rewritten stores a changed user.
func rewritten(tx Tx, u hookswitch.User) (hookswitch.User, error) {
	u.LastUpdated = tx.Now()
	if err := tx.UpdateUser(u); err != nil {
		return u, err
	}
	u.Version++
	return u, nil
}

// changedAttributes names what differs, without the values: the System Log is read by more people than profiles are.
func changedAttributes(was, is hookswitch.Profile) string {
	var names []string
	before := was.Attributes()
	for i, a := range is.Attributes() {
		if a.Value != before[i].Value {
			names = append(names, a.Name)
		}
	}
	return strings.Join(names, ", ")
}

func notInThisStatus(u hookswitch.User) error {
	return hookswitch.Refuse(hookswitch.WrongUserStatus, "The user's status is "+string(u.Status)+".")
}
