package app

import (
	"strconv"
	"strings"

	"hookswitch"
)

// provider is the path of a configured provider.
func (w *failing) provider(name string) string {
	w.t.Helper()
	for id := range w.rows("SELECT id, name FROM telephony_providers WHERE name = $1", name) {
		return providers + id
	}
	return providers + "none"
}

// both makes both providers active again, Twilio first, and no hook.
func (w *failing) both() {
	w.t.Helper()
	for id := range w.rows("SELECT id, name FROM inline_hooks") {
		w.do("POST", "/api/v1/inlineHooks/"+id+"/lifecycle/deactivate", "").ok()
		w.do("DELETE", "/api/v1/inlineHooks/"+id, "").ok()
	}
	for name, body := range map[string]string{"TWILIO": twilioBody, "TELESIGN": telesignBody} {
		if len(w.rows("SELECT id, name FROM telephony_providers WHERE name = $1", name)) == 0 {
			w.do("POST", providers, body).ok()
		}
		w.do("POST", w.provider(name)+"/lifecycle/activate", "").ok()
	}
	w.do("POST", w.provider("TWILIO")+"/setAsPrimary", "").ok()
}

// is tells whether a row of telephony_providers has a condition.
func (w *failing) is(name, condition string) bool {
	return len(w.rows("SELECT id, name FROM telephony_providers WHERE name = $1 AND "+condition, name)) == 1
}

// providerCases are what an administrator does to providers and hooks.
func providerCases() []useCase {
	without := func(w *failing) { // Telesign
		w.both()
		w.do("POST", w.provider("TELESIGN")+"/lifecycle/deactivate", "").ok()
	}
	hook := func(w *failing) string { // the path of one that is not active, beside no provider
		w.both()
		id := w.do("POST", "/api/v1/inlineHooks", hookBody).id()
		w.do("POST", w.provider("TELESIGN")+"/lifecycle/deactivate", "").ok()
		w.do("POST", w.provider("TWILIO")+"/lifecycle/deactivate", "").ok()
		return "/api/v1/inlineHooks/" + id
	}
	return []useCase{
		{"add a provider", func(w *failing) request {
			without(w)
			w.do("DELETE", w.provider("TELESIGN"), "").ok()
			return request{
				do:    func() reply { return w.do("POST", providers, telesignBody) },
				done:  func() bool { return w.is("TELESIGN", "NOT enabled") },
				tells: hookswitch.ProviderCreated, once: []int{400, 409},
			}
		}},
		{"change a provider", func(w *failing) request {
			w.both()
			path := w.provider("TWILIO")
			sid := "AC" + strings.Repeat("0", 24) + strconv.FormatInt(w.now.Unix()%100_000_000, 10)
			sid += strings.Repeat("0", 34-len(sid))
			return request{
				do:    func() reply { return w.do("PATCH", path, `{"providerSid":"`+sid+`"}`) },
				done:  func() bool { return w.is("TWILIO", "sid = '"+sid+"'") },
				tells: hookswitch.ProviderUpdated,
			}
		}},
		{"activate a provider", func(w *failing) request {
			without(w)
			path := w.provider("TELESIGN")
			return request{
				do:    func() reply { return w.do("POST", path+"/lifecycle/activate", "") },
				done:  func() bool { return w.is("TELESIGN", "enabled") },
				tells: hookswitch.ProviderActivated,
			}
		}},
		{"make a provider the primary", func(w *failing) request {
			w.both()
			path := w.provider("TELESIGN")
			return request{
				do: func() reply { return w.do("POST", path+"/setAsPrimary", "") },
				done: func() bool {
					if w.is("TELESIGN", "is_primary") == w.is("TWILIO", "is_primary") {
						w.t.Error("two are primary, or none is")
					}
					return w.is("TELESIGN", "is_primary")
				},
				tells: hookswitch.ProviderPrimary,
			}
		}},
		{"deactivate a provider", func(w *failing) request {
			w.both()
			path := w.provider("TELESIGN")
			return request{
				do:    func() reply { return w.do("POST", path+"/lifecycle/deactivate", "") },
				done:  func() bool { return w.is("TELESIGN", "NOT enabled") },
				tells: hookswitch.ProviderDeactivated,
			}
		}},
		{"delete a provider", func(w *failing) request {
			without(w)
			path := w.provider("TELESIGN")
			return request{
				do:    func() reply { return w.do("DELETE", path, "") },
				done:  func() bool { return !w.is("TELESIGN", "NOT enabled") },
				tells: hookswitch.ProviderDeleted, once: []int{404},
			}
		}},
		{"add a hook", func(w *failing) request {
			w.both()
			return request{
				do:    func() reply { return w.do("POST", "/api/v1/inlineHooks", hookBody) },
				done:  func() bool { return len(w.rows("SELECT id, name FROM inline_hooks")) > 0 },
				tells: hookswitch.HookCreated, once: []int{400},
			}
		}},
		{"activate a hook", func(w *failing) request {
			path := hook(w)
			return request{
				do:    func() reply { return w.do("POST", path+"/lifecycle/activate", "") },
				done:  func() bool { return w.do("GET", path, "").get("status") == "ACTIVE" },
				tells: hookswitch.HookActivated,
			}
		}},
		{"change a hook", func(w *failing) request {
			path := hook(w)
			body := strings.Replace(hookBody, "My service", "Your service", 1)
			return request{
				do:    func() reply { return w.do("PUT", path, body) },
				done:  func() bool { return w.do("GET", path, "").get("name") == "Your service" },
				tells: hookswitch.HookUpdated,
			}
		}},
		{"delete a hook", func(w *failing) request {
			path := hook(w)
			return request{
				do:    func() reply { return w.do("DELETE", path, "") },
				done:  func() bool { return w.do("GET", path, "").status == 404 },
				tells: hookswitch.HookDeleted, once: []int{404},
			}
		}},
		{"choose a fallback", func(w *failing) request {
			w.both()
			path := w.provider("TELESIGN")
			const fallback = "/api/v1/telephony/hook-fallback"
			w.do("PUT", fallback, `{"fallbackProviderId":null,"acceptDuplicates":false}`).ok()
			w.do("POST", path+"/lifecycle/deactivate", "").ok()
			id := strings.TrimPrefix(path, providers)
			return request{
				do:    func() reply { return w.do("PUT", fallback, `{"fallbackProviderId":"`+id+`","acceptDuplicates":false}`) },
				done:  func() bool { return strings.Contains(w.do("GET", fallback, "").body, id) },
				tells: hookswitch.HookFallbackUpdated,
			}
		}},
	}
}

