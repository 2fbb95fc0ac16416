package delivery

import (
	"context"
	"errors"
	"time"

	"hookswitch"
)

const (
	claimBatch = 50
	claimTime  = 30 * time.Second // how long a claimed delivery is left to the process that claimed it
	firstPoll  = 15 * time.Second
	pollBudget = 4 * time.Second
)

// nextDue is when a delivery without a final status is looked at next: at 15 seconds of age, then whenever its age has
// doubled, and at the deadline, or at once when that has passed.
func nextDue(d hookswitch.Delivery, now time.Time) time.Time {
	age := max(now.Sub(d.Created), 0)
	wait := firstPoll
	for wait <= age {
		wait *= 2
	}
	if due := d.Created.Add(wait); due.Before(d.Deadline) {
		return due
	}
	return d.Deadline
}

// Reconcile takes one batch of deliveries that are due and brings each one step further: a lost lease is told as
// unknown, a late status is asked for, a passed deadline is final. It answers how many it took; call it again at once
// when that is not zero.
func (s *Service) Reconcile(ctx context.Context) (int, error) {
	var claimed []hookswitch.Delivery
	taken := 0
	err := s.update(ctx, func(tx Tx) error {
		claimed, taken = nil, 0
		due, err := tx.ClaimDeliveries(claimBatch)
		if err != nil {
			return err
		}
		taken = len(due)
		for _, d := range due {
			if d.State == hookswitch.Sending {
				if err := s.loseLease(tx, d); err != nil {
					return err
				}
				continue
			}
			d.Due = tx.Now().Add(claimTime)
			if err := tx.UpdateDelivery(d); err != nil {
				return err
			}
			claimed = append(claimed, d)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	var failed error
	for _, d := range claimed {
		failed = errors.Join(failed, s.follow(ctx, d))
	}
	return taken, failed
}

// loseLease tells that nobody knows whether a message left: its process is gone.
func (s *Service) loseLease(tx Tx, d hookswitch.Delivery) error {
	now := tx.Now()
	step, ok := d.State.On(hookswitch.LeaseLost)
	if !ok {
		return nil
	}
	d.State = step.Next
	d.Status, d.Failure = hookswitch.WordUnknown, hookswitch.ConnectionLost
	d.Owner, d.Lease = "", time.Time{}
	d.Due = nextDue(d, now)
	events := []hookswitch.Event{s.sendEvent(d, step.Send, "The server stopped while it was sending", now)}
	settled, err := s.settleEarly(tx, &d, hookswitch.Report{})
	if err != nil {
		return err
	}
	if err := tx.UpdateDelivery(d); err != nil {
		return err
	}
	return tx.AppendEvents(append(events, settled...)...)
}

// follow tells the provider of a claimed delivery that its passcode was verified, asks for its status, and gives up at
// the deadline.
func (s *Service) follow(ctx context.Context, d hookswitch.Delivery) error {
	told := s.giveFeedback(ctx, d)
	if !d.State.Final() {
		if err := s.pollAndSettle(ctx, d); err != nil {
			return err
		}
	}
	return s.update(ctx, func(tx Tx) error {
		d, err := tx.Delivery(d.ID)
		if err != nil {
			return err
		}
		now := tx.Now()
		late := !now.Before(d.Deadline)
		if told || late && d.Feedback == hookswitch.FeedbackDue {
			d.Feedback = hookswitch.FeedbackNone
		}
		var events []hookswitch.Event
		switch {
		case d.State.Final() && d.Feedback != hookswitch.FeedbackDue:
			d.Due = time.Time{}
		case d.State.Final() || !late:
			d.Due = nextDue(d, now)
		default:
			step, ok := d.State.On(hookswitch.DeadlinePassed)
			if !ok {
				return nil
			}
			d.State, d.Status = step.Next, hookswitch.WordUnknown
			finish(&d, now)
			events = append(events, s.statusEvent(d, step.Receive, "No status came before the deadline", now))
		}
		if err := tx.UpdateDelivery(d); err != nil {
			return err
		}
		return tx.AppendEvents(events...)
	})
}

// giveFeedback tells the provider that the passcode was verified; true when there is nothing more to tell.
func (s *Service) giveFeedback(ctx context.Context, d hookswitch.Delivery) bool {
	if d.Feedback != hookswitch.FeedbackDue {
		return false
	}
	account, err := s.account(ctx, func(p hookswitch.TelephonyProvider) bool { return p.ID == d.ProviderID })
	if err == nil {
		taker, ok := account.Provider.(hookswitch.FeedbackTaker)
		if !ok {
			return true
		}
		ctx, cancel := context.WithTimeout(ctx, pollBudget)
		defer cancel()
		err = taker.Verified(ctx, d.Channel, d.Reference)
	}
	if err != nil {
		s.log.WarnContext(ctx, "provider cannot be told that the passcode was verified", "deliveryId", d.ID, "provider", d.Provider, "error", err)
		return false
	}
	return true
}

func (s *Service) pollAndSettle(ctx context.Context, d hookswitch.Delivery) error {
	report, err := s.poll(ctx, d)
	if err != nil {
		s.log.WarnContext(ctx, "status cannot be asked for", "deliveryId", d.ID, "provider", d.Provider, "error", err)
		return nil
	}
	if report.Fate == "" || report.Fate == hookswitch.StatusInterim && report.ProviderStatus == d.StatusRaw {
		return nil
	}
	return s.settle(ctx, d.ID, d.ProviderID, report, "poll")
}

// poll asks the provider that has d for its status; the zero report means that it cannot be asked.
func (s *Service) poll(ctx context.Context, d hookswitch.Delivery) (hookswitch.Report, error) {
	if d.Reference == "" {
		return hookswitch.Report{}, nil
	}
	account, err := s.account(ctx, func(p hookswitch.TelephonyProvider) bool { return p.ID == d.ProviderID })
	if err != nil {
		return hookswitch.Report{}, err
	}
	poller, ok := account.Provider.(hookswitch.Poller)
	if !ok {
		return hookswitch.Report{}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, pollBudget)
	defer cancel()
	return poller.Poll(ctx, d.Channel, d.Reference)
}
