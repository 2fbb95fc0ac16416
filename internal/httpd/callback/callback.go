package callback

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"hookswitch"
	"hookswitch/internal/httpd"
)

// MaxBody bounds a callback, in bytes. Carriers send a few hundred.
const MaxBody = 64 << 10

// Deliveries is whom the callbacks are for. Package delivery is.
type Deliveries interface {
	// Callback takes in a status. It checks the signature first and answers hookswitch.ErrForged,
	// hookswitch.ErrUnreadable, a NotFound problem, or nil, also for a status that came twice or too late.
	Callback(ctx context.Context, provider hookswitch.ProviderName, deliveryID string, c hookswitch.Callback) error
	// Repeat answers a key press with the script in the carrier's markup; a script without a reading ends the call.
	Repeat(ctx context.Context, provider hookswitch.ProviderName, c hookswitch.Callback, script hookswitch.Script) (contentType string, body []byte, err error)
}

// Options are what the callbacks need. Every field is required.
type Options struct {
	PublicURL  string // as carriers know us, without a slash at its end
	Deliveries Deliveries
	// Open gives back the script that was sealed into the URL of a delivery's call, while its passcode is good.
	Open func(deliveryID, sealed string) (hookswitch.Script, error)
}

// StatusURL is where the statuses of a delivery go.
func StatusURL(publicURL string, provider hookswitch.ProviderName, deliveryID string) string {
	return publicURL + "/callbacks/" + pathName(provider) + "/" + deliveryID
}

// RepeatURL is where a key press during the call of a delivery goes; sealed is what Open takes, safe in a query.
func RepeatURL(publicURL string, provider hookswitch.ProviderName, deliveryID, sealed string) string {
	return StatusURL(publicURL, provider, deliveryID) + "/repeat?script=" + sealed
}

func pathName(provider hookswitch.ProviderName) string { return strings.ToLower(string(provider)) }

// Routes are the paths of the callbacks.
func Routes(o Options) []httpd.Route {
	post := []string{http.MethodPost}
	return []httpd.Route{
		{Pattern: "/callbacks/{provider}/{deliveryId}", Methods: post, Handler: http.HandlerFunc(o.status)},
		{Pattern: "/callbacks/{provider}/{deliveryId}/repeat", Methods: post, Handler: http.HandlerFunc(o.repeat)},
	}
}

func (o Options) status(w http.ResponseWriter, r *http.Request) {
	provider, c, err := o.read(r)
	if err == nil {
		err = o.Deliveries.Callback(r.Context(), provider, r.PathValue("deliveryId"), c)
	}
	if err != nil {
		refuse(w, r, err)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func (o Options) repeat(w http.ResponseWriter, r *http.Request) {
	provider, c, err := o.read(r)
	if err != nil {
		refuse(w, r, err)
		return
	}
	script, err := o.Open(r.PathValue("deliveryId"), r.URL.Query().Get("script"))
	if err != nil {
		script = hookswitch.Script{} // too late, or not ours: the call ends, if the signature is good at all
	}
	contentType, body, err := o.Deliveries.Repeat(r.Context(), provider, c, script)
	if err != nil {
		refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(body) //nolint:gosec // markup that the provider composed and escaped; and the carrier may be gone
}

// read takes the request as it is, before anything in it is believed.
func (o Options) read(r *http.Request) (hookswitch.ProviderName, hookswitch.Callback, error) {
	name := r.PathValue("provider")
	if name != strings.ToLower(name) {
		return "", hookswitch.Callback{}, errNoDelivery()
	}
	body, err := httpd.ReadBody(r, MaxBody)
	if err != nil {
		return "", hookswitch.Callback{}, err
	}
	target := o.PublicURL + r.URL.EscapedPath()
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	return hookswitch.ProviderName(strings.ToUpper(name)), hookswitch.Callback{
		URL: target, Method: r.Method, Header: r.Header, Body: body, From: httpd.ClientAddress(r.Context()),
	}, nil
}

// refuse answers everything that is not there alike: no provider of the name, no account with it, no such delivery.
func refuse(w http.ResponseWriter, r *http.Request, err error) {
	if hookswitch.IsProblem(err, hookswitch.NotFound) && !errors.Is(err, hookswitch.ErrForged) {
		err = errNoDelivery()
	}
	httpd.Refuse(w, r, err)
}

func errNoDelivery() error {
	return hookswitch.Refuse(hookswitch.NotFound, "There is no such delivery.")
}
