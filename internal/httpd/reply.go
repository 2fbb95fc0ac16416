package httpd

import (
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"

	"hookswitch"
)

// reply is a success on its way to the wire.
type reply struct {
	status int
	links  []string
	body   []byte             // nil: none
	tag    string             // the ETag; "" for none
	cookie *hookswitch.Secret // of a session, to set or, when empty, to take away; nil: none of both
}

func replyOf(output any, status int, in *binding, call Call, r *http.Request) (reply, error) {
	out := reply{status: status}
	var err error
	switch o := output.(type) {
	case entrance:
		answer, cookie := o.parts()
		out, err = replyOf(answer, status, in, call, r)
		out.cookie = &cookie
	case Nothing:
	case Pointer:
		out.links = []string{link(call.Links, "/api/v1"+o.Path, o.Query, "related")}
	case pager:
		out.body, err = o.array()
		out.links = in.links(o.next(), call.Links, r)
	case appender:
		out.body = o.AppendJSON(nil)
	default:
		out.body, err = json.Marshal(output, json.Deterministic(true))
	}
	return out, err
}

func (out reply) write(w http.ResponseWriter) {
	h := w.Header()
	for _, l := range out.links {
		h.Add("Link", l) // one header each: Okta's clients do not split a list
	}
	if out.tag != "" {
		h.Set("ETag", out.tag)
	}
	if out.body != nil {
		h.Set("Content-Type", "application/json")
		h.Set("Content-Length", strconv.Itoa(len(out.body)))
	}
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body) // the caller may be gone; there is nobody else to tell
}
