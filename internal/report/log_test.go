package report

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hookswitch"
	"hookswitch/internal/phone"
	"hookswitch/internal/scim"
	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/postgres/postgrestest"
	"hookswitch/internal/store/sqlite"
)

var cluster = postgrestest.Cluster{Settings: postgrestest.Forgetful()}

func TestMain(m *testing.M) {
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

// plainly seals nothing: what is sealed is another test's.
type plainly struct{}

func (plainly) Seal(plain []byte, _ string) ([]byte, error)  { return plain, nil }
func (plainly) Open(sealed []byte, _ string) ([]byte, error) { return sealed, nil }

// onBoth runs a rule on every database.
func onBoth(t *testing.T, rule func(t *testing.T, db *store.DB)) {
	options := store.Options{Now: time.Now, NoSync: true, Sealer: plainly{}}
	t.Run("SQLite", func(t *testing.T) {
		db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), options)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		rule(t, db)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		db, err := postgres.Open(t.Context(), cluster.Database(t), options)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		rule(t, db)
	})
}

func reading(db *store.DB, now func() time.Time) *Service {
	return New(func(ctx context.Context, fn func(Tx) error) error {
		return db.View(ctx, func(tx *store.Tx) error { return fn(tx) })
	}, phone.NewCache(phone.Overrides{}, 10), now)
}

func write(t testing.TB, db *store.DB, events ...hookswitch.Event) {
	t.Helper()
	if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.AppendEvents(events...) }); err != nil {
		t.Fatal(err)
	}
}

func monday() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }

// still is a clock that stands, so that only rows count against the budget.
func still() time.Time { return monday() }

var (
	kinds  = []hookswitch.EventType{hookswitch.SMSFactorVerify, hookswitch.SMSStatus, hookswitch.CallStatus, hookswitch.UserCreated, hookswitch.RateLimitViolation}
	people = []string{"00u0000000000000000a", "00u0000000000000000b", "00u0000000000000000c"}
	phones = []string{"+12025550101", "+12025550102", ""}
	texts  = []string{"", "queued", "Queued \"<late>\"", "été", "ÉTÉ", "\u212Aelvin", "a\\b", "TWILIO"}
)

func drawEvent(t *rapid.T, i int) hookswitch.Event {
	text := rapid.SampledFrom(texts)
	at := monday().Add(time.Duration(i/3) * time.Second) // several at one time
	e := hookswitch.Event{
		UUID: hookswitch.NewUUID(at, rand.Reader), Type: rapid.SampledFrom(kinds).Draw(t, "type"), Published: at,
		Severity: rapid.SampledFrom([]string{"INFO", "WARN"}).Draw(t, "severity"), Message: text.Draw(t, "message"),
		Result: rapid.SampledFrom([]hookswitch.Result{hookswitch.ResultSuccess, hookswitch.ResultDeny}).Draw(t, "result"), Reason: text.Draw(t, "reason"),
	}
	if rapid.Bool().Draw(t, "web") {
		e.Origin = hookswitch.Origin{
			RequestID: "req1", IP: rapid.SampledFrom([]string{"203.0.113.1", "2001:db8::1"}).Draw(t, "ip"), UserAgent: text.Draw(t, "agent"),
			URI: "/api/v1/users", TokenID: "00T1", Actor: hookswitch.Entity{ID: people[0], Type: "User", AlternateID: "ana@example.com"},
		}
	}
	if rapid.Bool().Draw(t, "of a user") {
		e.Targets = append(e.Targets, hookswitch.Entity{ID: rapid.SampledFrom(people).Draw(t, "user"), Type: "User", AlternateID: "bo@example.com", DisplayName: text.Draw(t, "name")})
	}
	if number := rapid.SampledFrom(phones).Draw(t, "phone"); number != "" {
		e.Targets = append(e.Targets, hookswitch.Entity{ID: "sms1", Type: "MobilePhone", AlternateID: number})
		e.Debug = append(e.Debug, hookswitch.Datum{Key: "phoneNumber", Value: number})
	}
	e.Debug = append(e.Debug, hookswitch.Datum{Key: "status", Value: text.Draw(t, "status")})
	return e
}

