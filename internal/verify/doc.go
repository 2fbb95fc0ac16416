// Package verify is the conductor of a passcode's life: it issues a passcode, sends it through package delivery, and
// checks what comes back. First sends, resends, test sends and messages without a factor take one path, [Service.Issue].
//
//	Issue   number -> guard -> otp -> render            values only
//	        WRITE 1: limits, factor, challenge, delivery  a refused limit ends here, and nothing else is written
//	        delivery.Send                                 no transaction open
//	Check   WRITE 3: lock, digest, counters, event        one transaction
package verify
