package httpd

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"hookswitch"
)

var errNoTime = errors.New("is no ISO 8601 time, such as 2026-01-31T12:00:00.000Z")

// fault is an error of the edge itself: what a request was, before any use case saw it.
type fault struct {
	code   Code
	status int // when it is not the code's own
	causes []hookswitch.Cause
	allow  string // the Allow header of a 405
	wait   time.Duration
	limit  int // requests a minute, of a 429
}

func (f *fault) Error() string { return string(f.code) }

func invalid(causes ...hookswitch.Cause) *fault { return &fault{code: codeInvalid, causes: causes} }

// errorBody is Okta's form of an error.
type errorBody struct {
	Code    Code         `json:"errorCode" description:"One of the codes in ErrorCode" example:"E0000001"`
	Summary string       `json:"errorSummary" description:"What went wrong, for people"`
	Link    Code         `json:"errorLink" description:"The same as errorCode"`
	ID      string       `json:"errorId" description:"The id of the request, as in X-Okta-Request-Id and in the logs"`
	Causes  []errorCause `json:"errorCauses" description:"The reasons, by field where there is one; never a value that was sent"`
}

type errorCause struct {
	Summary string `json:"errorSummary"`
}

// refusal is an error on its way to the wire.
type refusal struct {
	code   Code
	status int
	about  string // completes a summary that ends in a colon
	causes []hookswitch.Cause
	wait   time.Duration
	allow  string
	limit  int
	log    bool // it is ours to repair: the log has the error, the caller has its id
}

// Refuse answers a request with an error, in Okta's five fields. It knows [hookswitch.Problem], the errors of a callback
// and those of this package; any other error is a 500 that tells nothing but where to look in the log.
func Refuse(w http.ResponseWriter, r *http.Request, err error) {
	x := exchangeOf(r.Context())
	refused := refusalOf(err)
	if refused.log {
		x.log.ErrorContext(r.Context(), "request failed", "requestId", x.id, "error", err)
	}
	x.code = refused.code
	refused.write(w, x.id, x.now())
}

func refusalOf(err error) refusal {
	var (
		problem *hookswitch.Problem
		wrong   *fault
		tooBig  *http.MaxBytesError
	)
	switch {
	case errors.Is(err, hookswitch.ErrForged): // whatever else it says: a forger learns no more
		return refuse(codeForbidden, nil)
	case errors.Is(err, hookswitch.ErrUnreadable):
		return refuse(codeUnreadable, nil)
	case errors.Is(err, hookswitch.ErrUnrecorded): // whatever the store said: to try again would send again
		refused := refuse(codeInternal, []hookswitch.Cause{{
			Text: "The message may have left, but what became of it could not be recorded. Ask for another one only when none arrives.",
		}})
		refused.log = true
		return refused
	case errors.As(err, &problem):
		return refusalOfProblem(problem)
	case errors.As(err, &wrong):
		refused := refuse(wrong.code, wrong.causes)
		refused.allow, refused.wait, refused.limit = wrong.allow, wrong.wait, wrong.limit
		if wrong.status != 0 {
			refused.status = wrong.status
		}
		return refused
	case errors.As(err, &tooBig):
		refused := refuse(codeUnreadable, []hookswitch.Cause{{Text: fmt.Sprintf("the body is larger than %d bytes", tooBig.Limit)}})
		refused.status = http.StatusRequestEntityTooLarge
		return refused
	case errors.Is(err, context.DeadlineExceeded):
		refused := refuse(codeUnavailable, nil)
		refused.log = true
		return refused
	case errors.Is(err, context.Canceled): // the caller has gone; nobody reads this
		return refuse(codeUnavailable, nil)
	default:
		refused := refuse(codeInternal, nil)
		refused.log = true
		return refused
	}
}

func refuse(code Code, causes []hookswitch.Cause) refusal {
	refused := refusal{code: code, status: meanings[code].status, causes: causes}
	for _, c := range causes {
		if c.Field != "" {
			refused.about = c.Field
			return refused
		}
	}
	return refused
}

// refusalOfProblem is the table from the problems of the use cases to Okta's codes.
func refusalOfProblem(p *hookswitch.Problem) refusal {
	refused := refuse(codeOf(p), p.Causes)
	refused.wait = p.RetryAfter
	switch p.Kind {
	case hookswitch.Unavailable, hookswitch.OutcomeUnknown, hookswitch.Damaged:
		refused.log = true
	}
	if p.Kind == hookswitch.ChangedMeanwhile {
		refused.status = http.StatusPreconditionFailed
	}
	if p.Kind == hookswitch.FactorDisabled && len(p.Causes) == 0 {
		refused.causes = []hookswitch.Cause{{Text: "The factor is disabled after too many wrong passcodes. An administrator has to reset it."}}
	}
	if p.Kind == hookswitch.FactorExists && len(p.Causes) == 0 {
		refused.causes = []hookswitch.Cause{{Text: "A factor of this type is already set up."}}
	}
	if p.Kind == hookswitch.WrongPasscode && len(p.Causes) == 0 {
		refused.causes = []hookswitch.Cause{{Text: "Your token doesn't match our records. Please try again."}}
	}
	return refused
}

