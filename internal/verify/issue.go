package verify

import (
	"context"
	"errors"
	"time"

	"hookswitch"
	"hookswitch/internal/delivery"
	"hookswitch/internal/guard"
	"hookswitch/internal/otp"
	"hookswitch/internal/phone"
)

// Ask is a wish for a passcode.
type Ask struct {
	User hookswitch.User // zero for nobody we know: a test send
	// Factor is the factor to challenge. With Enrolling it is written together with the challenge: inserted when its
	// Version is zero, otherwise replaced.
	Factor    hookswitch.Factor
	Enrolling bool
	Purpose   hookswitch.Purpose
	Lifetime  time.Duration // 0: what the org sets
	Languages []string      // what the asker's browser or request prefers, best first; the user's own come before
	Template  string        // id of the SMS template to use, "" for the one that serves
	Origin    hookswitch.Origin
	Route     delivery.Route
	Resend    bool // the newest passcode did not arrive: take the other provider and another sender
}

// Issued is a passcode on its way.
type Issued struct {
	Factor   hookswitch.Factor
	Delivery hookswitch.Delivery
	Detail   string // the carrier's own words, for an administrator's test
	Failure  hookswitch.Failure
}

// Issue makes a passcode and sends it. A *hookswitch.Problem tells the asker why not: a limit (nothing was sent, the
// earlier passcode stays good), the guard, or every provider's refusal.
func (s *Service) Issue(ctx context.Context, ask Ask) (Issued, error) {
	begun, err := s.begin(ctx, ask)
	if err != nil {
		return Issued{}, err
	}
	if begun.denied {
		return Issued{}, hookswitch.Refuse(hookswitch.SendRefused, "Nothing can be sent to this phone number. Ask your administrator.")
	}
	outcome, err := s.sender.Send(ctx, begun.job)
	if err != nil {
		return Issued{}, err
	}
	issued := Issued{Factor: begun.factor, Delivery: outcome.Delivery, Detail: outcome.Detail, Failure: outcome.Failure}
	return issued, outcome.Refusal()
}

// begun is what WRITE 1 wrote, with the text that is in memory only.
type begun struct {
	factor hookswitch.Factor
	job    delivery.Job
	denied bool
}

// begin does everything before the send: values first, then WRITE 1.
func (s *Service) begin(ctx context.Context, ask Ask) (begun, error) {
	org, err := s.org(ctx)
	if err != nil {
		return begun{}, err
	}
	if !org.Phone.Permits(ask.Factor.Channel, ask.Purpose) {
		return begun{}, hookswitch.Refuse(hookswitch.ChannelOff)
	}
	d, err := s.draft(ctx, ask, org)
	if err != nil {
		return begun{}, err
	}
	decision := guard.Decide(guard.Signals{
		Channel: ask.Factor.Channel, Purpose: ask.Purpose, Phone: ask.Factor.Phone, Country: d.number.Region,
	}, guard.Rules{BlockedCountries: org.BlockedCountries, BlockedPrefixes: org.BlockedPrefixes})

	var result begun
	var refused error
	raced := false
	err = s.update(ctx, func(tx Tx) error {
		result, refused = begun{}, nil
		factor, err := currentFactor(tx, ask, raced)
		raced = true
		if err != nil {
			return err
		}
		if refused, err = s.spend(tx, limitsOf(org, ask), ask); err != nil || refused != nil {
			return err
		}
		result, err = s.writeOne(tx, ask, d, factor, decision)
		return err
	})
	if err != nil {
		return begun{}, err
	}
	return result, refused
}

// currentFactor is the factor to challenge: the one the asker read, and after a lost race the one that stands there now.
func currentFactor(tx Tx, ask Ask, raced bool) (hookswitch.Factor, error) {
	if !raced || ask.Factor.ID == "" {
		return ask.Factor, nil
	}
	if ask.Enrolling {
		return hookswitch.Factor{}, hookswitch.Refuse(hookswitch.Contended, "The factor was changed at the same time. Try again.")
	}
	f, err := tx.Factor(ask.Factor.ID)
	if err == nil && f.Status == hookswitch.FactorInactive {
		err = hookswitch.Refuse(hookswitch.FactorDisabled)
	}
	return f, err
}

