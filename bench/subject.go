package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// subject is one server under measurement, with its carrier and the people who use it.
type subject struct {
	name     string
	process  *process
	carrier  *carrier
	database *database // nil: bare
	client   *http.Client
	header   http.Header
	people   []enrolled
	next     atomic.Int64
	used     []atomic.Int64 // when each was last sent a code, in microseconds
	cycles   atomic.Int64   // that were begun
	idle     int64          // resident memory before the first request
}

// bootstrapToken is accepted by the servers that are measured, and by no other.
const bootstrapToken = "00bench-bootstrap-token-00000000000000000"

func newSubject(name string) *subject {
	return &subject{name: name, client: newHTTPClient(), header: http.Header{
		"Authorization": {"SSWS " + bootstrapToken}, "Content-Type": {"application/json"}, "Accept": {"application/json"},
		"User-Agent": {"hookswitch-bench"},
	}}
}

// startBare starts the bare topology.
func startBare(ctx context.Context, folder string) (*subject, error) {
	s := newSubject("bare")
	s.people = []enrolled{{"00u0000000000000000", "sms0000000000000000", phoneNumber(0)}}
	var err error
	if s.carrier, err = startBareCarrier(func() string { return s.process.url + "/callback" }); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s.process, err = startProcess(ctx, filepath.Join(folder, "bare.log"), self, []string{bareCommand, s.carrier.url})
	if err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, s.rest(ctx)
}

// startServer starts the product on a database full of people, and makes the carrier its provider.
func startServer(ctx context.Context, o settings, folder, name string, d *database) (*subject, error) {
	s := newSubject(name)
	s.database = d
	var err error
	if s.people, err = d.fill(ctx, o.numbers); err != nil {
		return nil, err
	}
	s.used = make([]atomic.Int64, len(s.people))
	if s.carrier, err = startCarrier(len(s.people)); err != nil {
		return nil, err
	}
	program, args := o.server, []string{"serve"}
	if o.profile != "" {
		if program, err = os.Executable(); err != nil {
			return nil, err
		}
		args = []string{profiledCommand, o.profile + "." + name}
	}
	for range 2 { // the first start has keys to make; the second is how an upgrade or a crash goes
		if s.process != nil {
			if err := s.process.stop(); err != nil {
				return nil, err
			}
		}
		s.process, err = startProcess(ctx, filepath.Join(folder, name+".log"), program, args,
			"HOOKSWITCH_LISTEN=127.0.0.1:0", "HOOKSWITCH_DATA="+folder, "HOOKSWITCH_DATABASE_URL="+d.url,
			"HOOKSWITCH_TWILIO_URL="+s.carrier.url, "HOOKSWITCH_BOOTSTRAP_TOKEN="+bootstrapToken)
		if err != nil {
			return nil, errors.Join(err, s.stop())
		}
	}
	if err := s.configure(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%w\n%s", err, s.process.tail()), s.stop())
	}
	return s, s.rest(ctx)
}

// rest lets a server come to rest and looks at its memory.
func (s *subject) rest(ctx context.Context) error {
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return ctx.Err()
	}
	var err error
	s.idle, err = residentMemory(s.process.pid())
	return err
}

// configure adds the carrier and activates it.
func (s *subject) configure(ctx context.Context) error {
	const path = "/api/v1/telephony-providers"
	body := fmt.Appendf(nil, `{"providerName":"TWILIO","providerSid":%q,"providerAuthToken":%q,"providerSettings":{"sms":{"twilioMessageSid":%q}}}`,
		carrierSID, carrierToken, carrierService)
	answer, err := exchange(ctx, s.client, http.MethodPost, s.process.url+path, s.header, body)
	if err != nil {
		return err
	}
	var made struct{ ID string }
	if err := json.Unmarshal(answer, &made); err != nil {
		return err
	}
	_, err = exchange(ctx, s.client, http.MethodPost, s.process.url+path+"/"+made.ID+"/lifecycle/activate", s.header, nil)
	return err
}

func (s *subject) stop() error {
	var err error
	if s.process != nil {
		err = s.process.stop()
	}
	s.client.CloseIdleConnections()
	return errors.Join(err, s.carrier.stop())
}

// pace is how long a number is left alone: the product's limit is 30 seconds.
const pace = 31 * time.Second

// pick chooses who is next: everybody in turn, in an order that has nothing to do with that of their ids.
func (s *subject) pick(now time.Time) (enrolled, error) {
	k := s.next.Add(1) - 1
	n := int64(len(s.people))
	i := (k % n) * stride(n) % n
	if s.database == nil {
		return s.people[i], nil
	}
	if last := s.used[i].Swap(now.UnixMicro()); now.Sub(time.UnixMicro(last)) < pace {
		return enrolled{}, errors.New("every number was sent a code within its pace: enrol more of them with -numbers")
	}
	return s.people[i], nil
}

// stride is a number near the golden section of n that has no divisor in common with it, so that its multiples visit
// everybody once, each far from the one before.
func stride(n int64) int64 {
	for k := max(int64(float64(n)/math.Phi), 1); ; k++ {
		a, b := n, k
		for b != 0 {
			a, b = b, a%b
		}
		if a == 1 {
			return k
		}
	}
}

// check compares what the server wrote down with what was done.
func (s *subject) check(ctx context.Context) error {
	if s.database == nil {
		return nil
	}
	t, err := s.database.count(ctx)
	if err != nil {
		return err
	}
	n := int(s.cycles.Load())
	if sent := int(s.carrier.taken.Load()); sent != n || t != (tally{n, n, n}) {
		return fmt.Errorf("%s: %d cycles, %d messages at the carrier, in the System Log %d sends, %d statuses and %d verifications",
			s.name, n, sent, t.sends, t.statuses, t.verifications)
	}
	return nil
}

// commits is what the server says of its writer.
type commits struct{ transactions, commits, replays float64 }

func (s *subject) readCommits(ctx context.Context) (commits, error) {
	if s.database == nil {
		return commits{}, nil
	}
	text, err := exchange(ctx, s.client, http.MethodGet, s.process.url+"/metrics", http.Header{}, nil)
	if err != nil {
		return commits{}, err
	}
	var c commits
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			continue
		}
		switch name {
		case "hookswitch_store_transactions_total":
			c.transactions = n
		case "hookswitch_store_commits_total":
			c.commits = n
		case "hookswitch_store_replays_total":
			c.replays = n
		}
	}
	return c, nil
}
