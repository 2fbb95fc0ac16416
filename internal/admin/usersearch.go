package admin

import (
	"context"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/scim"
)

// UserSearch asks for a page of users.
type UserSearch struct {
	Filter scim.Expr // by UserAttribute or UserFilterAttribute
	// Query is what a name, an email address or a login begins with; the page then has no next one.
	Query string
	// All shows deactivated users too; a Filter always does.
	All   bool
	After *hookswitch.UserPosition
	Limit int
	// Persist goes on while nobody is found, for a reader who takes an empty page for the end.
	Persist bool
}

// UserPage is who was found.
type UserPage struct {
	Users []hookswitch.User
	// Next is the place behind which to go on; nil when the list ends here. The page may have fewer users than there is
	// room for: its work budget was used up.
	Next *hookswitch.UserPosition
}

// mostUsersRead is the work budget of a page.
const mostUsersRead = 2000

// UserAttribute is the schema of searches: string values without regard to case.
// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/#tag/User/operation/listUsers
func UserAttribute(path string) (scim.Attribute, bool) {
	fewer := []scim.Operator{
		scim.Equal, scim.StartsWith, scim.Present, scim.Greater, scim.GreaterOrEqual, scim.Less, scim.LessOrEqual,
	}
	switch path {
	case "id", "status", "type.id":
		return scim.Attribute{Fold: path == "status", Operators: fewer}, true
	case "created", "activated", "statusChanged", "lastUpdated", "lastLogin":
		return scim.Attribute{Kind: scim.Time, Operators: without(fewer, scim.StartsWith)}, true
	case "profile.firstName", "profile.lastName", "profile.email", "profile.login":
		return scim.Attribute{Fold: true, Operators: append(fewer, scim.Contains)}, true
	}
	name, ok := strings.CutPrefix(path, "profile.")
	if ok {
		_, ok = valueOf(hookswitch.Profile{}, name)
	}
	return scim.Attribute{Fold: true, Operators: fewer}, ok
}

// UserFilterAttribute is the schema of filters: few attributes, and most may only be equal.
func UserFilterAttribute(path string) (scim.Attribute, bool) {
	equal := []scim.Operator{scim.Equal}
	switch path {
	case "lastUpdated":
		return scim.Attribute{Kind: scim.Time, Operators: append(equal, scim.Greater, scim.GreaterOrEqual, scim.Less, scim.LessOrEqual)}, true
	case "id", "status":
		return scim.Attribute{Operators: equal}, true
	case "profile.login", "profile.email", "profile.firstName", "profile.lastName":
		return scim.Attribute{Fold: true, Operators: equal}, true
	}
	return scim.Attribute{}, false
}

func without(ops []scim.Operator, op scim.Operator) []scim.Operator {
	var rest []scim.Operator
	for _, o := range ops {
		if o != op {
			rest = append(rest, o)
		}
	}
	return rest
}

func valueOf(p hookswitch.Profile, name string) (string, bool) {
	for _, a := range p.Attributes() {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

// userLookup answers what a filter asks of a user.
func userLookup(u *hookswitch.User, path string) []any {
	moment := func(at time.Time) []any {
		if at.IsZero() {
			return nil
		}
		return []any{at}
	}
	switch path {
	case "id":
		return []any{u.ID}
	case "status":
		return []any{string(u.Status)}
	case "created":
		return moment(u.Created)
	case "activated":
		return moment(u.Activated)
	case "statusChanged":
		return moment(u.StatusChanged)
	case "lastUpdated":
		return moment(u.LastUpdated)
	case "lastLogin":
		return moment(u.LastLogin)
	}
	if name, ok := strings.CutPrefix(path, "profile."); ok {
		value, _ := valueOf(u.Profile, name)
		return []any{value}
	}
	return nil
}

// Users finds users. Who is looked up by id, login, email address, a name or the time of the last change is found by an
// index; for anything else users are read one by one, within a budget.
func (s *Service) Users(ctx context.Context, search UserSearch) (UserPage, error) {
	if search.Query != "" {
		return s.usersNamed(ctx, search)
	}
	page := UserPage{Next: search.After}
	read := 0
	for {
		q := narrowed(search.Filter)
		q.After, q.Limit = page.Next, min(search.Limit+1, 1000)
		var rows []hookswitch.User
		err := s.view(ctx, func(tx Tx) error {
			var err error
			rows, err = tx.ScanUsers(q)
			return err
		})
		if err != nil {
			return UserPage{}, err
		}
		for i := range rows {
			u := &rows[i]
			if search.wants(u) {
				if len(page.Users) == search.Limit {
					return page, nil
				}
				page.Users = append(page.Users, *u)
			}
			at := u.Position(q.By)
			page.Next = &at
		}
		if len(rows) < q.Limit {
			page.Next = nil
			return page, nil
		}
		read += len(rows)
		if read >= mostUsersRead && (len(page.Users) > 0 || !search.Persist) {
			return page, nil
		}
	}
}

func (q *UserSearch) wants(u *hookswitch.User) bool {
	if q.Filter.IsZero() {
		return q.All || u.Status != hookswitch.UserDeprovisioned
	}
	return q.Filter.Match(func(path string) []any { return userLookup(u, path) })
}

// narrowed chooses the index that helps most.
func narrowed(filter scim.Expr) hookswitch.UserQuery {
	if ids := filter.Among("id"); len(ids) == 1 {
		return hookswitch.UserQuery{By: hookswitch.ByID, Prefix: ids[0]}
	}
	for _, one := range []struct {
		path string
		by   hookswitch.UserOrder
	}{
		{"profile.login", hookswitch.ByLogin}, {"profile.email", hookswitch.ByEmail},
		{"profile.lastName", hookswitch.ByLastName}, {"profile.firstName", hookswitch.ByFirstName},
	} {
		if prefix := filter.Prefix(one.path); prefix != "" {
			return hookswitch.UserQuery{By: one.by, Prefix: prefix}
		}
	}
	if since := filter.Since("lastUpdated"); !since.IsZero() {
		return hookswitch.UserQuery{By: hookswitch.ByLastUpdated, Since: since}
	}
	return hookswitch.UserQuery{By: hookswitch.ByID}
}

// usersNamed finds who is called like that, each once, in the order of their ids.
func (s *Service) usersNamed(ctx context.Context, search UserSearch) (UserPage, error) {
	prefix := strings.ToLower(strings.TrimSpace(search.Query))
	var page UserPage
	err := s.view(ctx, func(tx Tx) error {
		page = UserPage{}
		seen := map[string]bool{}
		for _, by := range []hookswitch.UserOrder{hookswitch.ByLogin, hookswitch.ByEmail, hookswitch.ByFirstName, hookswitch.ByLastName} {
			rows, err := tx.ScanUsers(hookswitch.UserQuery{By: by, Prefix: prefix, Limit: mostUsersRead / 4})
			if err != nil {
				return err
			}
			for _, u := range rows {
				if !seen[u.ID] && u.Status != hookswitch.UserDeprovisioned && len(page.Users) < search.Limit {
					seen[u.ID] = true
					page.Users = append(page.Users, u)
				}
			}
			if len(page.Users) == search.Limit {
				break
			}
		}
		return nil
	})
	return page, err
}
