package verify

import (
	"io"
	"strconv"
	"time"

	"hookswitch"
	"hookswitch/internal/ratelimit"
)

// LimitUse is one limit that a request has to pass, and what to answer when it does not.
type LimitUse struct {
	Limit   ratelimit.Limit
	Key     string
	Problem hookswitch.ProblemKind
}

// limitsOf are the limits of a send: the pace of the phone, and the sends that one user may cause.
func limitsOf(org hookswitch.Org, ask Ask) []LimitUse {
	tooSoon := hookswitch.TooSoonSMS
	if ask.Factor.Channel == hookswitch.Call {
		tooSoon = hookswitch.TooSoonCall
	}
	uses := []LimitUse{{ratelimit.Of(org, ratelimit.PhonePace), ratelimit.PhoneKey(ask.Factor.Phone, ask.Factor.Channel), tooSoon}}
	if ask.User.ID != "" {
		uses = append(uses, LimitUse{ratelimit.Of(org, ratelimit.UserSends), ratelimit.UserKey(ask.User.ID), hookswitch.TooManyRequests})
	}
	return uses
}

// activations is the limit of passcodes that a user may try while adding a factor.
func activations(org hookswitch.Org, user hookswitch.User) LimitUse {
	return LimitUse{ratelimit.Of(org, ratelimit.FactorActivation), ratelimit.UserKey(user.ID), hookswitch.TooManyRequests}
}

// spend is Spend for a send or a check.
func (s *Service) spend(tx Tx, uses []LimitUse, ask Ask) (refused, err error) {
	return Spend(tx, uses, func(use LimitUse) hookswitch.Event { return s.limitEvent(tx, use, ask) })
}

// Spend consumes all the limits or none. A refusal writes nothing but the one event of its window, which tell makes.
func Spend(tx LimitTx, uses []LimitUse, tell func(LimitUse) hookswitch.Event) (refused, err error) {
	keys := make([]string, len(uses))
	for i, u := range uses {
		keys[i] = string(u.Limit.Name) + ":" + u.Key
	}
	buckets, err := tx.Limits(keys)
	if err != nil {
		return nil, err
	}
	spends := make([]ratelimit.Spend, len(uses))
	for i, u := range uses {
		spends[i] = ratelimit.Spend{Limit: u.Limit, Key: u.Key, Tat: buckets[keys[i]].Arrival}
	}
	result := ratelimit.DecideAll(spends, tx.Now())
	if result.Allowed {
		for i, key := range keys {
			was := buckets[key]
			if err := tx.UpdateLimit(key, was, hookswitch.Bucket{Arrival: result.Next[i], Told: was.Told}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}
	use, key := uses[result.Refused], keys[result.Refused]
	refused = hookswitch.RefuseFor(use.Problem, result.RetryAfter)
	was := buckets[key]
	if was.Told == was.Arrival {
		return refused, nil
	}
	if err := tx.UpdateLimit(key, was, hookswitch.Bucket{Arrival: was.Arrival, Told: was.Arrival}); err != nil {
		return nil, err
	}
	return refused, tx.AppendEvents(tell(use))
}

// limitEvent tells of a limit of a phone's or a user's.
func (s *Service) limitEvent(tx Tx, use LimitUse, ask Ask) hookswitch.Event {
	e := LimitEvent(use, ask.Origin, tx.Now(), s.random)
	e.Debug = append(e.Debug, hookswitch.Datum{Key: "phoneNumber", Value: ask.Factor.Phone})
	if ask.User.ID != "" {
		e.Targets = append(e.Targets, hookswitch.UserEntity(ask.User))
	}
	if ask.Factor.Phone != "" {
		e.Targets = append(e.Targets, hookswitch.Entity{
			ID: ask.Factor.ID, Type: "MobilePhone", AlternateID: ask.Factor.Phone, DisplayName: ask.Factor.Phone,
		})
	}
	return e
}

// LimitEvent tells of a limit that was reached. What it is counted by stays out of it.
func LimitEvent(use LimitUse, origin hookswitch.Origin, now time.Time, random io.Reader) hookswitch.Event {
	return hookswitch.Event{
		UUID: hookswitch.NewUUID(now, random), Type: hookswitch.RateLimitViolation, Published: now,
		Severity: hookswitch.ResultDeny.Severity(), Message: hookswitch.RateLimitViolation.DisplayMessage(),
		Origin: origin, Result: hookswitch.ResultDeny, Reason: "Limit reached: " + string(use.Limit.Name),
		Debug: []hookswitch.Datum{
			{Key: "operationRateLimitType", Value: string(use.Limit.Name)},
			{Key: "operationRateLimitThreshold", Value: strconv.Itoa(use.Limit.Burst)},
			{Key: "operationRateLimitTimeSpan", Value: use.Limit.Period.String()},
			{Key: "requestId", Value: origin.RequestID},
		},
	}
}
