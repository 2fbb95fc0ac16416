// Package telesign sends by Telesign: SMS by Messaging and SMS Verify, calls by Voice and Voice Verify, with passcodes of
// ours everywhere. It reads Telesign's signed callbacks, asks for statuses and reports verified passcodes to Verify.
//
// One file per concern: messaging.go, voice.go and verify.go each make the requests of one product; sign.go is how
// requests and callbacks are signed; words.go is what a call says; status.go and errors.go are Telesign's vocabulary in ours; callback.go
// is what Telesign sends to us; settings.go is what an account must look like.
package telesign
