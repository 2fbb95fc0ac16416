package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// person is somebody with a phone who signs in now and then.
type person struct {
	w *world
	a *actor
	*being

	channel string
	prior   []text // messages whose passcode is no longer the newest
	newest  text
	clicks  int // names the Idempotency-Keys
	refused atomic.Bool
}

func (w *world) newPerson(n int) *person {
	p := &person{w: w, a: w.cast.actor(), channel: "sms"}
	number := "+1202" + strconv.Itoa(2_000_000+n)
	switch {
	case p.a.chance(0.03):
		number = blockedPrefix + strconv.Itoa(100_000+n)
	case p.a.chance(0.08):
		number = blockedLater + strconv.Itoa(100_000+n)
	}
	if p.a.chance(0.15) {
		p.channel = "call"
	}
	p.being = &being{N: n, Phone: number}
	w.history.People = append(w.history.People, p.being)
	return p
}

// blocked tells whether the org's guard lets nothing through to the phone.
func (p *person) blocked() bool { return p.Phone[:len(blockedPrefix)] == blockedPrefix }

// live is a person's part in the world: a phone is enrolled, then passcodes are asked for, one life after the other.
func (p *person) live(lives int) {
	p.a.sleep(p.a.between(0, 2*time.Minute))
	p.misbehave()
	if !p.enter() {
		return
	}
	for tries := 2 * lives; lives > 1 && tries > 0; tries-- {
		pause := p.a.between(31*time.Second, 100*time.Second)
		if p.a.chance(0.03) {
			pause = p.a.between(statusDeadline, statusDeadline+5*time.Minute)
		}
		p.a.sleep(pause)
		p.misbehave()
		again, refused := p.once()
		if !again {
			return
		}
		if !refused {
			lives--
		}
	}
}

// misbehave sets how the phone and its carrier take the next message.
func (p *person) misbehave() {
	outcome, callbacks, delay := "delivered", "normal", 0
	if p.a.chance(0.12) {
		outcomes := []string{"undelivered", "unreachable", "landline", "opted-out"}
		if p.channel == "call" {
			outcomes = []string{"busy", "no-answer"}
		}
		outcome = outcomes[p.a.dice.IntN(len(outcomes))]
	}
	if p.a.chance(p.w.faults.Load().odds[CallbackEarly]) {
		callbacks = "early"
	} else if p.a.chance(0.1) {
		delay = p.a.dice.IntN(20_000)
	} else if p.a.chance(0.05) { // the phone was off
		delay = int((statusDeadline + p.a.between(0, 5*time.Minute)).Milliseconds())
	}
	p.w.phones(http.MethodPut, "/phones/"+p.Phone+"/behavior",
		fmt.Sprintf(`{"outcome":%q,"callbacks":%q,"delayMs":%d}`, outcome, callbacks, delay))
}

// ask is one request of the person's. a is who makes it: the person, or somebody split off to do two things at once.
func (p *person) ask(a *actor, k kind, code, key string) *op {
	factor := "/users/" + p.User + "/factors/" + p.Factor
	r := request{kind: k, method: http.MethodPost, body: "{}", code: code, key: key}
	if code != "" {
		r.body = `{"passCode":"` + code + `"}`
	}
	switch k {
	case send, verify:
		r.path = factor + "/verify"
	case resend:
		r.path = factor + "/resend"
	case activate:
		r.path = factor + "/lifecycle/activate"
	}
	a.delivery = p.w.disk.book.latest(p.Phone)
	o := p.w.do(a, p.N, r)
	if k == send && o.Status == http.StatusTooManyRequests {
		p.refused.Store(true)
	}
	return o
}

// beside lets the person do something while something else goes on; wait for it.
func (p *person) beside(f func(a *actor)) *sync.WaitGroup {
	a := p.w.cast.actor()
	var done sync.WaitGroup
	done.Go(func() {
		a.sleep(0)
		f(a)
	})
	return &done
}

