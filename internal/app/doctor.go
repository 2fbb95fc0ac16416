package app

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/doctor"
	"hookswitch/internal/httpd/callback"
	"hookswitch/internal/provider"
	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
)

// Finding is what [Examine] found of one thing.
type Finding = doctor.Finding

// The verdicts of a finding.
const (
	VerdictOK      = doctor.OK
	VerdictSkipped = doctor.Skipped
	VerdictWarning = doctor.Warning
	VerdictFailure = doctor.Failure
)

// examination is one look at an installation, from beside its server. It changes nothing.
type examination struct {
	Options
	tell   func(Finding)
	clocks []doctor.Offset
}

// Examine looks at everything that an installation stands on and tells each finding as it is made. In the data directory
// of a demo, the demo's own addresses count unless others were named.
func Examine(ctx context.Context, o Options, tell func(Finding)) error {
	o, err := o.Effective()
	if err != nil {
		return err
	}
	if demo, err := ReadCredentials(o.Data); err == nil && o.PublicURL == "" {
		o.PublicURL = demo.URL
		if o.TwilioURL == "" && o.TwilioVerifyURL == "" && o.TelesignURL == "" {
			o.TwilioURL, o.TwilioVerifyURL, o.TelesignURL = demo.Carriers, demo.Carriers, demo.Carriers
		}
	}
	if o.PublicURL == "" {
		o.PublicURL = "http://" + o.Listen
	}
	e := &examination{Options: o, tell: tell}
	current := e.database(ctx)
	e.publicURL(ctx)
	if current {
		if err := e.inside(ctx); err != nil {
			return err
		}
	}
	tell(doctor.JudgeClock(e.clocks))
	return nil
}

func (e *examination) tellAll(findings []Finding) {
	for _, f := range findings {
		e.tell(f)
	}
}

// database looks at the database from outside, without bringing its schema up to date, and tells whether it has ours.
func (e *examination) database(ctx context.Context) (current bool) {
	var seen doctor.Database
	db, dialect, err := rawDatabase(e.DatabaseURL)
	if errors.Is(err, fs.ErrNotExist) {
		e.tell(Finding{Check: "database", Verdict: doctor.Warning, Found: "there is none yet", Next: "Start the server, or restore a backup."})
		return false
	}
	if err == nil {
		defer db.Close() //nolint:errcheck // it was only read
		seen, err = e.read(ctx, db, dialect)
	}
	e.tellAll(doctor.JudgeDatabase(seen, err))
	if path, ok := sqlite.PathOf(e.DatabaseURL); ok {
		dir := filepath.Dir(path)
		rate, err := syncRate(ctx, dir)
		e.tell(doctor.JudgeDisk(dir, rate, err))
	} else if err == nil {
		e.tell(doctor.JudgeDistance(e.roundTrip(ctx, db)))
	}
	return err == nil && seen.Schema == seen.Newest
}

func (e *examination) read(ctx context.Context, db *sql.DB, dialect *store.Dialect) (doctor.Database, error) {
	seen := doctor.Database{Name: dialect.Name, Newest: store.NewestSchema(dialect), Durable: map[string]string{}}
	question := "SELECT sqlite_version()"
	if dialect.Name == "postgres" {
		question = "SELECT split_part(current_setting('server_version'), ' ', 1)"
	}
	if err := db.QueryRowContext(ctx, question).Scan(&seen.Version); err != nil {
		return seen, err
	}
	if version, err := store.SchemaVersion(ctx, db); err == nil {
		seen.Schema = version
	}
	if dialect.Name != "postgres" {
		return seen, nil
	}
	for _, name := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := db.QueryRowContext(ctx, "SELECT current_setting($1)", name).Scan(&value); err != nil {
			return seen, err
		}
		seen.Durable[name] = value
	}
	var micros int64
	asked := e.Now()
	if err := db.QueryRowContext(ctx, "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint").Scan(&micros); err != nil {
		return seen, err
	}
	e.clocks = append(e.clocks, doctor.Offset{Source: "the database", Ahead: time.UnixMicro(micros).Sub(asked), Within: e.Now().Sub(asked)})
	return seen, nil
}

