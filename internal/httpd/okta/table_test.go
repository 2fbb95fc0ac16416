package okta

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/httpd"
)

//go:generate go test . -run ^TestTheGeneratedReferencesAreCurrent$ -update

// update has the references in docs/ written anew instead of compared.
var update = flag.Bool("update", false, "write the generated references")

func TestTheGeneratedReferencesAreCurrent(t *testing.T) {
	table := Operations(Ports{})
	document, err := httpd.Document("", "", table)
	if err != nil {
		t.Fatal(err)
	}
	roles := "# Roles\n\nWho may call which operation. Written by `make generate` from the table of operations.\n\n" + httpd.RoleTable(table)
	for path, text := range map[string]string{"../../../docs/openapi.json": string(document) + "\n", "../../../docs/roles.md": roles} {
		if *update {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if now, err := os.ReadFile(path); err != nil || string(now) != text {
			t.Errorf("%s is not what the table says: run make generate (%v)", path, err)
		}
	}
}

func TestRoles(t *testing.T) {
	allowed := map[hookswitch.Role][]string{}
	var open, known []string
	for _, op := range Operations(Ports{}) {
		if op.Public {
			open = append(open, op.ID)
			continue
		}
		if op.SignedIn {
			known = append(known, op.ID)
			continue
		}
		for _, role := range op.Roles {
			allowed[role] = append(allowed[role], op.ID)
		}
		if !slices.Contains(op.Roles, hookswitch.SuperAdmin) {
			t.Errorf("%s: not even a super administrator may call it", op.ID)
		}
		harmless := []string{"revokeCurrentApiToken", "previewMessageTemplate", "previewCallTemplate"}
		writes := op.Method != "GET" && !slices.Contains(harmless, op.ID)
		if writes && slices.Contains(op.Roles, hookswitch.ReadOnlyAdmin) {
			t.Errorf("%s: a read-only administrator may write", op.ID)
		}
	}
	for who, c := range map[string]struct {
		may  []string
		want string
	}{
		"everybody":         {open, "authenticate cancelAuthn createSession getWellknownOrgMetadata previousAuthn resendAuthnFactor setUp verifyAuthnFactor"},
		"whoever signed in": {known, "closeCurrentSession getCurrentSession refreshCurrentSession"},
		"the help desk": {allowed[hookswitch.HelpDeskAdmin], "countDeliveries deleteAuthenticatorEnrollment expirePassword getAuthenticatorEnrollment getFactor getSession getUser " +
			"listAuthenticatorEnrollments listDeliveries listFactors listLogEvents listSupportedFactors listUsers listUsersWithPhone resendEnrollFactor resetFactors resetPassword " +
			"revokeCurrentApiToken revokeSession revokeUserSessions unenrollFactor unlockUser verifyFactor"},
	} {
		slices.Sort(c.may)
		if got := strings.Join(c.may, " "); got != c.want {
			t.Errorf("%s may: %s", who, got)
		}
	}
}

func TestARoleIsHeldToItsRow(t *testing.T) {
	d := newDesk(t)
	d.user("ana@example.com")
	d.token = string(hookswitch.ReadOnlyAdmin)
	d.do("POST", "/api/v1/users", `{"profile":{"login":"bo@example.com"}}`).refused(403, "E0000006", "")
	if a := d.do("GET", "/api/v1/users", ""); a.Code != 200 {
		t.Errorf("%d", a.Code)
	}
	d.token = string(hookswitch.HelpDeskAdmin)
	d.do("GET", providersPath, "").refused(403, "E0000006", "")
}

func BenchmarkVerify(b *testing.B) {
	d := newDesk(b)
	d.world.users["00u1"] = hookswitch.User{ID: "00u1"}
	d.world.factors["sms1"] = hookswitch.Factor{ID: "sms1", UserID: "00u1", Channel: hookswitch.SMS, Status: hookswitch.FactorActive, Phone: "+12025550142"}
	b.ReportAllocs()
	for b.Loop() {
		d.do("POST", "/api/v1/users/00u1/factors/sms1/verify", `{"passCode":"123456"}`).is(200, `{"factorResult":"SUCCESS"}`)
	}
}
