package app

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"hookswitch"
)

// repeats puts what a call says into the URL that a key press asks for. The passcode is stored nowhere, so the URL
// itself carries it, sealed under the master key; the carrier that gets the URL knows the passcode anyway.
type repeats struct {
	key masterKey
	now func() time.Time
}

type repeat struct {
	Script  hookswitch.Script `json:"script"`
	Expires time.Time         `json:"expires"`
}

var errNoRepeat = errors.New("this call cannot be repeated")

// seal gives the text for the URL; "" when there is nothing to repeat.
func (r repeats) seal(deliveryID string, script hookswitch.Script, expires time.Time) (string, error) {
	if len(script.Reading) == 0 {
		return "", nil
	}
	plain, err := json.Marshal(repeat{script, expires})
	if err != nil {
		return "", err
	}
	sealed, err := r.key.Seal(plain, "repeat/"+deliveryID)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

// open gives back the script while the passcode in it is good.
func (r repeats) open(deliveryID, text string) (hookswitch.Script, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return hookswitch.Script{}, errNoRepeat
	}
	plain, err := r.key.Open(sealed, "repeat/"+deliveryID)
	if err != nil {
		return hookswitch.Script{}, errNoRepeat
	}
	var again repeat
	if err := json.Unmarshal(plain, &again); err != nil || !r.now().Before(again.Expires) {
		return hookswitch.Script{}, errNoRepeat
	}
	return again.Script, nil
}
