package simulator

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const twilioVersion = "2010-04-01"

// twilioStore is what Twilio remembers. Guarded by mu.
type twilioStore struct {
	messages recent[*twilioMessage]
	calls    recent[*twilioCall]
}

func newTwilioStore() twilioStore {
	return twilioStore{messages: newRecent[*twilioMessage](recordLimit), calls: newRecent[*twilioCall](recordLimit)}
}

// twilioError is the body of every refusal.
// Source: https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions
type twilioError struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

// twilioRefuse makes a refusal. The codes are those of
// https://www.twilio.com/docs/api/errors.
func twilioRefuse(status, code int, format string, args ...any) answer {
	a := jsonAnswer(status, twilioError{
		Code: code, Message: fmt.Sprintf(format, args...), Status: status,
		MoreInfo: "https://www.twilio.com/docs/errors/" + strconv.Itoa(code),
	})
	switch status {
	case http.StatusUnauthorized:
		a.header.Set("WWW-Authenticate", `Basic realm="Twilio API"`)
	case http.StatusTooManyRequests:
		a.header.Set("Retry-After", "1")
	}
	return a
}

// twilioDeny is the usual refusal: 400.
func twilioDeny(code int, format string, args ...any) *answer {
	a := twilioRefuse(http.StatusBadRequest, code, format, args...)
	return &a
}

func twilioNotFound(r *request) answer {
	return twilioRefuse(http.StatusNotFound, 20404, "The requested resource %s was not found", strings.TrimSuffix(r.URL.Path, ".json"))
}

func (s *Simulator) twilioAPI() carrierAPI {
	unauthorized := twilioRefuse(http.StatusUnauthorized, 20003, "Authenticate")
	return carrierAPI{
		name: carrierTwilio,
		authenticate: func(r *request) (answer, bool) {
			user, password, _ := r.BasicAuth()
			account := r.PathValue("account")
			if account == "" {
				account = s.creds.TwilioAccountSID // Verify's paths do not name it
			}
			if same(user, s.creds.TwilioAccountSID) && same(password, s.creds.TwilioAuthToken) && same(account, s.creds.TwilioAccountSID) {
				return answer{}, true
			}
			return unauthorized, false
		},
		unreadable: func(*request) answer {
			return twilioRefuse(http.StatusBadRequest, 20001, "The request body is not a readable form")
		},
		// Twilio documents 20503 as safe to retry, unlike 20500.
		down:         always(twilioRefuse(http.StatusServiceUnavailable, 20503, "Service is down for the moment")),
		failing:      always(twilioRefuse(http.StatusInternalServerError, 20500, "An internal server error has occurred")),
		throttled:    always(twilioRefuse(http.StatusTooManyRequests, 20429, "Too Many Requests")),
		unauthorized: always(unauthorized),
	}
}

