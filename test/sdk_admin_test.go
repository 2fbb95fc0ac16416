package test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/okta/okta-sdk-golang/v5/okta"
)

// lives takes an account through every step of its life.
func (s *sdk) lives(t *testing.T) {
	ctx, api := context.Background(), s.UserAPI
	made := got[*okta.User](t)(api.CreateUser(ctx).Activate(false).Body(model[okta.CreateUserRequest](t,
		`{"profile":{"login":"life@example.com","email":"life@example.com"},"credentials":{"password":{"value":"correct horse"}}}`)).Execute())
	id, status := made.GetId(), func() string {
		return got[*okta.UserGetSingleton](t)(api.GetUser(ctx, made.GetId()).Execute()).GetStatus()
	}
	done := func(want string, _ *okta.APIResponse, err error) {
		t.Helper()
		if is := status(); err != nil || is != want {
			t.Errorf("%s, want %s: %v", is, want, err)
		}
	}
	done("STAGED", nil, nil)
	_, res, err := api.ActivateUser(ctx, id).SendEmail(false).Execute()
	done("ACTIVE", res, err)
	replaced := got[*okta.User](t)(api.ReplaceUser(ctx, id).User(model[okta.User](t, `{"profile":{"login":"life@example.com","email":"life@example.com","lastName":"Silva"}}`)).Execute())
	if profile := replaced.GetProfile(); profile.GetLastName() != "Silva" {
		t.Errorf("%+v", replaced)
	}
	res, err = api.SuspendUser(ctx, id).Execute()
	done("SUSPENDED", res, err)
	res, err = api.UnsuspendUser(ctx, id).Execute()
	done("ACTIVE", res, err)
	_, res, err = api.ExpirePassword(ctx, id).Execute()
	done("PASSWORD_EXPIRED", res, err)
	reset, res, err := api.GenerateResetPasswordToken(ctx, id).SendEmail(false).Execute()
	done("RECOVERY", res, err)
	if !strings.HasPrefix(reset.GetResetPasswordUrl(), s.demo.exports["HOOKSWITCH_URL"]) {
		t.Errorf("%+v", reset)
	}
	_, res, err = api.ReactivateUser(ctx, id).SendEmail(false).Execute()
	done("RECOVERY", res, err)
	if res, err := api.UnlockUser(ctx, id).Execute(); err == nil || res.StatusCode != 403 {
		t.Errorf("an account that is not locked: %v", err)
	}
	res, err = api.ResetFactors(ctx, id).Execute()
	done("RECOVERY", res, err)
	res, err = api.DeactivateUser(ctx, id).Execute()
	done("DEPROVISIONED", res, err)
	if _, err := api.DeleteUser(ctx, id).Execute(); err != nil {
		t.Error(err)
	}
}

// pages goes through the list of users as the SDK does, also when a page ends early with nothing on it.
func (s *sdk) pages(t *testing.T) {
	ctx := context.Background()
	for i := range 5 {
		s.demo.person(t, fmt.Sprintf("page%d@example.com", i))
	}
	for name, api := range map[string]*okta.UserAPIService{
		"pages": s.UserAPI.(*okta.UserAPIService), "an empty one first": s.demo.goSDK(t, s.demo.halting(t)).UserAPI.(*okta.UserAPIService),
	} {
		page, res, err := api.ListUsers(ctx).Limit(2).Search(`profile.login sw "page"`).Execute()
		if err != nil {
			t.Fatal(err)
		}
		var logins []string
		for {
			for _, u := range page {
				profile := u.GetProfile()
				logins = append(logins, profile.GetLogin())
			}
			if !res.HasNextPage() {
				break
			}
			page = nil
			if res, err = res.Next(&page); err != nil {
				t.Fatal(err)
			}
		}
		if slices.Sort(logins); len(slices.Compact(logins)) != 5 {
			t.Errorf("%s: %q", name, logins)
		}
	}
	list := got[[]okta.User](t)
	for name, found := range map[string][]okta.User{
		"q":      list(s.UserAPI.ListUsers(ctx).Q("page3").Execute()),
		"filter": list(s.UserAPI.ListUsers(ctx).Filter(`profile.login eq "page3@example.com"`).Execute()),
		"search": list(s.UserAPI.ListUsers(ctx).Search(`profile.email eq "PAGE3@example.com" and status eq "ACTIVE"`).Execute()),
	} {
		if len(found) != 1 {
			t.Errorf("%s finds %d", name, len(found))
		}
	}
}

