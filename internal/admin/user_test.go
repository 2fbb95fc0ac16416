package admin_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/scim"
	"hookswitch/internal/store"
)

func (d *desk) person(login string, roles ...hookswitch.Role) hookswitch.User {
	d.t.Helper()
	u, err := d.admin.CreateUser(d.t.Context(), admin.NewUser{
		Profile: hookswitch.Profile{Login: login, Email: login, FirstName: "Ana", LastName: "Lima"}, Activate: true, Roles: roles,
	}, origin())
	if err != nil {
		d.t.Fatal(err)
	}
	d.now = d.now.Add(time.Second)
	return u
}

func super() admin.By { return admin.By{Role: hookswitch.SuperAdmin, Origin: origin()} }

func (d *desk) move(u hookswitch.User, step hookswitch.Lifecycle) error {
	d.t.Helper()
	_, err := d.admin.MoveUser(d.t.Context(), u.ID, step, super())
	return err
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) has(want ...string) {
	d.t.Helper()
	lines := d.log()
	for i := range lines {
		lines[i], _, _ = strings.Cut(lines[i], " ")
	}
	if tail := lines[max(0, len(lines)-len(want)):]; !slices.Equal(tail, want) {
		d.t.Errorf("the log ends with %v, want %v", tail, want)
	}
}

func (r rules) AStepThatIsNotOpenChangesNothingAndTellsNothing(t *testing.T) {
	d := r.desk(t)
	ana := d.person("ana@example.com")
	before := d.log()
	wants(t, d.move(ana, hookswitch.UnlockUser), hookswitch.WrongUserStatus)
	wants(t, d.move(ana, hookswitch.ActivateUser), hookswitch.AlreadyActive)
	if after := d.log(); len(after) != len(before) {
		t.Errorf("told of nothing: %v", after)
	}
	must(t, d.move(ana, hookswitch.SuspendUser))
	d.has("user.lifecycle.suspend")
	must(t, d.move(ana, hookswitch.UnsuspendUser))
	must(t, d.move(ana, hookswitch.ExpirePassword))
	must(t, d.move(ana, hookswitch.ResetPassword))
	d.has("user.lifecycle.unsuspend", "user.account.expire_password", "user.account.reset_password")
}

func (r rules) ADeactivatedUserHasNoPhonesNoSessionsNoTokensAndIsThenDeleted(t *testing.T) {
	d := r.desk(t)
	d.person("root@example.com", hookswitch.SuperAdmin)
	ana := d.person("ana@example.com", hookswitch.HelpDeskAdmin)
	token, _, err := d.admin.CreateToken(t.Context(), "ana's", ana.ID, hookswitch.HelpDeskAdmin, origin())
	must(t, err)
	challenge := hookswitch.Challenge{ID: "chl1", UserID: ana.ID, FactorID: "sms1", State: hookswitch.ChallengePending, Digest: []byte{1}, Issued: d.now, Expires: d.now.Add(time.Minute), Version: 1}
	must(t, d.db.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.InsertFactor(hookswitch.Factor{
			ID: "sms1", UserID: ana.ID, Channel: hookswitch.SMS, Phone: "+12025550123", Status: hookswitch.FactorActive, ChallengeID: "chl1", Created: d.now, LastUpdated: d.now, Version: 1,
		}); err != nil {
			return err
		}
		if err := tx.InsertSession(hookswitch.Session{ID: "102a", Digest: "d", UserID: ana.ID, Created: d.now, Expires: d.now.Add(time.Hour), Proofs: hookswitch.Proofs{Password: d.now}}); err != nil {
			return err
		}
		return tx.InsertChallenge(challenge)
	}))
	must(t, d.move(ana, hookswitch.DeactivateUser))
	d.has("user.lifecycle.deactivate", "user.mfa.factor.deactivate")
	must(t, d.db.View(t.Context(), func(tx *store.Tx) error {
		if factors, err := tx.FactorsOf(ana.ID); err != nil || len(factors) != 0 {
			t.Errorf("%+v, %v", factors, err)
		}
		if _, err := tx.SessionByID("102a"); !hookswitch.IsProblem(err, hookswitch.NotFound) {
			t.Errorf("the session: %v", err)
		}
		c, err := tx.Challenge("chl1")
		if c.State != hookswitch.ChallengeCanceled {
			t.Errorf("the passcode is %s", c.State)
		}
		return err
	}))
	_, err = d.admin.Authenticate(t.Context(), token)
	wants(t, err, hookswitch.Unauthenticated)
	must(t, d.admin.DeleteUser(t.Context(), ana.ID, super()))
	d.has("user.lifecycle.delete.completed")
	_, err = d.admin.User(t.Context(), ana.ID)
	wants(t, err, hookswitch.NotFound)
	if tokens, err := d.admin.Tokens(t.Context()); err != nil || len(tokens) != 0 {
		t.Errorf("%+v, %v", tokens, err)
	}
	d.person("ana@example.com") // the login is free again
}

