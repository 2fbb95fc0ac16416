package verify

import (
	"context"
	"io"
	"log/slog"
	"time"

	"hookswitch"
	"hookswitch/internal/phone"
)

// Options are what a Service needs. All fields are required.
type Options struct {
	Update  Update
	Sender  Sender
	Texts   Texts
	Numbers *phone.Cache
	Org     func(ctx context.Context) (hookswitch.Org, error)
	Key     []byte // of the digests of passcodes
	Random  io.Reader
	Log     *slog.Logger
}

// Service issues and checks passcodes. It is safe for concurrent use.
type Service struct {
	update  Update
	sender  Sender
	texts   Texts
	numbers *phone.Cache
	org     func(ctx context.Context) (hookswitch.Org, error)
	key     []byte
	random  io.Reader
	log     *slog.Logger
}

// New makes a Service.
func New(o Options) *Service {
	return &Service{
		update: o.Update, sender: o.Sender, texts: o.Texts, numbers: o.Numbers,
		org: o.Org, key: o.Key, random: o.Random, log: o.Log,
	}
}

// Number reads a phone number as a person typed it and refuses what the channel cannot reach.
func (s *Service) Number(org hookswitch.Org, input, region string, channel hookswitch.Channel) (phone.Number, error) {
	number, err := s.numbers.Parse(input, region)
	if err != nil {
		return phone.Number{}, hookswitch.RefuseField(hookswitch.PhoneInvalid, "phoneNumber", sentence(err.Error()))
	}
	policy := phone.PolicyOf(org)
	if reason, refused := policy.Refuses(number, channel); refused {
		p := hookswitch.RefuseField(hookswitch.PhoneInvalid, "phoneNumber", sentence(reason))
		if _, refused := policy.Refuses(number, channel.Other()); !refused && channel == hookswitch.SMS {
			p.Causes = append(p.Causes, hookswitch.Cause{Text: "A voice call to this number may work."})
		}
		return phone.Number{}, p
	}
	return number, nil
}

func sentence(words string) string {
	if words == "" {
		return words
	}
	return string(words[0]-'a'+'A') + words[1:] + "."
}

// lifetime is how long a passcode is good: what was asked for, or what the org sets.
func lifetime(asked time.Duration, org hookswitch.Org) (time.Duration, error) {
	if asked == 0 {
		return org.CodeLifetime, nil
	}
	if asked < 0 || asked > org.CodeLifetime {
		return 0, hookswitch.RefuseField(hookswitch.Invalid, "tokenLifetimeSeconds", "The lifetime must be at least 1 second and at most the lifetime that the org allows.")
	}
	return asked, nil
}