// halting stands in front of the program and answers the first page of users and of the log with nothing but where to go on,
// as a search does that has used its budget.
func (d *demo) halting(t *testing.T) string {
	t.Helper()
	target, err := url.Parse(d.exports["HOOKSWITCH_URL"])
	if err != nil {
		t.Fatal(err)
	}
	through := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		list := r.URL.Path == "/api/v1/users" || r.URL.Path == "/api/v1/logs"
		if r.Method != http.MethodGet || !list || query.Has("after") || query.Has("halted") {
			through.ServeHTTP(w, r)
			return
		}
		query.Set("halted", "1")
		w.Header().Set("Content-Type", "application/json")
		w.Header().Add("Link", fmt.Sprintf(`<http://%s%s>; rel="self"`, r.Host, r.URL.Path))
		w.Header().Add("Link", fmt.Sprintf(`<http://%s%s?%s>; rel="next"`, r.Host, r.URL.Path, query.Encode()))
		_, _ = io.WriteString(w, "[]")
	}))
	t.Cleanup(front.Close)
	return front.URL
}

func (s *sdk) roles(t *testing.T) {
	ctx, api, one := context.Background(), s.RoleAssignmentAPI, got[*okta.Role](t)
	id := s.demo.person(t, "roles@example.com").ID
	for _, role := range []string{"SUPER_ADMIN", "READ_ONLY_ADMIN", "HELP_DESK_ADMIN"} {
		made := one(api.AssignRoleToUser(ctx, id).AssignRoleRequest(model[okta.AssignRoleRequest](t, `{"type":"`+role+`"}`)).Execute())
		if again := one(api.GetUserAssignedRole(ctx, id, made.GetId()).Execute()); again.GetType() != role || again.GetAssignmentType() != "USER" {
			t.Errorf("%+v", again)
		}
		if all := got[[]okta.Role](t)(api.ListAssignedRolesForUser(ctx, id).Execute()); len(all) != 1 || all[0].GetId() != made.GetId() {
			t.Errorf("%+v", all)
		}
		if _, err := api.UnassignRoleFromUser(ctx, id, made.GetId()).Execute(); err != nil {
			t.Error(err)
		}
	}
}

// origins creates, reads back, replaces and deletes an origin as Terraform does.
func (s *sdk) origins(t *testing.T) {
	ctx, api, one := context.Background(), s.TrustedOriginAPI, got[*okta.TrustedOrigin](t)
	made := one(api.CreateTrustedOrigin(ctx).TrustedOrigin(model[okta.TrustedOriginWrite](t, `{"name":"App","origin":"https://app.example.com","scopes":[{"type":"CORS"}]}`)).Execute())
	same(t, made, one(api.GetTrustedOrigin(ctx, made.GetId()).Execute()))
	if all := got[[]okta.TrustedOrigin](t)(api.ListTrustedOrigins(ctx).Execute()); len(all) != 1 {
		t.Errorf("%+v", all)
	}
	changed := one(api.ReplaceTrustedOrigin(ctx, made.GetId()).TrustedOrigin(model[okta.TrustedOrigin](t, `{"name":"Other","origin":"https://app.example.com","scopes":[{"type":"REDIRECT"}]}`)).Execute())
	if changed.GetName() != "Other" {
		t.Errorf("%+v", changed)
	}
	one(api.DeactivateTrustedOrigin(ctx, made.GetId()).Execute())
	one(api.ActivateTrustedOrigin(ctx, made.GetId()).Execute())
	if _, err := api.DeleteTrustedOrigin(ctx, made.GetId()).Execute(); err != nil {
		t.Error(err)
	}
}

func (s *sdk) tokens(t *testing.T) {
	ctx, api := context.Background(), s.ApiTokenAPI
	var made struct{ APIToken user }
	s.demo.call(t, "POST", "/api/v1/api-tokens", fields{"name": "by the SDK"}).ok(&made)
	if again := got[*okta.ApiToken](t)(api.GetApiToken(ctx, made.APIToken.ID).Execute()); again.GetName() != "by the SDK" {
		t.Errorf("%+v", again)
	}
	has := func() bool {
		all := got[[]okta.ApiToken](t)(api.ListApiTokens(ctx).Execute())
		return slices.ContainsFunc(all, func(is okta.ApiToken) bool { return is.GetId() == made.APIToken.ID })
	}
	if !has() {
		t.Error("the token is not in the list")
	}
	if _, err := api.RevokeApiToken(ctx, made.APIToken.ID).Execute(); err != nil || has() {
		t.Errorf("after its end it is in the list: %t, %v", has(), err)
	}
}

func (s *sdk) sessions(t *testing.T) {
	ctx, api, one := context.Background(), s.SessionAPI, got[*okta.Session](t)
	s.demo.visitors(t)
	begin := func() *okta.Session {
		ana := newVisitor(t, s.demo.exports["HOOKSWITCH_URL"])
		if _, err := s.UserAPI.ResetFactors(ctx, "ana@example.com").Execute(); err != nil {
			t.Fatal(err)
		}
		var st transaction
		ana.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": "correct horse"}).ok(&st)
		return one(api.CreateSession(ctx).CreateSessionRequest(model[okta.CreateSessionRequest](t, `{"sessionToken":"`+st.SessionToken+`"}`)).Execute())
	}
	made := begin()
	one(api.GetSession(ctx, made.GetId()).Execute())
	one(api.RefreshSession(ctx, made.GetId()).Execute())
	if _, err := api.RevokeSession(ctx, made.GetId()).Execute(); err != nil {
		t.Error(err)
	}
	if _, err := s.UserAPI.RevokeUserSessions(ctx, begin().GetUserId()).Execute(); err != nil {
		t.Error(err)
	}
}

