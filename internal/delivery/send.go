package delivery

import (
	"context"
	"errors"
	"strings"
	"time"

	"hookswitch"
)

// Job is a delivery that was begun, with the message that exists only in this process.
type Job struct {
	Delivery hookswitch.Delivery // as WRITE 1 wrote it
	Message  hookswitch.Message
	Route    Route
}

// Outcome is what is known of a delivery once it was sent or given up.
type Outcome struct {
	Delivery hookswitch.Delivery
	Failure  hookswitch.Failure // why it failed or is uncertain; "" when a provider accepted it
	Detail   string             // the carrier's own words, for an administrator's test
}

// Send hands the message to the providers of its route, one after the other while the failures are sure and another
// may succeed, and records the outcome (WRITE 2). It goes on when the asker hangs up: ctx only carries values. The
// error tells that the outcome could not be recorded; reconciliation will then find the delivery.
func (s *Service) Send(ctx context.Context, job Job) (Outcome, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendBudget)
	defer cancel()
	accounts, err := s.accounts.Accounts(ctx)
	if err != nil {
		s.log.ErrorContext(ctx, "providers cannot be read", "deliveryId", job.Delivery.ID, "error", err)
	}
	sent := s.attempts(ctx, job, accounts)
	return s.record(context.WithoutCancel(ctx), job, sent)
}

// sending is what the attempts of one send came to.
type sending struct {
	fate     hookswitch.Fate
	attempts []hookswitch.Attempt
	receipt  hookswitch.Receipt // of the accepted attempt
	last     *hookswitch.SendError
	hooks    []execution
}

func (s *Service) attempts(ctx context.Context, job Job, accounts []Account) sending {
	needs := hookswitch.Needs{
		Channel: job.Message.Channel, Extension: job.Message.Extension != "", Digits: len(job.Message.Code.Reveal()),
	}
	able, cannot := plan(accounts, needs, job.Message.Country, job.Route, s.health, s.now())
	sent := sending{fate: hookswitch.AttemptsFailed, last: &hookswitch.SendError{Failure: hookswitch.NotConfigured}}
	for _, c := range cannot {
		sent.last = &hookswitch.SendError{Failure: c.failure}
		if len(able) > 0 && !c.account.Entry.Primary {
			continue // its turn would not have come
		}
		sent.attempts = append(sent.attempts, hookswitch.Attempt{
			Provider: string(c.account.Entry.Name), ProviderID: c.account.Entry.ID,
			Method: c.account.Entry.Methods[needs.Channel].Option, Started: s.now(), Failure: c.failure,
		})
	}
	for i, account := range able {
		if i > 0 && ctx.Err() != nil {
			break
		}
		message, note := inVoiceOf(account, job.Message)
		message.Attempt = i + 1
		message.CallbackURL = s.callbackURL(account.Entry.Name, message.DeliveryID)
		message.RepeatURL = s.repeatURL(account.Entry.Name, message.DeliveryID, message.Script, message.Expires)
		receipt, attempt, failed := s.attempt(ctx, account, message)
		sent.ran(account, attempt, receipt, failed)
		if note != "" {
			attempt.Note = strings.TrimSuffix(note+", "+attempt.Note, ", ")
		}
		sent.attempts = append(sent.attempts, attempt)
		if failed == nil {
			return sending{fate: hookswitch.Accepted, attempts: sent.attempts, receipt: receipt, hooks: sent.hooks}
		}
		if sent.fate != hookswitch.NoAnswer { // what nobody knows stays unknown whatever a fallback says
			sent.last = failed
		}
		traits := failed.Failure.Traits()
		if !traits.Sure {
			sent.fate = hookswitch.NoAnswer
			if i+1 < len(able) && able[i+1].Fallback && able[i+1].AfterTimeout {
				continue
			}
			return sent
		}
		if !traits.Failover {
			return sent
		}
	}
	return sent
}

// attempt hands the message to one provider, once.
func (s *Service) attempt(ctx context.Context, account Account, m hookswitch.Message) (hookswitch.Receipt, hookswitch.Attempt, *hookswitch.SendError) {
	ctx, cancel := context.WithTimeout(ctx, attemptBudget)
	defer cancel()
	started := s.now()
	receipt, err := account.Provider.Send(ctx, m)
	done := s.now()
	attempt := hookswitch.Attempt{
		Provider: string(account.Entry.Name), ProviderID: account.Entry.ID, Method: receipt.Method,
		Sender: m.Sender, Started: started, Took: done.Sub(started), Reference: receipt.Reference,
		ProviderStatus: receipt.Report.ProviderStatus, ProviderCode: receipt.Report.ProviderCode, Note: receipt.Note,
	}
	if attempt.Method == "" {
		attempt.Method = account.Entry.Methods[m.Channel].Option
	}
	var failed *hookswitch.SendError
	if err != nil && !errors.As(err, &failed) {
		// A provider that breaks its contract may have sent the message: the only safe reading is "unknown".
		s.log.ErrorContext(ctx, "provider gave an error that is no SendError", "provider", account.Entry.Name, "deliveryId", m.DeliveryID)
		failed = &hookswitch.SendError{Failure: hookswitch.UnreadableAnswer}
	}
	if failed != nil {
		attempt.Failure, attempt.ProviderStatus, attempt.ProviderCode = failed.Failure, failed.ProviderStatus, failed.ProviderCode
	}
	s.health.Observe(account.Entry.ID, m.Country, attempt.Took, attempt.Failure, done)
	s.logAttempt(ctx, m, attempt)
	return receipt, attempt, failed
}

func (s *Service) logAttempt(ctx context.Context, m hookswitch.Message, a hookswitch.Attempt) {
	log := s.log.With("deliveryId", m.DeliveryID, "provider", a.Provider, "method", a.Method, "attempt", m.Attempt,
		"took", a.Took.Round(time.Millisecond))
	if a.Failure == "" {
		log.InfoContext(ctx, "message accepted", "transactionId", a.Reference)
		return
	}
	log.WarnContext(ctx, "message not accepted", "failure", a.Failure, "providerCode", a.ProviderCode)
}
