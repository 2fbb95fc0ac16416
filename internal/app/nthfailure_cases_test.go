package app

import (
	"strings"
	"time"

	"hookswitch"
)

// useCase makes what a request is about, anew for each try, and gives the request.
type useCase struct {
	name  string
	begin func(w *failing) request
}

// passcodeCases are the life of a factor.
func passcodeCases() []useCase {
	return []useCase{
		{"enroll", func(w *failing) request {
			id, _, phone := w.person()
			return request{
				do:   func() reply { return w.do("POST", "/api/v1/users/"+id+"/factors", factorBody("sms", phone)) },
				done: func() bool { return len(w.got(phone)) > 0 },
			}
		}},
		{"enroll with a key", func(w *failing) request {
			id, _, phone := w.person()
			return request{keyed: true, do: func() reply {
				return w.do("POST", "/api/v1/users/"+id+"/factors", factorBody("call", phone), "Idempotency-Key", id)
			}}
		}},
		{"activate at once", func(w *failing) request {
			id, _, phone := w.person()
			path := "/api/v1/users/" + id + "/factors"
			return request{
				do:    func() reply { return w.do("POST", path+"?activate=true", factorBody("sms", phone)) },
				done:  func() bool { return strings.Contains(w.do("GET", path, "").body, "ACTIVE") },
				tells: hookswitch.FactorActivated, once: []int{400},
			}
		}},
		{"activate", func(w *failing) request {
			id, _, phone := w.person()
			path := "/api/v1/users/" + id + "/factors/"
			path += w.do("POST", path, factorBody("sms", phone)).id()
			code := w.last(phone).Code.Reveal()
			return request{
				do:    func() reply { return w.do("POST", path+"/lifecycle/activate", `{"passCode":"`+code+`"}`) },
				done:  func() bool { return w.do("GET", path, "").get("status") == "ACTIVE" },
				tells: hookswitch.FactorActivated, once: []int{400, 403},
			}
		}},
		{"replace the phone", func(w *failing) request {
			old, _, _ := w.factor("sms")
			path, _, _ := strings.Cut(old, "/factors/")
			_, _, other := w.person()
			path += "/factors/"
			path += w.do("POST", path+"?updatePhone=true", factorBody("sms", other)).id()
			code := w.last(other).Code.Reveal()

			return request{
				do: func() reply { return w.do("POST", path+"/lifecycle/activate", `{"passCode":"`+code+`"}`) },
				done: func() bool {
					gone, there := w.do("GET", old, "").status == 404, w.do("GET", path, "").get("status") == "ACTIVE"
					if gone != there {
						w.t.Error("a user has both phones, or none")
					}
					return gone && there
				},
				tells: hookswitch.FactorActivated, once: []int{400, 403},
			}
		}},
		{"challenge", func(w *failing) request {
			path, _, phone := w.factor("sms")
			return request{
				do:   func() reply { return w.do("POST", path+"/verify", "{}") },
				done: func() bool { return len(w.got(phone)) > 0 },
			}
		}},
		{"challenge with a key", func(w *failing) request {
			path, _, _ := w.factor("sms")
			return request{keyed: true, do: func() reply { return w.do("POST", path+"/verify", "{}", "Idempotency-Key", path) }}
		}},
		{"resend", func(w *failing) request {
			path, _, phone := w.factor("call")
			w.do("POST", path+"/verify", "{}").ok()
			return request{
				do:   func() reply { return w.do("POST", path+"/resend", factorBody("call", phone)) },
				done: func() bool { return len(w.got(phone)) > 1 },
			}
		}},
		{"verify", func(w *failing) request {
			path, _, phone := w.factor("sms")
			w.do("POST", path+"/verify", "{}").ok()
			code := w.last(phone).Code.Reveal()
			return request{
				do: func() reply { return w.do("POST", path+"/verify", `{"passCode":"`+code+`"}`) },
				done: func() bool {
					return len(w.rows("SELECT id, state FROM challenges WHERE phone = $1 AND state = 'VERIFIED'", phone)) == 1
				},
				tells: hookswitch.AuthByFactor, once: []int{403},
			}
		}},
		{"a wrong passcode", func(w *failing) request {
			path, _, phone := w.factor("sms")
			w.do("POST", path+"/verify", "{}").ok()
			return request{
				do: func() reply {
					a := w.do("POST", path+"/verify", `{"passCode":"1"}`)
					if a.status == 403 {
						a.status = 200 // it is what it asked for
					}
					return a
				},
				done: func() bool {
					counted := w.rows("SELECT CAST(wrong_total AS TEXT), CAST(wrong_in_row AS TEXT) FROM factors WHERE phone = $1", phone)
					told := 0
					for _, e := range w.events() {
						if e.Type == hookswitch.AuthByFactor && e.Result == hookswitch.ResultFailure && e.Targets[1].AlternateID == phone {
							told++
						}
					}
					if counted[strings.Repeat("2", told/2)+strings.Repeat("1", told%2)+strings.Repeat("0", (2-told)/2)] == "" {
						w.t.Errorf("%v wrong passcodes are counted, %d told", counted, told)
					}
					return told > 0
				},
			}
		}},
		{"take the phone away", func(w *failing) request {
			path, _, _ := w.factor("sms")
			w.do("POST", path+"/verify", "{}").ok()
			return request{
				do:    func() reply { return w.do("DELETE", path, "") },
				done:  func() bool { return w.do("GET", path, "").status == 404 },
				tells: hookswitch.FactorDeactivated, once: []int{404},
			}
		}},
		{"test send", func(w *failing) request {
			_, _, phone := w.person()
			path := w.provider("TELESIGN") + "/test"
			return request{
				do:   func() reply { return w.do("POST", path, `{"factor":"SMS","phoneNumber":"`+phone+`"}`) },
				done: func() bool { return len(w.got(phone)) > 0 },
			}
		}},
	}
}

