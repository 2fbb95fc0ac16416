package simulator

import "net/http"

// routes is the one listener. Requests that a browser page of another origin
// makes to change something are refused; carriers' customers are no browsers
// and pass.
func (s *Simulator) routes() http.Handler {
	mux := http.NewServeMux()
	s.twilioRoutes(mux)
	s.telesignRoutes(mux)
	s.phoneRoutes(mux)
	return http.NewCrossOriginProtection().Handler(mux)
}

func (s *Simulator) twilioRoutes(mux *http.ServeMux) {
	api := s.twilioAPI()
	pumping := always(twilioRefuse(http.StatusForbidden, 30450, "Message delivery blocked: SMS pumping protection"))
	tollFraud := always(twilioRefuse(http.StatusForbidden, 21216, "Account not allowed to call the number: toll fraud protection"))
	guarded := always(twilioRefuse(http.StatusForbidden, 60410, "Verification delivery attempt blocked: Fraud Guard"))
	handle := func(pattern string, e endpoint) { mux.HandleFunc(pattern, s.serve(api, e)) }

	const account = "/" + twilioVersion + "/Accounts/{account}"
	handle("POST "+account+"/Messages.json", endpoint{handle: s.createMessage, blocked: pumping})
	handle("GET "+account+"/Messages.json", endpoint{handle: s.listTwilioMessages})
	handle("GET "+account+"/Messages/{sid}", endpoint{handle: s.fetchMessage})
	handle("POST "+account+"/Calls.json", endpoint{handle: s.createCall, blocked: tollFraud})
	handle("GET "+account+"/Calls.json", endpoint{handle: s.listCalls})
	handle("GET "+account+"/Calls/{sid}", endpoint{handle: s.fetchCall})
	handle("POST "+account+"/Calls/{sid}", endpoint{handle: s.updateCall})
	handle("GET "+account+"/Balance.json", endpoint{handle: s.fetchBalance})
	handle("/"+twilioVersion+"/", endpoint{handle: twilioNotFound})

	const service = "/v2/Services/{service}"
	handle("POST "+service+"/Verifications", endpoint{handle: s.createVerification, blocked: guarded})
	handle("GET "+service+"/Verifications/{sid}", endpoint{handle: s.fetchVerification})
	handle("POST "+service+"/Verifications/{sid}", endpoint{handle: s.updateVerification})
	handle("POST "+service+"/VerificationCheck", endpoint{handle: s.checkVerification})
	handle("GET "+service, endpoint{handle: s.fetchService})
	handle("GET /v2/Attempts", endpoint{handle: s.listAttempts})
	handle("GET /v2/Attempts/Summary", endpoint{handle: s.summarizeAttempts})
	handle("GET /v2/Attempts/{sid}", endpoint{handle: s.fetchAttempt})
	handle("/v2/", endpoint{handle: twilioNotFound})
}

func (s *Simulator) telesignRoutes(mux *http.ServeMux) {
	api := s.telesignAPI()
	handle := func(pattern string, e endpoint) { mux.HandleFunc(pattern, s.serve(api, e)) }

	handle("POST /v1/messaging", endpoint{handle: s.createText, blocked: s.telesignBlocked("messaging", channelSMS, 230)})
	handle("GET /v1/messaging/{reference}", endpoint{handle: s.fetchTransaction("messaging")})
	handle("POST /v1/voice", endpoint{handle: s.createVoice, blocked: s.telesignBlocked("voice", channelCall, 130)})
	handle("GET /v1/voice/{reference}", endpoint{handle: s.fetchTransaction("voice")})
	handle("POST /v1/verify/sms", endpoint{handle: s.createVerifySMS, blocked: s.telesignBlocked("verify", channelSMS, 233)})
	handle("POST /v1/verify/call", endpoint{handle: s.createVerifyCall, blocked: s.telesignBlocked("verify", channelCall, 130)})
	handle("GET /v1/verify/{reference}", endpoint{handle: s.fetchTransaction("verify")})
	handle("PUT /v1/verify/completion/{reference}", endpoint{handle: s.complete})
	handle("/v1/", endpoint{handle: func(r *request) answer { return s.telesignRefuse(r.URL.Path, faultNoResource, nil) }})
}

func (s *Simulator) phoneRoutes(mux *http.ServeMux) {
	handle := func(pattern string, f func(*http.Request) (any, error)) { mux.HandleFunc(pattern, s.control(f)) }

	mux.Handle("GET /{$}", http.RedirectHandler("/phones", http.StatusFound))
	mux.Handle("GET /phones", s.pages)
	mux.Handle("GET /phones/{$}", s.pages)
	mux.Handle("GET /assets/", s.pages)
	mux.HandleFunc("GET /phones/events", s.streamEvents)

	handle("GET /phones/{e164}/messages", s.listMessages)
	handle("GET /phones/{e164}/messages/latest", s.latestMessage)
	handle("POST /phones/{e164}/messages", s.reply)
	handle("DELETE /phones/{e164}/messages", s.clearMessages)
	handle("POST /phones/{e164}/read", s.markRead)
	handle("GET /phones/{e164}/calls", s.listCallsOf)
	handle("POST /phones/{e164}/calls/{id}/{verb}", s.controlCall)
	handle("GET /phones/{e164}/behavior", s.getPhoneBehavior)
	handle("PUT /phones/{e164}/behavior", s.putPhoneBehavior)
	handle("DELETE /phones/{e164}/behavior", s.deletePhoneBehavior)

	handle("GET /messages", s.searchMessages)
	handle("DELETE /messages", s.clearAll)

	handle("GET /behaviors", s.getPatterns)
	handle("PUT /behaviors", s.putPattern)
	handle("DELETE /behaviors", s.deletePatterns)

	handle("GET /carriers/{carrier}/behavior", s.getCarrierBehavior)
	handle("PUT /carriers/{carrier}/behavior", s.putCarrierBehavior)
	handle("DELETE /carriers/{carrier}/behavior", s.deleteCarrierBehavior)
	handle("PUT /carriers/{carrier}/inbound", s.putInbound)
	handle("GET /carriers/{carrier}/inbound", s.getInbound)

	handle("GET /journal", s.getJournal)
	handle("DELETE /journal", s.deleteJournal)
	handle("POST /journal/{id}/resend", s.resend)
	handle("POST /messages/{id}/status", s.sendStatus)
}