// draft is a message before it is written down.
type draft struct {
	number  phone.Number
	code    otp.Code
	text    Text
	scripts []hookswitch.Script
	expires time.Duration
}

// language is that of the words.
func (d draft) language() string {
	if len(d.scripts) > 0 {
		return d.scripts[0].Language
	}
	return d.text.Language
}

func (s *Service) draft(ctx context.Context, ask Ask, org hookswitch.Org) (draft, error) {
	number, err := s.Number(org, ask.Factor.Phone, "", ask.Factor.Channel)
	if err != nil {
		return draft{}, err
	}
	d := draft{number: number}
	if d.expires, err = lifetime(ask.Lifetime, org); err != nil {
		return draft{}, err
	}
	if d.code, err = otp.New(s.random, org.CodeDigits); err != nil {
		return draft{}, err
	}
	words := Words{
		Purpose: ask.Purpose, TemplateID: ask.Template, Languages: languagesOf(ask, org), Country: number.Region,
		Code: hookswitch.Secret(d.code.Reveal()), Org: org,
	}
	if ask.Factor.Channel == hookswitch.Call {
		d.scripts, err = s.texts.Call(ctx, words)
	} else {
		d.text, err = s.texts.SMS(ctx, words)
	}
	return d, err
}

// languagesOf orders the languages to try: the user's own, then the request's, then the org's.
func languagesOf(ask Ask, org hookswitch.Org) []string {
	languages := make([]string, 0, 3+len(ask.Languages))
	for _, l := range append([]string{ask.User.Profile.PreferredLanguage, ask.User.Profile.Locale}, ask.Languages...) {
		if l != "" {
			languages = append(languages, l)
		}
	}
	return append(languages, org.Language)
}

// writeOne is WRITE 1 behind the limits: the new challenge takes the place of the old one, and its delivery begins.
func (s *Service) writeOne(tx Tx, ask Ask, d draft, factor hookswitch.Factor, decision guard.Decision) (begun, error) {
	now := tx.Now()
	route := ask.Route
	row := hookswitch.Delivery{
		ID: hookswitch.NewID(hookswitch.DeliveryID, now, s.random), UserID: ask.User.ID, FactorID: factor.ID,
		Channel: factor.Channel, Purpose: ask.Purpose, Phone: factor.Phone, Country: d.number.Region,
		CountryCode: d.number.CountryCode, Language: d.language(), Origin: ask.Origin,
	}
	if ask.User.ID != "" {
		row.Recipient = hookswitch.UserEntity(ask.User)
	}
	if decision.Denied {
		denied, events := s.sender.Deny(row, decision.Reason, now)
		return begun{denied: true}, errors.Join(tx.InsertDelivery(denied), tx.AppendEvents(events...))
	}
	var last hookswitch.Delivery // the message that this one takes the place of
	if factor.UserID != "" {
		var err error
		if last, err = s.writeChallenge(tx, ask, d, &factor, &row); err != nil {
			return begun{}, err
		}
	}
	if route.Avoid == "" {
		route.Avoid = last.ProviderID
	}
	row = s.sender.Begin(row, now)
	if err := tx.InsertDelivery(row); err != nil {
		return begun{}, err
	}
	return begun{factor: factor, job: delivery.Job{Delivery: row, Route: route, Message: messageOf(ask, d, factor, row, last)}}, nil
}

