package providertest

import (
	"fmt"
	"strings"
	"testing"

	"hookswitch"
)

// Row is one code of a carrier: how it comes and what it is called here.
type Row struct {
	Code    string
	Meaning string
	Failure hookswitch.Failure
}

// Catalogue writes the table of a carrier's codes with everything that follows from each, to be compared with a golden
// file: a change of the table or of the traits is seen code by code.
func Catalogue(t testing.TB, rows []Row) string {
	t.Helper()
	var out strings.Builder
	seen := map[string]bool{}
	fmt.Fprintf(&out, "%-7s %-22s %-9s %-6s %-7s %-5s %s\n", "code", "failure", "then", "sure", "other", "alert", "outcome.reason (meaning)")
	for _, row := range rows {
		if seen[row.Code] {
			t.Errorf("code %s stands in the table twice", row.Code)
		}
		seen[row.Code] = true
		traits := row.Failure.Traits()
		then := "stop"
		if traits.Failover {
			then = "failover"
		}
		fmt.Fprintf(&out, "%-7s %-22s %-9s %-6s %-7s %-5s %s (%s)\n",
			row.Code, row.Failure, then, mark(traits.Sure), mark(traits.OtherChannel), mark(traits.Alert), traits.Reason, row.Meaning)
	}
	return out.String()
}

func mark(b bool) string {
	if b {
		return "yes"
	}
	return "-"
}
