// Package providertest is what every provider has to pass: the conformance suite, and the carrier on this machine that it
// runs against. A provider says what its methods send and what its carrier's codes mean; the suite does the rest.
//
// Nothing here can reach another machine: the client it makes dials loopback addresses only.
package providertest
