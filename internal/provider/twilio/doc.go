// Package twilio sends by Twilio: SMS by Programmable Messaging, calls by Programmable Voice, and both by Verify with
// passcodes of ours. It reads Twilio's signed callbacks, asks for statuses and reports verified passcodes to Verify.
//
// One file per concern: messages.go, calls.go and verify.go each make the requests of one API; twiml.go is what a call
// says; status.go and errors.go are Twilio's vocabulary in ours; callback.go is what Twilio sends to us; settings.go is
// what an account must look like.
package twilio
