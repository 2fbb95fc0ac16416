// Package delivery carries one message to one phone and finds out what became of it.
//
// A delivery is born in WRITE 1 of package verify, leased to this process. [Service.Send] takes it from there: it picks
// the route, hands the message to one provider after the other while that is safe, and records the outcome with the
// send_* event in one store call (WRITE 2). Statuses come later by callback or by poll and meet in settle (WRITE 2').
// [Service.Reconcile] looks after deliveries whose process died, whose status is late, or whose deadline passed.
//
// What a fate does to a delivery is not decided here but in the table of the root package, [hookswitch.DeliveryState.On].
package delivery
