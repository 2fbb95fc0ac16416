package store

import "hookswitch"

// RolesOf lists the administrator roles of a user.
func (tx *Tx) RolesOf(userID string) ([]hookswitch.RoleAssignment, error) {
	var roles []hookswitch.RoleAssignment
	err := tx.Query(`SELECT id, user_id, role, created, last_updated FROM user_roles WHERE user_id = $1 ORDER BY id`, Args{userID}, func(r Row) error {
		var a hookswitch.RoleAssignment
		err := r.Scan(&a.ID, &a.UserID, &a.Role, &a.Created, &a.LastUpdated)
		roles = append(roles, a)
		return err
	})
	return roles, err
}

// InsertRole gives a user a role; ErrConflict when the user has it.
func (tx *Tx) InsertRole(a hookswitch.RoleAssignment) error {
	return tx.Exec(1, `INSERT INTO user_roles (id, user_id, role, created, last_updated) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		a.ID, a.UserID, a.Role, a.Created, a.LastUpdated)
}

// DeleteRole takes a role away; ErrConflict when somebody else did.
func (tx *Tx) DeleteRole(a hookswitch.RoleAssignment) error {
	return tx.Exec(1, `DELETE FROM user_roles WHERE id = $1`, a.ID)
}

// ActiveWith lists active users who have a role, at most so many.
func (tx *Tx) ActiveWith(role hookswitch.Role, limit int) ([]hookswitch.User, error) {
	var users []hookswitch.User
	err := tx.Query(`SELECT `+userColumns+` FROM users WHERE status = $1 AND id IN (SELECT user_id FROM user_roles WHERE role = $2)
		ORDER BY id LIMIT $3`, Args{hookswitch.UserActive, role, limit}, func(r Row) error {
		u, err := scanUser(r)
		users = append(users, u)
		return err
	})
	return users, err
}
