package okta

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/enroll"
	"hookswitch/internal/report"
)

// world is a small program in the place of the use cases: it keeps everything in memory and its passcode is 123456.
type world struct {
	mu        sync.Mutex
	users     map[string]hookswitch.User
	factors   map[string]hookswitch.Factor
	providers map[string]hookswitch.TelephonyProvider
	tokens    map[string]hookswitch.APIToken
	roles     map[string]hookswitch.RoleAssignment
	events    []hookswitch.LoggedEvent
	org       hookswitch.Org
	made      int

	sent     []sent // every passcode and test message that left
	enrolled enroll.Enrolment
	asked    report.LogSearch
	counted  [2]time.Time
	password hookswitch.Secret
	sought   admin.UserSearch
	by       admin.By
}

type sent struct {
	phone     string
	languages []string
	template  string
	lifetime  time.Duration
	resend    bool
}

func newWorld() *world {
	return &world{
		users: map[string]hookswitch.User{}, factors: map[string]hookswitch.Factor{},
		providers: map[string]hookswitch.TelephonyProvider{}, tokens: map[string]hookswitch.APIToken{},
		roles: map[string]hookswitch.RoleAssignment{}, org: hookswitch.DefaultOrg(),
	}
}

func (w *world) id(prefix string) string {
	w.made++
	return fmt.Sprintf("%s%0*d", prefix, 20-len(prefix), w.made)
}

func noon() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 123456789, time.UTC) }

func sorted[T any](all map[string]T) []T {
	var list []T
	for _, key := range slices.Sorted(maps.Keys(all)) {
		list = append(list, all[key])
	}
	return list
}

func notFound(what string) error {
	return hookswitch.Refuse(hookswitch.NotFound, "There is no such "+what+".")
}

func (w *world) CreateUser(_ context.Context, n admin.NewUser, _ hookswitch.Origin) (hookswitch.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range w.users {
		if strings.EqualFold(u.Profile.Login, n.Profile.Login) {
			return hookswitch.User{}, hookswitch.RefuseField(hookswitch.AlreadyExists, "login", "An object with this field already exists.")
		}
	}
	u := hookswitch.User{ID: w.id("00u"), Status: hookswitch.UserStaged, Profile: n.Profile, Created: noon(), LastUpdated: noon(), StatusChanged: noon()}
	if n.Activate {
		u.Status, u.Activated = hookswitch.UserActive, noon()
	}
	if n.Password != "" {
		u.PasswordHash, w.password = "hash", n.Password
	}
	w.users[u.ID] = u
	return u, nil
}

func (w *world) User(_ context.Context, idOrLogin string) (hookswitch.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range w.users {
		if u.ID == idOrLogin || strings.EqualFold(u.Profile.Login, idOrLogin) {
			return u, nil
		}
	}
	return hookswitch.User{}, notFound("user")
}

func (w *world) Users(_ context.Context, q admin.UserSearch) (admin.UserPage, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sought = q
	var page admin.UserPage
	for _, u := range sorted(w.users) {
		if q.After != nil && u.ID <= q.After.ID {
			continue
		}
		if len(page.Users) == q.Limit {
			at := page.Users[q.Limit-1].Position(hookswitch.ByID)
			page.Next = &at
			break
		}
		page.Users = append(page.Users, u)
	}
	return page, nil
}

func (w *world) UsersWithPhone(_ context.Context, number string) ([]hookswitch.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var found []hookswitch.User
	for _, f := range sorted(w.factors) {
		if u, ok := w.users[f.UserID]; ok && f.Phone == number {
			found = append(found, u)
		}
	}
	return found, nil
}

