package simulator

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Options configure a Simulator; the zero value works.
type Options struct {
	// Logger tells of callbacks that could not be delivered. Codes and full
	// numbers stay out of it. Default: discard.
	Logger *slog.Logger
	// Client posts callbacks and fetches TwiML. Default: a client of its own
	// without a proxy's help.
	Client *http.Client
	// Now is the clock of everything that is written down; timers always
	// follow package time. Default: time.Now.
	Now func() time.Time
	// Seed makes ids and the choices of behaviors with a probability
	// repeatable.
	Seed uint64
	// Pages serves the phones page (GET /phones) and its files (GET
	// /assets/...). Default: a plain page that names the API.
	Pages http.Handler
	// Credentials the carriers accept. Default: DefaultCredentials.
	Credentials Credentials
	// InboundURL receives what a phone sends, as the carrier's signed webhook:
	// keys "twilio" and "telesign". It can be changed by
	// PUT /carriers/{carrier}/inbound.
	InboundURL map[string]string
}

// Credentials are what the simulated carriers know of their one customer.
type Credentials struct {
	TwilioAccountSID    string
	TwilioAuthToken     string
	TwilioMessagingSID  string
	TwilioVerifySID     string
	TwilioNumbers       []string // owned numbers, E.164; the first one sends for the messaging service
	TelesignCustomerID  string
	TelesignAPIKey      string // base64, as the portal shows it
	TelesignPhoneNumber string // what messages of Telesign come from
}

// DefaultCredentials are those of the operator's contract: public on purpose,
// good for nothing but a simulator.
func DefaultCredentials() Credentials {
	return Credentials{
		TwilioAccountSID:    "AC00000000000000000000000000000001",
		TwilioAuthToken:     "simulator-twilio-token",
		TwilioMessagingSID:  "MG00000000000000000000000000000001",
		TwilioVerifySID:     "VA00000000000000000000000000000001",
		TwilioNumbers:       []string{"+15005550006", "+15005550010"},
		TelesignCustomerID:  "00000000-0000-4000-8000-000000000001",
		TelesignAPIKey:      "c2ltdWxhdG9yLXRlbGVzaWduLWtleQ==",
		TelesignPhoneNumber: "+15005550020",
	}
}

// Simulator is the carriers and the phones. Make it with New, end it with
// Close.
type Simulator struct {
	log     *slog.Logger
	client  *http.Client
	now     func() time.Time
	creds   Credentials
	handler http.Handler
	pages   http.Handler

	// ctx ends at Close and with it every goroutine counted in wg.
	ctx  context.Context
	stop context.CancelFunc
	wg   sync.WaitGroup

	// mu guards all below. Nothing slow happens under it.
	mu       sync.Mutex
	closed   bool
	ids      ids
	phones   map[string]*phone
	arrival  *signal    // any message on any phone
	patterns []*pattern // longest prefix first
	carriers map[string]*carrierState
	twilio   twilioStore
	verify   verifyStore
	telesign telesignStore
	events   events
	journal  journal
}

// New is a running simulator without a listener: give Handler to a server, or
// Transport to a client.
func New(o Options) *Simulator {
	s := &Simulator{
		log: o.Logger, client: o.Client, now: o.Now, creds: o.Credentials, pages: o.Pages,
		ids:      ids{seed: o.Seed},
		phones:   map[string]*phone{},
		arrival:  newSignal(),
		carriers: map[string]*carrierState{},
		twilio:   newTwilioStore(),
		verify:   newVerifyStore(),
		telesign: newTelesignStore(),
	}
	s.log = cmp.Or(s.log, slog.New(slog.DiscardHandler))
	if s.client == nil {
		s.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: 30 * time.Second}}
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.creds.TwilioAccountSID == "" && s.creds.TelesignCustomerID == "" {
		s.creds = DefaultCredentials()
	}
	if s.pages == nil {
		s.pages = http.HandlerFunc(plainPage)
	}
	for _, name := range carrierNames {
		s.carriers[name] = &carrierState{inboundURL: o.InboundURL[name]}
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.handler = s.routes()
	return s
}

// Handler is the one listener: carriers, phones and their page.
func (s *Simulator) Handler() http.Handler { return s.handler }

// Close ends every call, callback, stream and long poll, and waits for them.
func (s *Simulator) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	s.wg.Wait()
	s.client.CloseIdleConnections()
}

// background runs f in a goroutine that Close waits for; after Close it runs
// nothing. Call it without holding mu.
func (s *Simulator) background(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.wg.Go(f)
	}
}

// sleep waits for d in a lane and tells whether the simulator still runs after
// it.
func (s *Simulator) sleep(l lane, d time.Duration) bool {
	return sleep(s.ctx, l.due(d))
}

func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
