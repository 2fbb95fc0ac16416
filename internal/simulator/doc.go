// Package simulator is the carriers and the phones of a laptop: Twilio over
// real HTTP with real TwiML and signed callbacks, and a phone for every number
// that anybody sends to. It is a part of the product and the fake that its own
// tests run against.
package simulator
