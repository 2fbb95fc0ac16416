package test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What an administrator does to an account shows at once: in what the person can do, and in the System Log.
func TestAnAccountGoesThroughItsLife(t *testing.T) {
	eachDatabase(t, func(t *testing.T, databaseURL string) {
		d := startDemo(t, databaseURL)
		var root, ana struct {
			ID      string            `json:"id"`
			Status  string            `json:"status"`
			Profile map[string]string `json:"profile"`
		}
		d.call(t, "GET", "/api/v1/users/me", nil).ok(&root)
		if root.Profile["login"] != "admin@example.com" {
			t.Errorf("the demo's token acts for %v", root.Profile)
		}
		person := d.person(t, "ana@example.com")
		path := "/api/v1/users/" + person.ID
		d.active(t, person, "sms", "+12025550171")

		d.call(t, "POST", path, `{"profile":{"department":"Sales","nickName":"Aninha"}}`).ok(&ana)
		if ana.Profile["department"] != "Sales" || ana.Profile["firstName"] != "Ana" {
			t.Errorf("after the update: %v", ana.Profile)
		}
		var found []user
		for _, query := range []string{"q=ANA", "search=" + url.QueryEscape(`profile.department eq "sales"`), "filter=" + url.QueryEscape(`profile.login eq "ana@example.com"`)} {
			if d.call(t, "GET", "/api/v1/users?"+query, nil).ok(&found); len(found) != 1 || found[0].ID != person.ID {
				t.Errorf("%s finds %v", query, found)
			}
		}
		d.call(t, "POST", path+"/lifecycle/suspend", nil).ok()
		d.call(t, "POST", path+"/lifecycle/suspend", nil).refused(403, "E0000038")
		d.call(t, "POST", path+"/lifecycle/unsuspend", nil).ok()
		d.call(t, "DELETE", path, nil).ok()
		var factors []factor
		if d.call(t, "GET", path+"/factors", nil).ok(&factors); len(factors) != 0 {
			t.Errorf("a deactivated user has %v", factors)
		}
		d.call(t, "DELETE", path, nil).ok()
		d.call(t, "GET", path, nil).refused(404, "E0000007")

		// Another administrator comes and goes; the last one stays.
		var role struct {
			ID string `json:"id"`
		}
		bo := d.person(t, "bo@example.com")
		made := d.call(t, "POST", "/api/v1/users/"+bo.ID+"/roles", `{"type":"SUPER_ADMIN"}`).ok(&role)
		if made.status != http.StatusCreated || made.header.Get("X-Rate-Limit-Limit") == "" {
			t.Errorf("answered %d %v", made.status, made.header)
		}
		d.call(t, "DELETE", "/api/v1/users/"+bo.ID+"/roles/"+role.ID, nil).ok()
		d.call(t, "POST", "/api/v1/users/"+root.ID+"/lifecycle/deactivate", nil).refused(400, "E0000001")

		var told []logEvent
		d.call(t, "GET", "/api/v1/logs?filter="+url.QueryEscape(`target.id eq "`+person.ID+`" and eventType sw "user.lifecycle."`), nil).ok(&told)
		var types []string
		for _, e := range told {
			types = append(types, strings.TrimPrefix(e.Type, "user.lifecycle."))
		}
		if got := strings.Join(types, " "); got != "create suspend unsuspend deactivate delete.completed" {
			t.Errorf("the log tells: %s", got)
		}
		d.call(t, "GET", "/api/v1/logs?filter="+url.QueryEscape(`eventType eqq "x"`), nil).refused(400, "E0000053")
		d.call(t, "GET", "/api/v1/logs?filter="+url.QueryEscape(`debugContext.debugData.url co "x"`), nil).refused(400, "E0000031")
	})
}
