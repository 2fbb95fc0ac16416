package enroll_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/enroll"
	"hookswitch/internal/render"
	"hookswitch/internal/store"
)

func (r rules) TheTemplateThatWasAskedForIsSent(t *testing.T) {
	h := r.house(t)
	var ids []string
	for _, text := range []string{"first ${code}", "second ${code}"} {
		made, err := h.texts.CreateSMSTemplate(t.Context(), admin.NewTemplate{Name: "x", Text: text}, hookswitch.Origin{})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, made.ID)
		h.clock.advance(time.Second)
	}
	f, err := h.enroll.Enroll(t.Context(), enroll.Enrolment{UserID: h.user.ID, Channel: hookswitch.SMS, Phone: anasPhone, Template: ids[1]})
	if err != nil {
		t.Fatal(err)
	}
	m := h.carriers[0].last(t)
	if want := "second " + m.Code.Reveal(); m.Text.Reveal() != want {
		t.Errorf("%q, want %q", m.Text.Reveal(), want)
	}
	if _, err := h.enroll.Activate(t.Context(), h.use(f, m.Code)); err != nil {
		t.Fatal(err)
	}
	h.clock.advance(time.Minute)
	if err := h.challenge(f); err != nil {
		t.Fatal(err)
	}
	if got := h.carriers[0].last(t).Text.Reveal(); !strings.HasPrefix(got, "first ") {
		t.Errorf("%q", got)
	}
}

func (r rules) AResendComesFromAnotherSenderOfTheCountry(t *testing.T) {
	h := r.house(t)
	h.carriers = h.carriers[:1]
	pool := []string{"+15005550006", "ACME", "MG00000000000000000000000000000001"}
	_, err := h.texts.SetRegulation(t.Context(), render.Regulation{Country: "US", Senders: pool, DLTEntityID: "12345678"}, hookswitch.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	f := h.enrolled()
	if m := h.carriers[0].last(t); m.Sender != pool[0] || m.DLTEntityID != "12345678" {
		t.Errorf("%q %q", m.Sender, m.DLTEntityID)
	}
	for round, want := range []string{pool[0], pool[1], pool[2], pool[0]} {
		if round == 0 {
			err = h.challenge(f)
		} else {
			_, err = h.enroll.Resend(t.Context(), h.use(f, ""))
		}
		if err != nil {
			t.Fatal(err)
		}
		m := h.carriers[0].last(t)
		if m.Sender != want {
			t.Errorf("resend %d comes from %q, want %q", round, m.Sender, want)
		}
		if got := h.delivered(m.DeliveryID).Attempts[0].Sender; got != want {
			t.Errorf("the attempt says %q", got)
		}
		h.clock.advance(31 * time.Second)
	}
}

func (r rules) ACallIsInTheFirstLanguageThatTheProviderSpeaks(t *testing.T) {
	for _, c := range []struct {
		wanted string
		spoken []string
		want   string
		note   string
	}{
		{"ja", []string{"ja", "en"}, "ja", ""},
		{"et", []string{"ja", "ru", "en"}, "ru", "no voice speaks et, the call is in ru"},
		{"et", []string{"ja", "en"}, "en", "no voice speaks et, the call is in en"},
		{"et", nil, "et", ""}, // nothing is known to be better
	} {
		h := r.house(t)
		h.voices = c.spoken
		if h.voices == nil {
			h.voices = []string{}
		}
		h.prefer(c.wanted)
		_, err := h.enroll.Enroll(t.Context(), enroll.Enrolment{
			UserID: h.user.ID, Channel: hookswitch.Call, Phone: anasPhone, Languages: []string{"ru;q=0.5"},
		})
		if err != nil {
			t.Fatal(err)
		}
		m := h.carriers[0].last(t)
		if m.Script.Language != c.want || m.Language != c.want {
			t.Errorf("%s is heard as %s", c.wanted, m.Script.Language)
		}
		if got := h.delivered(m.DeliveryID).Attempts[0].Note; got != c.note {
			t.Errorf("the attempt says %q, want %q", got, c.note)
		}
		if c.note != "" && !strings.Contains(h.attemptsInLog(hookswitch.CallVerification), c.note) {
			t.Errorf("the log says %q", h.attemptsInLog(hookswitch.CallVerification))
		}
	}
}

// prefer sets the language of the user.
func (h *house) prefer(language string) {
	h.t.Helper()
	err := h.db.Update(h.t.Context(), func(tx *store.Tx) error {
		u, err := tx.User(h.user.ID)
		if err != nil {
			return err
		}
		u.Profile.PreferredLanguage = language
		return tx.UpdateUser(u)
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// attemptsInLog is debugData.attempts of the only event of a type.
func (h *house) attemptsInLog(kind hookswitch.EventType) string {
	h.t.Helper()
	var words string
	err := h.db.View(h.t.Context(), func(tx *store.Tx) error {
		events, err := tx.Events(hookswitch.LogQuery{Limit: 10, Types: []hookswitch.EventType{kind}, ByArrival: true})
		for _, e := range events {
			for _, d := range e.Debug {
				if d.Key == "attempts" {
					words = d.Value
				}
			}
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return words
}

// polyglot is a carrier whose calls speak some languages only.
type polyglot struct {
	*carrier
	voices []string
}

func (p polyglot) Speaks(language string) bool { return slices.Contains(p.voices, language) }
