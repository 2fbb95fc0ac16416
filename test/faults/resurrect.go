package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"sync/atomic"
	"time"

	"hookswitch"
	"hookswitch/internal/app"
	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
)

// reviveEvery is how often a state is not only read but served.
const reviveEvery = 20

// resurrect makes the files as a loss of power could leave them, and looks at what is there.
func (t *trial) resurrect(ctx context.Context, r *recording, carriers *app.Carriers, n, moment int, dice *rand.Rand) error {
	folder, err := os.MkdirTemp("", "power-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	l := luck(dice.IntN(int(lucks)))
	for _, below := range []string{"", "data"} {
		if err := lay(filepath.Join(folder, below), r.disks[below].after(moment, l, dice)); err != nil {
			return err
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "master.key")); errors.Is(err, fs.ErrNotExist) && r.promised(moment) {
		return errors.New("the master key is gone")
	}
	began := time.Now()
	db, err := sqlite.Open(ctx, filepath.Join(folder, "data", "hookswitch.db"), store.Options{})
	if err != nil {
		return fmt.Errorf("it cannot be opened: %w", err)
	}
	t.recovery = append(t.recovery, time.Since(began))
	found, err := examine(ctx, db)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	t.deliveries += len(found.deliveries)
	if err := r.holds(found, moment); err != nil || n%reviveEvery != 0 {
		return err
	}
	return r.revive(ctx, folder, carriers, moment)
}

func lay(folder string, files map[string][]byte) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// promised tells whether anything had been answered with success.
func (r *recording) promised(moment int) bool {
	for _, at := range r.answers {
		if at < moment {
			return true
		}
	}
	return false
}

// remains is what is in a database.
type remains struct {
	requests   map[string]bool // ids of those that events tell of
	sends      map[string]int  // by the tag of the request
	accepted   map[string]int
	deliveries map[string]*standing
}

// standing is a delivery, and what the log says of it.
type standing struct {
	state           hookswitch.DeliveryState
	sends, receives int
}

var (
	requestID  = regexp.MustCompile(`"(req[0-9A-Za-z]{17})"`)
	loadTag    = regexp.MustCompile(`"(faults-[0-9]+)"`)
	deliveryID = regexp.MustCompile(`"(` + hookswitch.DeliveryID + `[0-9A-Za-z]+)"`)
)

// examine reads the database, past the API: at most moments no server runs.
func examine(ctx context.Context, db *store.DB) (remains, error) {
	found := remains{requests: map[string]bool{}, sends: map[string]int{}, accepted: map[string]int{}, deliveries: map[string]*standing{}}
	err := db.View(ctx, func(tx *store.Tx) error {
		var sound string
		if err := tx.QueryRow("SELECT * FROM pragma_integrity_check", nil, &sound); err != nil || sound != "ok" {
			return errors.Join(fmt.Errorf("integrity_check says %q", sound), err)
		}
		if err := tx.Query("SELECT id, state FROM deliveries", nil, func(row store.Row) error {
			var id string
			var s standing
			err := row.Scan(&id, &s.state)
			found.deliveries[id] = &s
			return err
		}); err != nil {
			return err
		}
		return tx.Query("SELECT type, result, data FROM events", nil, func(row store.Row) error {
			var e event
			var data string
			if err := row.Scan(&e.Type, &e.Outcome.Result, &data); err != nil {
				return err
			}
			return found.take(e, data)
		})
	})
	return found, err
}

func first(pattern *regexp.Regexp, text string) string {
	if m := pattern.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

func (f remains) take(e event, data string) error {
	f.requests[first(requestID, data)] = true
	tag := first(loadTag, data)
	if isAccepted(e) {
		f.accepted[tag]++
	}
	if !isSend(e) && !isReceive(e) {
		return nil
	}
	k := f.deliveries[first(deliveryID, data)]
	if k == nil {
		return fmt.Errorf("an event of a delivery that is not there: %s", e.Type)
	}
	if isSend(e) {
		k.sends++
		f.sends[tag]++
	} else {
		k.receives++
	}
	return nil
}

// holds compares what is there with what had been answered, and the log with the deliveries.
func (r *recording) holds(found remains, moment int) error {
	for id, k := range found.deliveries {
		sends, receives := 1, 0
		if k.state == hookswitch.Sending {
			sends = 0
		} else if k.state.Final() {
			receives = 1
		}
		if k.sends != sends || k.receives != receives {
			return fmt.Errorf("%s is %s, and the log has %d send events and %d receive_status", id, k.state, k.sends, k.receives)
		}
	}
	for _, id := range r.made {
		if r.before(id, moment) && !found.requests[id] {
			return fmt.Errorf("%s was answered with success, and nothing is left of it", id)
		}
	}
	sent := map[int]int{} // by wish
	for _, q := range r.history {
		sent[q.wish] += found.sends[q.tag]
	}
	for _, q := range r.history {
		if !q.succeeded() || !r.before(q.id, moment) {
			continue
		}
		if q.kind == asksSend && sent[q.wish] == 0 {
			return fmt.Errorf("%s was told that its message was sent, and the log has none", q.tag)
		}
		if q.kind == asksVerify && found.accepted[q.tag] != 1 {
			return fmt.Errorf("%s was told that its passcode is right, and the log says so %d times", q.tag, found.accepted[q.tag])
		}
	}
	return nil
}

// revive serves the files: passcodes that were accepted must be refused, and every delivery must come to its end.
func (r *recording) revive(ctx context.Context, folder string, carriers *app.Carriers, moment int) error {
	var ahead atomic.Int64 // of the clock
	ahead.Store(int64(time.Until(r.ended)))
	a, err := app.New(ctx, app.Options{
		Listen: "127.0.0.1:0", Data: folder, DatabaseURL: "sqlite:" + filepath.Join(folder, "data", "hookswitch.db"),
		TwilioURL: carriers.URL(), TelesignURL: carriers.URL(), StatusDeadline: time.Minute, BootstrapToken: token,
		Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) },
	})
	if err != nil {
		return fmt.Errorf("it cannot be served: %w", err)
	}
	if err := a.Start(ctx); err != nil {
		return errors.Join(err, a.Stop())
	}
	client := newClient()
	defer client.CloseIdleConnections()
	err = r.repeatAccepted(ctx, client, a.URL(), moment)
	ahead.Add(int64(2 * time.Hour))
	return errors.Join(err, comeToAnEnd(ctx, client, a.URL()), a.Stop())
}

