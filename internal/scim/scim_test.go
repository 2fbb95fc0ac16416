package scim

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// logSchema is a small System Log.
func logSchema(path string) (Attribute, bool) {
	switch path {
	case "eventType", "actor.id", "actor.alternateId", "client.ipAddress", "outcome.result", "target.id", "displayMessage":
		return Attribute{}, true
	case "event_type":
		return Attribute{Path: "eventType"}, true
	case "login":
		return Attribute{Fold: true}, true
	case "status":
		return Attribute{Operators: []Operator{Equal}}, true
	case "debugContext.debugData.url":
		return Attribute{Operators: []Operator{Equal, NotEqual, StartsWith, Present}}, true
	case "lastUpdated":
		return Attribute{Kind: Time}, true
	case "attempts":
		return Attribute{Kind: Number}, true
	case "system":
		return Attribute{Kind: Boolean}, true
	}
	return Attribute{}, strings.HasPrefix(path, "debugContext.debugData.")
}

// event is what the filters of these tests are asked about.
func event(path string) []any {
	return map[string][]any{
		"eventType":                         {"user.session.start"},
		"actor.id":                          {"00u1"},
		"actor.alternateId":                 {""},
		"client.ipAddress":                  {"10.0.0.7"},
		"displayMessage":                    {"Sagte \"Grüß dich\"\n"},
		"target.id":                         {"a", nil, "b"},
		"login":                             {"Ana.MÜLLER@Example.com"},
		"status":                            {"ACTIVE"},
		"lastUpdated":                       {time.Date(2026, 1, 31, 9, 0, 0, 500_000, time.UTC)},
		"attempts":                          {int64(3)},
		"system":                            {false},
		"debugContext.debugData.retried":    {true},
		"debugContext.debugData.count":      {12},
		"debugContext.debugData.at":         {time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC)},
		"debugContext.debugData.ratio":      {0.5},
		"debugContext.debugData.bad":        {[]string{"x"}},
		"debugContext.debugData.request-id": {"r_1"},
	}[path]
}

