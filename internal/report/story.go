package report

import (
	"fmt"
	"time"

	"hookswitch"
)

// Story is what became of one message, in words.
type Story struct {
	Delivery hookswitch.Delivery // zero when a limit refused and there was none
	Verdict  string              // the whole in one sentence, to read out
	Advice   string              // what to do about it, "" when nothing
	Lines    []Line              // what happened, in order
}

// Line is one thing that happened.
type Line struct {
	At   time.Time
	Text string
}

// tell puts a delivery into words.
func tell(tx Tx, d hookswitch.Delivery) (Story, error) {
	notes, err := tx.StatusNotes(d.ID)
	if err != nil {
		return Story{}, err
	}
	s := Story{Delivery: d}
	s.say(d.Created, "%s asked for a %s to %s, for %s.", asker(d), thing(d.Channel), d.Phone, purposeInWords(d.Purpose))
	if d.State == hookswitch.Denied {
		s.say(d.Created, "Our own guard refused it; nothing was sent.")
	}
	for i, a := range d.Attempts {
		s.say(a.Started.Add(a.Took), "%s", attemptInWords(a, i))
	}
	for _, n := range notes {
		s.say(n.At, "%s", noteInWords(n, d))
	}
	if d.State == hookswitch.UnknownFate {
		s.say(d.Settled, "No status came before the deadline.")
	}
	if err := s.passcode(tx, d); err != nil {
		return Story{}, err
	}
	s.Verdict, s.Advice = verdict(d)
	return s, nil
}

func (s *Story) say(at time.Time, format string, args ...any) {
	s.Lines = append(s.Lines, Line{at, fmt.Sprintf(format, args...)})
}

// passcode tells what became of the passcode in the message.
func (s *Story) passcode(tx Tx, d hookswitch.Delivery) error {
	if d.ChallengeID == "" {
		return nil
	}
	c, err := tx.Challenge(d.ChallengeID)
	if err != nil {
		return err
	}
	switch {
	case c.State == hookswitch.ChallengeVerified:
		s.say(tx.Now(), "The passcode was given and accepted.")
	case c.State == hookswitch.ChallengeReplaced:
		s.say(tx.Now(), "A newer passcode took the place of this one.")
	case c.State == hookswitch.ChallengeCanceled:
		s.say(tx.Now(), "The passcode is void.")
	case c.Good(tx.Now()):
		s.say(tx.Now(), "The passcode is still good for %s.", c.Expires.Sub(tx.Now()).Round(time.Second))
	default:
		s.say(c.Expires, "The passcode expired without being given.")
	}
	return nil
}

func tellRefusal(e hookswitch.Event) Story {
	s := Story{
		Verdict: "Nothing was sent: too many requests in a short time.",
		Advice:  "Wait half a minute, then ask for one new code.",
	}
	s.say(e.Published, "A request was refused. %s.", e.Reason)
	return s
}

func asker(d hookswitch.Delivery) string {
	if d.Origin.Actor.DisplayName != "" {
		return d.Origin.Actor.DisplayName
	}
	return "Somebody"
}

func thing(c hookswitch.Channel) string {
	if c == hookswitch.Call {
		return "voice call"
	}
	return "text message"
}

func purposeInWords(p hookswitch.Purpose) string {
	switch p {
	case hookswitch.Enrollment:
		return "setting up the phone"
	case hookswitch.SignIn:
		return "signing in"
	case hookswitch.PasswordReset:
		return "a password reset"
	case hookswitch.AccountUnlock:
		return "unlocking the account"
	case hookswitch.PushActivation:
		return "activating a push authenticator"
	case hookswitch.Test:
		return "a test"
	case hookswitch.Relayed:
		return "another identity provider"
	default:
		return string(p)
	}
}

func attemptInWords(a hookswitch.Attempt, i int) string {
	who := a.Provider
	if i > 0 {
		who = "Then " + who
	}
	took := a.Took.Round(time.Millisecond)
	words := fmt.Sprintf("%s accepted the message after %s.", who, took)
	switch a.Failure {
	case "":
	case hookswitch.MethodCannot:
		words = who + " was passed over: its method cannot send this message."
	default:
		words = fmt.Sprintf("%s did not take the message (%s): %s.", who, took, a.Failure.Traits().Reason)
		if a.ProviderCode != "" {
			words += " Its code is " + a.ProviderCode + "."
		}
	}
	if a.Note != "" {
		words += " " + a.Note + "."
	}
	return words
}

func noteInWords(n hookswitch.StatusNote, d hookswitch.Delivery) string {
	words := "The carrier told: " + n.Word
	if n.Source == "poll" {
		words = "We asked the carrier: " + n.Word
	}
	if n.ProviderCode != "" {
		words += " (code " + n.ProviderCode + ")"
	}
	if n.Fate == hookswitch.StatusLost && n.Failure != "" {
		words += ". " + n.Failure.Traits().Reason
	}
	if !n.Applied && n.Fate != hookswitch.StatusInterim && d.State.Final() {
		words += "; it changed nothing any more"
	}
	return words + "."
}

// verdict is the one sentence that the person on the line wants to hear, and what to do.
func verdict(d hookswitch.Delivery) (sentence, advice string) {
	switch d.State {
	case hookswitch.Sending:
		return "The message is being sent right now.", ""
	case hookswitch.Sent:
		return fmt.Sprintf("%s has the message; no final status yet.", d.Provider), "Wait a moment, or ask for a new code: it takes the other provider."
	case hookswitch.Uncertain:
		return "The carrier did not answer, so nobody knows yet whether the message left.", "Ask for a new code: it takes the other provider."
	case hookswitch.Denied:
		return "Nothing was sent: our own rules block this number.", "A security administrator can change the rules."
	case hookswitch.Failed:
		return "Nothing was sent: " + d.Failure.Traits().Reason + ".", adviceFor(d)
	case hookswitch.Delivered:
		if d.Channel == hookswitch.Call {
			return "The call was answered.", ""
		}
		return "The message arrived on the phone.", ""
	case hookswitch.Undelivered:
		return "The message did not arrive: " + d.Failure.Traits().Reason + ".", adviceFor(d)
	case hookswitch.UnknownFate:
		return "The carrier never told what became of the message.", "Ask for a new code."
	default:
		return string(d.State), ""
	}
}

func adviceFor(d hookswitch.Delivery) string {
	traits := d.Failure.Traits()
	switch {
	case traits.OtherChannel && d.Channel == hookswitch.SMS:
		return "A voice call to this number may work."
	case traits.Alert:
		return "An administrator has to look at the telephony providers."
	case d.Failure == hookswitch.InvalidNumber:
		return "Check the number with the person."
	default:
		return "Ask for a new code in half a minute."
	}
}
