package sim

import (
	"slices"
	"strings"
)

// answersAreKept: what was acknowledged is there when everything is at rest.
func (t *trial) answersAreKept() {
	successes := map[string]bool{} // request ids
	perUser := map[string]int{}
	for _, e := range t.Events {
		if e.Outcome.Result != "SUCCESS" || e.Type != "user.authentication.auth_via_mfa" && e.Type != "user.mfa.factor.activate" {
			continue
		}
		successes[e.Debug.Data["requestId"]] = true
		if e.Type == "user.authentication.auth_via_mfa" {
			for _, target := range e.Target {
				if target.Type == "User" {
					perUser[target.ID]++
				}
			}
		}
	}
	for _, b := range t.People {
		sure, perhaps := 0, 0
		for _, o := range t.checks[b.N] {
			switch {
			case o.Status == 200:
				if !successes[o.RequestID] {
					t.say("op %d: person %d got in, and the log does not know", o.N, b.N)
				}
				if o.Kind == verify {
					sure++
				}
			case o.unknown():
				perhaps++
			}
		}
		if n := perUser[b.User]; n < sure || n > sure+perhaps {
			t.say("person %d got in %d times, perhaps %d more; the log says %d", b.N, sure, perhaps, n)
		}
		if b.Active && b.AtRest != "ACTIVE" && !t.disabled(b) {
			t.say("the factor of person %d was activated and is %q", b.N, b.AtRest)
		}
	}
	for _, o := range t.Ops {
		if !o.Kind.sends() || o.Status != 200 || o.Key != "" {
			continue
		}
		sent := t.requests[o.RequestID]
		if len(sent) != 1 || sent[0].send != "SUCCESS" && sent[0].send != "UNKNOWN" {
			t.say("op %d: a challenge was answered to person %d, and the log has %d deliveries of it", o.N, o.Person, len(sent))
		}
	}
}

// disabled tells whether the person guessed often enough to lose the factor.
func (t *trial) disabled(b *being) bool {
	misses := 0
	for _, o := range t.checks[b.N] {
		if o.wrong() || o.unknown() {
			misses++
		}
	}
	return b.AtRest == "INACTIVE" && misses >= disableAfter
}

// refusalsSendNothing: a limit's refusal has no delivery; any other has at most one that failed or was denied.
func (t *trial) refusalsSendNothing() {
	sent := map[*op][]*handing{}
	for _, x := range t.Handings {
		if x.Op != nil {
			sent[x.Op] = append(sent[x.Op], x)
		}
	}
	for _, o := range t.Ops {
		if !o.Kind.sends() || o.Status < 400 || o.Status >= 500 {
			continue
		}
		deliveries := t.requests[o.RequestID]
		if o.Status == 429 && !failedSend(o.ErrorCode) && (len(deliveries) > 0 || len(sent[o]) > 0) {
			t.say("op %d: a limit refused person %d, and %d deliveries came of it", o.N, o.Person, len(deliveries))
		}
		for _, m := range deliveries {
			if m.send != "FAILURE" && m.send != "DENY" {
				t.say("op %d: person %d was refused with %s, and delivery %s is told as %s", o.N, o.Person, o.ErrorCode, m.id, m.send)
			}
		}
		if slices.ContainsFunc(sent[o], func(x *handing) bool { return x.Fate != refused }) {
			t.say("op %d: person %d was refused with %s, and a message left", o.N, o.Person, o.ErrorCode)
		}
	}
}

// failedSend tells a refusal by carriers from one by our limits.
func failedSend(code string) bool {
	return slices.Contains([]string{"E0000138", "E0000139", "E0000140", "E0000098", "E0000204", "E0000205"}, code)
}

// errorsHaveCauses: nobody is answered with a failure of the server's unless something failed.
func (t *trial) errorsHaveCauses() {
	for _, o := range t.Ops {
		if o.Status >= 500 && !o.Hurt && !t.Ailing {
			t.say("op %d: %s of person %d was answered with %d %s and nothing had gone wrong", o.N, o.Kind, o.Person, o.Status, strings.TrimSpace(o.Body))
		}
	}
}
