package delivery

import (
	"slices"
	"time"

	"hookswitch"
)

// Route is how a message should travel.
type Route struct {
	Only  string // id of the one provider to use, active or not: a test send
	Avoid string // id of the provider that had the message before a resend: tried last
}

// skipped is a provider that was passed over, and why.
type skipped struct {
	account Account
	failure hookswitch.Failure
}

// plan orders the accounts that can carry the message: the primary before the secondary, the ill after the healthy,
// the one to avoid after them, a fallback last. It also tells whom it skipped because a method cannot do what the message needs.
func plan(accounts []Account, needs hookswitch.Needs, country string, route Route, health Health, now time.Time) (able []Account, cannot []skipped) {
	for _, a := range accounts {
		if route.Only != "" && a.Entry.ID != route.Only {
			continue
		}
		if route.Only == "" && !a.Entry.Enabled && !a.Fallback {
			continue
		}
		if _, ok := a.Entry.Methods[needs.Channel]; !ok {
			continue
		}
		if limited, ok := a.Provider.(hookswitch.Limited); ok {
			if failure := limited.Cannot(needs); failure != "" {
				cannot = append(cannot, skipped{a, failure})
				continue
			}
		}
		able = append(able, a)
	}
	rank := func(a Account) int {
		if a.Fallback {
			return 3
		}
		if a.Entry.ID == route.Avoid {
			return 2
		}
		if _, ill := health.Ill(a.Entry.ID, country, now); ill {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(able, func(a, b Account) int { return rank(a) - rank(b) })
	return able, cannot
}

// CanCarry tells whether at least one active provider has a method for what is needed, and if not, the failure that
// says why.
func CanCarry(accounts []Account, needs hookswitch.Needs) (hookswitch.Failure, bool) {
	able, cannot := plan(accounts, needs, "", Route{}, noHealth{}, time.Time{})
	switch {
	case len(able) > 0:
		return "", true
	case len(cannot) > 0:
		return cannot[0].failure, false
	default:
		return hookswitch.NotConfigured, false
	}
}

type noHealth struct{}

func (noHealth) Ill(string, string, time.Time) (string, bool)                         { return "", false }
func (noHealth) Observe(string, string, time.Duration, hookswitch.Failure, time.Time) {}
