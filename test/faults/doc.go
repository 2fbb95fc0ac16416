// Command faults runs the built server as a process of its own, under load, and does to it what machines do: it is killed,
// stopped, cut off from its database, left without disk or descriptors, and loses power. Afterwards the checker reads only
// what anybody outside can read (HTTP answers, phones, the System Log) and holds the rules of the house against it:
//
//   - exactly one send event and one receive_status for every delivery,
//   - no passcode accepted twice, nor after a newer one,
//   - at most one message for a request, however often it is repeated with its Idempotency-Key,
//   - what was answered is there.
//
// `make faults` runs all of it on both databases. It needs Linux, and for some faults root, strace or PostgreSQL; a row of
// the table says what was left out and why.
package main
