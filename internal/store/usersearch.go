package store

import (
	"slices"
	"strconv"
	"strings"

	"hookswitch"
)

// ScanUsers reads on in the list of users, in the order of q.By and then of their ids, over q.Limit rows at most.
func (tx *Tx) ScanUsers(q hookswitch.UserQuery) ([]hookswitch.User, error) {
	column := map[hookswitch.UserOrder]string{
		hookswitch.ByID: "id", hookswitch.ByLogin: "login_key", hookswitch.ByEmail: "email", hookswitch.ByFirstName: "first_name",
		hookswitch.ByLastName: "last_name", hookswitch.ByLastUpdated: "last_updated",
	}[q.By]
	var args Args
	bind := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	where := []string{"TRUE"}
	// Behind a place its own bound is the lower one: with two the databases may take the other for the index.
	if q.Prefix != "" {
		if q.After == nil {
			where = append(where, column+" >= "+bind(q.Prefix))
		}
		if next := successor(q.Prefix); next != "" {
			where = append(where, column+" < "+bind(next))
		}
	}
	if !q.Since.IsZero() && q.After == nil {
		where = append(where, column+" >= "+bind(q.Since))
	}
	if q.After != nil {
		var at any = q.After.Text
		if q.By == hookswitch.ByLastUpdated {
			at = q.After.Time
		}
		if q.By == hookswitch.ByID {
			where = append(where, "id > "+bind(q.After.ID))
		} else {
			first := bind(at)
			where = append(where, column+" >= "+first, "("+column+", id) > ("+first+", "+bind(q.After.ID)+")")
		}
	}
	var users []hookswitch.User
	err := tx.Query(`SELECT `+userColumns+` FROM users WHERE `+strings.Join(where, " AND ")+` ORDER BY `+column+`, id LIMIT `+bind(q.Limit), args, func(r Row) error {
		u, err := scanUser(r)
		users = append(users, u)
		return err
	})
	return users, err
}

// successor is the least text that is greater than every text with the prefix, "" when there is none.
func successor(prefix string) string {
	runes := []rune(prefix)
	for last, r := range slices.Backward(runes) {
		next := r + 1
		if next == 0xD800 { // surrogates are no characters
			next = 0xE000
		}
		if next <= 0x10FFFF {
			return string(append(runes[:last], next))
		}
	}
	return ""
}

// UsersWithPhone lists users who have enrolled a phone number, active or not, in the order of their ids.
func (tx *Tx) UsersWithPhone(e164 string, limit int) ([]hookswitch.User, error) {
	var users []hookswitch.User
	err := tx.Query(`SELECT `+userColumns+` FROM users WHERE id IN (SELECT user_id FROM factors WHERE phone = $1) ORDER BY id LIMIT $2`,
		Args{e164, limit}, func(r Row) error {
			u, err := scanUser(r)
			users = append(users, u)
			return err
		})
	return users, err
}
