package delivery

import (
	"context"
	"errors"
	"time"

	"hookswitch"
	"hookswitch/internal/ratelimit"
)

// How often refused callbacks are told of: once per source and window, and never more than a log can bear from many.
func refusalLimits() (source, all ratelimit.Limit) {
	return ratelimit.Limit{Name: "refused-callback", Burst: 1, Period: 10 * time.Minute},
		ratelimit.Limit{Name: "refused-callbacks", Burst: 60, Period: time.Minute}
}

// tellRefused writes the event of a callback that was refused. It changes nothing else.
func (s *Service) tellRefused(ctx context.Context, p hookswitch.TelephonyProvider, c hookswitch.Callback, why error) error {
	source, all := refusalLimits()
	keys := []string{string(source.Name) + ":" + ratelimit.ClientKey(c.From), string(all.Name)}
	return s.update(ctx, func(tx Tx) error {
		buckets, err := tx.Limits(keys)
		if err != nil {
			return err
		}
		result := ratelimit.DecideAll([]ratelimit.Spend{
			{Limit: source, Key: keys[0], Tat: buckets[keys[0]].Arrival}, {Limit: all, Key: keys[1], Tat: buckets[keys[1]].Arrival},
		}, tx.Now())
		if !result.Allowed {
			return nil
		}
		for i, key := range keys {
			if err := tx.UpdateLimit(key, buckets[key], hookswitch.Bucket{Arrival: result.Next[i], Told: buckets[key].Told}); err != nil {
				return err
			}
		}
		kind := hookswitch.CallbackRefused
		return tx.AppendEvents(hookswitch.Event{
			UUID: hookswitch.NewUUID(tx.Now(), s.random), Type: kind, Published: tx.Now(), Severity: hookswitch.ResultDeny.Severity(),
			Message: kind.DisplayMessage(), Origin: hookswitch.Origin{Actor: hookswitch.SystemActor(), IP: address(c)},
			Result: hookswitch.ResultDeny, Reason: reasonOf(why),
			Targets: []hookswitch.Entity{{ID: p.ID, Type: "TelephonyProvider", AlternateID: p.SID, DisplayName: string(p.Name)}},
		})
	})
}

// reasonOf says in the log's words why a callback was refused.
func reasonOf(why error) string {
	switch {
	case hookswitch.IsProblem(why, hookswitch.NotFound) && errors.Is(why, hookswitch.ErrForged):
		return "The status belongs to another delivery"
	case hookswitch.IsProblem(why, hookswitch.NotFound):
		return "There is no such delivery"
	case errors.Is(why, hookswitch.ErrForged):
		return "The signature is wrong"
	default:
		return "The callback cannot be read"
	}
}

func address(c hookswitch.Callback) string {
	if !c.From.IsValid() {
		return ""
	}
	return c.From.Unmap().WithZone("").String()
}
