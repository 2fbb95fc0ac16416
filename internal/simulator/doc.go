// Package simulator is the carriers and the phones of a laptop: Twilio and
// Telesign over real HTTP, and a phone for every number that anybody sends to.
// It is a part of the product (a newcomer receives a first code without an
// account anywhere) and the fake that the product's own tests run against. It
// imports nothing from the rest of the house.
//
// # The story of a message
//
//	POST /2010-04-01/…/Messages.json      the customer asks (twilio_messages.go, telesign_send.go)
//	serve                                 carrier.go: journal, the carrier's mode, credentials, form
//	readMessage                           what the carrier refuses, with its error code
//	behaviorOf                            behavior.go: how this phone takes this one
//	transmit                              sms.go: sent, then delivered or not; the phone's message appears
//	feed                                  callbacks.go: signed callbacks, as the behavior wants them
//
// A call goes the same way through place (call.go): it rings, is answered, and
// its TwiML (package twiml) is played (callplay.go). With nobody at
// /phones/events it is answered at once and takes no time. With the page open
// it rings for a person, answers itself after ten seconds, speaks in real time
// and takes keys.
//
// # Routes
//
// The carriers, with the errors, signatures and time-outs of their public
// documentation:
//
//	POST GET  /2010-04-01/Accounts/{AC}/Messages.json    GET /…/Messages/{SID}.json
//	POST GET  /2010-04-01/Accounts/{AC}/Calls.json       GET POST /…/Calls/{SID}.json
//	POST      /v2/Services/{VA}/Verifications            GET POST /…/Verifications/{SID}
//	POST      /v2/Services/{VA}/VerificationCheck
//	GET       /2010-04-01/Accounts/{AC}/Balance.json     GET /v2/Services/{VA}
//	GET       /v2/Attempts, /v2/Attempts/{SID}, /v2/Attempts/Summary
//	POST      /v1/messaging, /v1/voice                   GET /v1/messaging/{ref}, /v1/voice/{ref}
//	POST      /v1/verify/sms, /v1/verify/call            GET /v1/verify/{ref}
//	PUT       /v1/verify/completion/{ref}
//
// The phones, JSON in and out, {"error": "what to do"} when it fails:
//
//	GET       /phones                                    the page; its files under /assets/
//	GET       /phones/events                             text/event-stream; ?watch=false does not keep calls ringing
//	GET DELETE POST  /phones/{e164}/messages             oldest first; POST {"to","text"} sends from the phone
//	GET       /phones/{e164}/messages/latest?wait=30s&after=ID&channel=
//	GET DELETE       /messages?q=&after=&wait=           over all phones (search.go)
//	POST      /messages/{id}/status                      {"status","errorCode"}: the carrier tells it now
//	POST      /phones/{e164}/read
//	GET       /phones/{e164}/calls
//	POST      /phones/{e164}/calls/{id}/answer, decline, ring, hangup, digits {"digits":"1"}
//	GET PUT DELETE   /phones/{e164}/behavior             behavior.go
//	GET PUT DELETE   /behaviors                          the same by prefix (patterns.go)
//	GET PUT DELETE   /carriers/{twilio,telesign}/behavior
//	GET PUT   /carriers/{twilio,telesign}/inbound        {"url"}: where STOP and other replies are posted
//	GET DELETE       /journal?limit=&after=              requests and callbacks (journal.go)
//	POST      /journal/{id}/resend
//
// # Events
//
// GET /phones/events begins with snapshot {phones, carriers} and goes on with
// message {number, unread, message}, call (the whole call), read {number},
// cleared {number}, behavior {number, behavior} or {carriers}, and journal (one
// entry). A listener that falls behind is cut off and gets a new snapshot when
// it comes back.
//
// # What the modes of a carrier mean
//
// down answers the carrier's own "service unavailable", which promises that
// nothing was sent (both carriers share one port, so it cannot be closed;
// Transport does refuse the connection). error500, throttled, unauthorized and
// fraud-blocked are the carrier's words for it. hang takes nothing and never
// answers. reset and garbage answer too late to help: the message is on its
// way. A slow answer (latencyMs) also sends, whether the client still listens
// or not.
//
// # Time and chance
//
// Ids, codes and dice follow Options.Seed; everything that happens later is due
// at an instant of its own (lane). In a testing/synctest bubble, reached through
// Transport, the same seed gives the same history.
package simulator