func TestMatch(t *testing.T) {
	for filter, want := range map[string]bool{
		`eventType eq "user.session.start"`:                       true,
		`event_type EQ "user.session.start"`:                      true,
		`eventType eq "User.session.start"`:                       false,
		`eventType Ne "user.session.end"`:                         true,
		`eventType ne "user.session.start"`:                       false,
		`eventType sw "user."`:                                    true,
		`eventType ew ".start"`:                                   true,
		`eventType co "session"`:                                  true,
		`eventType co "SESSION"`:                                  false,
		`eventType gt "user.session"`:                             true,
		`eventType ge "user.session.start"`:                       true,
		`eventType lt "user.session.start"`:                       false,
		`eventType le "user.session.start"`:                       true,
		`eventType pr`:                                            true,
		`actor.alternateId pr`:                                    false,
		`actor.alternateId eq ""`:                                 true,
		`actor.alternateId eq null`:                               true,
		`actor.alternateId ne null`:                               false,
		`actor.alternateId ne "x"`:                                true,
		`actor.alternateId lt "x"`:                                false,
		`eventType co ""`:                                         true,
		`eventType gt ""`:                                         true,
		`eventType le ""`:                                         false,
		`outcome.result pr`:                                       false,
		`outcome.result ne "SUCCESS"`:                             true,
		`displayMessage eq "Sagte \"Gr\u00fc\u00df dich\"\n"`:     true,
		`target.id eq "a" and target.id eq "b"`:                   true,
		`target.id eq "c"`:                                        false,
		`target.id ne "a"`:                                        false,
		`login eq "ana.müller@example.COM"`:                       true,
		`login sw "ANA"`:                                          true,
		`lastUpdated gt "2026-01-31T09:00:00.000Z"`:               true,
		`lastUpdated eq "2026-01-31T10:00:00.0005+01:00"`:         true,
		`lastUpdated ge "2026-01-31"`:                             true,
		`lastUpdated lt "2026-01-31"`:                             false,
		`attempts eq 3`:                                           true,
		`attempts eq 3.0`:                                         true,
		`attempts gt 2.5`:                                         true,
		`attempts le 2e0`:                                         false,
		`attempts ne -1`:                                          true,
		`system eq false`:                                         true,
		`system ne false`:                                         false,
		`system pr`:                                               true,
		`debugContext.debugData.retried eq "true"`:                true,
		`debugContext.debugData.retried eq true`:                  true,
		`debugContext.debugData.count eq 12`:                      true,
		`debugContext.debugData.ratio eq "0.5"`:                   true,
		`debugContext.debugData.at sw "2026-01-31T09:00:00.000Z"`: true,
		`debugContext.debugData.bad pr`:                           true,
		`debugContext.debugData.bad eq "x"`:                       false,
		`debugContext.debugData.request-id eq "r_1"`:              true,
		`not eventType pr`:                                        false,
		`not (eventType pr and system eq true)`:                   true,
		`NOT(system eq true)AND(eventType pr)`:                    true,
		`eventType pr or eventType pr and system eq true`:         true,
		`(eventType pr or eventType pr) and system eq true`:       false,
		`system eq true and eventType pr or eventType pr`:         true,
		`not system eq true and not (not eventType pr)`:           true,
		" \t eventType\r\npr   ":                                  true,
		`eventType eq"user.session.start"and(actor.id pr)`:        true,
		`client.ipAddress eq "10.0.0.7" Or eventType eq "x"`:      true,
		`eventType eq "user" or eventType eq "user.session" or 
			(actor.id eq "00u1" and not (status eq "LOCKED_OUT"))`: true,
	} {
		expr, err := Parse(filter, logSchema)
		if err != nil {
			t.Errorf("%s: %v", filter, err)
			continue
		}
		if got := expr.Match(event); got != want {
			t.Errorf("%s: %v, want %v", filter, got, want)
		}
		printed := expr.String()
		again, err := Parse(printed, logSchema)
		if err != nil || again.String() != printed || again.Match(event) != want {
			t.Errorf("%s prints as %s, then %s, %v", filter, printed, again, err)
		}
	}
	if !(Expr{}).Match(event) || (Expr{}).String() != "" {
		t.Error("no filter does not match everything")
	}
}

func TestFiltersThatMeanTheSamePrintAlike(t *testing.T) {
	const want = `eventType eq "a<b" and (actor.id pr or not system eq true) and lastUpdated gt "2026-01-31T00:00:00Z"`
	for _, filter := range []string{
		want,
		`(event_type EQ "\u0061<b" AND (actor.id PR OR NOT(system eq true))) and (lastUpdated gt "2026-01-31")`,
		`eventType eq "a\u003cb"and((actor.id pr)or system ne true)and lastUpdated gt"2026-01-31T01:00:00+01:00"`,
	} {
		if expr, err := Parse(filter, logSchema); err != nil || expr.String() != want {
			t.Errorf("%s prints as %s, %v", filter, expr, err)
		}
	}
}

