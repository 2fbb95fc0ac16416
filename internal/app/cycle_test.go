package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/netip"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/enroll"
	"hookswitch/internal/provider"
	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres/postgrestest"
)

// pigeon is a provider that takes every message at once, and whose callbacks are always genuine.
type pigeon struct{ codes *sync.Map }

func (p pigeon) Send(_ context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	p.codes.Store(m.To, [2]string{m.Code.Reveal(), m.DeliveryID})
	return hookswitch.Receipt{Method: "pigeon", Reference: "PG" + m.DeliveryID, Report: hookswitch.Report{Fate: hookswitch.StatusInterim, Word: hookswitch.WordQueued, ProviderStatus: "queued"}}, nil
}

func (p pigeon) ReadCallback(c hookswitch.Callback) (hookswitch.Report, error) {
	return hookswitch.Report{Reference: string(c.Body), Fate: hookswitch.StatusArrived, Word: hookswitch.WordDelivered, ProviderStatus: "delivered"}, nil
}

// BenchmarkCycle is a cycle of a passcode without HTTP: what the use cases and the store cost. cpu-us/op is the
// processor time of the process, its database's not included.
func BenchmarkCycle(b *testing.B) {
	var cluster postgrestest.Cluster
	defer cluster.Stop()
	for name, url := range map[string]func(b *testing.B) string{
		"sqlite":   func(b *testing.B) string { return "sqlite:" + filepath.Join(b.TempDir(), "x.db") },
		"postgres": func(b *testing.B) string { return cluster.Database(b) },
	} {
		b.Run(name, func(b *testing.B) { benchCycle(b, url(b)) })
	}
}

func benchCycle(b *testing.B, url string) {
	ctx := b.Context()
	o, err := Options{Data: b.TempDir(), DatabaseURL: url, PublicURL: "http://127.0.0.1:1"}.Effective()
	if err != nil {
		b.Fatal(err)
	}
	key, err := loadMasterKey(o.MasterKeyFile)
	if err != nil {
		b.Fatal(err)
	}
	db, err := openDatabase(ctx, o.DatabaseURL, store.Options{Now: o.Now, Sealer: key})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	client, err := provider.NewClient(provider.Options{})
	if err != nil {
		b.Fatal(err)
	}
	use, err := newUseCases(ctx, o, db, key, client, newDoctor(o, db))
	if err != nil {
		b.Fatal(err)
	}
	birds := pigeon{new(sync.Map)}
	use.accounts.makers = map[hookswitch.ProviderName]maker{hookswitch.Twilio: func(hookswitch.TelephonyProvider) hookswitch.Provider { return birds }}
	origin := hookswitch.Origin{RequestID: "req0000000000000000", IP: "127.0.0.1", UserAgent: "bench", Method: "POST", URI: "/api/v1/x", Actor: hookswitch.SystemActor(), TokenID: "00T00000000000000"}
	p, err := use.admin.CreateProvider(ctx, adminProvider(), origin)
	if err == nil {
		_, err = use.admin.ActivateProvider(ctx, p.ID, origin)
	}
	if err != nil {
		b.Fatal(err)
	}
	const people = 20_000
	type person struct{ user, factor, phone string }
	all := make([]person, people)
	for from := 0; from < people; from += 1000 {
		err := db.Update(ctx, func(tx *store.Tx) error {
			for i := from; i < from+1000; i++ {
				now := tx.Now().Add(time.Duration(i) * time.Millisecond)
				u := hookswitch.User{ID: hookswitch.NewID(hookswitch.UserID, now, rand.Reader), Status: hookswitch.UserActive, Profile: hookswitch.Profile{Login: fmt.Sprint("u", i), FirstName: "A", LastName: "B"}, Version: 1, Created: now, LastUpdated: now}
				f := hookswitch.Factor{ID: hookswitch.NewID(hookswitch.SMSID, now, rand.Reader), UserID: u.ID, Channel: hookswitch.SMS, Phone: fmt.Sprint("+1202", 2_000_000+i), Status: hookswitch.FactorActive, Version: 1, Created: now, LastUpdated: now}
				all[i] = person{u.ID, f.ID, f.Phone}
				if err := tx.InsertUser(u); err != nil {
					return err
				}
				if err := tx.InsertFactor(f); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	before := db.Stats()
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	used := processorTime()
	for range 64 {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				who := all[i*12347%people]
				if _, err := use.enroll.Challenge(ctx, enroll.Use{UserID: who.user, FactorID: who.factor, Origin: origin}); err != nil {
					b.Error(err)
					return
				}
				got, _ := birds.codes.Load(who.phone)
				code := got.([2]string)
				if err := use.delivery.Callback(ctx, hookswitch.Twilio, code[1], hookswitch.Callback{Body: []byte("PG" + code[1]), From: netip.MustParseAddr("127.0.0.1")}); err != nil {
					b.Error(err)
					return
				}
				if _, err := use.enroll.Verify(ctx, enroll.Use{UserID: who.user, FactorID: who.factor, Passcode: hookswitch.Secret(code[0]), Origin: origin}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64((processorTime()-used).Microseconds())/float64(b.N), "cpu-us/op")
	s := db.Stats()
	b.ReportMetric(float64(s.Transactions-before.Transactions)/float64(s.Commits-before.Commits), "tx/commit")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "cycles/s")
}

func adminProvider() admin.NewProvider {
	return admin.NewProvider{Name: hookswitch.Twilio, SID: "AC00000000000000000000000000000001", AuthToken: "x", Methods: map[hookswitch.Channel]hookswitch.Method{
		hookswitch.SMS: {Option: "twilioMessageSid", Value: "MG00000000000000000000000000000001"}}}
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
