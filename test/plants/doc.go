// Command plants proves that the tests would notice. It plants one bug at a time in the real sources, a small and
// plausible one, and runs what should find it: the packages' own tests, the use cases on SQLite, and the simulation. No
// file of the tree is touched: the compiler is given the changed text in the place of the file (go build -overlay).
//
//	make plants                          plant them all, print the table
//	make plants ONLY='resend|expiry'     plant those whose names match
//	make plants SIM=100000               run the simulation too, so many lives at most for each
//
// It ends with an error when a bug survives: then a test is missing. Its own test keeps every bug plantable.
package main
