// Package callback takes in what carriers post to us: what became of a message, and which key was pressed during a call.
//
//	POST /callbacks/twilio/dlv…                 the status of a delivery
//	POST /callbacks/twilio/dlv…/repeat?script=  a key press: the carrier's markup comes back
//
// These paths take no token; the carrier's signature over the very URL it was given is what is believed. So the URL is put
// together from the public URL, whatever proxy or host name the request came by.
package callback
