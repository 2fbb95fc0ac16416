package httpd

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/go-json-experiment/json"

	"hookswitch"
)

// ifMatch is the header of a request that is meant only for what its maker has seen.
// https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
const ifMatch = "If-Match"

// tagOf is the ETag of a body: a digest, so that whatever changes what is answered changes it.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// Unchanged refuses when the caller wants to change a thing only as they have seen it, and it is another one by now. It
// takes the thing as the operation that reads it answers, and is to be asked in the transaction that changes it.
func (c Call) Unchanged(now any) error {
	if c.match == "" {
		return nil
	}
	body, err := json.Marshal(now, json.Deterministic(true))
	if err != nil {
		return err
	}
	if matches(c.match, tagOf(body)) {
		return nil
	}
	return hookswitch.Refuse(hookswitch.ChangedMeanwhile, "Somebody changed this after you read it. Read it again, and decide whether your change still holds.")
}

// matches finds the tag in a list of them. One that a proxy made weak, because it compressed the answer, counts too.
func matches(list, tag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == tag {
			return true
		}
	}
	return false
}