// roundTrip is the median time of one exchange.
func (e *examination) roundTrip(ctx context.Context, db *sql.DB) time.Duration {
	var times []time.Duration
	for range 15 {
		began := e.Now()
		if _, err := db.ExecContext(ctx, "SELECT 1"); err != nil {
			continue
		}
		times = append(times, e.Now().Sub(began))
	}
	if len(times) == 0 {
		return 0
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// syncRate appends to a file of its own, durably, for a third of a second and answers how often a second that went.
func syncRate(ctx context.Context, dir string) (float64, error) {
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	defer f.Close() //nolint:errcheck // nothing in it matters
	page := make([]byte, 4096)
	began := time.Now()
	for n := 1; ; n++ {
		if _, err := f.Write(page); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		if took := time.Since(began); took > 300*time.Millisecond || ctx.Err() != nil {
			return float64(n) / took.Seconds(), nil
		}
	}
}

// publicURL asks the server under the address that others know.
func (e *examination) publicURL(ctx context.Context) {
	status, _, err := e.ask(ctx, http.MethodGet, e.PublicURL+"/healthz", nil, nil)
	e.tellAll(doctor.JudgePublicURL(e.PublicURL, status, err))
}

// ask makes one request like somebody outside: no redirects, no proxy.
func (e *examination) ask(ctx context.Context, method, url string, header http.Header, body []byte) (status int, got http.Header, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	if header != nil {
		req.Header = header
	}
	client := &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Do(req)
	if err != nil {
		if op, ok := errors.AsType[*net.OpError](err); ok {
			err = op // without the URL, which the finding names
		}
		return 0, nil, err
	}
	return res.StatusCode, res.Header, res.Body.Close()
}

// inside looks at what only the master key and the settings tell. The schema is ours, so opening changes nothing.
func (e *examination) inside(ctx context.Context) error {
	fit, err := keyFit(ctx, e.Options, e.DatabaseURL)
	if err != nil {
		return err
	}
	e.tell(doctor.JudgeKey(string(fit), e.MasterKeyFile))
	if fit != KeyFits {
		return nil
	}
	db, err := OpenStore(ctx, e.Options, store.Options{})
	if err != nil {
		return err
	}
	var org hookswitch.Org
	var carriers []hookswitch.TelephonyProvider
	err = db.View(ctx, func(tx *store.Tx) (err error) {
		if org, err = tx.Org(); err != nil {
			return err
		}
		carriers, err = tx.Providers()
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	client, err := provider.NewClient(provider.Options{
		Exempt:  slices.DeleteFunc([]string{e.TwilioURL, e.TwilioVerifyURL, e.TelesignURL}, func(u string) bool { return u == "" }),
		Allowed: e.AllowedNetworks, Trace: e.compareClocks,
	})
	if err != nil {
		return err
	}
	for _, entry := range carriers {
		newAccount, known := makers(e.Options, client)[entry.Name]
		if !known {
			continue // a newer version knew it
		}
		if probed, ok := newAccount(entry).(hookswitch.Probed); ok {
			e.carrier(ctx, entry, probed)
		}
	}
	e.tellAll(doctor.JudgeSettings(org))
	return nil
}

// carrier tries the credentials at the carrier and the carrier's signature at our door.
func (e *examination) carrier(ctx context.Context, entry hookswitch.TelephonyProvider, probed hookswitch.Probed) {
	within, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	e.tell(doctor.JudgeCredentials(entry.Name, entry.Enabled, probed.Probe(within)))
	sample := probed.SampleCallback(callback.StatusURL(e.PublicURL, entry.Name, "dlv"+strings.Repeat("0", 17)))
	status, header, err := e.ask(ctx, sample.Method, sample.URL, sample.Header, sample.Body)
	e.tell(doctor.JudgeCallback(entry.Name, status, header.Get("X-Okta-Request-Id") != "", err))
}

// compareClocks takes the time that a carrier's answer bears, to the second.
func (e *examination) compareClocks(t provider.Trace) {
	at, err := http.ParseTime(t.Date)
	if err != nil {
		return
	}
	e.clocks = append(e.clocks, doctor.Offset{Source: t.Host, Ahead: at.Add(time.Second / 2).Sub(e.Now()), Within: t.Took + time.Second})
}
