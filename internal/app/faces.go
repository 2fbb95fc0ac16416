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
func (n *Node) faces(watched *metrics) (http.Handler, error) {
	ports := okta.Ports{
		Users:       n.use.admin,
		Factors:     n.use.enroll,
		Providers:   n.use.admin,
		Tests:       n.use.verify,
		Hooks:       n.use.hooks,
		Phones:      n.use.means,
		Orgs:        n.use.admin,
		Origins:     n.use.admin,
		Logs:        n.use.report,
		Stories:     n.use.report,
		Counts:      n.use.counts,
		Tokens:      n.use.admin,
		SignIn:      n.use.signin,
		Sessions:    n.use.signin,
		Setup:       n.use.admin,
		Templates:   n.use.texts,
		Messages:    n.use.texts,
		Regulations: n.use.texts,
	}
	callbacks := callback.Options{PublicURL: n.options.PublicURL, Deliveries: n.use.delivery, Open: n.use.repeats.open}
	operations := okta.Operations(ports)
	page := apipage.Route(func() ([]byte, error) { return httpd.Document(n.options.PublicURL, n.options.Version, operations) })
	routes := slices.Concat([]httpd.Route{page}, okta.Routes(ports, n.options.PublicURL), callback.Routes(callbacks))
	console, err := consoleRoutes()
	if err != nil {
		return nil, err
	}
	return httpd.New(httpd.Options{
		PublicURL:      n.options.PublicURL,
		Authenticator:  n.use.settings,
		Sessions:       n.use.signin,
		Replies:        replies{n.database},
		Now:            n.options.Now,
		Random:         n.options.Random,
		Log:            n.options.Log,
		Version:        n.options.Version,
		Ready:          n.ready,
		Metrics:        watched.handler(),
		Observe:        watched.request,
		Pace:           httpd.Pace{Requests: n.options.RateLimit, Lists: n.options.ListRateLimit},
		Paced:          n.use.settings.pace,
		TrustedOrigins: n.options.TrustedOrigins,
		Trusted:        n.use.settings.trusts,
	}, operations, append(routes, console...)...)
}