func codeOf(p *hookswitch.Problem) Code {
	//exhaustive:enforce
	switch p.Kind {
	case hookswitch.Invalid, hookswitch.NotNow, hookswitch.AlreadyExists, hookswitch.FactorExists, hookswitch.TestFailed:
		return codeInvalid
	case hookswitch.NotFound:
		return codeNotFound
	case hookswitch.TemplateFixed:
		return codeTemplateForbidden
	case hookswitch.Unauthenticated:
		return codeToken
	case hookswitch.Forbidden:
		return codeForbidden
	case hookswitch.SignInFailed:
		return codeAuthentication
	case hookswitch.WrongStep:
		return codeAuthState
	case hookswitch.WrongUserStatus:
		return codeUserState
	case hookswitch.AlreadyActive:
		return codeAlreadyActive
	case hookswitch.Contended, hookswitch.ChangedMeanwhile:
		return codeConflict
	case hookswitch.Unavailable:
		return codeUnavailable
	case hookswitch.OutcomeUnknown, hookswitch.Damaged:
		return codeInternal
	case hookswitch.BadSearch:
		return codeSearch
	case hookswitch.BadFilter:
		return codeFilter
	case hookswitch.PhoneInvalid:
		return codePhone
	case hookswitch.ExtensionInvalid:
		return codeExtension
	case hookswitch.WrongPasscode:
		return codePasscode
	case hookswitch.PasscodeUsed:
		return codePasscodeUsed
	case hookswitch.FactorLocked, hookswitch.TooManyRequests:
		return codeTooMany
	case hookswitch.FactorDisabled:
		return codeUserLocked
	case hookswitch.TooSoonSMS:
		return codeTooSoonSMS
	case hookswitch.TooSoonCall:
		return codeTooSoonCall
	case hookswitch.NoProvider:
		return codeNoProvider
	case hookswitch.ChannelOff, hookswitch.SendRefused:
		return codeNoTelephony
	case hookswitch.OptedOutOfSMS:
		return codeOptedOut
	case hookswitch.SendFailed:
		return codeOfFailure(p.Failure, codeSendFailed, codeSMSLimit)
	case hookswitch.CallFailed:
		return codeOfFailure(p.Failure, codeCallFailed, codeCallLimit)
	default:
		return codeInternal
	}
}

// codeOfFailure tells the failures apart that the person with the phone can do something about.
func codeOfFailure(f hookswitch.Failure, otherwise, limit Code) Code {
	switch f {
	case hookswitch.InvalidNumber, hookswitch.NotTextable:
		return codePhone
	case hookswitch.OptedOut:
		return codeOptedOut
	case hookswitch.CountryDisabled:
		return codeCountry
	case hookswitch.BlockedFraud:
		return codeNoTelephony
	case hookswitch.NumberLimit:
		return limit
	case hookswitch.NotConfigured:
		return codeNoProvider
	default:
		return otherwise
	}
}

func (f refusal) write(w http.ResponseWriter, id string, now time.Time) {
	seconds := int(math.Ceil(f.wait.Seconds()))
	h := w.Header()
	switch f.status {
	case http.StatusTooManyRequests:
		if seconds == 0 {
			seconds = 30
		}
		// Okta's SDKs wait until the reset and fail without these three.
		h.Set("X-Rate-Limit-Limit", strconv.Itoa(f.limit))
		h.Set("X-Rate-Limit-Remaining", "0")
		h.Set("X-Rate-Limit-Reset", strconv.FormatInt(now.Unix()+int64(seconds), 10))
	case http.StatusServiceUnavailable:
		if seconds == 0 {
			seconds = 1
		}
	case http.StatusUnauthorized:
		if f.code == codeToken { // not for a wrong password
			h.Set("WWW-Authenticate", `SSWS realm="Hookswitch"`)
		}
	case http.StatusMethodNotAllowed:
		h.Set("Allow", f.allow)
	}
	if seconds > 0 {
		h.Set("Retry-After", strconv.Itoa(seconds))
	}
	body := errorBody{Code: f.code, Link: f.code, ID: id, Summary: f.summary(seconds), Causes: f.errorCauses(seconds)}
	text, err := json.Marshal(body)
	if err != nil {
		text = []byte(`{"errorCode":"E0000009","errorSummary":"Internal Server Error","errorLink":"E0000009","errorId":"` + id + `","errorCauses":[]}`)
	}
	h.Del("Link")
	h.Set("Content-Type", "application/json")
	h.Set("Content-Language", "en")
	h.Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(f.status)
	_, _ = w.Write(text) // the caller may be gone; there is nobody else to tell
}

func (f refusal) summary(seconds int) string {
	summary := meanings[f.code].summary
	switch {
	case f.code == codeFilter && len(f.causes) == 1:
		return f.causes[0].Text // Okta tells it all here
	case strings.Contains(summary, "%d"):
		return fmt.Sprintf(summary, seconds)
	case !strings.HasSuffix(summary, ":"):
		return summary
	case f.about != "":
		return summary + " " + f.about
	case len(f.causes) == 1:
		return summary + " " + f.causes[0].Text
	default:
		return strings.TrimSuffix(summary, ":")
	}
}

func (f refusal) errorCauses(seconds int) []errorCause {
	causes := make([]errorCause, 0, len(f.causes)+1)
	for _, c := range f.causes {
		text := c.Text
		if c.Field != "" {
			text = c.Field + ": " + c.Text
		}
		causes = append(causes, errorCause{Summary: text})
	}
	if len(causes) == 0 && f.code == codeTooMany {
		causes = append(causes, errorCause{Summary: fmt.Sprintf("Try again in %d seconds.", seconds)})
	}
	return causes
}
