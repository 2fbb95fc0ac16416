package delivery

import (
	"strconv"
	"strings"
	"time"

	"hookswitch"
)

// sendEvent tells that a message was sent, refused, or that nobody knows.
func (s *Service) sendEvent(d hookswitch.Delivery, result hookswitch.Result, reason string, now time.Time) hookswitch.Event {
	return s.event(d, hookswitch.SendEvent(d.Channel, d.Purpose), result, reason, now)
}

// statusEvent tells what became of a message.
func (s *Service) statusEvent(d hookswitch.Delivery, result hookswitch.Result, reason string, now time.Time) hookswitch.Event {
	return s.event(d, hookswitch.StatusEvent(d.Channel), result, reason, now)
}

func (s *Service) event(d hookswitch.Delivery, kind hookswitch.EventType, result hookswitch.Result, reason string, now time.Time) hookswitch.Event {
	e := hookswitch.Event{
		UUID: hookswitch.NewUUID(now, s.random), Type: kind, Published: now, Severity: result.Severity(),
		Message: kind.DisplayMessage(), Origin: d.Origin, Result: result, Reason: reason, Debug: debugData(d),
	}
	if d.Recipient.ID != "" {
		e.Targets = append(e.Targets, d.Recipient)
	}
	id := d.FactorID
	if id == "" {
		id = d.ID
	}
	e.Targets = append(e.Targets, hookswitch.Entity{ID: id, Type: "MobilePhone", AlternateID: d.Phone, DisplayName: d.Phone})
	return e
}

// debugData is what a help desk needs of a delivery. Its keys are a contract of ours: deliveryId, status,
// providerStatus, providerCode, smsProvider or voiceProvider, transactionId, attempts, phoneNumber,
// countryCallingCode, requestId.
func debugData(d hookswitch.Delivery) []hookswitch.Datum {
	data := make([]hookswitch.Datum, 0, 10)
	add := func(key, value string) {
		if value != "" {
			data = append(data, hookswitch.Datum{Key: key, Value: value})
		}
	}
	add("deliveryId", d.ID)
	add("status", d.Status)
	add("providerStatus", d.StatusRaw)
	add("providerCode", d.StatusCode)
	if d.Channel == hookswitch.Call {
		add("voiceProvider", d.Provider)
	} else {
		add("smsProvider", d.Provider)
	}
	add("transactionId", d.Reference)
	add("attempts", attemptsInWords(d.Attempts))
	add("phoneNumber", d.Phone)
	if d.CountryCode != 0 {
		add("countryCallingCode", strconv.Itoa(d.CountryCode))
	}
	add("requestId", d.Origin.RequestID)
	return data
}

// attemptsInWords is for example "TWILIO: throttled (20429); TELESIGN: accepted".
func attemptsInWords(attempts []hookswitch.Attempt) string {
	var b strings.Builder
	for i, a := range attempts {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(a.Provider)
		b.WriteString(": ")
		if a.Failure == "" {
			b.WriteString("accepted")
		} else {
			b.WriteString(string(a.Failure))
		}
		if a.ProviderCode != "" {
			b.WriteString(" (" + a.ProviderCode + ")")
		}
		if a.Note != "" {
			b.WriteString(", " + a.Note)
		}
	}
	return b.String()
}
