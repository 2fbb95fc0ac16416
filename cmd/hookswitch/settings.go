package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/app"
)

// settings are the flags of every command that opens the database. A flag wins over its environment variable, which
// wins over the default.
type settings struct {
	DatabaseURL   string     `help:"sqlite:PATH or postgres://…; by default a SQLite file in the data directory." env:"HOOKSWITCH_DATABASE_URL" placeholder:"URL"`
	Data          string     `help:"Directory of the database and the master key." env:"HOOKSWITCH_DATA" default:"./data" placeholder:"DIR"`
	MasterKeyFile string     `help:"File of the key that encrypts secrets; made in the data directory when missing." env:"HOOKSWITCH_MASTER_KEY_FILE" placeholder:"FILE"`
	LogLevel      slog.Level `help:"debug, info, warn or error." env:"HOOKSWITCH_LOG_LEVEL" default:"info"`
	LogFormat     string     `help:"text or json." env:"HOOKSWITCH_LOG_FORMAT" enum:"text,json" default:"text"`
}

func (s settings) options(errs io.Writer) app.Options {
	return app.Options{
		DatabaseURL: s.DatabaseURL, Data: s.Data, MasterKeyFile: s.MasterKeyFile, Version: version, Log: s.logger(errs),
	}
}

func (s settings) logger(w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: s.LogLevel}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// serving are the flags of the commands that answer requests.
type serving struct {
	Listen         string            `help:"Address to listen on." env:"HOOKSWITCH_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	PublicURL      string            `help:"URL under which carriers and browsers reach this server." env:"HOOKSWITCH_PUBLIC_URL" placeholder:"URL"`
	StatusDeadline time.Duration     `help:"How long to wait for a message's final status." env:"HOOKSWITCH_STATUS_DEADLINE" default:"15m"`
	AllowNetworks  []netip.Prefix    `name:"allow-private-networks" help:"Private networks (CIDR) that hooks and flows may call." env:"HOOKSWITCH_ALLOW_PRIVATE_NETWORKS" placeholder:"CIDR"`
	TrustedOrigins []string          `help:"Origins of other sites whose pages may use the API, such as https://app.example.com." env:"HOOKSWITCH_TRUSTED_ORIGINS" placeholder:"ORIGIN"`
	RateLimit      int               `help:"Requests a minute that one token, session or unknown address may make." env:"HOOKSWITCH_RATE_LIMIT" default:"600000"`
	ListRateLimit  int               `help:"Of these, those that search and page." env:"HOOKSWITCH_LIST_RATE_LIMIT" default:"30000"`
	BootstrapToken hookswitch.Secret `help:"An API token that is accepted from the first start." env:"HOOKSWITCH_BOOTSTRAP_TOKEN" placeholder:"TOKEN"`
	BootstrapAdmin hookswitch.Secret `help:"The first administrator." env:"HOOKSWITCH_BOOTSTRAP_ADMIN" placeholder:"LOGIN:PASSWORD"`
}

func (s serving) into(o app.Options) app.Options {
	o.Listen, o.PublicURL, o.StatusDeadline = s.Listen, s.PublicURL, s.StatusDeadline
	o.TrustedOrigins, o.RateLimit, o.ListRateLimit = s.TrustedOrigins, s.RateLimit, s.ListRateLimit
	o.AllowedNetworks, o.BootstrapToken, o.BootstrapAdmin = s.AllowNetworks, s.BootstrapToken, s.BootstrapAdmin
	return o
}

// carriers are the flags that name the carriers' APIs.
type carriers struct {
	TwilioURL       string `help:"Base URL of Twilio's API." env:"HOOKSWITCH_TWILIO_URL" placeholder:"URL"`
	TwilioVerifyURL string `help:"Base URL of Twilio Verify." env:"HOOKSWITCH_TWILIO_VERIFY_URL" placeholder:"URL"`
	TelesignURL     string `help:"Base URL of Telesign's API." env:"HOOKSWITCH_TELESIGN_URL" placeholder:"URL"`
}

// readSecretFiles lets every secret of the environment stand in a file: HOOKSWITCH_X_FILE names the file that holds the
// value of HOOKSWITCH_X.
func readSecretFiles(environ []string, set func(key, value string) error) error {
	for _, name := range []string{"HOOKSWITCH_DATABASE_URL", "HOOKSWITCH_BOOTSTRAP_TOKEN", "HOOKSWITCH_BOOTSTRAP_ADMIN", "HOOKSWITCH_TOKEN"} {
		path, ok := lookup(environ, name+"_FILE")
		if !ok {
			continue
		}
		if _, both := lookup(environ, name); both {
			return fmt.Errorf("%s and %s_FILE are both set; keep one", name, name)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("%s_FILE: %w", name, err)
		}
		if err := set(name, strings.TrimRight(string(data), "\r\n")); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func lookup(environ []string, name string) (string, bool) {
	for _, e := range environ {
		if value, ok := strings.CutPrefix(e, name+"="); ok && value != "" {
			return value, true
		}
	}
	return "", false
}
