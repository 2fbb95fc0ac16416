package delivery

import (
	"time"

	"hookswitch"
)

// Budgets of a send. Twilio and Telesign answer within a second on a good day; a person waits thirty.
const (
	attemptBudget = 4 * time.Second
	sendBudget    = 8 * time.Second
	leaseTime     = 20 * time.Second // longer than the send budget and WRITE 2 together
)

// Begin makes the row of a delivery that this process will send, leased to it from now.
func (s *Service) Begin(d hookswitch.Delivery, now time.Time) hookswitch.Delivery {
	step, _ := hookswitch.DeliveryState("").On(hookswitch.GuardAllowed)
	d.State = step.Next
	d.Created = now
	d.Owner = s.owner
	d.Lease = now.Add(leaseTime)
	d.Due = d.Lease
	d.Deadline = now.Add(s.statusDeadline)
	d.Version = 1
	return d
}

// Deny makes the row of a delivery that the guard refused, with both of its events.
func (s *Service) Deny(d hookswitch.Delivery, reason string, now time.Time) (hookswitch.Delivery, []hookswitch.Event) {
	step, _ := hookswitch.DeliveryState("").On(hookswitch.GuardDenied)
	d.State = step.Next
	d.Status = hookswitch.WordDenied
	d.Failure = hookswitch.BlockedFraud
	d.Created, d.Settled = now, now
	d.Version = 1
	return d, []hookswitch.Event{
		s.sendEvent(d, step.Send, reason, now),
		s.statusEvent(d, step.Receive, reason, now),
	}
}
