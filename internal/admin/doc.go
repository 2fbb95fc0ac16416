// Package admin is what an administrator changes: telephony providers, users, API tokens, the org itself. Each change
// and the System Log event that tells of it are one store call.
package admin
