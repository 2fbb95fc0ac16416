package hookswitch_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"hookswitch"
)

func TestASecretIsNeverPrinted(t *testing.T) {
	const canary = "canary-8812"
	secret := hookswitch.Secret(canary)
	message := hookswitch.Message{Code: secret, Text: "text " + secret}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "secret", secret, "message", message)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", secret, "message", message)
	encoded, err := json.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	for _, printed := range []string{
		secret.String(), fmt.Sprint(secret), fmt.Sprintf("%s %v %+v %#v %q %d %x", secret, secret, secret, secret, secret, secret, secret),
		fmt.Sprintf("%v %+v", message, message), fmt.Sprintf("%#v", message), string(encoded), log.String(),
		errors.Join(fmt.Errorf("x %v", secret)).Error(),
	} {
		if strings.Contains(printed, canary) {
			t.Errorf("printed: %s", printed)
		}
	}
}

func TestAnIdentifierHasTwentyCharactersAndSortsByItsTime(t *testing.T) {
	var last string
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 2000 {
		id := hookswitch.NewID(hookswitch.UserID, at, rand.Reader)
		if len(id) != 20 || !strings.HasPrefix(id, "00u") {
			t.Fatalf("%q", id)
		}
		if id <= last {
			t.Fatalf("%q was made after %q and sorts before it", id, last)
		}
		last = id
		at = at.Add(17 * time.Millisecond)
	}
}

func TestAUUIDIsOfVersionSeven(t *testing.T) {
	u := hookswitch.NewUUID(noon, rand.Reader)
	if len(u) != 36 || u[14] != '7' || !strings.ContainsRune("89ab", rune(u[19])) {
		t.Fatalf("%q", u)
	}
}

func TestEveryPurposeHasASendEventOnEachChannel(t *testing.T) {
	twelve := map[hookswitch.EventType]bool{hookswitch.SMSStatus: true, hookswitch.CallStatus: true}
	for _, channel := range hookswitch.Channels() {
		for _, purpose := range hookswitch.Purposes() {
			kind := hookswitch.SendEvent(channel, purpose)
			prefix := "system.sms.send_"
			if channel == hookswitch.Call {
				prefix = "system.voice.send_"
			}
			if !strings.HasPrefix(string(kind), prefix) {
				t.Errorf("%s %s is told by %s", channel, purpose, kind)
			}
			if kind.DisplayMessage() == string(kind) {
				t.Errorf("%s has no display message", kind)
			}
			twelve[kind] = true
		}
	}
	if len(twelve) != 13 {
		t.Errorf("%d telephony events are reachable, want Okta's twelve and system.sms.send_message", len(twelve))
	}
}
