// Package orgfile keeps what administrators set in one readable file: it writes the file of an org, says what would make
// an org as a file describes it, and does that, all through the public API.
//
//	file.go      the form of a file, read strictly
//	secret.go    what a file says in the place of a secret
//	state.go     what an org has, read from the API
//	plan.go      the difference, as steps in an order that the API accepts
//	carriers.go  the part of it where one thing excludes another: telephony providers and inline hooks
//	things.go    the parts where each thing stands for itself
//	diff.go      what the file says laid over what there is, and the fields that differ
//	run.go       the steps, one after the other
//
// What a file does not say stays as it is: a section, a thing of a list, a field. Lists, translations and the methods of a
// provider are whole. Things
// that the org has and a section of the file has not are deleted only when the plan is asked to prune.
package orgfile
