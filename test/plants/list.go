package main

import "slices"

// plants are all bugs, by the part of the program that they are in.
func plants() []plant {
	return slices.Concat(passcodePlants(), limitPlants(), deliveryPlants(), callbackPlants(), storePlants(), signInPlants(), edgePlants())
}

const (
	check     = "internal/verify/check.go"
	issue     = "internal/verify/issue.go"
	digest    = "internal/otp/digest.go"
	fates     = "delivery.go"
	challenge = "challenge.go"
)

// passcodePlants are in the life of a passcode.
func passcodePlants() []plant {
	return []plant{
		{"a resend leaves the old passcode good", []edit{
			{issue, `if old.State.To(hookswitch.ChallengeReplaced) {`, `if old.State.To(hookswitch.ChallengeReplaced) && f.ID == "" {`},
			{check, `if in.Challenge.State == hookswitch.ChallengePending { //`, `if in.Challenge.ID == "" { //`},
		}},
		one("a passcode is accepted twice", check, `c.State = hookswitch.ChallengeVerified`, `c.State = hookswitch.ChallengePending`),
		one("a passcode is good at the instant it expires", challenge, `now.Before(c.Expires)`, `!now.After(c.Expires)`),
		one("a passcode never expires", check, `in.Challenge.Good(tx.Now())`, `in.Challenge.State == hookswitch.ChallengePending`),
		one("a longer passcode passes for its beginning", digest, `case isDigit && len(dst) == MaxDigits:
			return dst, false`, `case isDigit && len(dst) == SafeDigits:`),
		one("a digest is of any challenge", digest, `	mac.Write([]byte(challengeID))
`, ``),
		one("some digits come more often", "internal/otp/code.go", `if b < 250 && filled < digits {`, `if filled < digits {`),
		one("the passcode of a message that failed stays good", "internal/delivery/record.go",
			`if err := cancelChallenge(tx, d.ChallengeID); err != nil {`, `if err := cancelChallenge(tx, ""); err != nil {`),
		one("a passcode is good without its event", check, `return f, tx.AppendEvents(events...)
}

// replaceFactors`, `return f, nil
}

// replaceFactors`),
		one("a wrong passcode is told of to nobody", check, `return f, refused, tx.AppendEvents(events...)`, `return f, refused, nil`),
		one("the old phone stays beside the new one", check, `if old.ID == f.ID || old.Channel != f.Channel {`, `if old.ID == f.ID || old.Channel == f.Channel {`),
		one("a pending factor can be verified", check, `case a.Activating != (f.Status == hookswitch.FactorPendingActivation):`,
			`case a.Activating && f.Status != hookswitch.FactorPendingActivation:`),
		one("the provider is not told that a passcode was right", check, `if in.Feedback == hookswitch.FeedbackWanted {`, `if in.Feedback == hookswitch.FeedbackDue {`),
		one("a factor that is enrolled again has no time", issue, `		f.LastUpdated = tx.Now()
		err = tx.UpdateFactor(*f)`, `		err = tx.UpdateFactor(*f)`),
		one("the guard is ignored", issue, `if decision.Denied {`, `if decision.Denied && row.ID == "" {`),
		one("a blocked prefix blocks one number", "internal/guard/guard.go", `strings.HasPrefix(s.Phone, prefix)`, `strings.TrimPrefix(s.Phone, prefix) == ""`),
	}
}

// limitPlants are in what bounds guesses and sends.
func limitPlants() []plant {
	const factor, limits, rate = "factor.go", "internal/verify/limits.go", "internal/ratelimit/ratelimit.go"
	return []plant{
		one("a factor locks one wrong passcode too late", factor, `if f.WrongInRow >= limits.InRow {`, `if f.WrongInRow > limits.InRow {`),
		one("wrong passcodes are not counted together", factor, `	f.WrongTotal++
`, `	f.WrongTotal = 1
`),
		one("the right passcode does not clear the count", factor, `f.WrongInRow, f.WrongTotal, f.LockedUntil = 0, 0, time.Time{}`, `f.WrongInRow, f.LockedUntil = 0, time.Time{}`),
		one("a lock is not looked at", check, `if wait, locked := f.Locked(tx.Now()); locked {`, `if wait, locked := f.Locked(tx.Now()); locked && wait < 0 {`),
		one("a limit lets one more through", rate, `if over > 0 {`, `if over > period {`),
		one("a limit is not consumed", limits, `hookswitch.Bucket{Arrival: result.Next[i], Told: was.Told}`, `hookswitch.Bucket{Arrival: min(was.Arrival, result.Next[i]), Told: was.Told}`),
		one("each refusal of a limit is told of", limits, `if was.Told == was.Arrival {`, `if was.Told < 0 {`),
		one("one limit for both channels", "internal/ratelimit/named.go", `return e164 + " " + string(channel)`, `return e164 + " " + string(channel[:0])`),
	}
}

// edgePlants are where strangers' bytes come in and ours go out.
func edgePlants() []plant {
	const keys = "internal/httpd/idempotency.go"
	return []plant{
		one("an Idempotency-Key is ignored", keys, `if key == "" || !op.CanSend || s.replies == nil {`, `if key != "" || !op.CanSend || s.replies == nil {`),
		one("a key is free after a send of unknown outcome", keys, `case errors.Is(err, hookswitch.ErrUnrecorded), `, `case `),
		one("a key answers another request", keys, `if kept.Digest != digest {`, `if kept.Digest == "" {`),
		one("a secret is printed", "secret.go", `func (Secret) String() string { return redacted }`, `func (s Secret) String() string { return string(s) }`),
		one("a carrier's words may show the credentials", "internal/provider/redact.go", `text = strings.ReplaceAll(text, value, hidden)`, `text = strings.TrimPrefix(text, value)`),
		one("a long SMS is counted too short", "internal/smstext/count.go", `return 153`, `return 160`),
		one("a character of two units is counted as one", "internal/smstext/count.go", `if r > 0xFFFF && r <= utf8.MaxRune {`, `if r > utf8.MaxRune {`),
		one("numbers of VoIP are taken", "internal/phone/policy.go", `		return CallOnly
	}
	return Refuse
}`, `		return CallOnly
	}
	return Allow
}`),
	}
}
