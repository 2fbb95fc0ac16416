package test

import (
	"testing"

	"github.com/okta/okta-sdk-golang/v5/okta"
)

// The official Go SDK keeps users, their roles, and reads the log about them.
func TestTheGoSDKKeepsUsers(t *testing.T) {
	eachDatabase(t, func(t *testing.T, databaseURL string) {
		s := startSDK(t, databaseURL)
		ctx := t.Context()
		body := model[okta.CreateUserRequest](t, `{"profile":{"login":"ana@example.com","email":"ana@example.com","firstName":"Ana","lastName":"Silva"},
			"credentials":{"password":{"value":"correct horse battery"}}}`)
		made := got[*okta.User](t)(s.UserAPI.CreateUser(ctx).Body(body).Activate(true).Execute())
		id := made.GetId()
		change := model[okta.UpdateUserRequest](t, `{"profile":{"department":"Sales"}}`)
		changed := got[*okta.User](t)(s.UserAPI.UpdateUser(ctx, id).User(change).Execute())
		if p := changed.GetProfile(); p.GetDepartment() != "Sales" || p.GetFirstName() != "Ana" {
			t.Errorf("updated: %+v", p)
		}
		page, response, err := s.UserAPI.ListUsers(ctx).Limit(1).Execute()
		if err != nil || len(page) != 1 || !response.HasNextPage() {
			t.Fatalf("the first page: %+v, %v", page, err)
		}
		var more []okta.User
		if _, err := response.Next(&more); err != nil || len(more) != 1 || more[0].GetId() == page[0].GetId() {
			t.Errorf("the second page: %+v, %v", more, err)
		}
		if found := got[[]okta.User](t)(s.UserAPI.ListUsers(ctx).Search(`profile.department eq "Sales"`).Execute()); len(found) != 1 {
			t.Errorf("found %+v", found)
		}
		for _, step := range []func() (*okta.APIResponse, error){
			s.UserAPI.SuspendUser(ctx, id).Execute, s.UserAPI.UnsuspendUser(ctx, id).Execute, s.UserAPI.ResetFactors(ctx, id).Execute,
			s.UserAPI.DeactivateUser(ctx, id).Execute, s.UserAPI.DeleteUser(ctx, id).Execute,
		} {
			if _, err := step(); err != nil {
				t.Error(err)
			}
		}
		told := got[[]okta.LogEvent](t)(s.SystemLogAPI.ListLogEvents(ctx).Filter(`target.id eq "` + id + `"`).Execute())
		if len(told) != 7 {
			t.Errorf("%d events are told of", len(told))
		}
	})
}
