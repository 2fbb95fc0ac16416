package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"os"
	"reflect"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"
)

type configCommand struct {
	settings
	serving
	carriers
	SimListen string `help:"Address of the simulated carriers." env:"HOOKSWITCH_SIM_LISTEN" default:"127.0.0.1:8090" placeholder:"HOST:PORT"`
	JSON      bool   `help:"Print JSON."`
}

type setting struct {
	Flag        string `json:"flag"`
	Environment string `json:"environment"`
	Value       string `json:"value"`
	Source      string `json:"source"`
}

// Run prints the settings that serve would use.
func (c configCommand) Run(s streams, parsed *kong.Context) error {
	effective, err := c.into(c.options(s.err)).Effective()
	if err != nil {
		return err
	}
	derived := map[string]string{ // defaults that follow from other settings
		"database-url": effective.DatabaseURL, "master-key-file": effective.MasterKeyFile,
		"public-url": "http://" + effective.Listen, "log-level": c.LogLevel.String(),
		"twilio-url": "Twilio's own", "twilio-verify-url": "Twilio's own", "telesign-url": "Telesign's own",
	}
	var all []setting
	for _, flag := range parsed.Flags() {
		if len(flag.Envs) == 0 {
			continue
		}
		all = append(all, setting{"--" + flag.Name, flag.Envs[0], cmp.Or(valueOf(flag), derived[flag.Name]), sourceOf(flag, parsed)})
	}
	if c.JSON {
		return printJSON(s.out, all)
	}
	table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FLAG\tENVIRONMENT\tVALUE\tSOURCE")
	for _, one := range all {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", one.Flag, one.Environment, cmp.Or(one.Value, "-"), one.Source)
	}
	return table.Flush()
}

// valueOf prints a value; secrets print themselves as a placeholder, and the password of a database URL is cut out.
func valueOf(flag *kong.Flag) string {
	text := fmt.Sprint(flag.Target.Interface())
	if networks, ok := reflect.TypeAssert[[]netip.Prefix](flag.Target); ok {
		text = strings.Trim(fmt.Sprint(networks), "[]")
	}
	switch {
	case flag.Target.IsZero():
		return ""
	case flag.Name == "database-url":
		return withoutPassword(text)
	default:
		return text
	}
}

func withoutPassword(url string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	at := strings.LastIndex(rest, "@")
	if !ok || at < 0 {
		return url
	}
	name, _, _ := strings.Cut(rest[:at], ":")
	return scheme + "://" + name + rest[at:]
}

func sourceOf(flag *kong.Flag, parsed *kong.Context) string {
	for _, step := range parsed.Path {
		if step.Flag == flag {
			return "flag"
		}
	}
	if _, ok := os.LookupEnv(flag.Envs[0]); ok {
		return "environment"
	}
	return "default"
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
