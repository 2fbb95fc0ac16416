package sim

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// once is one sign-in of a person, with whatever people do. again: the person comes back. refused: there was no sign-in,
// because the person had to wait, for long if the clock that said so was ahead.
func (p *person) once() (again, refused bool) {
	p.refused.Store(false)
	waiting := p.click()
	if p.a.chance(0.2) { // impatient: looks at the phone while the page still waits
		p.a.sleep(p.a.between(100*time.Millisecond, 3*time.Second))
	} else {
		waiting.Wait()
		p.a.sleep(p.a.between(0, 12*time.Second))
	}
	defer waiting.Wait()
	if p.refused.Load() && p.a.chance(0.8) {
		p.a.sleep(p.a.between(time.Minute, 10*time.Minute))
		return true, true
	}
	if p.a.chance(0.06) { // called away
		waiting.Wait()
		p.a.sleep(p.a.between(statusDeadline, statusDeadline+5*time.Minute))
	}
	if p.would(UserGuesses) {
		p.now(p.a, UserGuesses)
		p.guess()
		return false, false
	}
	arrived := p.read()
	if !arrived && p.a.chance(0.25) { // the phone is off, for as long as it takes
		p.a.sleep(p.a.between(statusDeadline, statusDeadline+5*time.Minute))
		arrived = p.read()
	}
	if p.would(UserWrongCode) {
		p.now(p.a, UserWrongCode)
		for range 1 + p.a.dice.IntN(6) {
			p.answer(p.a, verify, p.wrong())
			p.a.sleep(p.a.between(0, 4*time.Second))
		}
	}
	if len(p.prior) > 0 && p.would(UserOldCode) {
		p.now(p.a, UserOldCode)
		p.answer(p.a, verify, p.prior[p.a.dice.IntN(len(p.prior))].Code)
	}
	if p.would(UserTooSoon) {
		p.now(p.a, UserTooSoon)
		p.ask(p.a, send, "", "")
	}
	switch {
	case p.would(UserSecondTab):
		p.secondTab()
	case p.would(UserResendRace):
		p.resendRace()
	case !arrived && p.a.chance(0.5):
		p.a.sleep(p.a.between(31*time.Second, 45*time.Second))
		p.ask(p.a, resend, "", "")
		p.a.sleep(p.a.between(0, 8*time.Second))
		p.read()
	}
	p.finish()
	return true, false
}

// click asks for a passcode, once or as people do. Wait for its end.
func (p *person) click() *sync.WaitGroup {
	p.clicks++
	key := ""
	if p.a.chance(0.2) {
		key = fmt.Sprintf("person %d click %d", p.N, p.clicks)
	}
	double, again := p.would(UserDoubleClick), p.would(UserKeyAgain)
	if again {
		key = fmt.Sprintf("person %d click %d", p.N, p.clicks)
	}
	if !double && !again {
		return p.beside(func(a *actor) { p.ask(a, send, "", key) })
	}
	pause := time.Duration(0)
	if p.a.chance(0.7) {
		pause = p.a.between(0, 12*time.Second)
	}
	first := p.beside(func(a *actor) { p.ask(a, send, "", key) })
	second := p.beside(func(a *actor) {
		a.sleep(pause)
		if double {
			p.now(a, UserDoubleClick)
		}
		if again {
			p.now(a, UserKeyAgain)
		}
		p.ask(a, send, "", key)
	})
	return p.beside(func(*actor) {
		first.Wait()
		second.Wait()
	})
}

// wrong is a passcode that no message of the person's has.
func (p *person) wrong() string {
	for {
		code := fmt.Sprintf("%06d", p.a.dice.IntN(1_000_000))
		taken := code == p.newest.Code
		for _, t := range p.prior {
			taken = taken || code == t.Code
		}
		if !taken {
			return code
		}
	}
}

// guess tries passcodes, more than anybody may, waiting where it is told to; some until the factor is disabled.
func (p *person) guess() {
	tries := 12
	if p.a.chance(0.2) {
		tries = disableAfter + 20
	}
	for range tries {
		if o := p.answer(p.a, verify, p.wrong()); o.Status == http.StatusTooManyRequests {
			p.a.sleep(p.a.between(4*time.Minute, 6*time.Minute))
		}
		p.a.sleep(p.a.between(0, 2*time.Second))
	}
}

// secondTab asks again in another tab and gives the passcodes back in either order.
func (p *person) secondTab() {
	if p.a.chance(0.6) {
		p.a.sleep(p.a.between(29*time.Second, 40*time.Second))
	}
	p.now(p.a, UserSecondTab)
	p.ask(p.a, send, "", "")
	p.a.sleep(p.a.between(0, 5*time.Second))
	old := p.newest.Code
	if p.read() && old != "" && p.a.chance(0.7) {
		p.answer(p.a, verify, old)
	}
}

// resendRace gives the old passcode back while a new one is on its way.
func (p *person) resendRace() {
	p.a.sleep(p.a.between(30*time.Second, 40*time.Second))
	old := p.newest.Code
	resent := p.beside(func(a *actor) { p.ask(a, resend, "", "") })
	p.a.sleep(p.a.between(0, 200*time.Millisecond))
	p.now(p.a, UserResendRace)
	if old != "" {
		p.answer(p.a, verify, old)
	}
	resent.Wait()
	p.read()
}

// finish gives the newest passcode back: once, twice at the same time, or too late.
func (p *person) finish() {
	code := p.newest.Code
	if code == "" || p.a.chance(0.05) { // people give up
		return
	}
	if p.would(UserLateCode) {
		p.a.sleep(p.a.between(270*time.Second, 330*time.Second))
		if p.a.chance(0.4) { // and has asked for another one, which is still to come
			asked := p.beside(func(a *actor) { p.ask(a, send, "", "") })
			defer asked.Wait()
			p.a.sleep(p.a.between(0, 500*time.Millisecond))
		}
		p.now(p.a, UserLateCode)
	}
	if !p.would(UserCodeAgain) {
		p.answer(p.a, verify, code)
		return
	}
	var others []*sync.WaitGroup
	for range 1 + p.a.dice.IntN(3) {
		others = append(others, p.beside(func(a *actor) {
			if a.chance(0.4) {
				a.sleep(a.between(0, time.Minute))
			}
			p.now(a, UserCodeAgain)
			p.answer(a, verify, code)
		}))
	}
	p.answer(p.a, verify, code)
	for _, o := range others {
		o.Wait()
	}
}