func drawFilter(t *rapid.T, depth int) string {
	shapes := []string{"compare", "and", "or", "not"}
	if depth == 0 {
		shapes = shapes[:1]
	}
	switch rapid.SampledFrom(shapes).Draw(t, "shape") {
	case "and", "or":
		word := rapid.SampledFrom([]string{" and ", " or "}).Draw(t, "word")
		return "(" + drawFilter(t, depth-1) + word + drawFilter(t, depth-1) + ")"
	case "not":
		return "not " + drawFilter(t, depth-1)
	}
	var values []string
	for _, k := range kinds {
		values = append(values, string(k))
	}
	path := rapid.SampledFrom([]string{
		"eventType", "target.id", "debugContext.debugData.phoneNumber", "debugContext.debugData.status", "displayMessage", "outcome.reason",
		"actor.id", "actor.type", "client.ipAddress", "request.ipChain.version", "transaction.type", "target.alternateId", "severity",
		"outcome.result", "debugContext.debugData.requestUri", "client.userAgent.rawUserAgent", "version", "client.zone",
	}).Draw(t, "path")
	switch path {
	case "eventType":
	case "target.id", "actor.id":
		values = append(people, "sms1", "system")
	case "debugContext.debugData.phoneNumber", "target.alternateId":
		values = append(phones, "bo@example.com")
	default:
		values = append(texts, "INFO", "SUCCESS", "V4", "V6", "JOB", "User", "SystemPrincipal", "203.0.113.1", "/api", "0")
	}
	op := rapid.SampledFrom([]string{"eq", "eq", "ne", "sw", "ew", "pr", "gt"}).Draw(t, "op")
	if op == "pr" {
		return path + " pr"
	}
	value := rapid.SampledFrom(values).Draw(t, "value")
	return path + " " + op + ` "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

// all follows a search to its end.
func all(t interface{ Fatal(...any) }, s *Service, search LogSearch) (ids []string, pages int) {
	for {
		page, err := s.Log(context.Background(), search)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Events) > search.Limit {
			t.Fatal(len(page.Events), "events on a page of", search.Limit)
		}
		for _, e := range page.Events {
			ids = append(ids, e.UUID)
		}
		pages++
		if !page.More {
			return ids, pages
		}
		search.After = page.Last
	}
}

func TestASearchFindsWhatMatchesInItsOrderAndNothingElse(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		var events []hookswitch.Event
		for i := range 300 {
			events = append(events, rapid.Custom(func(t *rapid.T) hookswitch.Event { return drawEvent(t, i) }).Example(i))
		}
		write(t, db, events...)
		s := reading(db, still)
		rapid.Check(t, func(t *rapid.T) {
			search := LogSearch{Since: monday().Add(10 * time.Second), Limit: rapid.SampledFrom([]int{7, 50, 400}).Draw(t, "limit")}
			switch rapid.SampledFrom([]string{"poll", "up", "down"}).Draw(t, "order") {
			case "poll":
				search.ByArrival = true
			case "up":
				search.Until = monday().Add(80 * time.Second)
			case "down":
				search.Descending = true
			}
			if rapid.IntRange(0, 4).Draw(t, "filtered") > 0 {
				text := drawFilter(t, 3)
				var err error
				if search.Filter, err = scim.Parse(text, LogAttribute); err != nil {
					t.Fatal(text, err)
				}
			}
			var err error
			search.Words, err = Words(rapid.SampledFrom([]string{"", "", "QUEUED", "twilio-info", "été", "kelvin", "sms system", "<late>", "nowhere"}).Draw(t, "q"))
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for i := range events {
				e := &events[i]
				inTime := !e.Published.Before(search.Since) && (search.Until.IsZero() || e.Published.Before(search.Until))
				if inTime && s.log.matches(e, search.Filter, search.Words) {
					want = append(want, e.UUID)
				}
			}
			if search.Descending {
				slices.Reverse(want)
			}
			if got, _ := all(t, s, search); !slices.Equal(got, want) {
				t.Fatalf("%s %v\nfound %v\nwant  %v", search.Filter, search.Words, got, want)
			}
		})
	})
}

func TestALongSearchEndsThePageEarlyAndGoesOnWhereItStopped(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		const many = 25_000
		var ids []string
		for begin := 0; begin < many; begin += 5000 {
			var events []hookswitch.Event
			for i := begin; i < begin+5000; i++ {
				e := hookswitch.Event{UUID: fmt.Sprint(i), Type: hookswitch.SMSStatus, Published: monday().Add(time.Duration(i) * time.Millisecond), Result: hookswitch.ResultSuccess}
				if i%12_000 == 11_000 {
					e.Reason = "needle"
					ids = append(ids, e.UUID)
				}
				events = append(events, e)
			}
			write(t, db, events...)
		}
		filter, err := scim.Parse(`outcome.reason eq "needle"`, LogAttribute)
		if err != nil {
			t.Fatal(err)
		}
		s := reading(db, still)
		for _, search := range []LogSearch{{ByArrival: true}, {Until: monday().Add(time.Hour)}, {Words: []string{"needle"}}} {
			search.Since, search.Limit = monday(), 100
			if search.Words == nil {
				search.Filter = filter
			}
			if first, err := s.Log(t.Context(), search); err != nil || len(first.Events) != 0 || !first.More {
				t.Fatalf("the first page: %+v, %v", first, err)
			}
			if got, pages := all(t, s, search); !slices.Equal(got, ids) || pages != many/mostRows+1 {
				t.Errorf("found %v in %d pages", got, pages)
			}
			search.Patience = time.Minute
			if first, err := s.Log(t.Context(), search); err != nil || len(first.Events) != 1 {
				t.Errorf("the first page of a patient reader: %+v, %v", first, err)
			}
		}
		var now time.Time
		hurried := reading(db, func() time.Time { now = now.Add(mostTime / 4); return now })
		first, err := hurried.Log(t.Context(), LogSearch{Since: monday(), Limit: 100, Filter: filter, Until: monday().Add(time.Hour)})
		if err != nil || !first.More || first.Last.Published.After(monday().Add(time.Second)) {
			t.Errorf("after the time of a page: %+v, %v", first, err)
		}
	})
}

func TestAMessageIsFoundByItsIDsWithoutReadingTheLog(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		d := hookswitch.Delivery{ID: "dlv1", Phone: phones[0], Reference: "SM1", State: hookswitch.Delivered, Created: monday(), Version: 1}
		err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.InsertDelivery(d) })
		if err != nil {
			t.Fatal(err)
		}
		var events []hookswitch.Event
		for i := range 12_000 {
			e := hookswitch.Event{UUID: fmt.Sprint(i), Type: hookswitch.SMSStatus, Published: monday().Add(time.Duration(i) * time.Millisecond), Result: hookswitch.ResultSuccess}
			if i == 11_990 {
				e.Targets = []hookswitch.Entity{{ID: people[1], Type: "User"}, {ID: "sms1", Type: "MobilePhone", AlternateID: d.Phone}}
				e.Debug = []hookswitch.Datum{{Key: "deliveryId", Value: d.ID}, {Key: "transactionId", Value: d.Reference}, {Key: "phoneNumber", Value: d.Phone}}
				e.Type = hookswitch.SMSFactorVerify
			}
			events = append(events, e)
		}
		write(t, db, events...)
		for _, text := range []string{
			`debugContext.debugData.deliveryId eq "dlv1"`, `debugContext.debugData.transactionId eq "SM1"`, `debugContext.debugData.phoneNumber eq "+12025550101"`,
			`target.id eq "` + people[1] + `" and severity ne "WARN"`, `eventType eq "system.sms.send_factor_verify_message"`,
			`eventType eq "system.sms.send_factor_verify_message" or event_type eq "user.lifecycle.create"`,
		} {
			filter, err := scim.Parse(text, LogAttribute)
			if err != nil {
				t.Fatal(err)
			}
			page, err := reading(db, still).Log(t.Context(), LogSearch{Since: monday(), Until: monday().Add(time.Hour), Limit: 10, Filter: filter})
			if err != nil || len(page.Events) != 1 || page.More {
				t.Errorf("%s: %+v, %v", text, page, err)
			}
		}
	})
}

// An event may be older by its time than those that were written before it. Who polls from a time on gets all since then.
func TestAPollSkipsNothingWhenAClockWasPutBack(t *testing.T) {
	onBoth(t, func(t *testing.T, db *store.DB) {
		for i, minute := range []int{10, 11, 4, 5, 12} {
			write(t, db, hookswitch.Event{
				UUID: fmt.Sprint(i), Type: hookswitch.SMSStatus, Published: monday().Add(time.Duration(minute) * time.Minute), Result: hookswitch.ResultSuccess,
			})
		}
		for since, want := range map[int][]string{0: {"0", "1", "2", "3", "4"}, 5: {"0", "1", "3", "4"}, 11: {"1", "4"}} {
			got, _ := all(t, reading(db, still), LogSearch{Since: monday().Add(time.Duration(since) * time.Minute), ByArrival: true, Limit: 100})
			if !slices.Equal(got, want) {
				t.Errorf("since minute %d: %v, want %v", since, got, want)
			}
		}
	})
}
