// Package sim lives the lives of many passcodes at once, on the product's own use cases, its own HTTP handler and a real
// SQLite file, with everything going wrong that can: carriers, callbacks, the store, processes, clocks and people. What
// comes out is held against the rules of the house (docs/simulation.md).
//
//	go test ./sim -run TestSimulation -lives=20000 -seed=7        from the test module
//	make sim LIVES=20000 SEED=7                                   the same, with progress
//	make sim SEED=7 WORLD=3                                       one world again
//
// It ends with a failure when a rule is broken, and prints the command that lives that world again.
//
// # A world
//
// A world is one testing/synctest bubble (world.go). In it stand
//
//	people      person.go     ask for passcodes over HTTP and give them back, not always the right ones
//	nodes       node.go       one to three processes, each with its own store, caches, breaker and clock, on one file
//	the disk    disk.go       the connection to SQLite: slow, busy, full, failing
//	carriers    carrier.go    the product's simulator, and what can happen on the way there
//	the post    post.go       callbacks on their way back
//
// Nothing in it asks for the real time or for real randomness. Everybody has dice of their own, thrown from the world's
// seed, and acts at instants that belong to them alone (actor.go), so the same seed lives the same lives.
//
// First everything goes wrong (world.live), then it heals and comes to rest (world.heal), then the System Log is read and
// judged (check.go): by what HTTP answered, by what carriers and phones saw, and by the log; never by the database.
package sim
