package delivery

import (
	"slices"
	"time"

	"hookswitch"
)

// execution is one call of a telephony hook, for the System Log.
type execution struct {
	hook     hookswitch.Entity
	failure  hookswitch.Failure
	status   string // the HTTP status of a refusal, or the word of the answer
	answered bool   // with something that says what it did
	debug    []hookswitch.Datum
}

// ran remembers an attempt if a telephony hook made it.
func (s *sending) ran(account Account, a hookswitch.Attempt, receipt hookswitch.Receipt, failed *hookswitch.SendError) {
	if account.Hook.ID == "" {
		return
	}
	e := execution{hook: account.Hook, failure: a.Failure, status: a.ProviderStatus, debug: receipt.Debug, answered: failed == nil}
	if failed != nil {
		e.debug = failed.Debug
		e.answered = failed.Failure == hookswitch.HookFailed
	}
	s.hooks = append(s.hooks, e)
}

// hookEvents tell that a hook was called, and what it answered: two lines beside those of the message.
func (s *Service) hookEvents(d hookswitch.Delivery, executions []execution, now time.Time) []hookswitch.Event {
	var events []hookswitch.Event
	for _, e := range executions {
		result, reason := hookswitch.ResultSuccess, ""
		if e.failure != "" {
			result, reason = hookswitch.ResultFailure, e.failure.Traits().Reason
		}
		about := []hookswitch.Datum{{Key: "deliveryId", Value: d.ID}, {Key: "requestId", Value: d.Origin.RequestID}}
		if e.status != "" {
			about = append(about, hookswitch.Datum{Key: "status", Value: e.status})
		}
		event := hookswitch.Event{
			UUID: hookswitch.NewUUID(now, s.random), Type: hookswitch.HookExecuted, Published: now, Severity: result.Severity(),
			Message: hookswitch.HookExecuted.DisplayMessage(), Origin: d.Origin, Result: result, Reason: reason,
			Targets: []hookswitch.Entity{e.hook}, Debug: about,
		}
		if d.Recipient.ID != "" {
			event.Targets = append(event.Targets, d.Recipient)
		}
		events = append(events, event)
		if !e.answered && len(e.debug) == 0 {
			continue
		}
		event.UUID, event.Type = hookswitch.NewUUID(now, s.random), hookswitch.HookAnswered
		event.Message = event.Type.DisplayMessage()
		event.Debug = slices.Clone(about)
		for _, datum := range e.debug {
			if !slices.ContainsFunc(event.Debug, func(known hookswitch.Datum) bool { return known.Key == datum.Key }) {
				event.Debug = append(event.Debug, datum)
			}
		}
		events = append(events, event)
	}
	return events
}
