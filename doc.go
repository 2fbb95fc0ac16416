// Package hookswitch is the vocabulary of the telephony of sign-in: users, factors, challenges,
// deliveries, providers, the closed catalogue of send failures and the events of the System Log.
// It holds types and their legal transitions only; it does no I/O, asks no clock and draws no randomness.
//
// # The life of one passcode
//
//	HTTP      decode the request ---------------------------------> a value
//	verify    number -> guard -> otp -> render                      values only; nothing is written yet
//	verify    WRITE 1  the limits, the challenge, the delivery      or the guard's DENY
//	delivery  route -> [Provider].Send, no transaction open         the only outbound call
//	delivery  WRITE 2  the attempts, the outcome, the send_* event  early callbacks settle here too
//	callback  signature -> parse -> WRITE 2' settle                 receive_status, exactly once
//	verify    WRITE 3  the code, by compare-and-swap, and its event then feedback to the provider
//
// # Rules of the house
//
//   - A change of state and the System Log events that tell of it are one store call.
//   - A delivery has exactly one send_* and exactly one receive_status event: see [Fate] and [DeliveryState.On].
//   - The text of a message lives only in the memory of the process that issued it; the store holds a keyed digest.
//     So only that process sends it, under a lease, and nothing is sent again without the user.
//   - Providers name a [Failure]; package delivery alone decides about retry, failover and stop.
//   - Imports run one way: this package <- pure packages <- use cases <- adapters <- app <- cmd.
package hookswitch