// onUser changes a user.
func (w *world) onUser(ctx context.Context, named string, change func(u *hookswitch.User) error) (hookswitch.User, error) {
	u, err := w.User(ctx, named)
	if err == nil {
		err = change(&u)
	}
	if err != nil {
		return hookswitch.User{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.users[u.ID] = u
	return u, nil
}

func (w *world) ChangeUser(ctx context.Context, named string, c admin.UserChange, by admin.By) (hookswitch.User, error) {
	return w.onUser(ctx, named, func(u *hookswitch.User) error {
		for _, ask := range c.Seen {
			if err := ask(*u); err != nil {
				return err
			}
		}
		u.Profile, w.by = c.Profile(u.Profile), by
		w.password = cmp.Or(c.Password, w.password)
		return nil
	})
}

func (w *world) MoveUser(ctx context.Context, named string, step hookswitch.Lifecycle, by admin.By) (hookswitch.User, error) {
	return w.onUser(ctx, named, func(u *hookswitch.User) error {
		w.by = by
		to, ok := u.Status.After(step)
		switch {
		case !ok && step == hookswitch.ActivateUser && u.Status == hookswitch.UserActive:
			return hookswitch.Refuse(hookswitch.AlreadyActive)
		case !ok:
			return hookswitch.Refuse(hookswitch.WrongUserStatus, "The user's status is "+string(u.Status)+".")
		}
		u.Status = to
		return nil
	})
}

func (w *world) DeleteUser(ctx context.Context, named string, by admin.By) error {
	u, err := w.User(ctx, named)
	if err != nil {
		return err
	}
	if u.Status != hookswitch.UserDeprovisioned {
		_, err = w.MoveUser(ctx, named, hookswitch.DeactivateUser, by)
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.users, u.ID)
	return nil
}

func (w *world) ResetFactors(ctx context.Context, named string, by admin.By) error {
	u, err := w.User(ctx, named)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.by = by
	maps.DeleteFunc(w.factors, func(_ string, f hookswitch.Factor) bool { return f.UserID == u.ID })
	return err
}

func (w *world) RolesOf(ctx context.Context, named string) ([]hookswitch.RoleAssignment, error) {
	u, err := w.User(ctx, named)
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.DeleteFunc(sorted(w.roles), func(a hookswitch.RoleAssignment) bool { return a.UserID != u.ID }), err
}

func (w *world) AssignRole(ctx context.Context, named string, role hookswitch.Role, _ admin.By) (hookswitch.RoleAssignment, error) {
	u, err := w.User(ctx, named)
	if err != nil {
		return hookswitch.RoleAssignment{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	a := hookswitch.RoleAssignment{ID: w.id("ra1"), UserID: u.ID, Role: role, Created: noon(), LastUpdated: noon()}
	w.roles[a.ID] = a
	return a, nil
}

func (w *world) UnassignRole(_ context.Context, _, id string, _ admin.By) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.roles[id]; !ok {
		return notFound("role assignment")
	}
	delete(w.roles, id)
	return nil
}

func (w *world) CreateToken(_ context.Context, name, userID string, role hookswitch.Role, _ hookswitch.Origin) (hookswitch.Secret, hookswitch.APIToken, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := hookswitch.APIToken{ID: w.id("00T"), Name: name, UserID: userID, Role: role, Created: noon(), LastUpdated: noon()}
	w.tokens[t.ID] = t
	return hookswitch.Secret(t.ID), t, nil
}

func (w *world) Factors(ctx context.Context, userID string) ([]hookswitch.Factor, error) {
	if _, err := w.User(ctx, userID); err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.DeleteFunc(sorted(w.factors), func(f hookswitch.Factor) bool { return f.UserID != userID }), nil
}

func (w *world) Factor(ctx context.Context, userID, factorID string) (hookswitch.Factor, error) {
	all, err := w.Factors(ctx, userID)
	for _, f := range all {
		if f.ID == factorID {
			return f, nil
		}
	}
	return hookswitch.Factor{}, cmp.Or(err, notFound("factor"))
}

func (w *world) Enroll(ctx context.Context, e enroll.Enrolment) (hookswitch.Factor, error) {
	all, err := w.Factors(ctx, e.UserID)
	if err != nil {
		return hookswitch.Factor{}, err
	}
	for _, f := range all {
		if f.Channel == e.Channel && !e.UpdatePhone {
			return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.FactorExists)
		}
	}
	phone := strings.NewReplacer("-", "", " ", "").Replace(e.Phone)
	if !strings.HasPrefix(phone, "+") {
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.PhoneInvalid)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.enrolled = e
	f := hookswitch.Factor{
		ID: w.id(hookswitch.FactorID(e.Channel)), UserID: e.UserID, Channel: e.Channel, Phone: phone, Extension: e.Extension,
		Status: hookswitch.FactorPendingActivation, Created: noon(), LastUpdated: noon(),
	}
	if e.Activate {
		f.Status = hookswitch.FactorActive
	} else {
		w.sent = append(w.sent, sent{phone, e.Languages, e.Template, e.Lifetime, false})
	}
	w.factors[f.ID] = f
	return f, nil
}

func (w *world) check(ctx context.Context, u enroll.Use) (hookswitch.Factor, error) {
	f, err := w.Factor(ctx, u.UserID, u.FactorID)
	if err != nil {
		return f, err
	}
	if u.Passcode != "123456" {
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.WrongPasscode)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	f.Status = hookswitch.FactorActive
	w.factors[f.ID] = f
	return f, nil
}

func (w *world) Activate(ctx context.Context, u enroll.Use) (hookswitch.Factor, error) {
	return w.check(ctx, u)
}

func (w *world) Verify(ctx context.Context, u enroll.Use) (hookswitch.Factor, error) {
	return w.check(ctx, u)
}

func (w *world) send(ctx context.Context, u enroll.Use, resend bool) (hookswitch.Factor, error) {
	f, err := w.Factor(ctx, u.UserID, u.FactorID)
	if err != nil {
		return f, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, sent{f.Phone, u.Languages, u.Template, u.Lifetime, resend})
	return f, nil
}

func (w *world) Challenge(ctx context.Context, u enroll.Use) (hookswitch.Factor, error) {
	return w.send(ctx, u, false)
}

func (w *world) Resend(ctx context.Context, u enroll.Use) (hookswitch.Factor, error) {
	return w.send(ctx, u, true)
}

func (w *world) Remove(ctx context.Context, userID, factorID string, _ hookswitch.Origin) error {
	f, err := w.Factor(ctx, userID, factorID)
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.factors, f.ID)
	return err
}

// Totals remembers what was asked, and answers one message of each kind.
func (w *world) Totals(_ context.Context, since, until time.Time) (report.Totals, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counted = [2]time.Time{since, until}
	count := report.Count{Messages: 8, Sent: 7, Delivered: 6, Failed: 5, Refused: 4, Pending: 3, Unknown: 2, Verified: 1}
	hours := []report.HourCount{{From: since, Count: count}}
	return report.Totals{
		Since: since, Until: until, Complete: true, All: count, Hours: hours,
		Countries: []report.CountryCount{{Country: "US", Count: count}}, Providers: []report.ProviderCount{{Provider: "TWILIO", All: count, Hours: hours}},
	}, nil
}

// Log answers from a list that is in the order of arrival and of time. It stops at an event of the type "stop" as if its
// budget were used up.
func (w *world) Log(_ context.Context, q report.LogSearch) (report.LogPage, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = q
	all := slices.Clone(w.events)
	if q.Descending {
		slices.Reverse(all)
	}
	page := report.LogPage{Last: q.After}
	for _, e := range all {
		behind := q.After == nil || (e.Position.Sequence > q.After.Sequence) != q.Descending && e.Position.Sequence != q.After.Sequence
		if e.Published.Before(q.Since) || !q.Until.IsZero() && !e.Published.Before(q.Until) || !behind {
			continue
		}
		if len(page.Events) == q.Limit {
			page.More = true
			break
		}
		page.Last = &e.Position
		if e.Type == "stop" {
			page.More = true
			break
		}
		page.Events = append(page.Events, e)
	}
	return page, nil
}

func (w *world) Tokens(context.Context) ([]hookswitch.APIToken, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return sorted(w.tokens), nil
}

func (w *world) RevokeToken(_ context.Context, id string, _ hookswitch.Origin) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.tokens[id]; !ok {
		return notFound("API token")
	}
	delete(w.tokens, id)
	return nil
}

// Authenticate takes a role for a token, or the id of one of the tokens.
func (w *world) Authenticate(_ context.Context, token hookswitch.Secret) (hookswitch.Caller, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	caller := hookswitch.Caller{Role: hookswitch.Role(token), TokenID: "00Ttest"}
	if t, ok := w.tokens[token.Reveal()]; ok {
		caller = hookswitch.Caller{Role: t.Role, TokenID: t.ID, UserID: t.UserID}
	}
	switch caller.Role {
	case hookswitch.SuperAdmin, hookswitch.ReadOnlyAdmin, hookswitch.HelpDeskAdmin:
		return caller, nil
	default:
		return hookswitch.Caller{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
}
