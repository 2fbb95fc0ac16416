// Package test holds the tests of the whole program, and with them the dependencies that are too heavy for the product:
// a browser, the official SDKs, a script runner. It is a module of its own, so that none of them reaches the product's
// go.sum. There is nothing to import here.
package test