const hookBody = `{"name":"My service","type":"com.okta.telephony.provider","version":"1.0.0","channel":{"type":"HTTP","version":"1.0.0",
	"config":{"uri":"http://127.0.0.1:1/hook","method":"POST","headers":[],"authScheme":{"type":"HEADER","key":"Authorization","value":"s"}}}}`

// deskCases are what an administrator does to words, people and tokens.
func deskCases() []useCase {
	const templates = "/api/v1/templates/sms/"
	step := func(step string, tells hookswitch.EventType, status string, before ...string) useCase {
		return useCase{step + " a user", func(w *failing) request {
			factor, _, _ := w.factor("sms")
			path, _, _ := strings.Cut(factor, "/factors/")
			for _, b := range before {
				w.do("POST", path+"/lifecycle/"+b, "").ok()
			}
			return request{
				do:    func() reply { return w.do("POST", path+"/lifecycle/"+step, "") },
				done:  func() bool { return w.do("GET", path, "").get("status") == status },
				tells: tells, once: []int{400, 403},
			}
		}}
	}
	return []useCase{
		{"add a template", func(w *failing) request {
			name := "T" + strconv.FormatInt(w.now.UnixMicro(), 36)
			return request{
				do: func() reply {
					return w.do("POST", templates, `{"name":"`+name+`","type":"SMS_VERIFY_CODE","template":"Say ${code}"}`)
				},
				done:  func() bool { return strings.Contains(w.do("GET", templates, "").body, name) },
				tells: hookswitch.SMSTemplateCreated, once: []int{400},
			}
		}},
		{"change a template", func(w *failing) request {
			path := "/api/v1/templates/messages/sign-in"
			word := "W" + strconv.FormatInt(w.now.UnixMicro(), 36)
			return request{
				do:   func() reply { return w.do("PUT", path, `{"template":"`+word+` ${code}","translations":{}}`) },
				done: func() bool { return strings.Contains(w.do("GET", path, "").body, word) },
			}
		}},
		{"delete a template", func(w *failing) request {
			path := "/api/v1/templates/messages/sign-in"
			w.do("PUT", path, `{"template":"Say ${code}","translations":{}}`).ok()
			return request{
				do:    func() reply { return w.do("DELETE", path, "") },
				done:  func() bool { return !strings.Contains(w.do("GET", path, "").body, `"CUSTOM"`) },
				tells: hookswitch.SMSTemplateDeleted, once: []int{404},
			}
		}},
		{"change the settings of messages", func(w *failing) request {
			domain := "d" + strconv.FormatInt(w.now.UnixMicro(), 36) + ".example.com"
			const path = "/api/v1/templates/settings"
			return request{
				do:    func() reply { return w.do("PUT", path, `{"segments":2,"autofillDomain":"`+domain+`"}`) },
				done:  func() bool { return strings.Contains(w.do("GET", path, "").body, domain) },
				tells: hookswitch.MessageSettingsUpdated,
			}
		}},
		{"change a regulation", func(w *failing) request {
			sender := strconv.FormatInt(100_000+w.now.Unix()/60%900_000, 10)
			const path = "/api/v1/telephony/regulations/BR"
			return request{
				do:    func() reply { return w.do("PUT", path, `{"senders":["`+sender+`"]}`) },
				done:  func() bool { return strings.Contains(w.do("GET", path, "").body, sender) },
				tells: hookswitch.RegulationUpdated,
			}
		}},
		{"turn a method off", func(w *failing) request {
			var path string
			for id := range w.phoneAuthenticator() {
				path = "/api/v1/authenticators/" + id + "/methods/voice"
			}
			w.do("POST", path+"/lifecycle/activate", "").ok()
			return request{
				do:    func() reply { return w.do("POST", path+"/lifecycle/deactivate", "") },
				done:  func() bool { return w.do("GET", path, "").get("status") == "INACTIVE" },
				tells: hookswitch.AuthenticatorUpdated,
			}
		}},
		{"make a token", func(w *failing) request {
			name := "T" + strconv.FormatInt(w.now.UnixMicro(), 36)
			return request{
				do:    func() reply { return w.do("POST", "/api/v1/api-tokens", `{"name":"`+name+`"}`) },
				done:  func() bool { return strings.Contains(w.do("GET", "/api/v1/api-tokens", "").body, name) },
				tells: hookswitch.TokenCreated,
			}
		}},
		{"revoke a token", func(w *failing) request {
			path := "/api/v1/api-tokens/" + w.madeToken()
			return request{
				do:    func() reply { return w.do("DELETE", path, "") },
				done:  func() bool { return w.do("GET", path, "").status == 404 },
				tells: hookswitch.TokenRevoked, once: []int{404},
			}
		}},
		{"add a user", func(w *failing) request {
			login := "bo" + strconv.FormatInt(w.now.UnixMicro(), 36) + "@example.com"
			return request{
				do: func() reply {
					return w.do("POST", "/api/v1/users", `{"profile":{"login":"`+login+`","email":"`+login+`"}}`)
				},
				done:  func() bool { return w.do("GET", "/api/v1/users/"+login, "").fine() },
				tells: hookswitch.UserCreated, once: []int{400},
			}
		}},
		{"change a user", func(w *failing) request {
			id, _, _ := w.person()
			return request{
				do:    func() reply { return w.do("POST", "/api/v1/users/"+id, `{"profile":{"lastName":"Reis"}}`) },
				done:  func() bool { return strings.Contains(w.do("GET", "/api/v1/users/"+id, "").body, "Reis") },
				tells: hookswitch.UserUpdated,
			}
		}},
		step("suspend", hookswitch.UserSuspension, "SUSPENDED"),
		step("unsuspend", hookswitch.UserUnsuspension, "ACTIVE", "suspend"),
		step("deactivate", hookswitch.UserDeactivated, "DEPROVISIONED"),
		{"delete a user", func(w *failing) request {
			factor, _, _ := w.factor("sms")
			path, _, _ := strings.Cut(factor, "/factors/")
			w.do("DELETE", path, "").ok()
			return request{
				do:    func() reply { return w.do("DELETE", path, "") },
				done:  func() bool { return w.do("GET", path, "").status == 404 },
				tells: hookswitch.UserDeleted, once: []int{404},
			}
		}},
		{"reset the factors of a user", func(w *failing) request {
			factor, _, _ := w.factor("sms")
			path, _, _ := strings.Cut(factor, "/factors/")
			return request{
				do:    func() reply { return w.do("POST", path+"/lifecycle/reset_factors", "") },
				done:  func() bool { return w.do("GET", factor, "").status == 404 },
				tells: hookswitch.FactorsReset,
			}
		}},
		{"give a role", func(w *failing) request {
			id, _, _ := w.person()
			path := "/api/v1/users/" + id + "/roles"
			return request{
				do:    func() reply { return w.do("POST", path, `{"type":"HELP_DESK_ADMIN"}`) },
				done:  func() bool { return strings.Contains(w.do("GET", path, "").body, "HELP_DESK_ADMIN") },
				tells: hookswitch.PrivilegeGranted, once: []int{400, 409},
			}
		}},
		{"end all sessions of a user", func(w *failing) request {
			id, login, _ := w.person()
			token := w.ask("POST", "/api/v1/authn", `{"username":"`+login+`","password":"`+horse+`"}`).get("sessionToken")
			return request{
				do: func() reply { return w.do("DELETE", "/api/v1/users/"+id+"/sessions", "") },
				done: func() bool {
					return len(w.rows("SELECT user_id, channel FROM session_tokens WHERE user_id = $1", id)) == 0 && token != ""
				},
				tells: hookswitch.SessionsCleared,
			}
		}},
	}
}