// deliveryCases are what becomes of a message that was sent.
func deliveryCases() []useCase {
	sent := func(w *failing) hookswitch.Message {
		path, _, phone := w.factor("sms")
		w.do("POST", path+"/verify", "{}")
		return w.last(phone)
	}
	state := func(w *failing, m hookswitch.Message) string {
		return w.rows("SELECT id, state FROM deliveries WHERE id = $1", m.DeliveryID)[m.DeliveryID]
	}
	post := func(w *failing, m hookswitch.Message, word string) reply {
		return w.ask("POST", "/callbacks/twilio/"+m.DeliveryID, word, "Reference", reference(m))
	}
	return []useCase{
		{"a status", func(w *failing) request {
			m := sent(w)
			return request{
				do:    func() reply { return post(w, m, "delivered") },
				done:  func() bool { return state(w, m) == string(hookswitch.Delivered) },
				tells: hookswitch.SMSStatus,
			}
		}},
		{"an interim status", func(w *failing) request {
			m := sent(w)
			return request{do: func() reply { return post(w, m, "sent") }}
		}},
		{"an early status", func(w *failing) request {
			path, _, phone := w.factor("sms")
			w.faults.die()
			w.do("POST", path+"/verify", "{}")
			w.faults.live()
			m := w.last(phone)
			post(w, m, "delivered").ok()
			return request{
				do:    w.reconcile, // the lease is over: nobody will record the outcome
				done:  func() bool { return state(w, m) == string(hookswitch.Delivered) },
				tells: hookswitch.SMSStatus, later: true,
			}
		}},
		{"a process that died", func(w *failing) request {
			path, _, phone := w.factor("sms")
			w.faults.die()
			if a := w.do("POST", path+"/verify", "{}"); a.fine() {
				w.t.Error("a send that could not be recorded was answered with success")
			}
			w.faults.live()
			m := w.last(phone)
			return request{
				do:   w.reconcile,
				done: func() bool { return state(w, m) == string(hookswitch.Uncertain) }, later: true,
			}
		}},
		{"a status that is asked for", func(w *failing) request {
			m := sent(w)
			w.twilio.says("delivered")
			return request{
				do:    func() reply { defer w.twilio.says("queued"); w.twilio.says("delivered"); return w.reconcile() },
				done:  func() bool { return state(w, m) == string(hookswitch.Delivered) },
				tells: hookswitch.SMSStatus, later: true,
			}
		}},
		{"a deadline", func(w *failing) request {
			m := sent(w)
			w.twilio.says("queued")
			w.pass(15 * time.Minute)
			return request{
				do:   w.reconcile,
				done: func() bool { return state(w, m) == string(hookswitch.UnknownFate) }, later: true,
			}
		}},
		{"feedback", func(w *failing) request {
			path, _, phone := w.factor("sms")
			w.do("POST", path+"/verify", "{}").ok()
			m := w.last(phone)
			w.do("POST", path+"/verify", `{"passCode":"`+m.Code.Reveal()+`"}`).ok()
			return request{do: w.reconcile, done: func() bool { return w.twilio.heard(reference(m)) }, later: true}
		}},
	}
}

