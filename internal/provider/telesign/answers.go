package telesign

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"hookswitch"
	"hookswitch/internal/provider"
)

// answer is what is read of Telesign's answers and callbacks; the rest is left alone. An answer to a wrong signature also
// carries the signed text, passcode and number included: it is not read.
type answer struct {
	ReferenceID string `json:"reference_id"`
	Status      struct {
		Code        code   `json:"code"`
		Description string `json:"description"`
		UpdatedOn   string `json:"updated_on"`
	} `json:"status"`
	Errors []fault `json:"errors"`
	Error  fault   `json:"error"` // of some refusals, instead of the list
	said   string  // what the answer says for people, fit to be shown
}

type fault struct {
	Code        code   `json:"code"`
	Description string `json:"description"`
}

// code is a code that Telesign writes as a number or as a string; 0 when it is neither.
type code int

// UnmarshalJSON takes whatever is no number for no code: a status must not be lost for it.
func (c *code) UnmarshalJSON(data []byte) error {
	n, _ := strconv.Atoi(strings.Trim(string(data), `"`))
	*c = code(n)
	return nil
}

func (c code) String() string {
	if c == 0 {
		return ""
	}
	return strconv.Itoa(int(c))
}

// faults lists the errors of an answer, the first one first.
func (a answer) faults() []fault {
	if a.Error.Code != 0 {
		return append([]fault{a.Error}, a.Errors...)
	}
	return a.Errors
}

// words is what the answer says for people.
func (a answer) words() string {
	for _, f := range a.faults() {
		if f.Description != "" {
			return f.Description
		}
	}
	return a.Status.Description
}

// readAnswer reads an answer and judges a refusal: by Telesign's code if it is known, else by the HTTP status.
func readAnswer(got provider.Answer, hide []string) (answer, error) {
	var a answer
	err := json.Unmarshal(got.Body, &a)
	a.said = provider.Redact(a.words(), hide...)
	if got.Status >= 200 && got.Status <= 299 {
		if err != nil || a.Status.Code == 0 && len(a.faults()) == 0 {
			return answer{}, &hookswitch.SendError{
				Failure: hookswitch.UnreadableAnswer, ProviderStatus: strconv.Itoa(got.Status), Detail: "the answer is no JSON object of Telesign's",
			}
		}
		return a, nil
	}
	failed := &hookswitch.SendError{Failure: provider.ByStatus(got.Status), ProviderStatus: strconv.Itoa(got.Status)}
	if err != nil {
		return answer{}, failed
	}
	said := a.code()
	failed.ProviderCode = said.String()
	failed.Detail = a.said
	if failure := failureOf(said); failure != "" && !foreignHost(got.Status, said) {
		failed.Failure = failure
	}
	return answer{}, failed
}

// code is the code that explains a refusal: the first error that the table knows, else the status.
func (a answer) code() code {
	for _, f := range a.faults() {
		if failureOf(f.Code) != "" {
			return f.Code
		}
	}
	return a.Status.Code
}

// foreignHost knows the codes with two meanings: with 401 they say that our address may not use the account.
func foreignHost(status int, c code) bool {
	return status == http.StatusUnauthorized && (c == 10031 || c == -10001)
}

// isReference recognises a transaction's id: 32 hexadecimal digits.
func isReference(s string) bool {
	if len(s) != 32 {
		return false
	}
	return strings.Trim(s, "0123456789abcdefABCDEF") == ""
}