func (r rules) TheLastActiveSuperAdministratorStays(t *testing.T) {
	d := r.desk(t)
	root, other := d.person("root@example.com", hookswitch.SuperAdmin), d.person("other@example.com", hookswitch.SuperAdmin)
	must(t, d.move(other, hookswitch.SuspendUser))
	for _, step := range []hookswitch.Lifecycle{hookswitch.DeactivateUser, hookswitch.SuspendUser, hookswitch.ResetPassword} {
		wants(t, d.move(root, step), hookswitch.NotNow)
	}
	wants(t, d.admin.DeleteUser(t.Context(), root.ID, super()), hookswitch.NotNow)
	roles, err := d.admin.RolesOf(t.Context(), root.ID)
	must(t, err)
	wants(t, d.admin.UnassignRole(t.Context(), root.ID, roles[0].ID, super()), hookswitch.NotNow)
	must(t, d.move(other, hookswitch.UnsuspendUser))
	must(t, d.admin.UnassignRole(t.Context(), root.ID, roles[0].ID, super()))
	d.has("user.account.privilege.revoke")
}

func (r rules) OfTwoSuperAdministratorsWhoTakeEachOtherAwayOneStays(t *testing.T) {
	d := r.desk(t)
	for round := range 10 {
		pair := []hookswitch.User{
			d.person(fmt.Sprintf("a%d@example.com", round), hookswitch.SuperAdmin), d.person(fmt.Sprintf("b%d@example.com", round), hookswitch.SuperAdmin),
		}
		var both sync.WaitGroup
		for i, u := range pair {
			both.Go(func() {
				if i == 0 {
					_, _ = d.admin.MoveUser(t.Context(), u.ID, hookswitch.SuspendUser, super())
					return
				}
				if roles, err := d.admin.RolesOf(t.Context(), u.ID); err == nil {
					_ = d.admin.UnassignRole(t.Context(), u.ID, roles[0].ID, super())
				}
			})
		}
		both.Wait()
		var left []hookswitch.User
		must(t, d.db.View(t.Context(), func(tx *store.Tx) error {
			var err error
			left, err = tx.ActiveWith(hookswitch.SuperAdmin, 5)
			return err
		}))
		if len(left) != 1 {
			t.Fatalf("round %d: %d super administrators are left", round, len(left))
		}
		must(t, d.db.Update(t.Context(), func(tx *store.Tx) error { // the next round is among its own two
			roles, err := tx.RolesOf(left[0].ID)
			if err != nil {
				return err
			}
			return tx.DeleteRole(roles[0])
		}))
	}
}

