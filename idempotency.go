package hookswitch

import "time"

// KeptReply is the answer to a request that carried an Idempotency-Key, kept so that the same request gets the same
// answer and nothing is done twice. Until the answer is there, its Status is zero.
type KeptReply struct {
	Key     string // scoped to its caller and operation
	Digest  string // of the request's parameters
	Status  int
	Headers map[string]string
	Body    string
	Created time.Time
}
