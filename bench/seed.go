package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/store"
)

// enrolled is a person with a phone.
type enrolled struct{ userID, factorID, phone string }

// The phones: one exchange after the other of an area code. No message leaves the machine.
const (
	areaCode    = "+1202"
	firstNumber = 2_000_000
	mostNumbers = 8_000_000
)

func phoneNumber(i int) string { return areaCode + strconv.Itoa(firstNumber+i) }

// phoneOf is which of the phones has a number.
func phoneOf(number string) (int, bool) {
	local, ok := strings.CutPrefix(number, areaCode)
	n, err := strconv.Atoi(local)
	return n - firstNumber, ok && err == nil && n >= firstNumber
}

// seedBatch is how many people one transaction adds.
const seedBatch = 1000

// seed adds people who enrolled a year ago and signed in yesterday: an active factor each, whose last passcode was
// delivered and used.
func seed(ctx context.Context, db *store.DB, numbers int, now time.Time) ([]enrolled, error) {
	if numbers > mostNumbers {
		return nil, fmt.Errorf("at most %d numbers", mostNumbers)
	}
	people := make([]enrolled, numbers)
	for begin := 0; begin < numbers; begin += seedBatch {
		err := db.Update(ctx, func(tx *store.Tx) error {
			for i := begin; i < min(begin+seedBatch, numbers); i++ {
				// Spread over a year, and a day.
				age := time.Duration(numbers-i) * (365 * 24 * time.Hour / time.Duration(numbers))
				var err error
				if people[i], err = enrol(tx, i, now.Add(-age), now.Add(-24*time.Hour-age/365)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("seed: %w", err)
		}
	}
	return people, nil
}

func enrol(tx *store.Tx, i int, since, last time.Time) (enrolled, error) {
	since, last = since.UTC().Truncate(time.Microsecond), last.UTC().Truncate(time.Microsecond)
	user := hookswitch.User{
		ID: hookswitch.NewID(hookswitch.UserID, since, rand.Reader), Status: hookswitch.UserActive,
		Profile: hookswitch.Profile{
			Login: fmt.Sprintf("user%d@example.com", i), Email: fmt.Sprintf("user%d@example.com", i), FirstName: "Bench", LastName: fmt.Sprintf("User %d", i),
		},
		Created: since, Activated: since, StatusChanged: since, LastUpdated: since, Version: 1,
	}
	factor := hookswitch.Factor{
		ID: hookswitch.NewID(hookswitch.SMSID, since, rand.Reader), UserID: user.ID, Channel: hookswitch.SMS, Phone: phoneNumber(i),
		Status: hookswitch.FactorActive, Created: since, LastUpdated: last, Version: 3,
		ChallengeID: hookswitch.NewID(hookswitch.ChallengeID, last, rand.Reader), ChallengeExpires: last.Add(5 * time.Minute),
	}
	challenge := hookswitch.Challenge{
		ID: factor.ChallengeID, UserID: user.ID, FactorID: factor.ID, Purpose: hookswitch.SignIn, Channel: hookswitch.SMS, Phone: factor.Phone,
		DeliveryID: hookswitch.NewID(hookswitch.DeliveryID, last, rand.Reader), State: hookswitch.ChallengeVerified, Digest: make([]byte, 32),
		Issued: last, Expires: last.Add(5 * time.Minute), Version: 2,
	}
	delivery := hookswitch.Delivery{
		ID: challenge.DeliveryID, ChallengeID: challenge.ID, UserID: user.ID, FactorID: factor.ID, Channel: hookswitch.SMS,
		Purpose: hookswitch.SignIn, Phone: factor.Phone, Country: "US", CountryCode: 1, State: hookswitch.Delivered, Language: "en",
		Provider: string(hookswitch.Twilio), ProviderID: hookswitch.NewID(hookswitch.ProviderID, since, rand.Reader), Reference: "SM" + rand.Text(),
		Status: hookswitch.WordDelivered, StatusRaw: "delivered", Created: last, Settled: last.Add(2 * time.Second), Deadline: last.Add(15 * time.Minute),
		Recipient: hookswitch.UserEntity(user), Notes: 1, Version: 3,
	}
	for _, insert := range []func() error{
		func() error { return tx.InsertUser(user) },
		func() error { return tx.InsertFactor(factor) },
		func() error { return tx.InsertChallenge(challenge) },
		func() error { return tx.InsertDelivery(delivery) },
	} {
		if err := insert(); err != nil {
			return enrolled{}, err
		}
	}
	return enrolled{user.ID, factor.ID, factor.Phone}, nil
}
