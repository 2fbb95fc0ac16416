// Package signin is the way in: from a login and a password, by a passcode where the person has a phone, to a session.
// It follows Okta's Authn API (https://developer.okta.com/docs/reference/api/authn/).
//
//	SignIn     limits, the user                       one store call
//	           argon2id, for nobody too               no transaction open
//	           the count, the lock, the transaction   one store call: MFA_REQUIRED, or SUCCESS for want of a factor
//	Challenge  verify.Issue, then MFA_CHALLENGE       the passcode belongs to this transaction and to no other
//	Verify     verify.Check, then SUCCESS             the state token ends, a session token begins
//	StartSession                                      the session token ends, a session begins
//
// What may follow what is [hookswitch.AuthnStatus.On]. Whoever fails at the password learns nothing but that: the answer,
// the work and the number of writes are the same for somebody who does not exist.
//
// All tokens are random, stored as a digest and good for one thing only.
package signin