func (r rules) ATokenFollowsTheRoleOfItsUser(t *testing.T) {
	d := r.desk(t)
	d.person("root@example.com", hookswitch.SuperAdmin)
	ana := d.person("ana@example.com")
	_, _, err := d.admin.CreateToken(t.Context(), "too much", ana.ID, hookswitch.SuperAdmin, origin())
	wants(t, err, hookswitch.Invalid, "role")
	is, err := d.admin.AssignRole(t.Context(), ana.ID, hookswitch.SuperAdmin, super())
	must(t, err)
	d.has("user.account.privilege.grant")
	_, err = d.admin.AssignRole(t.Context(), ana.ID, hookswitch.SuperAdmin, super())
	wants(t, err, hookswitch.AlreadyExists, "type")
	token, _, err := d.admin.CreateToken(t.Context(), "all", ana.ID, hookswitch.SuperAdmin, origin())
	must(t, err)
	less, _, err := d.admin.CreateToken(t.Context(), "less", ana.ID, hookswitch.ReadOnlyAdmin, origin())
	must(t, err)
	roleOf := func(token hookswitch.Secret, want hookswitch.Role) {
		t.Helper()
		if caller, err := d.admin.Authenticate(t.Context(), token); err != nil || caller.Role != want {
			t.Errorf("the role is %q (%v), want %q", caller.Role, err, want)
		}
	}
	roleOf(token, hookswitch.SuperAdmin)
	roleOf(less, hookswitch.ReadOnlyAdmin)
	_, err = d.admin.AssignRole(t.Context(), ana.ID, hookswitch.HelpDeskAdmin, super())
	must(t, err)
	must(t, d.admin.UnassignRole(t.Context(), ana.ID, is.ID, super()))
	roleOf(token, hookswitch.HelpDeskAdmin)
	roleOf(less, "")
}

func (r rules) WhoeverOnlyHelpsPeopleKeepsAwayFromAdministrators(t *testing.T) {
	d := r.desk(t)
	root, ana := d.person("root@example.com", hookswitch.SuperAdmin), d.person("ana@example.com")
	help := admin.By{Role: hookswitch.HelpDeskAdmin, UserID: "00uhelp", Origin: origin()}
	wants(t, d.admin.ResetFactors(t.Context(), root.ID, help), hookswitch.Forbidden)
	_, err := d.admin.MoveUser(t.Context(), root.ID, hookswitch.ResetPassword, help)
	wants(t, err, hookswitch.Forbidden)
	must(t, d.admin.ResetFactors(t.Context(), ana.ID, help))
	d.has("user.mfa.factor.reset_all")
}

func (r rules) AChangeOfAProfileTellsWhatChangedWithoutTheValues(t *testing.T) {
	d := r.desk(t)
	ana, bo := d.person("ana@example.com"), d.person("bo@example.com")
	to := func(change func(p *hookswitch.Profile)) admin.UserChange {
		return admin.UserChange{Profile: func(p hookswitch.Profile) hookswitch.Profile { change(&p); return p }}
	}
	is, err := d.admin.ChangeUser(t.Context(), "ana@example.com", to(func(p *hookswitch.Profile) { p.Title, p.MobilePhone = "Engineer", "+12025550123" }), super())
	must(t, err)
	lines := d.log()
	last := lines[len(lines)-1]
	if !strings.Contains(last, "mobilePhone, title") || strings.Contains(last, "+1202") || is.Profile.Title != "Engineer" {
		t.Errorf("told %q", last)
	}
	_, err = d.admin.ChangeUser(t.Context(), ana.ID, to(func(p *hookswitch.Profile) { p.Title = "Engineer" }), super())
	must(t, err)
	if again := d.log(); len(again) != len(lines) {
		t.Errorf("nothing changed, and it told %v", again[len(lines):])
	}
	_, err = d.admin.ChangeUser(t.Context(), ana.ID, to(func(p *hookswitch.Profile) { p.Login = "BO@example.com" }), super())
	wants(t, err, hookswitch.AlreadyExists, "login")
	_, err = d.admin.ChangeUser(t.Context(), ana.ID, to(func(p *hookswitch.Profile) { p.Login = "ANA@example.com" }), super())
	must(t, err)
	for field, wrong := range map[string]func(p *hookswitch.Profile){
		"profile.email":       func(p *hookswitch.Profile) { p.Email = "not an address" },
		"profile.secondEmail": func(p *hookswitch.Profile) { p.SecondEmail = "@" },
		"profile.city":        func(p *hookswitch.Profile) { p.City = strings.Repeat("x", 129) },
		"profile.title":       func(p *hookswitch.Profile) { p.Title = "a\x00b" },
	} {
		_, err = d.admin.ChangeUser(t.Context(), ana.ID, to(wrong), super())
		wants(t, err, hookswitch.Invalid, field)
	}
	_, err = d.admin.ChangeUser(t.Context(), bo.ID, admin.UserChange{Password: "correct horse battery"}, super())
	must(t, err)
	d.has("user.account.update_password")
	_, err = d.admin.ChangeUser(t.Context(), bo.ID, admin.UserChange{Password: "short"}, super())
	wants(t, err, hookswitch.Invalid, "credentials.password.value")
}