// always gives every request the same answer.
func always(a answer) func(*request) answer { return func(*request) answer { return a } }

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// twilioSignature is X-Twilio-Signature: HMAC-SHA1, by the auth token, of the
// full URL and then each POST parameter's name and value, sorted by name.
// Source: https://www.twilio.com/docs/usage/security#validating-requests
func twilioSignature(token, fullURL string, params url.Values) (base, signature string) {
	var b strings.Builder
	b.WriteString(fullURL)
	for _, k := range sortedKeys(params) {
		values := slices.Clone(params[k])
		slices.Sort(values)
		for _, v := range values {
			b.WriteString(k)
			b.WriteString(v)
		}
	}
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(b.String()))
	return b.String(), base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func sortedKeys(v url.Values) []string {
	keys := make([]string, 0, len(v))
	for k := range v {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// twilioTimeout is how long Twilio waits for a customer's server.
const twilioTimeout = 15 * time.Second

// twilioWebhook makes a signed request to the customer: a status callback, an
// inbound message or a request for TwiML. GET carries the parameters in the
// query. Twilio does not repeat a webhook that was answered.
func (s *Simulator) twilioWebhook(reference, method, target string, params url.Values, forged bool) *callback {
	cb := &callback{
		carrier: carrierTwilio, reference: reference, method: method, url: target, forged: forged, timeout: twilioTimeout,
		header: http.Header{"User-Agent": {"TwilioProxy/1.1"}, "Accept": {"*/*"}},
	}
	token := s.creds.TwilioAuthToken
	if forged {
		token = "not-" + token
	}
	if method == http.MethodGet {
		cb.url = withQuery(target, params)
		cb.base, cb.signature = twilioSignature(token, cb.url, nil)
	} else {
		cb.contentType = "application/x-www-form-urlencoded; charset=UTF-8"
		cb.body = []byte(params.Encode())
		cb.base, cb.signature = twilioSignature(token, target, params)
	}
	cb.header.Set("X-Twilio-Signature", cb.signature)
	return cb
}

func withQuery(target string, params url.Values) string {
	if strings.Contains(target, "?") {
		return target + "&" + params.Encode()
	}
	return target + "?" + params.Encode()
}

// fetchBalance is how a customer asks whether the credentials work.
func (s *Simulator) fetchBalance(*request) answer {
	return jsonAnswer(http.StatusOK, map[string]string{"account_sid": s.creds.TwilioAccountSID, "balance": "100.00", "currency": "USD"})
}

// rfc2822 is how the 2010 API writes times.
func rfc2822(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	v := t.UTC().Format("Mon, 02 Jan 2006 15:04:05 +0000")
	return &v
}

// callbackMethod reads StatusCallbackMethod and its like: GET or POST.
func callbackMethod(form url.Values, key string) (string, bool) {
	switch m := strings.ToUpper(form.Get(key)); m {
	case "":
		return http.MethodPost, true
	case http.MethodGet, http.MethodPost:
		return m, true
	}
	return "", false
}

// owns tells whether a number is one of the account's.
func (s *Simulator) owns(number string) bool { return slices.Contains(s.creds.TwilioNumbers, number) }

// The numbers that Twilio's test credentials treat specially.
// Source: https://www.twilio.com/docs/iam/test-credentials#magic-input
const (
	magicInvalid     = "+15005550001"
	magicUnroutable  = "+15005550002"
	magicNotAllowed  = "+15005550003"
	magicBlocked     = "+15005550004"
	magicNotOwned    = "+15005550007"
	magicQueueFull   = "+15005550008"
	magicNotTextable = "+15005550009"
)

// page cuts a list the way Twilio does, by PageSize and Page.
func twilioPage[V any](r *request, all []V) (rows []V, page, size int) {
	size, _ = strconv.Atoi(r.URL.Query().Get("PageSize"))
	if size < 1 || size > 1000 {
		size = 50
	}
	page, _ = strconv.Atoi(r.URL.Query().Get("Page"))
	page = max(page, 0)
	from := min(page*size, len(all))
	return all[from:min(from+size, len(all))], page, size
}

// twilioList is the frame of a list of the 2010 API.
func twilioList(r *request, name string, rows any, count, total, page, size int) answer {
	uri := func(page int) string {
		q := r.URL.Query()
		q.Set("Page", strconv.Itoa(page))
		q.Set("PageSize", strconv.Itoa(size))
		return r.URL.Path + "?" + q.Encode()
	}
	body := map[string]any{
		name: rows, "page": page, "page_size": size, "start": page * size, "end": max(page*size+count-1, 0),
		"uri": uri(page), "first_page_uri": uri(0), "next_page_uri": nil, "previous_page_uri": nil,
	}
	if (page+1)*size < total {
		body["next_page_uri"] = uri(page + 1)
	}
	if page > 0 {
		body["previous_page_uri"] = uri(page - 1)
	}
	return jsonAnswer(http.StatusOK, body)
}
