// Package app puts the house together: it opens the store, makes the use cases, lists the providers, mounts the HTTP
// faces and runs what runs in the background. It is the only package that knows all others.
//
//	New    opens the store, migrates it, makes everything; nothing is reachable yet
//	Start  listens and begins the background work
//	Stop   answers what has begun, then closes in the opposite order
package app
