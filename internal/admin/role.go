package admin

import (
	"context"
	"slices"

	"hookswitch"
)

// RolesOf lists the administrator roles of a user.
func (s *Service) RolesOf(ctx context.Context, idOrLogin string) ([]hookswitch.RoleAssignment, error) {
	var roles []hookswitch.RoleAssignment
	err := s.view(ctx, func(tx Tx) error {
		u, err := userNamed(tx, idOrLogin)
		if err != nil {
			return err
		}
		roles, err = tx.RolesOf(u.ID)
		return err
	})
	return roles, err
}

// AssignRole makes a user an administrator.
func (s *Service) AssignRole(ctx context.Context, idOrLogin string, role hookswitch.Role, by By) (hookswitch.RoleAssignment, error) {
	var a hookswitch.RoleAssignment
	_, err := s.onUser(ctx, idOrLogin, func(tx Tx, u hookswitch.User) (hookswitch.User, error) {
		if !slices.Contains(hookswitch.Roles(), role) {
			return u, hookswitch.RefuseField(hookswitch.Invalid, "type", "There is no such role.")
		}
		if u.Status == hookswitch.UserDeprovisioned {
			return u, notInThisStatus(u)
		}
		roles, err := tx.RolesOf(u.ID)
		if err != nil {
			return u, err
		}
		if slices.ContainsFunc(roles, func(has hookswitch.RoleAssignment) bool { return has.Role == role }) {
			return u, hookswitch.RefuseField(hookswitch.AlreadyExists, "type", "The role specified is already assigned to the user.")
		}
		a = hookswitch.RoleAssignment{ID: hookswitch.NewID("ra1", tx.Now(), s.random), UserID: u.ID, Role: role, Created: tx.Now(), LastUpdated: tx.Now()}
		if err := tx.InsertRole(a); err != nil {
			return u, err
		}
		return u, tx.AppendEvents(s.privilege(tx, hookswitch.PrivilegeGranted, u, role, by))
	})
	return a, err
}

// UnassignRole takes a role from a user. The tokens that the user made with it lose it too.
func (s *Service) UnassignRole(ctx context.Context, idOrLogin, assignmentID string, by By) error {
	_, err := s.onUser(ctx, idOrLogin, func(tx Tx, u hookswitch.User) (hookswitch.User, error) {
		roles, err := tx.RolesOf(u.ID)
		if err != nil {
			return u, err
		}
		i := slices.IndexFunc(roles, func(a hookswitch.RoleAssignment) bool { return a.ID == assignmentID })
		if i < 0 {
			return u, hookswitch.Refuse(hookswitch.NotFound, "There is no such role assignment.")
		}
		if roles[i].Role == hookswitch.SuperAdmin {
			if err := s.notTheLast(tx, u); err != nil {
				return u, err
			}
			if err := tx.UpdateUser(u); err != nil { // see notTheLast: the other one may be taking a role away too
				return u, err
			}
		}
		if err := tx.DeleteRole(roles[i]); err != nil {
			return u, err
		}
		return u, tx.AppendEvents(s.privilege(tx, hookswitch.PrivilegeRevoked, u, roles[i].Role, by))
	})
	return err
}

func (s *Service) privilege(tx Tx, kind hookswitch.EventType, u hookswitch.User, role hookswitch.Role, by By) hookswitch.Event {
	return s.event(tx, kind, by.Origin, hookswitch.UserEntity(u), hookswitch.Datum{Key: "privilegeGranted", Value: string(role)})
}

// roleThroughToken is what a token of a user may do: what it was made for, as long as the user has that role or is a
// super administrator. A token with every right follows its user down.
func roleThroughToken(made hookswitch.Role, has []hookswitch.RoleAssignment) hookswitch.Role {
	holds := func(role hookswitch.Role) bool {
		return slices.ContainsFunc(has, func(a hookswitch.RoleAssignment) bool { return a.Role == role })
	}
	if holds(hookswitch.SuperAdmin) || holds(made) {
		return made
	}
	if made == hookswitch.SuperAdmin {
		for _, role := range hookswitch.Roles() {
			if holds(role) {
				return role
			}
		}
	}
	return ""
}
