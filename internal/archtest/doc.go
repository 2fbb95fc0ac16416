// Package archtest keeps the walls of the house. Its test reads every Go file of the product and fails on an import that
// runs the wrong way, on a clock or a random source where values should be passed in, and on the few habits a compiler
// does not refuse: init functions, package variables that somebody writes to, packages without a story or with a name
// that says nothing.
//
// The floors, and who may stand on whom, are one table: house in house_test.go. A new room needs a line there.
package archtest
