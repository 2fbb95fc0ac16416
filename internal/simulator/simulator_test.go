package simulator_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"hookswitch/internal/simulator"
)

func TestTheSameSeedGivesTheSameHistory(t *testing.T) {
	run := func(seed uint64) (history string) {
		synctest.Test(t, func(t *testing.T) {
			c := newCustomer()
			c.url = "http://customer.test"
			sim := simulator.New(simulator.Options{Client: &http.Client{Transport: c}, Seed: seed})
			b := &bench{t: t, sim: sim, url: "http://simulator.test", customer: c, client: &http.Client{Transport: sim.Transport()}}
			began := time.Now()
			for i, callbacks := range []string{"normal", "duplicate", "reordered", "early", "forged", "late", "none"} {
				number := fmt.Sprintf("+1202555010%d", i)
				b.behavior(number, `{"callbacks":"`+callbacks+`","outcome":"undelivered","probability":0.5,"delayMs":100}`)
				for range 5 {
					b.message(set("To", number))
					b.call(set("To", number))
					b.text(set("phone_number", number[1:]))
					b.verification(set("To", number), set("CustomCode"))
				}
			}
			wait(time.Hour)
			synctest.Wait()
			for len(c.hooks) > 0 {
				h := <-c.hooks
				history += h.URL + " " + h.Body + " " + h.Header.Get("X-Twilio-Signature") + "\n"
			}
			for _, path := range []string{"/messages", "/journal?limit=1000"} {
				history += strings.ReplaceAll(b.must(200, b.control("GET", path, nil)).Text, "},{", "},\n{") + "\n"
			}
			history += time.Since(began).String()
			sim.Close()
		})
		return history
	}
	first := run(1)
	for range 3 {
		if again := run(1); again != first {
			a, b := strings.Split(first, "\n"), strings.Split(again, "\n")
			for i := range min(len(a), len(b)) {
				if a[i] != b[i] {
					t.Fatalf("line %d differs:\n%.900s\n%.900s", i, a[i], b[i])
				}
			}
			t.Fatal("the histories differ in length")
		}
	}
	if run(2) == first {
		t.Error("another seed changed nothing")
	}
}

func TestLateCallbacksAreLateByTheDelay(t *testing.T) {
	bubble(t, func(b *bench) {
		b.behavior(ana, `{"callbacks":"late","delayMs":86400000}`)
		began := time.Now()
		b.must(201, b.message())
		if len(b.messages(ana)) != 1 {
			t.Error("the message itself was late")
		}
		wait(24*time.Hour - time.Second)
		if n := len(b.customer.hooks); n != 0 {
			t.Errorf("%d callbacks came before their time", n)
		}
		for _, want := range []string{"sent", "delivered"} {
			if h := b.next(); h.Form.Get("MessageStatus") != want || time.Since(began) < 24*time.Hour {
				t.Errorf("got %v after %s", h.Form, time.Since(began))
			}
		}
	})
}

func TestADelayedMessageArrivesLater(t *testing.T) {
	bubble(t, func(b *bench) {
		b.behavior(ana, `{"delayMs":5000}`)
		began := time.Now()
		b.must(201, b.message())
		b.latest(ana, "wait=30s")
		if d := time.Since(began).Round(time.Second); d != 5*time.Second {
			t.Errorf("after %s", d)
		}
	})
}

func TestTelesignTriesACallbackFourTimes(t *testing.T) {
	bubble(t, func(b *bench) {
		b.customer.answers(func(hook) (int, string, string) { return 500, "text/plain", "no" })
		b.behavior(ana, `{"outcome":"undelivered"}`)
		b.must(200, b.text())
		var at []time.Time
		for range 4 {
			b.next()
			at = append(at, time.Now())
		}
		for i, want := range []time.Duration{5 * time.Second, 10 * time.Second, 15 * time.Second} {
			if got := at[i+1].Sub(at[i]); got != want {
				t.Errorf("wait %d: %s, want %s", i+1, got, want)
			}
		}
		if v, _ := report(b.next()); status(v) != 207 {
			t.Errorf("after four tries the next report comes: %v", v)
		}
	})
}

func TestTwilioTriesACallbackOnce(t *testing.T) {
	bubble(t, func(b *bench) {
		b.customer.answers(func(hook) (int, string, string) { return 500, "text/plain", "no" })
		b.must(201, b.message())
		wait(time.Hour)
		if n := len(b.customer.hooks); n != 2 {
			t.Errorf("%d callbacks", n)
		}
	})
}

func TestABehaviorEndsAfterItsTime(t *testing.T) {
	bubble(t, func(b *bench) {
		b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"throttled","for":"60s"}`))
		wait(59 * time.Second)
		if a := b.must(429, b.message()); a.Header.Get("Retry-After") != "1" {
			t.Errorf("headers: %v", a.Header)
		}
		wait(time.Second)
		b.must(201, b.message())
	})
}

func TestLatencyHoldsTheAnswerBack(t *testing.T) {
	bubble(t, func(b *bench) {
		b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"latencyMs":6000}`))
		began := time.Now()
		b.must(201, b.message())
		if d := time.Since(began); d != 6*time.Second {
			t.Errorf("after %s", d)
		}
	})
}

