// Package provider is the one way out of the house: an HTTP client that every carrier and hook shares, and what the
// adapters below it have in common when they judge an answer.
//
// The client keeps three promises. It never talks to an address that the operator did not allow. It always knows
// whether a request had left when an error came, because a message that may have gone out is never sent again. And
// nothing secret leaves it in an error or a trace.
//
// It does not know any carrier: the packages twilio and telesign do.
package provider
