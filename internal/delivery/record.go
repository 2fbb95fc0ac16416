package delivery

import (
	"context"
	"fmt"

	"hookswitch"
)

// record is WRITE 2: the attempts, the outcome, the send_* event and whatever an early callback already knew.
func (s *Service) record(ctx context.Context, job Job, sent sending) (Outcome, error) {
	var d hookswitch.Delivery
	raced := false
	err := s.update(ctx, func(tx Tx) error {
		d = job.Delivery // nobody else writes a leased delivery but an early callback: try without reading it
		if raced {
			var err error
			if d, err = tx.Delivery(job.Delivery.ID); err != nil {
				return err
			}
		}
		raced = true
		return s.recordIn(tx, &d, sent)
	})
	if err != nil {
		return Outcome{}, fmt.Errorf("%s: %w: %w", job.Delivery.ID, hookswitch.ErrUnrecorded, err)
	}
	out := Outcome{Delivery: d}
	if sent.fate != hookswitch.Accepted {
		out.Failure, out.Detail = sent.last.Failure, sent.last.Detail
	}
	return out, nil
}

func (s *Service) recordIn(tx Tx, d *hookswitch.Delivery, sent sending) error {
	now := tx.Now()
	step, ok := d.State.On(sent.fate)
	d.Attempts = sent.attempts
	if n := len(sent.attempts); n > 0 {
		d.Provider, d.ProviderID = sent.attempts[n-1].Provider, sent.attempts[n-1].ProviderID
	}
	if sent.fate == hookswitch.Accepted {
		d.Reference = sent.receipt.Reference
		if sent.receipt.Feedback {
			d.Feedback = hookswitch.FeedbackWanted
		}
	}
	if !ok {
		// The lease was lost while we were paused: the log already says UNKNOWN. Keep what we know for the statuses.
		if err := tx.UpdateDelivery(*d); err != nil {
			return err
		}
		return tx.AppendEvents(s.hookEvents(*d, sent.hooks, now)...)
	}
	d.State = step.Next
	d.Owner = ""
	events := s.hookEvents(*d, sent.hooks, now)
	switch sent.fate {
	case hookswitch.Accepted:
		d.Status, d.StatusRaw, d.StatusCode = sent.receipt.Report.Word, sent.receipt.Report.ProviderStatus, sent.receipt.Report.ProviderCode
		d.Due = nextDue(*d, now)
		events = append(events, s.sendEvent(*d, step.Send, "", now))
	case hookswitch.NoAnswer:
		d.Status, d.Failure = hookswitch.WordUnknown, sent.last.Failure
		d.Due = nextDue(*d, now)
		events = append(events, s.sendEvent(*d, step.Send, sent.last.Failure.Traits().Reason, now))
	default:
		reason := sent.last.Failure.Traits().Reason
		d.Status, d.Failure = hookswitch.WordFailed, sent.last.Failure
		d.StatusRaw, d.StatusCode = sent.last.ProviderStatus, sent.last.ProviderCode
		finish(d, now)
		events = append(events, s.sendEvent(*d, step.Send, reason, now), s.statusEvent(*d, step.Receive, reason, now))
		if err := cancelChallenge(tx, d.ChallengeID); err != nil {
			return err
		}
	}
	settled, err := s.settleEarly(tx, d, sent.receipt.Report)
	if err != nil {
		return err
	}
	if err := tx.UpdateDelivery(*d); err != nil {
		return err
	}
	return tx.AppendEvents(append(events, settled...)...)
}

// settleEarly applies what came before the outcome was recorded: a final status in the receipt itself, and the
// callbacks that overtook it.
func (s *Service) settleEarly(tx Tx, d *hookswitch.Delivery, receipt hookswitch.Report) ([]hookswitch.Event, error) {
	if d.State.Final() {
		return nil, nil
	}
	var events []hookswitch.Event
	if receipt.Fate != "" && receipt.Fate != hookswitch.StatusInterim {
		events = append(events, s.apply(d, receipt, tx.Now())...)
	}
	if d.Notes == 0 || d.State.Final() {
		return events, nil
	}
	notes, err := tx.StatusNotes(d.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range notes {
		if d.Reference == "" || n.Reference == "" || n.Reference == d.Reference {
			events = append(events, s.apply(d, n.Report(), tx.Now())...)
		}
	}
	return events, nil
}

// cancelChallenge ends the passcode of a message that surely never left.
func cancelChallenge(tx Tx, id string) error {
	if id == "" {
		return nil
	}
	c, err := tx.Challenge(id)
	if err != nil {
		return err
	}
	if !c.State.To(hookswitch.ChallengeCanceled) {
		return nil
	}
	c.State = hookswitch.ChallengeCanceled
	return tx.UpdateChallenge(c)
}
