package admin_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/scim"
	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/sqlite"
)

// BenchmarkUserPages reads pages of 200 from 100,000 users. What counts is p99-ms.
func BenchmarkUserPages(b *testing.B) {
	options := store.Options{Now: time.Now, NoSync: true, Sealer: plainly{}}
	b.Run("SQLite", func(b *testing.B) {
		db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"), options)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		benchUsers(b, db)
	})
	b.Run("PostgreSQL", func(b *testing.B) {
		db, err := postgres.Open(b.Context(), cluster.Database(b), options)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		benchUsers(b, db)
	})
}

func benchUsers(b *testing.B, db *store.DB) {
	const many, batch = 100_000, 2000
	began := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := 0; i < many; i += batch {
		err := db.Update(b.Context(), func(tx *store.Tx) error {
			for n := i; n < i+batch; n++ {
				at := began.Add(time.Duration(n) * time.Minute)
				u := hookswitch.User{
					ID: fmt.Sprintf("00u%017d", n), Status: hookswitch.UserActive, Created: at, Activated: at, LastUpdated: at, Version: 1,
					Profile: hookswitch.Profile{
						Login: fmt.Sprintf("user%d@example.com", n), Email: fmt.Sprintf("user%d@example.com", n), FirstName: "Ana", LastName: fmt.Sprintf("Lima%d", n%500),
						MobilePhone: "+12025550123", Department: "Sales", Title: "Engineer", City: "São Paulo",
					},
				}
				if err := tx.InsertUser(u); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	service := admin.New(admin.Options{View: port(db.View, func(tx *store.Tx) admin.Tx { return tx })})
	for _, way := range []struct{ name, search, q string }{
		{"all", "", ""}, {"lastUpdated", `lastUpdated gt "2026-01-20T00:00:00Z"`, ""}, {"lastName", `profile.lastName eq "lima77"`, ""},
		{"login", `profile.login eq "user777@example.com"`, ""}, {"q", "", "user77"},
	} {
		b.Run(way.name, func(b *testing.B) {
			first := admin.UserSearch{Limit: 200, Query: way.q}
			if way.search != "" {
				var err error
				if first.Filter, err = scim.Parse(way.search, admin.UserAttribute); err != nil {
					b.Fatal(err)
				}
			}
			search := first
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				page, err := service.Users(b.Context(), search)
				if err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
				if search.After = page.Next; page.Next == nil {
					search = first
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
		})
	}
}