// everybody follows a search to its end.
func (d *desk) everybody(search admin.UserSearch) []string {
	d.t.Helper()
	var logins []string
	for {
		page, err := d.admin.Users(d.t.Context(), search)
		must(d.t, err)
		for _, u := range page.Users {
			logins = append(logins, u.Profile.Login)
		}
		if search.After = page.Next; page.Next == nil {
			return logins
		}
	}
}

func (r rules) ASearchFindsTheUsersThatMatchEachOnce(t *testing.T) {
	d := r.desk(t)
	var all []hookswitch.User
	began := d.now
	for i := range 60 {
		u, err := d.admin.CreateUser(t.Context(), admin.NewUser{Profile: hookswitch.Profile{
			Login: fmt.Sprintf("User%d@example.com", i), Email: fmt.Sprintf("u%d@Example.com", i%20), FirstName: []string{"Ana", "ana", "Érica", "Bo"}[i%4],
			LastName: []string{"Lima", "Lim%", "_"}[i%3], Department: []string{"Sales", "", "Support"}[i%3],
		}, Activate: i%5 > 0}, origin())
		must(t, err)
		if i%7 == 0 {
			must(t, d.move(u, hookswitch.DeactivateUser))
		}
		d.now = d.now.Add(time.Second)
		all = append(all, u)
	}
	for _, search := range []string{
		`status eq "ACTIVE"`, `status eq "active" and profile.department eq "SALES"`, `profile.firstName eq "ana"`, `profile.firstName sw "a"`,
		`profile.firstName eq "érica"`, `profile.lastName eq "lim%"`, `profile.lastName sw "li" and profile.firstName sw "B"`, `profile.email eq "U3@example.com"`,
		`profile.login eq "USER7@example.com"`, `id eq "` + all[5].ID + `"`, `id eq "` + all[5].ID + `" or id eq "` + all[6].ID + `"`,
		`lastUpdated gt "` + began.Add(30*time.Second).Format(time.RFC3339) + `"`, `created lt "` + began.Add(9*time.Second).Format(time.RFC3339) + `" and activated pr`,
		`profile.login co "er5"`, `not profile.department pr`, `profile.city pr`, `profile.lastName eq "_" or status eq "STAGED"`,
	} {
		filter, err := scim.Parse(search, admin.UserAttribute)
		must(t, err)
		got := d.everybody(admin.UserSearch{Filter: filter, Limit: 7})
		want := d.everybody(admin.UserSearch{Filter: either(t, filter), Limit: 100})
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || len(slices.Compact(got)) != len(want) {
			t.Errorf("%s finds %v, want %v", search, got, want)
		}
	}
	if got := d.everybody(admin.UserSearch{Limit: 9}); len(got) != 60-9 {
		t.Errorf("%d users are listed", len(got))
	}
	if got := d.everybody(admin.UserSearch{Query: "ÉRI", Limit: 100}); len(got) != 15-2 {
		t.Errorf("%d are called Érica", len(got))
	}
	if got := d.everybody(admin.UserSearch{Query: "user1", Limit: 4}); len(got) != 4 {
		t.Errorf("found %v", got)
	}
}

// either is the same filter in a form that no index helps with.
func either(t *testing.T, filter scim.Expr) scim.Expr {
	t.Helper()
	same, err := scim.Parse("not not ("+filter.String()+") or (status eq \"x\" and not status eq \"x\")", admin.UserAttribute)
	must(t, err)
	return same
}

