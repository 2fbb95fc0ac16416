package delivery

import (
	"context"
	"errors"
	"time"

	"hookswitch"
)

// maxNotes bounds the history of one delivery; a carrier sends a handful of statuses.
const maxNotes = 50

// Callback takes in a status that a carrier posted for a delivery. The signature is checked before anything else.
// It answers hookswitch.ErrForged, hookswitch.ErrUnreadable, a NotFound problem, or nil: also for a status that came
// twice, too late or for a final delivery, because the carrier must not send it again.
func (s *Service) Callback(ctx context.Context, provider hookswitch.ProviderName, deliveryID string, c hookswitch.Callback) error {
	account, err := s.account(ctx, func(p hookswitch.TelephonyProvider) bool { return p.Name == provider })
	if err != nil {
		return err
	}
	reader, ok := account.Provider.(hookswitch.CallbackReader)
	if !ok {
		return hookswitch.Refuse(hookswitch.NotFound, "This telephony provider sends no callbacks.")
	}
	report, err := reader.ReadCallback(c)
	if err == nil {
		err = s.settle(ctx, deliveryID, account.Entry.ID, report, "callback")
	}
	if refused(err) {
		return errors.Join(err, s.tellRefused(ctx, account.Entry, c, err))
	}
	return err
}

// refused tells a callback that nobody should have posted from one that we could not take in.
func refused(err error) bool {
	return errors.Is(err, hookswitch.ErrForged) || errors.Is(err, hookswitch.ErrUnreadable) || hookswitch.IsProblem(err, hookswitch.NotFound)
}

// settle is WRITE 2': one status of one delivery, applied at most once.
func (s *Service) settle(ctx context.Context, id, providerID string, report hookswitch.Report, source string) error {
	return s.update(ctx, func(tx Tx) error {
		d, err := tx.Delivery(id)
		if err != nil {
			return err
		}
		if other, err := foreign(tx, d, providerID, report.Reference); err != nil || other {
			if other {
				return errors.Join(hookswitch.ErrForged, hookswitch.Refuse(hookswitch.NotFound, "This status belongs to another delivery."))
			}
			return err
		}
		if d.Notes >= maxNotes {
			return nil
		}
		events := s.apply(&d, report, tx.Now())
		d.Notes++
		note := hookswitch.StatusNote{
			DeliveryID: d.ID, Seq: d.Notes, At: tx.Now(), Source: source, Reference: report.Reference, Fate: report.Fate, Word: report.Word,
			ProviderStatus: report.ProviderStatus, ProviderCode: report.ProviderCode, Failure: report.Failure,
			Applied: len(events) > 0,
		}
		if err := tx.AddStatusNote(note); err != nil {
			return err
		}
		if err := tx.UpdateDelivery(d); err != nil {
			return err
		}
		return tx.AppendEvents(events...)
	})
}

// foreign tells whether a status is about another message than d. The signature of some carriers does not cover the
// address it was sent to, so a status that is genuine may still be posted to the wrong delivery.
func foreign(tx Tx, d hookswitch.Delivery, providerID, reference string) (bool, error) {
	if reference == "" || reference == d.Reference {
		return false, nil
	}
	for _, a := range d.Attempts {
		if a.Reference == reference {
			return false, nil
		}
	}
	if d.Reference != "" && d.ProviderID == providerID {
		return true, nil
	}
	other, found, err := tx.DeliveryByReference(providerID, reference)
	return found && other.ID != d.ID, err
}

// apply moves d by one status and gives the events of the move: none when the status changes nothing.
func (s *Service) apply(d *hookswitch.Delivery, report hookswitch.Report, now time.Time) []hookswitch.Event {
	step, ok := d.State.On(report.Fate)
	if !ok {
		return nil
	}
	if step.Keep {
		if !d.State.Final() && d.State != hookswitch.Sending {
			d.Status, d.StatusRaw, d.StatusCode = report.Word, report.ProviderStatus, report.ProviderCode
		}
		return nil
	}
	d.State = step.Next
	d.Status, d.StatusRaw, d.StatusCode = report.Word, report.ProviderStatus, report.ProviderCode
	if d.Reference == "" {
		d.Reference = report.Reference
	}
	d.Failure = report.Failure
	reason := ""
	if step.Receive != hookswitch.ResultSuccess {
		reason = report.Failure.Traits().Reason
	}
	finish(d, now)
	return []hookswitch.Event{s.statusEvent(*d, step.Receive, reason, now)}
}

// finish takes a final delivery out of reconciliation's sight.
func finish(d *hookswitch.Delivery, now time.Time) {
	d.Settled = now
	if d.Feedback != hookswitch.FeedbackDue {
		d.Due = time.Time{}
	}
	d.Owner = ""
	d.Lease = time.Time{}
}
