package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/password"
	"hookswitch/internal/store"
)

// offline opens the database for one task of a command, beside a server that may be running.
func offline(ctx context.Context, o Options, task func(*admin.Service) error) error {
	o, err := o.Effective()
	if err != nil {
		return err
	}
	key, err := loadMasterKey(o.MasterKeyFile)
	if err != nil {
		return err
	}
	db, err := openDatabase(ctx, o.DatabaseURL, store.Options{Now: o.Now, Sealer: key})
	if err != nil {
		return err
	}
	return errors.Join(task(newAdmin(o, db, transact(db.Update, func(tx *store.Tx) admin.Tx { return tx }), password.NewHasher())), db.Close())
}

// Migrate brings the schema of the database up to date.
func Migrate(ctx context.Context, o Options) error {
	return offline(ctx, o, func(*admin.Service) error { return nil })
}

// CreateToken makes an API token for the administrator with the login, or for the installation when login is empty.
func CreateToken(ctx context.Context, o Options, name, login string, role hookswitch.Role) (token hookswitch.Secret, id string, err error) {
	err = offline(ctx, o, func(s *admin.Service) error {
		userID := ""
		if login != "" {
			u, err := s.User(ctx, login)
			if err != nil {
				return err
			}
			userID = u.ID
		}
		made, t, err := s.CreateToken(ctx, name, userID, role, hookswitch.Origin{Actor: hookswitch.SystemActor()})
		token, id = made, t.ID
		return err
	})
	return token, id, err
}

// CreateUser adds an active user, with an administrator's role when one is given.
func CreateUser(ctx context.Context, o Options, profile hookswitch.Profile, password hookswitch.Secret, role hookswitch.Role) (hookswitch.User, error) {
	var u hookswitch.User
	err := offline(ctx, o, func(s *admin.Service) error {
		n := admin.NewUser{Profile: profile, Password: password, Activate: true}
		if role != "" {
			n.Roles = []hookswitch.Role{role}
		}
		var err error
		u, err = s.CreateUser(ctx, n, hookswitch.Origin{Actor: hookswitch.SystemActor()})
		return err
	})
	return u, err
}

// bootstrap makes what the operator asked for from the first start: an administrator, and an API token, which acts for
// that administrator if there is one.
func bootstrap(ctx context.Context, o Options, s *admin.Service) error {
	userID := ""
	if o.BootstrapAdmin != "" {
		u, err := bootstrapAdmin(ctx, o.BootstrapAdmin, s)
		if err != nil {
			return err
		}
		roles, err := s.RolesOf(ctx, u.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(roles, func(a hookswitch.RoleAssignment) bool { return a.Role == hookswitch.SuperAdmin }) {
			userID = u.ID
		}
	}
	if o.BootstrapToken == "" {
		return nil
	}
	return s.KeepToken(ctx, o.BootstrapToken, "bootstrap", userID)
}

func bootstrapAdmin(ctx context.Context, asked hookswitch.Secret, s *admin.Service) (hookswitch.User, error) {
	login, password, ok := strings.Cut(asked.Reveal(), ":")
	if !ok {
		return hookswitch.User{}, hookswitch.RefuseField(hookswitch.Invalid, "bootstrap-admin", "It must be LOGIN:PASSWORD.")
	}
	u, err := s.User(ctx, login)
	if !hookswitch.IsProblem(err, hookswitch.NotFound) {
		return u, err
	}
	return s.CreateUser(ctx, admin.NewUser{
		Profile:  hookswitch.Profile{Login: login, Email: login, FirstName: "First", LastName: "Administrator"},
		Password: hookswitch.Secret(password), Activate: true, Roles: []hookswitch.Role{hookswitch.SuperAdmin},
	}, hookswitch.Origin{Actor: hookswitch.SystemActor()})
}