// repeatAccepted gives back again the last passcodes that were accepted.
func (r *recording) repeatAccepted(ctx context.Context, client *http.Client, base string, moment int) error {
	tried := 0
	for i := len(r.history) - 1; i >= 0 && tried < 20; i-- {
		q := r.history[i]
		if q.kind != asksVerify || !q.succeeded() || !r.before(q.id, moment) {
			continue
		}
		tried++
		p := r.people[q.person]
		status, _, err := exchange(ctx, client, http.MethodPost, base+"/api/v1/users/"+p.user+"/factors/"+p.factor+"/verify", headers("again"),
			map[string]string{"passCode": q.code}, nil)
		if err != nil || status < 400 || status >= 500 {
			return errors.Join(fmt.Errorf("the passcode of %s, given once more, was answered %d", q.tag, status), err)
		}
	}
	return nil
}

// comeToAnEnd waits until every delivery has its last event, hours later by the server's clock.
func comeToAnEnd(ctx context.Context, client *http.Client, base string) error {
	var found []string
	for until := time.Now().Add(patience); time.Now().Before(until) && ctx.Err() == nil; rest(ctx, 200*time.Millisecond) {
		events, _, err := readLog(ctx, client, base+"/api/v1/logs?limit=1000")
		if err != nil {
			return err
		}
		if found = (evidence{events: events, atRest: true}).violations(); len(found) == 0 {
			return nil
		}
	}
	return fmt.Errorf("once it was served again: %v", found[:min(3, len(found))])
}
