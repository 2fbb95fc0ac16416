package app

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"hookswitch"
)

// Options are the operator's settings; package main reads them from flags and environment. The zero value of a field
// stands for the default that its comment names.
type Options struct {
	Listen          string         // 127.0.0.1:8080; port 0 takes a free one
	PublicURL       string         // http:// and the address that is listened on
	DatabaseURL     string         // sqlite:DATA/hookswitch.db
	Data            string         // ./data
	MasterKeyFile   string         // DATA/master.key, made when it is missing
	TwilioURL       string         // Twilio's own
	TwilioVerifyURL string         // Twilio's own
	TelesignURL     string         // Telesign's own
	StatusDeadline  time.Duration  // 15 minutes
	AllowedNetworks []netip.Prefix // private networks that hooks and flows may call
	TrustedOrigins  []string       // of other sites whose pages may use the API with their visitors' sessions
	RateLimit       int            // requests a minute of one token; 600,000
	ListRateLimit   int            // of them those that search and page; 30,000

	BootstrapToken hookswitch.Secret // an API token that is accepted from the first start
	BootstrapAdmin hookswitch.Secret // login:password of the first administrator

	Version string
	Log     *slog.Logger     // discards
	Now     func() time.Time // time.Now
	Random  io.Reader        // of every id, code and token; crypto/rand. Safe for concurrent use
}

// Effective fills in the defaults, or says what is wrong with a setting.
func (o Options) Effective() (Options, error) {
	if o.Listen == "" {
		o.Listen = "127.0.0.1:8080"
	}
	if o.Data == "" {
		o.Data = "./data"
	}
	if o.DatabaseURL == "" {
		o.DatabaseURL = "sqlite:" + filepath.Join(o.Data, "hookswitch.db")
	}
	if o.MasterKeyFile == "" {
		o.MasterKeyFile = filepath.Join(o.Data, "master.key")
	}
	if o.StatusDeadline == 0 {
		o.StatusDeadline = 15 * time.Minute
	}
	if o.StatusDeadline < time.Minute || o.StatusDeadline > 72*time.Hour {
		return o, errors.New("the status deadline must be between 1 minute and 72 hours")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	for _, u := range []struct{ name, value string }{
		{"public URL", o.PublicURL}, {"Twilio URL", o.TwilioURL}, {"Twilio Verify URL", o.TwilioVerifyURL}, {"Telesign URL", o.TelesignURL},
	} {
		if err := checkBaseURL(u.value); err != nil {
			return o, fmt.Errorf("the %s %w", u.name, err)
		}
	}
	o.PublicURL = strings.TrimSuffix(o.PublicURL, "/")
	for _, origin := range o.TrustedOrigins {
		u, err := url.Parse(origin)
		if checkBaseURL(origin) != nil || err != nil || u.Path != "" {
			return o, errors.New("a trusted origin must be a scheme and a host, such as https://app.example.com")
		}
	}
	for _, limit := range []int{o.RateLimit, o.ListRateLimit} {
		if limit < 0 || limit > 1_000_000 {
			return o, errors.New("a rate limit must be from 1 to 1,000,000 requests a minute")
		}
	}
	return o, nil
}

func checkBaseURL(text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("must be an absolute URL that begins with https:// or http://")
	}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("must have no user, query or fragment")
	}
	return nil
}