// madeToken is the id of a new API token.
func (w *failing) madeToken() string {
	w.t.Helper()
	name := "T" + strconv.FormatInt(w.now.UnixMicro(), 36)
	w.do("POST", "/api/v1/api-tokens", `{"name":"`+name+`"}`).ok()
	for id := range w.rows("SELECT id, name FROM api_tokens WHERE name = $1", name) {
		return id
	}
	return ""
}

// phoneAuthenticator is the id of the authenticator that phones are.
func (w *failing) phoneAuthenticator() map[string]string {
	w.t.Helper()
	body := w.do("GET", "/api/v1/authenticators", "").ok().body
	for _, part := range strings.Split(body, `"id":"`)[1:] {
		id, rest, _ := strings.Cut(part, `"`)
		if strings.Contains(rest, `"phone_number"`) {
			return map[string]string{id: ""}
		}
	}
	w.t.Fatal("there is no phone authenticator")
	return nil
}

// reportCases read.
func reportCases() []useCase {
	read := func(name, path string) useCase {
		return useCase{name, func(w *failing) request {
			factor, login, phone := w.factor("sms")
			user, _, _ := strings.Cut(strings.TrimPrefix(factor, "/api/v1/users/"), "/")
			path := strings.NewReplacer("USER", user, "LOGIN", login, "PHONE", strings.TrimPrefix(phone, "+")).Replace(path)
			return request{do: func() reply { return w.do("GET", path, "") }}
		}}
	}
	return []useCase{
		read("read the log", "/api/v1/logs?q=LOGIN"),
		read("why", "/api/v1/deliveries?q=%2BPHONE"),
		read("find users", "/api/v1/users?q=LOGIN"),
		read("list providers", providers),
		read("list the factors of a user", "/api/v1/users/USER/factors"),
	}
}