func (s *sdk) org(t *testing.T) {
	ctx, api := context.Background(), s.OrgSettingAPI
	if known := got[*okta.WellKnownOrgMetadata](t)(api.GetWellknownOrgMetadata(ctx).Execute()); known.GetPipeline() != "idx" {
		t.Errorf("%+v", known)
	}
	one := got[*okta.OrgSetting](t)
	before := one(api.GetOrgSettings(ctx).Execute())
	one(api.UpdateOrgSettings(ctx).OrgSetting(model[okta.OrgSetting](t, `{"companyName":"Acme","website":"https://acme.example"}`)).Execute())
	if is := one(api.GetOrgSettings(ctx).Execute()); is.GetCompanyName() != "Acme" || is.GetWebsite() != "https://acme.example" {
		t.Errorf("%+v", is)
	}
	body := model[okta.OrgSetting](t, `{"companyName":`+quote(before.GetCompanyName())+`}`)
	if is := one(api.ReplaceOrgSettings(ctx).OrgSetting(body).Execute()); is.GetCompanyName() != before.GetCompanyName() || is.GetWebsite() != "" {
		t.Errorf("%+v", is)
	}
}

// logs reads the System Log both ways: the events of a time, to their end, and those that come, which never end.
func (s *sdk) logs(t *testing.T) {
	ctx := context.Background()
	page, res, err := s.SystemLogAPI.ListLogEvents(ctx).Limit(100).Execute()
	var whole, more []okta.LogEvent
	for ; err == nil && len(page) > 0; res, err = res.Next(&page) {
		whole, page = append(whole, page...), nil
	}
	if err != nil || len(whole) < 20 || !res.HasNextPage() { // the poll goes on when there is nothing to read yet
		t.Fatalf("%d events, %v", len(whole), err)
	}
	s.demo.person(t, "later@example.com")
	if _, err = res.Next(&more); err != nil || len(more) != 1 || more[0].GetEventType() != "user.lifecycle.create" {
		t.Fatalf("polling: %+v, %v", more, err)
	}
	for name, api := range map[string]*okta.APIClient{"bounded": s.APIClient, "bounded, an empty page first": s.demo.goSDK(t, s.demo.halting(t))} {
		since, until := whole[0].GetPublished(), whole[len(whole)-1].GetPublished()
		page, res, err = api.SystemLogAPI.ListLogEvents(ctx).Since(since.Add(-time.Hour)).Until(until.Add(time.Hour)).SortOrder("DESCENDING").Limit(7).Execute()
		if err != nil {
			t.Fatal(err)
		}
		read, pages := 0, 0
		for ; ; pages++ {
			read += len(page)
			if !res.HasNextPage() {
				break
			}
			page = nil
			if res, err = res.Next(&page); err != nil {
				t.Fatal(err)
			}
		}
		if read < len(whole) || pages < len(whole)/7 {
			t.Errorf("%s: %d events of %d on %d pages", name, read, len(whole), pages)
		}
	}
	for filter, least := range map[string]int{
		`eventType eq "user.lifecycle.create"`:                                       5,
		`eventType sw "system.sms." and outcome.result eq "SUCCESS"`:                 1,
		`not (eventType co "user") and debugContext.debugData.deliveryId pr`:         1,
		`target.id eq "` + more[0].Target[0].GetId() + `" and target.type eq "User"`: 1,
	} {
		if n := s.found(t, s.SystemLogAPI.ListLogEvents(ctx).Filter(filter)); n < least {
			t.Errorf("%s: %d", filter, n)
		}
	}
	if n := s.found(t, s.SystemLogAPI.ListLogEvents(ctx).Q("later@example.com")); n != 1 {
		t.Errorf("q: %d", n)
	}
	if _, res, err := s.SystemLogAPI.ListLogEvents(ctx).Filter(`eventType eqq "x"`).Execute(); err == nil || res.StatusCode != 400 {
		t.Errorf("%v", err)
	}
}

// found counts the events of a search up to now. A page may end early on a busy machine, with nothing on it.
func (s *sdk) found(t *testing.T, search okta.ApiListLogEventsRequest) (n int) {
	t.Helper()
	page, res, err := search.Until(time.Now().Add(time.Hour)).Execute()
	for err == nil && res.HasNextPage() {
		n += len(page)
		page = nil
		res, err = res.Next(&page)
	}
	if err != nil {
		t.Fatal(err)
	}
	return n + len(page)
}
