package admin

import (
	"context"
	"fmt"
	"net/mail"
	"strings"
	"unicode/utf8"

	"hookswitch"
	"hookswitch/internal/password"
)

// NewUser is a person to add.
type NewUser struct {
	Profile  hookswitch.Profile
	Password hookswitch.Secret // may be empty
	Activate bool
	Roles    []hookswitch.Role
}

// CreateUser adds a user: active, or staged until activated.
func (s *Service) CreateUser(ctx context.Context, n NewUser, origin hookswitch.Origin) (hookswitch.User, error) {
	hash, err := s.prepare(ctx, n)
	if err != nil {
		return hookswitch.User{}, err
	}
	var u hookswitch.User
	err = s.update(ctx, func(tx Tx) error {
		var err error
		u, err = s.addUser(tx, n, hash, origin)
		return err
	})
	return u, err
}

// prepare checks what is to be added and hashes its password, "" for none: before any transaction.
func (s *Service) prepare(ctx context.Context, n NewUser) (hash string, err error) {
	causes := wrongWith(n.Profile)
	if n.Password != "" {
		if wrong := password.Wrong(n.Password); wrong != "" {
			causes = append(causes, hookswitch.Cause{Field: "credentials.password.value", Text: wrong})
		}
	}
	if len(causes) > 0 {
		return "", &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: causes}
	}
	if n.Password == "" {
		return "", nil
	}
	return s.passwords.Hash(ctx, n.Password)
}

// addUser writes a new user with its roles and event.
func (s *Service) addUser(tx Tx, n NewUser, hash string, origin hookswitch.Origin) (hookswitch.User, error) {
	if err := loginFree(tx, n.Profile.Login, ""); err != nil {
		return hookswitch.User{}, err
	}
	now := tx.Now()
	u := hookswitch.User{
		ID: hookswitch.NewID(hookswitch.UserID, now, s.random), Status: hookswitch.UserStaged, Profile: n.Profile,
		PasswordHash: hash, Created: now, StatusChanged: now, LastUpdated: now, Version: 1,
	}
	if n.Activate {
		u.Status, u.Activated = hookswitch.UserActive, now
	}
	if err := tx.InsertUser(u); err != nil {
		return hookswitch.User{}, err
	}
	for _, role := range n.Roles {
		a := hookswitch.RoleAssignment{ID: hookswitch.NewID("ra1", now, s.random), UserID: u.ID, Role: role, Created: now, LastUpdated: now}
		if err := tx.InsertRole(a); err != nil {
			return hookswitch.User{}, err
		}
	}
	return u, tx.AppendEvents(s.event(tx, hookswitch.UserCreated, origin, hookswitch.UserEntity(u)))
}

// loginFree refuses a login that somebody else has.
func loginFree(tx Tx, login, userID string) error {
	taken, err := tx.UserByLogin(login)
	switch {
	case hookswitch.IsProblem(err, hookswitch.NotFound), err == nil && taken.ID == userID:
		return nil
	case err != nil:
		return err
	}
	return hookswitch.RefuseField(hookswitch.AlreadyExists, "login", "An object with this field already exists in the current organization.")
}

// wrongWith names what is wrong with a profile, field by field.
func wrongWith(p hookswitch.Profile) []hookswitch.Cause {
	var causes []hookswitch.Cause
	refuse := func(field, text string) { causes = append(causes, hookswitch.Cause{Field: field, Text: text}) }
	if n := utf8.RuneCountInString(strings.TrimSpace(p.Login)); n < 5 || n > 100 {
		refuse("profile.login", "The login must have 5 to 100 characters, usually an email address.")
	}
	for field, text := range map[string]string{"profile.email": p.Email, "profile.secondEmail": p.SecondEmail} {
		if address, err := mail.ParseAddress(text); text != "" && (err != nil || address.Address != text) {
			refuse(field, "The email address is not valid.")
		}
	}
	for _, a := range p.Attributes() {
		if utf8.RuneCountInString(a.Value) > a.Most {
			refuse("profile."+a.Name, fmt.Sprintf("It may have at most %d characters.", a.Most))
		}
		if strings.ContainsFunc(a.Value, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }) {
			refuse("profile."+a.Name, "It may not contain control characters.")
		}
	}
	return causes
}

// User finds a user by id or, when there is no such id, by login.
func (s *Service) User(ctx context.Context, idOrLogin string) (hookswitch.User, error) {
	var u hookswitch.User
	err := s.view(ctx, func(tx Tx) error {
		var err error
		u, err = userNamed(tx, idOrLogin)
		return err
	})
	return u, err
}

func userNamed(tx Tx, idOrLogin string) (hookswitch.User, error) {
	u, err := tx.User(idOrLogin)
	if hookswitch.IsProblem(err, hookswitch.NotFound) {
		u, err = tx.UserByLogin(idOrLogin)
	}
	return u, err
}