func TestAFaultIsNamedWithItsPosition(t *testing.T) {
	for _, c := range []struct {
		filter   string
		fault    Fault
		position int
		problem  string
	}{
		{`event_type eqq "Create okta user"`, Malformed, 11, "Unrecognized attribute operator 'eqq' at position 11. Expected: eq,co,sw,pr,gt,ge,lt,le"},
		{`displayMessage "x"`, Malformed, 15, "Expected an operator at position 15"},
		{``, Malformed, 0, "Expected an attribute at position 0"},
		{`   `, Malformed, 3, "Expected an attribute at position 3"},
		{`eventType`, Malformed, 9, "Expected an operator at position 9"},
		{`eventType eq`, Malformed, 12, "Expected a value at position 12"},
		{`eventType eq start`, Malformed, 13, "Expected a string in double quotes, a number, true, false or null at position 13"},
		{`eventType eq 'start'`, Malformed, 13, "Expected a string in double quotes, a number, true, false or null at position 13"},
		{`eventType eq "start`, Malformed, 13, "No closing quote for the one at position 13"},
		{`eventType eq "start\"`, Malformed, 13, "No closing quote for the one at position 13"},
		{`eventType eq "a\qb"`, Malformed, 13, "Invalid string at position 13"},
		{"eventType eq \"a\nb\"", Malformed, 13, "Invalid string at position 13"},
		{`eventType eq "\u0000"`, Malformed, 13, "Invalid string at position 13"},
		{"eventType eq \"\x00\"", Malformed, 14, "Invalid character at position 14"},
		{"eventType eq \"é\xff\"", Malformed, 15, "Invalid character at position 15"},
		{`eventType eq null and eventType gt null`, Malformed, 35, "Only eq and ne compare with null at position 35"},
		{`attempts eq "3"`, Malformed, 12, "Expected a number of at most 2^53 at position 12"},
		{`attempts eq 03`, Malformed, 12, "Expected a string in double quotes, a number, true, false or null at position 12"},
		{`attempts eq 1e99`, Malformed, 12, "Expected a number of at most 2^53 at position 12"},
		{`attempts eq NaN`, Malformed, 12, "Expected a string in double quotes, a number, true, false or null at position 12"},
		{`system eq 1`, Malformed, 10, "Expected true or false at position 10"},
		{`lastUpdated gt "yesterday"`, Malformed, 15, `Expected a time such as "2026-01-31T09:00:00.000Z" at position 15`},
		{`lastUpdated gt 2026`, Malformed, 15, `Expected a time such as "2026-01-31T09:00:00.000Z" at position 15`},
		{`lastUpdated gt "0000-01-01"`, Malformed, 15, `Expected a time such as "2026-01-31T09:00:00.000Z" at position 15`},
		{`displayMessage eq "é" x`, Malformed, 22, "Expected 'and' or 'or' at position 22"},
		{`eventType pr and`, Malformed, 16, "Expected an attribute at position 16"},
		{`eventType pr and or eventType pr`, NoField, 17, "field is not valid: or"},
		{`(eventType pr`, Malformed, 0, "No closing bracket for the one at position 0"},
		{`(eventType pr eventType pr)`, Malformed, 14, "Expected 'and', 'or' or ')' at position 14"},
		{`eventType pr)`, Malformed, 12, "No opening bracket for the one at position 12"},
		{`()`, Malformed, 1, "Expected an attribute at position 1"},
		{`target[id eq "a"]`, Malformed, 6, "Unexpected character in an attribute at position 6"},
		{`"eventType" eq "a"`, Malformed, 0, "Expected an attribute at position 0"},
		{`published gt "2026-01-31"`, NoField, 0, "field is not valid: published"},
		{`not (EventType pr)`, NoField, 5, "field is not valid: EventType"},
		{`debugContext.debugData.url co "x"`, NoSearch, 27, "The attribute does not support the operator at position 27"},
		{`status gt "A"`, NoSearch, 7, "The attribute does not support the operator at position 7"},
		{`status pr`, NoSearch, 7, "The attribute does not support the operator at position 7"},
		{`attempts co 3`, NoSearch, 9, "The attribute does not support the operator at position 9"},
		{`system gt true`, NoSearch, 7, "The attribute does not support the operator at position 7"},
		{`eventType ` + strings.Repeat("é", 100) + ` "x"`, Malformed, 10, "Unrecognized attribute operator '" + strings.Repeat("é", 20) + "...' at position 10. Expected: eq,co,sw,pr,gt,ge,lt,le"},
	} {
		_, err := Parse(c.filter, logSchema)
		fault, ok := errors.AsType[*Error](err)
		if !ok || fault.Fault != c.fault || fault.Position != c.position || fault.Problem != c.problem {
			t.Errorf("%s: %#v, want %d at %d: %s", c.filter, err, c.fault, c.position, c.problem)
		}
	}
}

