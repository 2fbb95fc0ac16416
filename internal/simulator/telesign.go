package simulator

import (
	"maps"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// telesignStore is what Telesign remembers. Guarded by mu.
type telesignStore struct {
	transactions recent[*transaction]
	nonces       recent[time.Time]
}

func newTelesignStore() telesignStore {
	return telesignStore{transactions: newRecent[*transaction](recordLimit), nonces: newRecent[time.Time](recordLimit)}
}

// isVerify tells which of Telesign's two ways to word errors a path uses:
// Messaging and Voice put the error's code into status.code, the Verify APIs
// keep negative codes in an errors list beside status 500 or 501.
// Source: https://developer.telesign.com/enterprise/docs/all-status-and-error-codes
func isVerify(path string) bool { return strings.HasPrefix(path, "/v1/verify/") }

// telesignStatus is the part every answer has.
type telesignStatus struct {
	Code        int    `json:"code"`
	Description string `json:"description"`
	UpdatedOn   string `json:"updated_on"`
}

type telesignError struct {
	Code        int    `json:"code"`
	Description string `json:"description"`
}

// fault is an error in both families' words.
type fault struct {
	http        int
	code        int    // of Messaging and Voice
	description string // of Messaging and Voice
	verifyCode  int
	verifyText  string
}

// The faults that are the same for every operation.
var (
	faultDown         = &fault{503, 10000, "System Unavailable, please try again later.", -90001, "System Unavailable, please try again later."}
	faultFailing      = &fault{500, 10000, "System Unavailable, please try again later.", -90001, "System Unavailable, please try again later."}
	faultThrottled    = &fault{429, 10019, "Rate Limit Exceeded", -40007, "Rate Limit Exceeded"}
	faultNoHeader     = &fault{401, 10009, "Missing required 'Authorization' header", -30004, "Missing required 'Authorization' header"}
	faultHeaderFormat = &fault{401, 10028, "Required 'Authorization' header is not in the correct format", -30005, "Required 'Authorization' header is not in the correct format"}
	faultCustomer     = &fault{401, 10015, "Invalid Customer ID.", -30000, "Invalid Customer ID."}
	faultKey          = &fault{401, 10022, "Invalid API Key.", -30015, "Invalid API Key."}
	faultSignature    = &fault{401, 10008, "Invalid Signature.", -30006, "Invalid Signature."}
	faultNoDate       = &fault{401, 10007, "Missing required 'Date' or 'x-ts-date' header", -30007, "Missing required 'Date' or 'x-ts-date' header"}
	faultAuthMethod   = &fault{401, 10006, "Invalid 'x-ts-auth-method' header.", -30008, "Invalid 'x-ts-auth-method' header."}
	faultDateFormat   = &fault{401, 10005, "'Date' or 'x-ts-date' header is not RFC822 compliant", -30009, "'Date' or 'x-ts-date' header is not RFC822 compliant"}
	faultDateSkew     = &fault{401, 10004, "'Date' or 'x-ts-date' header is not within tolerable range", -30010, "'Date' or 'x-ts-date' header is not within tolerable range"}
	faultNonceLength  = &fault{401, 10003, "'x-ts-nonce' header value is either too long or too short", -30011, "'x-ts-nonce' header value is either too long or too short"}
	faultNonceUsed    = &fault{401, 10002, "'x-ts-nonce' header value has been used recently", -30012, "'x-ts-nonce' header value has been used recently"}
	faultBadRequest   = &fault{400, 11009, "Invalid value for parameter message.", -40006, "Bad Request"}
	faultPhone        = &fault{400, 11000, "Invalid value for parameter phone_number.", -10001, "Invalid Request: PhoneNumber Parameter"}
	faultNoPhone      = &fault{400, 12000, "Missing Required Parameter phone_number", -10001, "Invalid Request: Missing parameter Parameter: phone_number"}
	faultCallback     = &fault{400, 11004, "Invalid value for parameter callback_url", -10001, "Invalid Request: callback_url Parameter"}
	faultNotFound     = &fault{404, 11011, "Invalid value for parameter reference_id", -10001, "CustomerID/ReferenceID not found"}
	faultNoResource   = &fault{404, 10000, "Resource Not Found", -40004, "Resource Not Found"}
)

// telesignRefuse makes a refusal in the words of the path's family.
func (s *Simulator) telesignRefuse(path string, f *fault, extra map[string]any) answer {
	v := map[string]any{}
	status := telesignStatus{Code: f.code, Description: f.description, UpdatedOn: telesignTime(s.now())}
	s.mu.Lock()
	v["reference_id"] = s.ids.reference()
	s.mu.Unlock()
	if isVerify(path) {
		status.Code, status.Description = 500, "Transaction not attempted"
		if f.http == http.StatusUnauthorized && f.verifyCode != faultAuthMethod.verifyCode {
			status.Code, status.Description = 501, "Not authorized"
		}
		v["errors"] = []telesignError{{f.verifyCode, f.verifyText}}
		v["sub_resource"] = subResource(path)
	}
	v["status"] = status
	maps.Copy(v, extra)
	a := jsonAnswer(f.http, v)
	if f.http == http.StatusTooManyRequests {
		a.header.Set("Retry-After", "1")
	}
	return a
}

func subResource(path string) string {
	if strings.HasSuffix(path, "/call") {
		return "call"
	}
	return "sms"
}

// telesignTime is RFC 3339 with microseconds.
func telesignTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

func (s *Simulator) telesignAPI() carrierAPI {
	refuse := func(f *fault) func(*request) answer {
		return func(r *request) answer { return s.telesignRefuse(r.URL.Path, f, nil) }
	}
	return carrierAPI{
		name: carrierTelesign, authenticate: s.telesignAuthenticate,
		unreadable: refuse(faultBadRequest), down: refuse(faultDown), failing: refuse(faultFailing),
		throttled: refuse(faultThrottled), unauthorized: refuse(faultKey),
	}
}

// transaction is Telesign's record of one message or call.
type transaction struct {
	reference   string
	product     string // messaging, voice, verify
	channel     string
	to          string
	externalID  *string
	status      telesignStatus
	submitted   time.Time
	callbackURL string

	code       string // of the Verify APIs
	codeState  string
	entered    string
	checks     int
	completion bool
}

// The statuses a transaction goes through.
var telesignTexts = map[int]string{
	100: "Call answered", 101: "Not answered", 103: "Call in progress", 105: "Call not handled yet", 106: "Call failed",
	107: "Line busy", 108: "Call canceled by Telesign", 130: "Call blocked by Telesign",
	200: "Delivered to handset", 203: "Delivered to gateway", 207: "Error delivering SMS to handset (reason unknown)",
	210: "Temporary phone error", 222: "SMS not supported", 230: "Message blocked by Telesign",
	233: "Message blocked due to high risk score.", 237: "Message blocked in requested country",
	290: "Message in progress", 510: "Message blocked by subscriber action or request",
}

// setStatus moves a transaction. Guarded by mu.
func (s *Simulator) setStatus(t *transaction, code int) {
	t.status = telesignStatus{Code: code, Description: telesignTexts[code], UpdatedOn: telesignTime(s.now())}
}

// resource is the record as the API shows it; callbacks have the same shape.
func (t *transaction) resource() map[string]any {
	v := map[string]any{"reference_id": t.reference, "status": t.status}
	switch t.product {
	case "verify":
		v["sub_resource"] = t.channel
		v["errors"] = []telesignError{}
		v["verify"] = map[string]string{"code_state": t.codeState, "code_entered": t.entered}
	default:
		v["external_id"] = t.externalID
	}
	return v
}

// telesignBlocked is what the fraud protection answers: a transaction that was
// blocked at once, with the status that says so.
func (s *Simulator) telesignBlocked(product, channel string, code int) func(*request) answer {
	return func(r *request) answer {
		to, _, wrong := readTelesign(r.form)
		if wrong != nil {
			return s.telesignRefuse(r.URL.Path, wrong, nil)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		t := &transaction{product: product, channel: channel, to: to}
		s.newTransaction(t, code)
		return jsonAnswer(http.StatusOK, t.resource())
	}
}

// telesignDigits is phone_number: digits only, country code first.
var telesignDigits = regexp.MustCompile(`^\+?[0-9]{7,15}$`)

func telesignNumber(v string) (string, bool) {
	if !telesignDigits.MatchString(v) {
		return "", false
	}
	n, ok := parseNumber(v)
	return n, ok && possible(n)
}

// newTransaction remembers a transaction. Guarded by mu.
func (s *Simulator) newTransaction(t *transaction, code int) {
	t.reference, t.submitted, t.codeState = s.ids.reference(), s.now(), "UNKNOWN"
	s.setStatus(t, code)
	s.telesign.transactions.put(t.reference, t)
}

// fetchTransaction is GET /v1/{product}/{reference_id}.
func (s *Simulator) fetchTransaction(product string) func(*request) answer {
	return func(r *request) answer {
		s.mu.Lock()
		t, ok := s.telesign.transactions.get(r.PathValue("reference"))
		ok = ok && t.product == product
		if !ok {
			s.mu.Unlock()
			return s.telesignRefuse(r.URL.Path, faultNotFound, nil)
		}
		defer s.mu.Unlock()
		if entered := r.URL.Query().Get("verify_code"); entered != "" && product == "verify" {
			s.enter(t, entered)
		}
		return jsonAnswer(http.StatusOK, t.resource())
	}
}

// The limits of a code that Telesign checks itself.
const (
	telesignMaxChecks    = 3
	telesignCodeLifetime = 15 * time.Minute
)

// enter compares a code that the end user typed. Guarded by mu.
func (s *Simulator) enter(t *transaction, entered string) {
	t.entered = entered
	t.checks++
	switch {
	case s.now().Sub(t.submitted) > telesignCodeLifetime:
		t.codeState = "EXPIRED"
	case t.checks > telesignMaxChecks:
		t.codeState = "MAX_ATTEMPTS_EXCEEDED"
	case same(entered, t.code):
		t.codeState = "VALID"
	default:
		t.codeState = "INVALID"
	}
}

// complete is PUT /v1/verify/completion/{reference_id}: the customer's
// feedback that the code was used.
func (s *Simulator) complete(r *request) answer {
	s.mu.Lock()
	t, ok := s.telesign.transactions.get(r.PathValue("reference"))
	ok = ok && t.product == "verify"
	if !ok {
		s.mu.Unlock()
		return s.telesignRefuse(r.URL.Path, faultNotFound, nil)
	}
	defer s.mu.Unlock()
	t.completion = true
	return jsonAnswer(http.StatusOK, map[string]any{
		"reference_id": t.reference, "sub_resource": t.channel, "errors": []telesignError{},
		"status": telesignStatus{Code: 1900, Description: "Verify completion successfully recorded", UpdatedOn: telesignTime(s.now())},
	})
}