// signInCases are the way in.
func signInCases() []useCase {
	type way struct{ factor, login, phone, token string }
	enter := func(w *failing, login string) reply {
		return w.ask("POST", "/api/v1/authn", `{"username":"`+login+`","password":"`+horse+`"}`)
	}
	begin := func(w *failing) way {
		path, login, phone := w.factor("sms")
		_, id, _ := strings.Cut(path, "/factors/")
		return way{"/api/v1/authn/factors/" + id + "/verify", login, phone, enter(w, login).get("stateToken")}
	}
	body := func(s way, code string) string { return `{"stateToken":"` + s.token + `","passCode":"` + code + `"}` }
	challenged := func(w *failing) (way, string) {
		s := begin(w)
		w.ask("POST", s.factor, body(s, "")).ok()
		return s, w.last(s.phone).Code.Reveal()
	}
	session := func(w *failing) (cookie, id string) {
		_, login, _ := w.person()
		a := w.ask("POST", "/api/v1/sessions", `{"sessionToken":"`+enter(w, login).get("sessionToken")+`"}`)
		return a.cookie, a.id()
	}
	open := func(w *failing, id string) bool {
		return len(w.rows("SELECT id, user_id FROM sessions WHERE id = $1", id)) == 1
	}
	return []useCase{
		{"a password", func(w *failing) request {
			_, login, _ := w.factor("sms")
			return request{do: func() reply { return enter(w, login) }}
		}},
		{"a wrong password", func(w *failing) request {
			id, login, _ := w.person()
			return request{
				do: func() reply {
					a := w.ask("POST", "/api/v1/authn", `{"username":"`+login+`","password":"wrong"}`)
					if a.status == 401 {
						a.status = 200 // it is what it asked for
					}
					return a
				},
				done: func() bool { return len(w.rows("SELECT user_id, '' FROM wrong_passwords WHERE user_id = $1", id)) == 1 },
			}
		}},
		{"send at sign-in", func(w *failing) request {
			s := begin(w)
			return request{
				do:   func() reply { return w.ask("POST", s.factor, body(s, "")) },
				done: func() bool { return len(w.got(s.phone)) > 0 },
			}
		}},
		{"resend at sign-in", func(w *failing) request {
			s, _ := challenged(w)
			return request{
				do:   func() reply { return w.ask("POST", s.factor+"/resend", `{"stateToken":"`+s.token+`"}`) },
				done: func() bool { return len(w.got(s.phone)) > 1 },
			}
		}},
		{"a passcode at sign-in", func(w *failing) request {
			s, code := challenged(w)
			return request{
				do: func() reply { return w.ask("POST", s.factor, body(s, code)) },
				done: func() bool {
					return len(w.rows("SELECT id, state FROM challenges WHERE phone = $1 AND state = 'VERIFIED'", s.phone)) == 1
				},
				tells: hookswitch.AuthByFactor, once: []int{401, 403},
			}
		}},
		{"give up", func(w *failing) request {
			s := begin(w)
			return request{do: func() reply { return w.ask("POST", "/api/v1/authn/cancel", `{"stateToken":"`+s.token+`"}`) }, once: []int{401}}
		}},
		{"start a session", func(w *failing) request {
			id, login, _ := w.person()
			token := enter(w, login).get("sessionToken")
			return request{
				do:    func() reply { return w.ask("POST", "/api/v1/sessions", `{"sessionToken":"`+token+`"}`) },
				done:  func() bool { return len(w.rows("SELECT id, user_id FROM sessions WHERE user_id = $1", id)) == 1 },
				tells: hookswitch.SessionStarted, once: []int{401},
			}
		}},
		{"use a session", func(w *failing) request {
			cookie, id := session(w)
			return request{
				do:   func() reply { return w.ask("GET", "/api/v1/sessions/me", "", "Cookie", cookie) },
				done: func() bool { return open(w, id) },
			}
		}},
		{"end a session", func(w *failing) request {
			_, id := session(w)
			return request{
				do:    func() reply { return w.do("DELETE", "/api/v1/sessions/"+id, "") },
				done:  func() bool { return !open(w, id) },
				tells: hookswitch.SessionEnded, once: []int{404},
			}
		}},
	}
}
