package delivery

import "hookswitch"

// Refusal is the problem that the asker of a failed delivery is told; nil when there is none: a message of unknown fate
// is answered like one that was sent, because its passcode may well arrive.
func (o Outcome) Refusal() error {
	if o.Delivery.State != hookswitch.Failed {
		return nil
	}
	p := &hookswitch.Problem{Kind: hookswitch.SendFailed, Failure: o.Failure}
	switch o.Failure {
	case hookswitch.InvalidNumber:
		p.Kind = hookswitch.PhoneInvalid
	case hookswitch.OptedOut:
		p.Kind = hookswitch.OptedOutOfSMS
	case hookswitch.NotConfigured, hookswitch.MethodCannot:
		p.Kind = hookswitch.NoProvider
	case hookswitch.BlockedFraud:
		p.Kind = hookswitch.SendRefused
	default:
		if o.Delivery.Channel == hookswitch.Call {
			p.Kind = hookswitch.CallFailed
		}
	}
	traits := o.Failure.Traits()
	p.Causes = []hookswitch.Cause{{Text: traits.Reason + "."}}
	if traits.OtherChannel && o.Delivery.Channel == hookswitch.SMS {
		p.Causes = append(p.Causes, hookswitch.Cause{Text: "A voice call to this number may work."})
	}
	return p
}