func TestTheWordingIsOktas(t *testing.T) {
	schema := func(path string) (Attribute, bool) { return Attribute{}, path == "display_message" }
	for filter, want := range map[string]string{
		`display_message eqq "Create okta user"`: `Invalid filter 'display_message eqq "Create okta user"': ` +
			`Unrecognized attribute operator 'eqq' at position 16. Expected: eq,co,sw,pr,gt,ge,lt,le`,
		`some_invalid_field pr`: "field is not valid: some_invalid_field",
	} {
		if _, err := Parse(filter, schema); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestAFilterHasBounds(t *testing.T) {
	nested := func(depth int) string {
		return strings.Repeat("(", depth) + "eventType pr" + strings.Repeat(")", depth)
	}
	many := func(count int) string {
		return strings.TrimSuffix(strings.Repeat("eventType pr or ", count), " or ")
	}
	for name, c := range map[string]struct {
		filter string
		ok     bool
	}{
		"deepest":        {nested(MaxDepth), true},
		"too deep":       {nested(MaxDepth + 1), false},
		"negations":      {strings.Repeat("not ", MaxDepth) + "eventType pr", true},
		"more negations": {strings.Repeat("not ", MaxDepth+1) + "eventType pr", false},
		"side by side":   {"(eventType pr) and " + nested(MaxDepth), true},
		"most":           {many(MaxComparisons), true},
		"too many":       {many(MaxComparisons + 1), false},
		"longest":        {fmt.Sprintf("%-*s", MaxLength, "eventType pr"), true},
		"too long":       {fmt.Sprintf("%-*s", MaxLength+1, "eventType pr"), false},
		"10 kB":          {strings.Repeat("(", 10_000), false},
	} {
		if _, err := Parse(c.filter, logSchema); (err == nil) != c.ok || err != nil && len(err.Error()) > MaxLength+200 {
			t.Errorf("%s: %.200v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`eventType eq "user.session.start" and not (client.ipAddress sw "10." or debugContext.debugData.x pr)`,
		`lastUpdated gt "2026-01-31T09:00:00.000Z" or attempts ge -1.5e3 or system ne true`,
		`login eq null`, `((((`, `not (not not`, `target.id eq "\ud800\n\u0001"`, `status eqq "`, "a\xff", `eventType co "" and eventType lt ""`,
	} {
		f.Add(seed)
	}
	columns := map[string]Column{"eventType": {Expr: "t", Bytewise: true}, "attempts": {Expr: "n"}, "lastUpdated": {Expr: "at"}, "system": {Expr: "s"}}
	f.Fuzz(func(t *testing.T, filter string) {
		expr, err := Parse(filter, logSchema)
		if err != nil {
			if _, ok := errors.AsType[*Error](err); !ok {
				t.Fatal(err)
			}
			return
		}
		matched := expr.Match(event)
		where, args, _ := expr.SQL(columns, 1)
		if strings.Count(where, "$") != len(args) || where == "" {
			t.Fatalf("%s with %d arguments", where, len(args))
		}
		printed := expr.String()
		if len(printed) > MaxLength {
			return
		}
		again, err := Parse(printed, logSchema)
		if err != nil || again.String() != printed || again.Match(event) != matched {
			t.Fatalf("%s\nprints as\n%s\nthen\n%s, %v", filter, printed, again, err)
		}
	})
}

func BenchmarkFilter(b *testing.B) {
	const filter = `eventType eq "user.session.start" and not (client.ipAddress sw "10." or debugContext.debugData.x pr)`
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = Parse(filter, logSchema)
		}
	})
	expr, err := Parse(filter, logSchema)
	if err != nil {
		b.Fatal(err)
	}
	held := map[string][]any{"eventType": {"user.session.start"}, "client.ipAddress": {"192.0.2.1"}}
	b.Run("match", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			expr.Match(func(path string) []any { return held[path] })
		}
	})
}
