package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"hookswitch/internal/app"
)

// site is an installation under load: servers, their database, carriers and phones.
type site struct {
	place

	paused   bool // once for long
	database database
	nodes    []*node
	client   *http.Client
	setUp    noting // what the client asked for
	load     *load
	events   []event
	next     string // where the System Log goes on
	stopLoad func()
}

// place is where a site stands.
type place struct {
	folder   string
	disk     string // of the database alone; "" when it has none
	carriers *app.Carriers
	wrap     []string // a program that runs the servers
}

// newSite starts the servers and enrols the people.
func newSite(ctx context.Context, o settings, at place, d database, seed uint64) (*site, error) {
	s := &site{place: at, database: d, client: newClient(), stopLoad: func() {}}
	s.setUp.under = s.client.Transport
	s.client.Transport = &s.setUp
	for i := range d.nodes() {
		address, err := freeAddress()
		if err != nil {
			return nil, errors.Join(err, s.stop())
		}
		s.nodes = append(s.nodes, &node{
			program: o.server, wrap: at.wrap, address: address, log: filepath.Join(at.folder, fmt.Sprintf("server%d.log", i)),
			env: []string{
				"HOOKSWITCH_LISTEN=" + address, "HOOKSWITCH_DATA=" + at.folder, "HOOKSWITCH_DATABASE_URL=" + d.url(),
				"HOOKSWITCH_STATUS_DEADLINE=1m", "HOOKSWITCH_BOOTSTRAP_TOKEN=" + token, "HOOKSWITCH_LOG_LEVEL=warn",
				"HOOKSWITCH_TWILIO_URL=" + s.carriers.URL(), "HOOKSWITCH_TELESIGN_URL=" + s.carriers.URL(),
			},
		})
	}
	if err := s.open(ctx, o, seed); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

func (s *site) open(ctx context.Context, o settings, seed uint64) error {
	var bases []string
	for _, n := range s.nodes {
		if err := n.start(ctx); err != nil {
			return err
		}
		bases = append(bases, n.url())
	}
	if err := configureCarriers(ctx, s.client, bases[0]); err != nil {
		return err
	}
	people, err := s.enrol(ctx, bases[0], o.people)
	if err != nil {
		return err
	}
	s.next = bases[0] + "/api/v1/logs?limit=1000"
	s.load = newLoad(newClient(), bases, s.carriers.URL(), people, seed)
	return s.behave(ctx)
}

// enrol adds people, some at a time.
func (s *site) enrol(ctx context.Context, base string, n int) ([]person, error) {
	people, errs := make([]person, n), make([]error, workers)
	var working sync.WaitGroup
	for w := range workers {
		working.Go(func() {
			for i := w; i < n && errs[w] == nil; i += workers {
				people[i], errs[w] = enrol(ctx, s.client, base, i)
			}
		})
	}
	working.Wait()
	return people, errors.Join(errs...)
}

// behave makes the carriers take their time, and some of their callbacks come as callbacks do.
func (s *site) behave(ctx context.Context) error {
	for _, carrier := range []string{"twilio", "telesign"} {
		if err := must(ctx, s.client, http.MethodPut, s.carriers.URL()+"/carriers/"+carrier+"/behavior", map[string]any{"mode": "up", "latencyMs": 20}, nil); err != nil {
			return err
		}
	}
	for i, p := range s.load.people {
		var kind string
		delay := 0
		switch i % 10 {
		case 0:
			kind = "duplicate"
		case 1:
			kind = "reordered"
		case 2:
			kind = "early"
		case 3:
			kind, delay = "late", 2000
		case 4:
			kind = "none"
		default:
			continue
		}
		if err := must(ctx, s.client, http.MethodPut, s.carriers.URL()+"/phones/"+p.number+"/behavior",
			map[string]any{"outcome": "delivered", "callbacks": kind, "delayMs": delay}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) startLoad(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.load.run(ctx)
	}()
	s.stopLoad = func() {
		cancel()
		<-ended
	}
}

// recovered waits for the first passcode that can be sent after the fault was healed.
func (s *site) recovered(ctx context.Context, dice *rand.Rand, healed time.Time) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		if r, ok := s.load.probe(ctx, dice); ok {
			return r.ended.Sub(healed), nil
		}
		rest(ctx, 10*time.Millisecond)
	}
	return 0, fmt.Errorf("no passcode could be sent for two minutes after the fault: %w\n%s", ctx.Err(), s.tails())
}

func (s *site) tails() (text string) {
	for _, n := range s.nodes {
		text += n.tail() + "\n"
	}
	return text
}

// final is how long the last delivery takes to become final: the status deadline, and what a reconciliation needs.
const final = 75 * time.Second

// comeToRest waits until every delivery that the log knows of has its receive_status, and as long as another may
// still come to light: the lease of a process that died.
func (s *site) comeToRest(ctx context.Context, since time.Time) error {
	for {
		events, next, err := readLog(ctx, s.client, s.next)
		if err != nil {
			return err
		}
		s.events, s.next = append(s.events, events...), next
		waited := time.Since(since)
		if waited > 25*time.Second && unsettled(s.events) == 0 || waited > final+30*time.Second || ctx.Err() != nil {
			return ctx.Err()
		}
		rest(ctx, time.Second)
	}
}

func unsettled(events []event) int {
	open := map[string]bool{}
	for _, e := range events {
		if isSend(e) {
			open[e.Debug.Data["deliveryId"]] = true
		}
		if isReceive(e) {
			delete(open, e.Debug.Data["deliveryId"])
		}
	}
	return len(open)
}

// gather reads the phones and whatever the log has that was not read yet.
func (s *site) gather(ctx context.Context, atRest bool) (evidence, error) {
	events, next, err := readLog(ctx, s.client, s.next)
	s.events, s.next = append(s.events, events...), next
	e := evidence{requests: s.load.history.all(), events: s.events, atRest: atRest, messages: make([][]message, len(s.load.people))}
	for i, p := range s.load.people {
		var wrong error
		e.messages[i], wrong = readPhone(ctx, s.client, s.carriers.URL(), p.number)
		err = errors.Join(err, wrong)
	}
	return e, err
}

// stopServers ends everything but the carriers.
func (s *site) stopServers() error {
	s.stopLoad()
	var err error
	for _, n := range s.nodes {
		err = errors.Join(err, n.stop())
	}
	s.client.CloseIdleConnections()
	if s.load != nil {
		s.load.client.CloseIdleConnections()
	}
	s.database.stop()
	return err
}

// stop ends everything and removes what is left of it.
func (s *site) stop() error {
	return errors.Join(s.stopServers(), s.carriers.Stop(), releaseDisk(s.disk), os.RemoveAll(s.folder))
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