// send makes a message request that may fail, with a time-out.
func (b *bench) send(timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	form := url.Values{"To": {ana}, "From": {sender}, "Body": {"code 123456"}}
	r, _ := http.NewRequestWithContext(ctx, "POST", b.url+"/2010-04-01/Accounts/"+account+"/Messages.json", strings.NewReader(form.Encode()))
	r.SetBasicAuth(account, token)
	resp, err := b.client.Do(r)
	if err == nil {
		resp.Body.Close()
	}
	return err
}

func TestAHangLastsUntilTheClientGivesUp(t *testing.T) {
	bubble(t, func(b *bench) {
		b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"hang","times":1}`))
		began := time.Now()
		if err := b.send(4 * time.Second); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 4*time.Second {
			t.Errorf("got %v after %s", err, time.Since(began))
		}
		wait(time.Minute)
		if len(b.messages(ana)) != 0 {
			t.Error("a hanging carrier sent the message")
		}
		if err := b.send(4 * time.Second); err != nil {
			t.Error(err)
		}
	})
}

func TestACarrierGoesOnWhenTheClientGaveUp(t *testing.T) {
	bubble(t, func(b *bench) {
		b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"latencyMs":6000}`))
		if err := b.send(4 * time.Second); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("got %v", err)
		}
		if m := b.latest(ana, "wait=10s"); str(m.Code) != "123456" {
			t.Errorf("got %+v", m)
		}
	})
}

func TestCloseEndsWhatHangs(t *testing.T) {
	bubble(t, func(b *bench) {
		b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"hang"}`))
		time.AfterFunc(time.Second, b.sim.Close)
		if err := b.send(time.Hour); err == nil {
			t.Error("got an answer")
		}
	})
}

func TestTransportRefusesAndResetsAsANetworkWould(t *testing.T) {
	bubble(t, func(b *bench) {
		b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"down","times":1}`))
		if err := b.send(time.Second); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("down: %v", err)
		}
		b.must(200, b.control("PUT", "/carriers/twilio/behavior", `{"mode":"reset","times":1}`))
		if err := b.send(time.Second); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("reset: %v", err)
		}
		if n := len(b.messages(ana)); n != 1 {
			t.Errorf("%d messages: a reset one was taken, a refused one not", n)
		}
	})
}

func TestNothingHappensAfterClose(t *testing.T) {
	bubble(t, func(b *bench) {
		b.must(201, b.message())
		b.sim.Close()
		b.must(201, b.message())
		wait(time.Hour)
		if n := len(b.customer.hooks); n != 0 {
			t.Errorf("%d callbacks", n)
		}
	})
}

func TestNothingIsLostOrStuckUnderJunkFromManySides(t *testing.T) {
	b := start(t)
	events := b.page()
	events("snapshot")
	var all sync.WaitGroup
	for side := range 8 {
		all.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(side), 0))
			number := fmt.Sprintf("+1202555010%d", side%3)
			for range 60 {
				switch dice.IntN(12) {
				case 0:
					b.call(set("To", number), set("StatusCallback"), set("Timeout", "1"))
				case 1:
					b.message(set("To", number), set("StatusCallback"))
				case 2:
					b.text(set("phone_number", number[1:]), set("callback_url"))
				case 3:
					b.verification(set("To", number))
				case 4:
					id := fmt.Sprintf("c%08d", dice.IntN(60))
					verb := []string{"answer", "decline", "ring", "hangup", "sing"}[dice.IntN(5)]
					b.control("POST", "/phones/"+number+"/calls/"+id+"/"+verb, nil)
				case 5:
					b.control("DELETE", "/phones/"+number+"/messages", nil)
				case 6:
					b.control("PUT", "/phones/"+number+"/behavior", `{"outcome":"busy","times":1}`)
				case 7:
					b.control("GET", "/phones/"+number+"/messages/latest?wait=1ms", nil)
				case 8:
					b.control([]string{"PATCH", "PUT", "POST", "DELETE"}[dice.IntN(4)], "/"+strings.Repeat("%00", dice.IntN(3))+"v1/x", "\x00{{[")
				case 9:
					b.control("GET", "/messages?q=code:1", nil)
				case 10:
					b.control("GET", "/journal?limit=5", nil)
				case 11:
					b.twilio("POST", "/2010-04-01/Accounts/"+account+"/Calls.json", url.Values{"Twiml": {"<"}, "To": {number}, "From": {sender}})
				}
			}
		})
	}
	all.Wait()
	b.behavior(ana, `{}`)
	b.must(201, b.message())
	b.latest(ana, "wait=10s")
}
