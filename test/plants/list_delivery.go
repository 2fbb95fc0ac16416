package main

const (
	send      = "internal/delivery/send.go"
	record    = "internal/delivery/record.go"
	settle    = "internal/delivery/settle.go"
	reconcile = "internal/delivery/reconcile.go"
	failures  = "failure.go"
)

// deliveryPlants are in the way of a message to the carrier.
func deliveryPlants() []plant {
	return []plant{
		one("another provider sends after a time-out", send, `if i+1 < len(able) && able[i+1].Fallback && able[i+1].AfterTimeout {`, `if i+1 < len(able) {`),
		one("a time-out counts as a failure", send, `sent.fate = hookswitch.NoAnswer`, `sent.fate = hookswitch.AttemptsFailed`),
		one("another provider sends to who opted out", failures, `"Phone number opted out of messages", Sure: true,`, `"Phone number opted out of messages", Sure: true, Failover: true,`),
		one("another provider sends what was blocked for fraud", failures, `Reason: reasonBlocked, Sure: true, Alert: true}`, `Reason: reasonBlocked, Sure: true, Failover: true, Alert: true}`),
		one("no other provider sends what surely failed", send, `if !traits.Failover {`, `if traits.Sure {`),
		one("an unreadable answer counts as a failure", failures, `Reason: "Telephony provider gave an unreadable answer", Unhealthy: true}`, `Reason: "Telephony provider gave an unreadable answer", Sure: true, Failover: true, Unhealthy: true}`),
		one("the asker is answered before the outcome is written", send, `return s.record(context.WithoutCancel(ctx), job, sent)`,
			`go func() { _, _ = s.record(context.WithoutCancel(ctx), job, sent) }()
	return Outcome{Delivery: job.Delivery}, nil`),
		one("a send is not leased", "internal/delivery/begin.go", `d.Due = d.Lease`, `d.Due = now`),
		one("a resend takes the same provider again", "internal/delivery/route.go", `if a.Entry.ID == route.Avoid {`, `if a.Entry.ID == "" {`),
		one("an inactive provider sends", "internal/delivery/route.go", `if route.Only == "" && !a.Entry.Enabled && !a.Fallback {`, `if route.Only == "" && !a.Entry.Enabled && a.Fallback {`),
		one("a failed send has no receive_status", record, `events = append(events, s.sendEvent(*d, step.Send, reason, now), s.statusEvent(*d, step.Receive, reason, now))`,
			`events = append(events, s.sendEvent(*d, step.Send, reason, now))`),
		one("who hangs up stops the send", send, `context.WithTimeout(context.WithoutCancel(ctx), sendBudget)`, `context.WithTimeout(ctx, sendBudget)`),
	}
}

// callbackPlants are in what becomes known of a message later.
func callbackPlants() []plant {
	return []plant{
		one("a callback of Twilio needs no signature", "internal/provider/twilio/callback.go", `if ok != 1 || !hashed {`, `if ok < 0 || !hashed {`),
		one("a callback of Telesign needs no signature", "internal/provider/telesign/callback.go",
			`return subtle.ConstantTimeCompare([]byte(expected), []byte(given)) == 1`, `return subtle.ConstantTimeCompare([]byte(expected), []byte(given)) >= 0`),
		one("a message is settled twice", fates, `return Step{Next: s, Keep: true}, fate.isStatus()`, `return Sent.afterSend(fate)`),
		one("receive_status may come before its send", fates, `	case StatusInterim, StatusArrived, StatusLost:
		return Step{Next: Sending, Keep: true}, true`, `	case StatusInterim, StatusArrived, StatusLost:
		return Sending.afterSend(fate)`),
		one("an early callback is lost", record, `if d.Notes == 0 || d.State.Final() {`, `if d.Notes >= 0 || d.State.Final() {`),
		one("a late callback changes what is final", fates, `	case DeadlinePassed:
		return Step{Next: UnknownFate, Receive: ResultUnknown}, true`, `	case DeadlinePassed:
		return Step{Next: s, Receive: ResultUnknown}, true`),
		one("the status of one message settles another", settle, `		return true, nil
	}
	other,`, `		return false, nil
	}
	other,`),
		one("a forged callback is told of each time", "internal/delivery/forged.go", `if !result.Allowed {
			return nil
		}`, `if !result.Allowed {
			result.Next = []int64{0, 0}
		}`),
		one("a message without a status never ends", reconcile, `late := !now.Before(d.Deadline)`, `late := now.After(d.Deadline.AddDate(0, 0, 1))`),
		one("nobody hears of a send whose process died", reconcile, `return tx.AppendEvents(append(events, settled...)...)`, `return tx.AppendEvents(append(events[:0], settled...)...)`),
		one("a carrier is not asked for the status", reconcile, `if d.Reference == "" {
		return hookswitch.Report{}, nil`, `if d.Reference != "" {
		return hookswitch.Report{}, nil`),
		one("a passcode that was right is told of once more each time", reconcile, `if told || late && d.Feedback == hookswitch.FeedbackDue {`, `if told && late || late && d.Feedback == hookswitch.FeedbackDue {`),
	}
}
