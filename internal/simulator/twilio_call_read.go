package simulator

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// readCall validates what Twilio validates, in its order.
func (s *Simulator) readCall(form url.Values) (*twilioCall, dialing, *answer) {
	to, from, refusal := s.readCallNumbers(form.Get("To"), form.Get("From"))
	if refusal != nil {
		return nil, dialing{}, refusal
	}
	c := &twilioCall{to: to, from: from}
	if refusal := c.readInstructions(form); refusal != nil {
		return nil, dialing{}, refusal
	}
	if refusal := c.readCallback(form); refusal != nil {
		return nil, dialing{}, refusal
	}
	d := dialing{from: c.from, to: c.to, timeout: time.Minute}
	if v := form.Get("Timeout"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 600 {
			return nil, dialing{}, twilioDeny(21208, "Invalid Timeout: %s", v)
		}
		d.timeout = time.Duration(n) * time.Second
	}
	digits := form.Get("SendDigits")
	if !validDigits(digits) {
		return nil, dialing{}, twilioDeny(21206, "Invalid SendDigits: %s", digits)
	}
	d.extension = dialled(digits)
	return c, d, nil
}

func (s *Simulator) readCallNumbers(to, from string) (called, caller string, refusal *answer) {
	if to == "" {
		return "", "", twilioDeny(21201, "No 'To' number is specified")
	}
	if from == "" {
		return "", "", twilioDeny(21213, "No 'From' number is specified")
	}
	called, ok := parseNumber(to)
	if !ok || !possible(called) {
		return "", "", twilioDeny(21211, "The phone number you are attempting to call, %s, is not valid.", to)
	}
	switch called {
	case magicInvalid:
		return "", "", twilioDeny(21217, "Phone number %s does not appear to be valid", called)
	case magicUnroutable:
		return "", "", twilioDeny(21214, "The phone number %s cannot be reached", called)
	case magicNotAllowed:
		return "", "", twilioDeny(21215, "Account not authorized to call %s. Perhaps you need to enable some international permissions", called)
	case magicBlocked:
		return "", "", twilioDeny(21216, "Account not allowed to call %s", called)
	}
	caller, ok = parseNumber(from)
	if !ok || !strings.HasPrefix(strings.TrimSpace(from), "+") || caller == magicInvalid {
		return "", "", twilioDeny(21212, "The source phone number provided, %s, is not valid", from)
	}
	if !s.owns(caller) {
		return "", "", twilioDeny(21210, "The source phone number provided, %s, is not yet verified for your account. "+
			"You may only make calls from phone numbers that you've verified or purchased from Twilio.", from)
	}
	return called, caller, nil
}

// readInstructions reads what to play: Url, which wins, or Twiml.
func (c *twilioCall) readInstructions(form url.Values) *answer {
	c.url, c.twiml = form.Get("Url"), form.Get("Twiml")
	switch {
	case c.url == "" && c.twiml == "":
		return twilioDeny(21205, "Url parameter is required.")
	case c.url != "" && !validURL(c.url):
		return twilioDeny(21205, "Url is not a valid URL: %s", c.url)
	}
	var ok bool
	if c.method, ok = callbackMethod(form, "Method"); !ok {
		return twilioDeny(21209, "Method must be GET or POST")
	}
	return nil
}

// readCallback reads where the call's progress is told, and which of it.
func (c *twilioCall) readCallback(form url.Values) *answer {
	c.callbackURL = form.Get("StatusCallback")
	if c.callbackURL != "" && !validURL(c.callbackURL) {
		return twilioDeny(21609, "The 'StatusCallback' URL %s is not a valid URL.", c.callbackURL)
	}
	var ok bool
	if c.callbackMethod, ok = callbackMethod(form, "StatusCallbackMethod"); !ok {
		return twilioDeny(21209, "StatusCallbackMethod must be GET or POST")
	}
	for _, v := range form["StatusCallbackEvent"] {
		// Twilio takes the parameter repeated; old clients put all in one.
		for event := range strings.FieldsSeq(v) {
			if !slices.Contains(callEvents, event) {
				return twilioDeny(21626, "Invalid StatusCallbackEvents")
			}
			c.callbackEvents = append(c.callbackEvents, event)
		}
	}
	if len(c.callbackEvents) == 0 {
		c.callbackEvents = []string{"completed"}
	}
	return nil
}

// validDigits tells whether digits can be sent after the answer: up to 32 keys
// and pauses.
func validDigits(digits string) bool {
	return len(digits) <= 32 && strings.Trim(digits, "0123456789ABCD#*wW") == ""
}

// dialled is the extension in what is sent after the answer: "wwww1234#" is
// 1234, w and W being pauses.
func dialled(sendDigits string) string {
	return strings.TrimRight(strings.NewReplacer("w", "", "W", "").Replace(sendDigits), "#")
}
