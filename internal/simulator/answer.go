package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"

	strict "github.com/go-json-experiment/json"
)

// maxBody bounds what anyone may send us.
const maxBody = 1 << 20

// answer is a response before it is written, so that the journal can keep it
// and a fault can withhold it.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func jsonAnswer(status int, body any) answer {
	b, err := json.Marshal(body)
	if err != nil {
		// Only our own types come here and all of them marshal.
		return answer{status: http.StatusInternalServerError, body: []byte(err.Error())}
	}
	return answer{status: status, header: http.Header{"Content-Type": {"application/json"}}, body: b}
}

func (a answer) write(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // the client went away: nothing to do
}

// problem is an answer of the phones API that says what was wrong and what to
// do about it.
type problem struct {
	status int
	text   string
}

func (p *problem) Error() string { return p.text }

func problemf(status int, format string, args ...any) *problem {
	return &problem{status: status, text: fmt.Sprintf(format, args...)}
}

// control makes a handler of the phones API: JSON in, JSON out, problems as
// {"error": "..."}. A nil value answers 204.
func (s *Simulator) control(f func(r *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		v, err := f(r)
		switch {
		case err != nil:
			p := &problem{status: http.StatusInternalServerError, text: "the simulator failed"}
			if !errors.As(err, &p) {
				s.log.Error("simulator: control request failed", "path", r.Pattern, "error", err)
			}
			jsonAnswer(p.status, map[string]string{"error": p.text}).write(w)
		case v == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Cache-Control", "no-store")
			jsonAnswer(http.StatusOK, v).write(w)
		}
	}
}

// decode reads a JSON body strictly: no unknown, doubled or mis-cased keys,
// nothing after the value.
func decode(r *http.Request, into any) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	if len(body) == 0 {
		return problemf(http.StatusBadRequest, "a JSON body is needed")
	}
	if err := strict.Unmarshal(body, into, strict.RejectUnknownMembers(true)); err != nil {
		return problemf(http.StatusBadRequest, "the body is not what is expected here: %v", err)
	}
	return nil
}

func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) || len(body) > maxBody {
		return nil, problemf(http.StatusRequestEntityTooLarge, "the body is larger than %d bytes", maxBody)
	}
	if err != nil {
		return nil, problemf(http.StatusBadRequest, "the body could not be read")
	}
	return body, nil
}

// maxFormKeys is more than any carrier request has.
const maxFormKeys = 256

// parseForm reads application/x-www-form-urlencoded.
func parseForm(body []byte) (url.Values, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, fmt.Errorf("form: %w", err)
	}
	if len(form) > maxFormKeys {
		return nil, fmt.Errorf("form: more than %d parameters", maxFormKeys)
	}
	return form, nil
}
