package okta

import (
	"testing"

	"hookswitch"
)

func TestRolesAreAssignedAndTakenAway(t *testing.T) {
	d := newDesk(t)
	ana := d.user("ana@example.com")
	path := "/api/v1/users/" + ana.ID + "/roles"
	d.do("GET", path, "").is(200, "[]")
	const role = `{"id":"ra100000000000000002","label":"Help Desk Administrator","type":"HELP_DESK_ADMIN","status":"ACTIVE","assignmentType":"USER",
		"created":"2026-01-31T12:00:00.123Z","lastUpdated":"2026-01-31T12:00:00.123Z",
		"_links":{"assignee":{"href":"https://sms.example.com/api/v1/users/00u00000000000000001"}}}`
	d.do("POST", path, `{"type":"HELP_DESK_ADMIN"}`).is(201, role)
	d.do("GET", path, "").is(200, "["+role+"]")
	d.do("GET", path+"/ra100000000000000002", "").is(200, role)
	d.do("GET", path+"/ra1none", "").refused(404, "E0000007", "")
	d.do("POST", path, `{"type":"APP_ADMIN"}`).refused(400, "E0000001", "type: it must be one of")
	d.do("POST", path, `{}`).refused(400, "E0000001", "type: it is required")
	d.do("POST", "/api/v1/users/nobody/roles", `{"type":"HELP_DESK_ADMIN"}`).refused(404, "E0000007", "")
	d.do("DELETE", path+"/ra100000000000000002", "").is(204, "")
	d.do("DELETE", path+"/ra100000000000000002", "").refused(404, "E0000007", "")
	d.token = string(hookswitch.ReadOnlyAdmin)
	d.do("GET", path, "").is(200, "[]")
	d.do("POST", path, `{"type":"SUPER_ADMIN"}`).refused(403, "E0000006", "")
}
