package test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// refusals is a demo whose phones can be asked again at once, and people to be refused.
type refusals struct {
	*demo

	t    *testing.T
	next int // the last four digits of the next number
}

// number is one that nobody has.
func (r *refusals) number() string {
	r.next++
	return fmt.Sprintf("+1202555%04d", r.next)
}

// phone is somebody with an active phone.
func (r *refusals) phone(channel, number string) (u user, f factor) {
	r.t.Helper()
	u = r.person(r.t, fmt.Sprintf("%s%d@example.com", channel, r.next))
	return u, r.active(r.t, u, channel, number)
}

// enroll asks for a phone to be set up.
func (r *refusals) enroll(u user, channel string, profile fields) answer {
	r.t.Helper()
	return r.call(r.t, "POST", "/api/v1/users/"+u.ID+"/factors", fields{"factorType": channel, "provider": "OKTA", "profile": profile})
}

// Okta's error codes, each brought about over HTTP by what it is for. Not here: E0000021 (walk_test.go asks every operation
// for it) and those that nothing leads to, such as E0000146 and E0000147, the org's messages in 24 hours.
func TestEveryErrorCodeComesAbout(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		unpaced := fields{"phone-pace": fields{"burst": 100, "periodMs": 1}, "user-sends": fields{"burst": 100, "periodMs": 1}}
		r := &refusals{demo: startDemo(t, database), t: t, next: 200}
		r.telephony(t, fields{"limits": unpaced})
		for _, row := range []struct {
			code    string
			status  int
			summary string
			cause   string
			ask     func() answer
		}{
			{"E0000001", 400, "Api validation failed: profile.login", "profile.login: ", func() answer {
				return r.call(t, "POST", "/api/v1/users", fields{"profile": fields{"email": "x@example.com"}})
			}},
			{"E0000001", 400, "Api validation failed: factorType", "factorType: ", func() answer {
				return r.enroll(r.person(t, "push@example.com"), "push", nil)
			}},
			{"E0000001", 400, "Api validation failed: channel.config.uri", "channel.config.uri: ", func() answer {
				return r.call(t, "POST", hooksPath, hookBody("http://192.168.0.1/"))
			}},
			{"E0000001", 400, "Api validation failed: factorType", "A factor of this type is already set up.", func() answer {
				u, _ := r.phone("sms", r.number())
				return r.enroll(u, "sms", fields{"phoneNumber": r.number()})
			}},
			{"E0000003", 400, "The request body was not well-formed.", "not valid JSON (line 1, column", func() answer {
				return r.call(t, "POST", "/api/v1/users", `{"profile":`)
			}},
			{"E0000004", 401, "Authentication failed", "", func() answer {
				return r.call(t, "POST", "/api/v1/authn", fields{"username": "nobody@example.com", "password": "wrong"}, as(""))
			}},
			{"E0000006", 403, "You do not have permission to perform the requested action", "", func() answer {
				var made struct{ Token string }
				r.call(t, "POST", "/api/v1/api-tokens", fields{"name": "reader", "role": "READ_ONLY_ADMIN"}).ok(&made)
				return r.call(t, "POST", "/api/v1/users", fields{"profile": fields{"login": "a@example.com"}}, as(made.Token))
			}},
			{"E0000007", 404, "Not found: ", "", func() answer { return r.call(t, "GET", "/api/v1/users/00u0000000000000000", nil) }},
			{"E0000011", 401, "Invalid token provided", "", func() answer { return r.call(t, "GET", "/api/v1/users", nil, as("00none")) }},
			{"E0000016", 403, "Activation failed because the user is already active", "", func() answer {
				return r.call(t, "POST", "/api/v1/users/"+r.person(t, "twice@example.com").ID+"/lifecycle/activate", nil)
			}},
			{"E0000022", 405, "The endpoint does not support the provided HTTP method", "", func() answer {
				return r.call(t, "PATCH", "/api/v1/users", "{}")
			}},
			{"E0000029", 400, "Invalid paging request.", "after: it is no cursor of this list", func() answer {
				next := r.call(t, "GET", "/api/v1/users?limit=1", nil).header.Values("Link")[1]
				cursor, _, _ := strings.Cut(next[strings.Index(next, "after=")+6:], "&")
				r.call(t, "GET", "/api/v1/users?limit=2&after="+cursor, nil).ok() // how many does not matter
				return r.call(t, "GET", "/api/v1/users?after="+cursor+"&filter="+url.QueryEscape(`status eq "ACTIVE"`), nil)
			}},
			{"E0000031", 400, "Invalid search criteria.", "", func() answer {
				return r.call(t, "GET", "/api/v1/logs?filter="+url.QueryEscape(`debugContext.debugData.url co "x"`), nil)
			}},
			{"E0000038", 403, "This operation is not allowed in the user's current status.", "", func() answer {
				return r.call(t, "POST", "/api/v1/users/"+r.person(t, "active@example.com").ID+"/lifecycle/unsuspend", nil)
			}},
			{"E0000053", 400, "Invalid filter 'eventType eqq", "", func() answer {
				return r.call(t, "GET", "/api/v1/logs?filter="+url.QueryEscape(`eventType eqq "x"`), nil)
			}},
			{"E0000068", 403, "Invalid Passcode/Answer", "Your token doesn't match our records. Please try again.", func() answer {
				u, f := r.phone("sms", r.number())
				r.challenge(t, u, f).ok()
				return r.verify(t, u, f, "0000000")
			}},
			{"E0000047", 429, "API call exceeded rate limit due to too many requests.", "Try again in ", func() answer {
				u, f := r.phone("sms", r.number())
				r.challenge(t, u, f).ok()
				for range 5 {
					r.verify(t, u, f, "0000000")
				}
				return r.verify(t, u, f, "0000000")
			}},
			{"E0000079", 403, "This operation is not allowed in the current authentication state.", "", func() answer {
				r.visitors(t)
				v := newVisitor(t, r.exports["HOOKSWITCH_URL"])
				var st transaction
				v.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": "correct horse"}).ok(&st)
				verify := strings.TrimPrefix(st.Embedded.Factors[0].Links.Verify.Href, v.url)
				return v.do("POST", verify+"/resend", fields{"stateToken": st.StateToken}) // nothing was sent yet
			}},
			{"E0000082", 403, "Each code can only be used once. Please wait for a new code and try again.", "", func() answer {
				to := r.number()
				u, f := r.phone("sms", to)
				r.challenge(t, u, f).ok()
				code := r.latest(t, to).Code
				r.verify(t, u, f, code).ok()
				return r.verify(t, u, f, code)
			}},
			{"E0000098", 400, "This phone number is invalid.", "", func() answer {
				return r.enroll(r.person(t, "short@example.com"), "sms", fields{"phoneNumber": "+1202"})
			}},
			{"E0000121", 400, "Invalid phone extension. Please enter a valid phone extension.", "", func() answer {
				return r.enroll(r.person(t, "letters@example.com"), "call", fields{"phoneNumber": r.number(), "phoneExtension": "abc"})
			}},
			{"E0000140", 400, "Telephony opt out error.", "", func() answer {
				to := r.number()
				r.demo.phone(t, to, fields{"outcome": "opted-out"})
				u, f := r.phone("sms", to)
				return r.challenge(t, u, f)
			}},
			{"E0000247", 403, "Your organization doesn't support SMS or Voice authentication at this time. Select another authentication method.", "", func() answer {
				to := r.number()
				u, f := r.phone("sms", to)
				r.telephony(t, fields{"blockedPrefixes": []string{to}})
				return r.challenge(t, u, f)
			}},
			{"E0000139", 503, "Telephony provider error.", "", func() answer {
				u, f := r.phone("sms", r.number())
				r.carrier(t, "twilio", fields{"mode": "down"})
				r.carrier(t, "telesign", fields{"mode": "down"})
				return r.challenge(t, u, f)
			}},
			{"E0000138", 500, "There was an internal error with call provider(s).", "", func() answer {
				u, f := r.phone("call", r.number())
				return r.challenge(t, u, f) // the carriers are still down
			}},
			{"E0000204", 429, "You have reached the limit of sms requests, please try again later.", "", func() answer { return r.limited("sms") }},
			{"E0000205", 429, "You have reached the limit of call requests, please try again later.", "", func() answer { return r.limited("call") }},
			{"E0000109", 429, "An SMS message was recently sent. Please wait 30 seconds before trying again.", "", func() answer { return r.soon("sms") }},
			{"E0000133", 429, "A phone call was recently made. Please wait 30 seconds before trying again.", "", func() answer { return r.soon("call") }},
			{"E0000264", 400, "You must have an active telephony inline hook or at least one active custom telephony provider credential to activate and use the Phone authenticator.", "", func() answer {
				r.quiet(t)
				var all []authenticator
				r.call(t, "GET", authenticatorsPath, nil).ok(&all)
				r.call(t, "POST", authenticatorsPath+"/"+all[0].ID+"/lifecycle/deactivate", nil).ok()
				return r.call(t, "POST", authenticatorsPath+"/"+all[0].ID+"/lifecycle/activate", nil)
			}},
		} {
			a := row.ask().refused(row.status, row.code)
			var told struct {
				ErrorSummary, ErrorLink string
				ErrorCauses             []struct{ ErrorSummary string }
			}
			if err := json.Unmarshal(a.body, &told); err != nil {
				t.Fatal(err)
			}
			caused := row.cause == "" || slices.ContainsFunc(told.ErrorCauses, func(c struct{ ErrorSummary string }) bool { return strings.Contains(c.ErrorSummary, row.cause) })
			if !strings.HasPrefix(told.ErrorSummary, row.summary) || told.ErrorLink != row.code || !caused {
				t.Errorf("%s: %s", row.code, a.body)
			}
		}
	})
}

// limited asks Twilio Verify once more than it sends to a number that proves nothing.
func (r *refusals) limited(channel string) answer {
	r.t.Helper()
	for _, name := range []string{"twilio", "telesign"} {
		r.carrier(r.t, name, fields{"mode": "up"})
	}
	for name, p := range r.quiet(r.t) {
		if name != "TWILIO" {
			continue
		}
		method := fields{"twilioVerifySid": "VA00000000000000000000000000000001"}
		r.call(r.t, "PATCH", providerPath+"/"+p.ID, fields{"providerSettings": fields{channel: method}}).ok()
		r.call(r.t, "POST", providerPath+"/"+p.ID+"/lifecycle/activate", nil).ok()
	}
	u, f := r.phone(channel, r.number())
	for range 5 {
		r.challenge(r.t, u, f).ok()
	}
	return r.challenge(r.t, u, f)
}

// soon asks for a message right after another.
func (r *refusals) soon(channel string) answer {
	r.t.Helper()
	r.telephony(r.t, fields{"limits": fields{}})
	u, f := r.phone(channel, r.number())
	r.challenge(r.t, u, f).ok()
	return r.challenge(r.t, u, f)
}
