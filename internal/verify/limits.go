package verify

import (
	"strconv"

	"hookswitch"
	"hookswitch/internal/ratelimit"
)

// limitUse is one limit that a request has to pass, and what to answer when it does not.
type limitUse struct {
	limit   ratelimit.Limit
	key     string
	problem hookswitch.ProblemKind
}

// limitsOf are the limits of a send: the pace of the phone, and the sends that one user may cause.
func (s *Service) limitsOf(ask Ask) []limitUse {
	tooSoon := hookswitch.TooSoonSMS
	if ask.Factor.Channel == hookswitch.Call {
		tooSoon = hookswitch.TooSoonCall
	}
	uses := []limitUse{{s.limits[ratelimit.PhonePace], ratelimit.PhoneKey(ask.Factor.Phone, ask.Factor.Channel), tooSoon}}
	if ask.User.ID != "" {
		uses = append(uses, limitUse{s.limits[ratelimit.UserSends], ratelimit.UserKey(ask.User.ID), hookswitch.TooManyRequests})
	}
	return uses
}

// activations is the limit of passcodes that a user may try while adding a factor.
func (s *Service) activations(user hookswitch.User) limitUse {
	return limitUse{s.limits[ratelimit.FactorActivation], ratelimit.UserKey(user.ID), hookswitch.TooManyRequests}
}

// spend consumes all the limits or none. A refusal writes nothing but the one event of its window.
func (s *Service) spend(tx Tx, uses []limitUse, ask Ask) (refused, err error) {
	keys := make([]string, len(uses))
	for i, u := range uses {
		keys[i] = string(u.limit.Name) + ":" + u.key
	}
	buckets, err := tx.Limits(keys)
	if err != nil {
		return nil, err
	}
	spends := make([]ratelimit.Spend, len(uses))
	for i, u := range uses {
		spends[i] = ratelimit.Spend{Limit: u.limit, Key: u.key, Tat: buckets[keys[i]].Arrival}
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
	refused = hookswitch.RefuseFor(use.problem, result.RetryAfter)
	was := buckets[key]
	if was.Told == was.Arrival {
		return refused, nil
	}
	if err := tx.UpdateLimit(key, was, hookswitch.Bucket{Arrival: was.Arrival, Told: was.Arrival}); err != nil {
		return nil, err
	}
	return refused, tx.AppendEvents(s.limitEvent(tx, use, ask))
}

// limitEvent tells of a limit that was reached. The key itself stays out of it where it is a phone number.
func (s *Service) limitEvent(tx Tx, use limitUse, ask Ask) hookswitch.Event {
	e := hookswitch.Event{
		UUID: hookswitch.NewUUID(tx.Now(), s.random), Type: hookswitch.RateLimitViolation, Published: tx.Now(),
		Severity: hookswitch.ResultDeny.Severity(), Message: hookswitch.RateLimitViolation.DisplayMessage(),
		Origin: ask.Origin, Result: hookswitch.ResultDeny, Reason: "Limit reached: " + string(use.limit.Name),
		Debug: []hookswitch.Datum{
			{Key: "operationRateLimitType", Value: string(use.limit.Name)},
			{Key: "operationRateLimitThreshold", Value: strconv.Itoa(use.limit.Burst)},
			{Key: "operationRateLimitTimeSpan", Value: use.limit.Period.String()},
			{Key: "phoneNumber", Value: ask.Factor.Phone},
			{Key: "requestId", Value: ask.Origin.RequestID},
		},
	}
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
