package report

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/scim"
	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/sqlite"
)

// BenchmarkLogPages walks through a System Log of BENCH_EVENTS events, 100,000 unless said otherwise, page by page and in
// many ways. What counts is p99-ms and max-ms of a page.
func BenchmarkLogPages(b *testing.B) {
	many, err := strconv.Atoi(os.Getenv("BENCH_EVENTS"))
	if err != nil {
		many = 100_000
	}
	options := store.Options{Now: time.Now, NoSync: true, Sealer: plainly{}}
	b.Run("SQLite", func(b *testing.B) {
		db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"), options)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		benchPages(b, db, many)
	})
	b.Run("PostgreSQL", func(b *testing.B) {
		db, err := postgres.Open(b.Context(), cluster.Database(b), options)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		benchPages(b, db, many)
	})
}

func benchPages(b *testing.B, db *store.DB, many int) {
	const batch = 5000
	end := monday()
	for begin := 0; begin < many; begin += batch {
		var events []hookswitch.Event
		for i := begin; i < begin+batch; i++ {
			events = append(events, sentMessage(i, end.Add(time.Duration(i-many)*90*24*time.Hour/time.Duration(many))))
		}
		write(b, db, events...)
	}
	year := LogSearch{Since: end.AddDate(-1, 0, 0), Limit: 100}
	for _, way := range []struct {
		name, filter, q string
		change          func(*LogSearch)
	}{
		{"poll", "", "", func(s *LogSearch) { s.ByArrival = true }},
		{"poll/last day", "", "", func(s *LogSearch) { s.ByArrival, s.Since = true, end.AddDate(0, 0, -1) }},
		{"newest", "", "", func(s *LogSearch) { s.Descending = true }},
		{"1000 newest", "", "", func(s *LogSearch) { s.Descending, s.Limit = true, 1000 }},
		{"one type", `eventType eq "user.lifecycle.create"`, "", func(s *LogSearch) { s.Descending = true }},
		{"two types", `eventType eq "user.lifecycle.create" or eventType eq "system.sms.receive_status"`, "", func(s *LogSearch) { s.Until = end }},
		{"one user", `target.id eq "` + benchUser(77) + `"`, "", func(s *LogSearch) { s.Until = end }},
		{"one phone", `debugContext.debugData.phoneNumber eq "+12025550077"`, "", func(s *LogSearch) { s.Descending = true }},
		{"failures", `outcome.result eq "FAILURE"`, "", func(s *LogSearch) { s.Descending = true }},
		{"an address", `client.ipAddress eq "203.0.113.7"`, "", func(s *LogSearch) { s.Until = end }},
		{"none such", `actor.alternateId eq "nobody@example.com"`, "", func(s *LogSearch) { s.Until = end }},
		{"none such/poll", `debugContext.debugData.providerCode eq "99999"`, "", func(s *LogSearch) { s.ByArrival = true }},
		{"none such/ne", `outcome.result ne "SUCCESS" and outcome.result ne "FAILURE"`, "", func(s *LogSearch) { s.Until = end }},
		{"words", "", "user77@example.com queued", func(s *LogSearch) { s.Descending = true }},
	} {
		b.Run(way.name, func(b *testing.B) {
			search := year
			way.change(&search)
			if way.filter != "" {
				var err error
				if search.Filter, err = scim.Parse(way.filter, LogAttribute); err != nil {
					b.Fatal(err)
				}
			}
			search.Words, _ = Words(way.q)
			walk(b, reading(db, time.Now), search)
		})
	}
}

func walk(b *testing.B, s *Service, first LogSearch) {
	var took []time.Duration
	found, search := 0, first
	for b.Loop() {
		began := time.Now()
		page, err := s.Log(b.Context(), search)
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		found += len(page.Events)
		if search.After = page.Last; !page.More {
			search = first
		}
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(ms(took[len(took)-1]), "max-ms")
	b.ReportMetric(float64(found)/float64(len(took)), "events/page")
}

func benchUser(i int) string { return fmt.Sprintf("00u%017d", i) }

func sentMessage(i int, at time.Time) hookswitch.Event {
	person, number := i%5000, fmt.Sprintf("+1202555%04d", i%5000)
	e := hookswitch.Event{
		UUID: hookswitch.NewUUID(at, rand.Reader), Type: hookswitch.SMSFactorVerify, Published: at, Severity: "INFO",
		Message: hookswitch.SMSFactorVerify.DisplayMessage(), Result: hookswitch.ResultSuccess,
		Origin: hookswitch.Origin{
			RequestID: hookswitch.NewID(hookswitch.RequestID, at, rand.Reader), IP: fmt.Sprintf("203.0.113.%d", i%256), Method: "POST",
			UserAgent: "okta-sdk-golang/5.0.2 golang/go1.26 linux/amd64", URI: "/api/v1/users/" + benchUser(person) + "/factors/sms/verify",
			Actor: hookswitch.Entity{ID: benchUser(1), Type: "User", AlternateID: "bo@example.com", DisplayName: "Bo"}, TokenID: "00T1",
		},
		Targets: []hookswitch.Entity{
			{ID: benchUser(person), Type: "User", AlternateID: fmt.Sprintf("user%d@example.com", person), DisplayName: "Ana Lima"},
			{ID: "sms00000000000000001", Type: "MobilePhone", AlternateID: number, DisplayName: number},
		},
		Debug: []hookswitch.Datum{
			{Key: "deliveryId", Value: hookswitch.NewID(hookswitch.DeliveryID, at, rand.Reader)}, {Key: "status", Value: "queued"},
			{Key: "smsProvider", Value: "TWILIO"}, {Key: "transactionId", Value: fmt.Sprintf("SM%032x", i)}, {Key: "attempts", Value: "TWILIO: accepted"},
			{Key: "phoneNumber", Value: number}, {Key: "countryCallingCode", Value: "1"},
		},
	}
	switch {
	case i%10_000 == 0:
		e.Type, e.Targets = hookswitch.UserCreated, e.Targets[:1]
	case i%2 == 1:
		e.Type, e.Message = hookswitch.SMSStatus, hookswitch.SMSStatus.DisplayMessage()
	}
	if i%5000 == 4999 {
		e.Result, e.Severity, e.Reason = hookswitch.ResultFailure, "ERROR", "Number is not reachable"
	}
	return e
}
