package doctor

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/phone"
)

func TestEachFindingIsJudgedByWhatFollowsFromIt(t *testing.T) {
	lower := hookswitch.DefaultOrg()
	lower.CodeDigits, lower.CodeLifetime, lower.Guesses.Disable, lower.HookFallback.AcceptDuplicates = 4, time.Hour, 0, true
	lower.Lines = map[string]string{string(phone.VoIP): string(phone.SMSOnly)}
	lost := errors.New("connection refused")
	on := map[string]string{"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
	refused := func(f hookswitch.Failure) error { return fmt.Errorf("poll: %w", &hookswitch.SendError{Failure: f}) }
	for _, c := range []struct {
		rule  string
		found []Finding
		want  []Verdict
	}{
		{"a database of today", JudgeDatabase(Database{Name: "sqlite", Version: "3.50.0", Schema: 6, Newest: 6}, nil), []Verdict{OK}},
		{"an empty one", JudgeDatabase(Database{Name: "sqlite", Version: "3.50.0", Newest: 6}, nil), []Verdict{Warning}},
		{"one of yesterday", JudgeDatabase(Database{Name: "postgres", Version: "15.18", Schema: 5, Newest: 6, Durable: on}, nil), []Verdict{Warning}},
		{"one of tomorrow", JudgeDatabase(Database{Name: "postgres", Version: "17.2", Schema: 7, Newest: 6, Durable: on}, nil), []Verdict{Failure}},
		{"an old PostgreSQL", JudgeDatabase(Database{Name: "postgres", Version: "13.1", Schema: 6, Newest: 6}, nil), []Verdict{OK, Failure}},
		{"fsync off", JudgeDatabase(Database{Name: "postgres", Version: "16.1", Schema: 6, Newest: 6, Durable: map[string]string{"fsync": "off"}}, nil), []Verdict{OK, Failure}},
		{"no database", JudgeDatabase(Database{}, lost), []Verdict{Failure}},

		{"a key that fits", []Finding{JudgeKey("fits", "k")}, []Verdict{OK}},
		{"no key", []Finding{JudgeKey("missing", "k")}, []Verdict{Failure}},
		{"another key", []Finding{JudgeKey("wrong", "k")}, []Verdict{Failure}},

		{"a fast disk", []Finding{JudgeDisk("d", 3000, nil)}, []Verdict{OK}},
		{"a slow disk", []Finding{JudgeDisk("d", 40, nil)}, []Verdict{Warning}},
		{"a disk that takes nothing", []Finding{JudgeDisk("d", 0, lost)}, []Verdict{Failure}},
		{"a database beside us", []Finding{JudgeDistance(time.Millisecond)}, []Verdict{OK}},
		{"a database far away", []Finding{JudgeDistance(20 * time.Millisecond)}, []Verdict{Warning}},

		{"nobody to ask", []Finding{JudgeClock(nil)}, []Verdict{Skipped}},
		{"clocks that agree as far as can be known", []Finding{JudgeClock([]Offset{{"a", -3 * time.Second, 2 * time.Second}})}, []Verdict{OK}},
		{"a clock that is off", []Finding{JudgeClock([]Offset{{"a", 0, 0}, {"b", 10 * time.Second, time.Second}})}, []Verdict{Warning}},
		{"a clock of another hour", []Finding{JudgeClock([]Offset{{"a", -time.Hour, time.Second}})}, []Verdict{Failure}},

		{"a public URL", JudgePublicURL("https://sms.example.com", 200, nil), []Verdict{OK}},
		{"a public URL in clear", JudgePublicURL("http://sms.example.com", 200, nil), []Verdict{OK, Failure}},
		{"a laptop", JudgePublicURL("http://127.0.0.1:8080", 200, nil), []Verdict{OK, Warning}},
		{"an inner network", JudgePublicURL("https://10.1.2.3", 200, nil), []Verdict{OK, Warning}},
		{"nobody there", JudgePublicURL("https://sms.example.com", 0, lost), []Verdict{Failure}},
		{"somebody else there", JudgePublicURL("https://sms.example.com", 302, nil), []Verdict{Failure}},

		{"good credentials", []Finding{JudgeCredentials(hookswitch.Twilio, true, nil)}, []Verdict{OK}},
		{"bad credentials", []Finding{JudgeCredentials(hookswitch.Twilio, true, refused(hookswitch.Unauthorized))}, []Verdict{Failure}},
		{"an account without credit", []Finding{JudgeCredentials(hookswitch.Telesign, false, refused(hookswitch.AccountSuspended))}, []Verdict{Failure}},
		{"a carrier out of reach", []Finding{JudgeCredentials(hookswitch.Twilio, true, refused(hookswitch.Unreachable))}, []Verdict{Failure}},
		{"a carrier in trouble", []Finding{JudgeCredentials(hookswitch.Twilio, true, refused(hookswitch.ProviderError))}, []Verdict{Warning}},

		{"a callback that comes through", []Finding{JudgeCallback(hookswitch.Twilio, 404, true, nil)}, []Verdict{OK}},
		{"a callback that ends elsewhere", []Finding{JudgeCallback(hookswitch.Twilio, 404, false, nil)}, []Verdict{Failure}},
		{"a callback that the proxy changed", []Finding{JudgeCallback(hookswitch.Twilio, 403, true, nil)}, []Verdict{Failure}},
		{"a callback without a server", []Finding{JudgeCallback(hookswitch.Twilio, 0, false, lost)}, []Verdict{Failure}},

		{"the default settings", JudgeSettings(hookswitch.DefaultOrg()), []Verdict{OK}},
		{"every setting below the standards", JudgeSettings(lower), []Verdict{Warning, Warning, Warning, Warning, Warning}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			var got []Verdict
			for _, f := range c.found {
				got = append(got, f.Verdict)
				if bad := f.Verdict == Warning || f.Verdict == Failure; bad != (f.Next != "") {
					t.Errorf("what is not well tells what to do, and nothing else does: %+v", f)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%+v, want %v", c.found, c.want)
			}
		})
	}
}