func (r rules) ALongSearchForUsersGoesOnWhereItStopped(t *testing.T) {
	d := r.desk(t)
	const many = 4500
	must(t, d.db.Update(t.Context(), func(tx *store.Tx) error {
		for i := range many {
			u := hookswitch.User{ID: fmt.Sprintf("00u%017d", i), Status: hookswitch.UserActive, Profile: hookswitch.Profile{Login: fmt.Sprintf("u%d@example.com", i)}, Created: d.now, LastUpdated: d.now, Version: 1}
			if i == many-1 {
				u.Profile.Title = "Needle"
			}
			if err := tx.InsertUser(u); err != nil {
				return err
			}
		}
		return nil
	}))
	filter, err := scim.Parse(`profile.title eq "needle"`, admin.UserAttribute)
	must(t, err)
	search := admin.UserSearch{Filter: filter, Limit: 200}
	first, err := d.admin.Users(t.Context(), search)
	must(t, err)
	if len(first.Users) != 0 || first.Next == nil {
		t.Errorf("the first page: %+v", first)
	}
	if got := d.everybody(search); len(got) != 1 {
		t.Errorf("found %v", got)
	}
	search.Persist = true
	if patient, err := d.admin.Users(t.Context(), search); err != nil || len(patient.Users) != 1 {
		t.Errorf("a patient reader: %+v, %v", patient, err)
	}
}

func (r rules) AUserIsFoundByTheNumberOfAnyFactor(t *testing.T) {
	d := r.desk(t)
	ana, ben := d.person("ana@example.com"), d.person("ben@example.com")
	d.person("cy@example.com")
	must(t, d.db.Update(t.Context(), func(tx *store.Tx) error {
		for i, f := range []hookswitch.Factor{
			{UserID: ana.ID, Channel: hookswitch.SMS, Phone: "+12025550142", Status: hookswitch.FactorActive},
			{UserID: ben.ID, Channel: hookswitch.Call, Phone: "+12025550142", Status: hookswitch.FactorPendingActivation},
			{UserID: ben.ID, Channel: hookswitch.SMS, Phone: "+12025550143", Status: hookswitch.FactorActive},
		} {
			f.ID, f.Created, f.LastUpdated = fmt.Sprintf("sms%d", i), tx.Now(), tx.Now()
			if err := tx.InsertFactor(f); err != nil {
				return err
			}
		}
		return nil
	}))
	for number, want := range map[string][]string{
		"+1 (202) 555-0142": {"ana@example.com", "ben@example.com"}, "+12025550143": {"ben@example.com"}, "+12025550144": nil,
	} {
		found, err := d.admin.UsersWithPhone(t.Context(), number)
		must(t, err)
		var logins []string
		for _, u := range found {
			logins = append(logins, u.Profile.Login)
		}
		slices.Sort(logins)
		if !slices.Equal(logins, want) {
			t.Errorf("%s: %v, want %v", number, logins, want)
		}
	}
	_, err := d.admin.UsersWithPhone(t.Context(), "ana")
	wants(t, err, hookswitch.Invalid, "phoneNumber")
}

func (r rules) SuspensionEndsTheSessionsForGood(t *testing.T) {
	d := r.desk(t)
	ana := d.person("ana@example.com")
	must(t, d.db.Update(t.Context(), func(tx *store.Tx) error {
		return tx.InsertSession(hookswitch.Session{ID: "102a", Digest: "d", UserID: ana.ID, Created: d.now, Expires: d.now.Add(time.Hour), Proofs: hookswitch.Proofs{Password: d.now}})
	}))
	must(t, d.move(ana, hookswitch.SuspendUser))
	must(t, d.move(ana, hookswitch.UnsuspendUser))
	err := d.db.View(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Session("d")
		return err
	})
	wants(t, err, hookswitch.Unauthenticated)
}

func (r rules) ATokenIsGoodUntilTheInstantItEnds(t *testing.T) {
	d := r.desk(t)
	const token = "00token"
	must(t, d.db.Update(t.Context(), func(tx *store.Tx) error {
		sum := sha256.Sum256([]byte(token))
		return tx.InsertToken(hookswitch.APIToken{
			ID: "00T1", Name: "ci", Role: hookswitch.ReadOnlyAdmin, Created: d.now, LastUpdated: d.now, ExpiresAt: d.now.Add(time.Hour),
		}, hex.EncodeToString(sum[:]))
	}))
	if caller, err := d.admin.Authenticate(t.Context(), token); err != nil || caller.Role != hookswitch.ReadOnlyAdmin {
		t.Fatalf("%+v %v", caller, err)
	}
	d.now = d.now.Add(time.Hour)
	_, err := d.admin.Authenticate(t.Context(), token)
	wants(t, err, hookswitch.Unauthenticated)
}