// writeChallenge puts a new challenge in the place of the factor's old one. It gives the message of the old one when
// that probably did not arrive: it was asked to be sent again, or a passcode is asked for while that one is still good.
func (s *Service) writeChallenge(tx Tx, ask Ask, d draft, factor *hookswitch.Factor, row *hookswitch.Delivery) (hookswitch.Delivery, error) {
	if factor.ID == "" {
		factor.ID = hookswitch.NewID(hookswitch.FactorID(factor.Channel), tx.Now(), s.random)
		row.FactorID = factor.ID
	}
	var last hookswitch.Delivery
	if ask.Resend || tx.Now().Before(factor.ChallengeExpires) {
		var arrived bool
		var err error
		if last, arrived, err = replaceChallenge(tx, *factor); err != nil {
			return hookswitch.Delivery{}, err
		}
		if arrived && !ask.Resend {
			last = hookswitch.Delivery{}
		}
	}
	challenge := s.challenge(*row, d, tx.Now())
	row.ChallengeID = challenge.ID
	factor.ChallengeID, factor.ChallengeExpires = challenge.ID, challenge.Expires
	return last, errors.Join(tx.InsertChallenge(challenge), saveFactor(tx, factor, ask.Enrolling))
}

// messageOf is what goes to the provider: the only place where the passcode meets the phone number.
func messageOf(ask Ask, d draft, factor hookswitch.Factor, row, last hookswitch.Delivery) hookswitch.Message {
	lastSender := ""
	if last.ID != "" {
		lastSender = senderOf(last)
	}
	m := hookswitch.Message{
		DeliveryID: row.ID, Channel: row.Channel, Purpose: row.Purpose, To: row.Phone, Country: row.Country,
		Extension: factor.Extension, Code: hookswitch.Secret(d.code.Reveal()), Text: d.text.Body, Language: row.Language,
		Expires: row.Created.Add(d.expires), Origin: ask.Origin, User: ask.User,
		Sender: d.text.Regulation.Sender(lastSender), DLTEntityID: d.text.Regulation.DLTEntityID,
		DLTTemplateID: d.text.Regulation.DLTTemplateID(row.Purpose),
	}
	if len(d.scripts) > 0 {
		m.Script, m.Instead = d.scripts[0], d.scripts[1:]
	}
	return m
}

func (s *Service) challenge(row hookswitch.Delivery, d draft, now time.Time) hookswitch.Challenge {
	id := hookswitch.NewID(hookswitch.ChallengeID, now, s.random)
	return hookswitch.Challenge{
		ID: id, UserID: row.UserID, FactorID: row.FactorID, Purpose: row.Purpose, Channel: row.Channel, Phone: row.Phone,
		DeliveryID: row.ID, State: hookswitch.ChallengePending, Digest: otp.Digest(s.key, id, d.code),
		Issued: now, Expires: now.Add(d.expires), Version: 1,
	}
}

func saveFactor(tx Tx, f *hookswitch.Factor, enrolling bool) (err error) {
	switch {
	case f.Version == 0:
		f.Version = 1
		f.Created, f.LastUpdated = tx.Now(), tx.Now()
		return tx.InsertFactor(*f)
	case enrolling:
		f.LastUpdated = tx.Now()
		err = tx.UpdateFactor(*f)
	default:
		err = tx.MarkFactor(*f)
	}
	f.Version++
	return err
}

// replaceChallenge ends the factor's older passcode. It tells the delivery of its message and whether that arrived as far
// as we can know: whoever asks again while a passcode is still good probably did not get it.
func replaceChallenge(tx Tx, f hookswitch.Factor) (last hookswitch.Delivery, arrived bool, err error) {
	if f.ChallengeID == "" {
		return last, true, nil
	}
	old, err := tx.Challenge(f.ChallengeID)
	if err != nil {
		return last, false, err
	}
	if last, err = tx.Delivery(old.DeliveryID); err != nil {
		return last, false, err
	}
	arrived = !old.Good(tx.Now())
	if old.State.To(hookswitch.ChallengeReplaced) {
		old.State = hookswitch.ChallengeReplaced
		err = tx.UpdateChallenge(old)
	}
	return last, arrived, err
}

// senderOf is whom the last attempt's message came from.
func senderOf(d hookswitch.Delivery) string {
	if len(d.Attempts) == 0 {
		return ""
	}
	return d.Attempts[len(d.Attempts)-1].Sender
}