// would tells whether the person is about to do something that people do.
func (p *person) would(f Fault) bool {
	p.a.delivery = p.w.disk.book.latest(p.Phone)
	return p.w.tempted(p.a, f)
}

// now counts that a does it, by what the person's newest delivery is in.
func (p *person) now(a *actor, f Fault) {
	a.delivery = p.w.disk.book.latest(p.Phone)
	p.w.counts(a, f)
}

// enter makes the account and the factor; false when the person gives up.
func (p *person) enter() bool {
	login := fmt.Sprintf("person%d@example.com", p.N)
	body := fmt.Sprintf(`{"profile":{"login":%q,"email":%q,"firstName":"Ana","lastName":"Silva"}}`, login, login)
	for range 20 {
		var made struct {
			ID string `json:"id"`
		}
		o := p.w.do(p.a, p.N, request{kind: createUser, method: http.MethodPost, path: "/users", body: body})
		if o.Status != http.StatusOK { // it may be there already: the answer was lost
			o = p.w.do(p.a, p.N, request{kind: createUser, method: http.MethodGet, path: "/users/" + login})
		}
		if o.Status == http.StatusOK && json.Unmarshal([]byte(o.Body), &made) == nil {
			p.User = made.ID
			break
		}
		p.a.sleep(p.a.between(time.Second, 5*time.Second))
	}
	if p.User == "" {
		return false
	}
	if p.blocked() || p.a.chance(0.2) {
		return p.vouched()
	}
	return p.enrolled()
}

func (p *person) wanted() string {
	return fmt.Sprintf(`{"factorType":%q,"provider":"OKTA","profile":{"phoneNumber":%q}}`, p.channel, p.Phone)
}

// vouched has an administrator make the factor.
func (p *person) vouched() bool {
	for range 20 {
		p.w.do(p.a, p.N, request{kind: createUser, method: http.MethodPost, path: "/users/" + p.User + "/factors?activate=true", body: p.wanted()})
		if p.findFactor() == "ACTIVE" {
			p.Active = true
			return true
		}
		p.a.sleep(p.a.between(time.Second, 5*time.Second))
	}
	return false
}

// findFactor looks for the person's factor, and answers its status.
func (p *person) findFactor() string {
	o := p.w.do(p.a, p.N, request{kind: createUser, method: http.MethodGet, path: "/users/" + p.User + "/factors"})
	var found []struct {
		ID     string `json:"id"`
		Status string `json:"status"`
	}
	if o.Status != http.StatusOK || json.Unmarshal([]byte(o.Body), &found) != nil || len(found) == 0 {
		return ""
	}
	p.Factor = found[0].ID
	return found[0].Status
}

// enrolled sets the phone up with a passcode.
func (p *person) enrolled() bool {
	for range 8 {
		p.w.do(p.a, p.N, request{kind: enroll, method: http.MethodPost, path: "/users/" + p.User + "/factors", body: p.wanted()})
		p.a.sleep(p.a.between(2*time.Second, 15*time.Second))
		switch p.findFactor() {
		case "ACTIVE":
			p.Active = true
			return true
		case "PENDING_ACTIVATION":
			if p.read() && p.answer(p.a, activate, p.newest.Code).Status == http.StatusOK {
				p.Active = true
				return true
			}
		}
		p.a.sleep(p.a.between(31*time.Second, 60*time.Second))
	}
	return false
}

// read looks at the phone; true when there is a message that was not there before.
func (p *person) read() bool {
	for range 6 {
		if t, ok := p.w.newest(p.Phone); ok && t.ID != p.newest.ID {
			if p.newest.ID != "" {
				p.prior = append(p.prior, p.newest)
			}
			p.newest = t
			return t.Code != ""
		}
		p.a.sleep(p.a.between(500*time.Millisecond, 4*time.Second))
	}
	return false
}

// answer gives a passcode back.
func (p *person) answer(a *actor, k kind, code string) *op { return p.ask(a, k, code, "") }
