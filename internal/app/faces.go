package app

import (
	"net/http"
	"slices"

	"hookswitch/internal/httpd"
	"hookswitch/internal/httpd/apipage"
	"hookswitch/internal/httpd/callback"
	"hookswitch/internal/httpd/okta"
)

// faces is everything that the server answers.
func (a *Node) faces(watched *metrics) (http.Handler, error) {
	ports := okta.Ports{
		Users:       a.use.admin,
		Factors:     a.use.enroll,
		Providers:   a.use.admin,
		Tests:       a.use.verify,
		Hooks:       a.use.hooks,
		Phones:      a.use.means,
		Orgs:        a.use.admin,
		Origins:     a.use.admin,
		Logs:        a.use.report,
		Stories:     a.use.report,
		Counts:      a.use.counts,
		Tokens:      a.use.admin,
		SignIn:      a.use.signin,
		Sessions:    a.use.signin,
		Setup:       a.use.admin,
		Templates:   a.use.texts,
		Messages:    a.use.texts,
		Regulations: a.use.texts,
	}
	callbacks := callback.Options{PublicURL: a.options.PublicURL, Deliveries: a.use.delivery, Open: a.use.repeats.open}
	operations := okta.Operations(ports)
	page := apipage.Route(func() ([]byte, error) { return httpd.Document(a.options.PublicURL, a.options.Version, operations) })
	routes := slices.Concat([]httpd.Route{page}, okta.Routes(ports, a.options.PublicURL), callback.Routes(callbacks))
	console, err := consoleRoutes()
	if err != nil {
		return nil, err
	}
	return httpd.New(httpd.Options{
		PublicURL:      a.options.PublicURL,
		Authenticator:  a.use.settings,
		Sessions:       a.use.signin,
		Replies:        replies{a.database},
		Now:            a.options.Now,
		Random:         a.options.Random,
		Log:            a.options.Log,
		Version:        a.options.Version,
		Ready:          a.ready,
		Metrics:        watched.handler(),
		Observe:        watched.request,
		Pace:           httpd.Pace{Requests: a.options.RateLimit, Lists: a.options.ListRateLimit},
		Paced:          a.use.settings.pace,
		TrustedOrigins: a.options.TrustedOrigins,
		Trusted:        a.use.settings.trusts,
	}, operations, append(routes, console...)...)
}
