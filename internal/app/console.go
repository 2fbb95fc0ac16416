package app

import (
	"net/http"

	"hookswitch/internal/httpd"
	"hookswitch/internal/ui"
)

// consoleRoutes are the paths of the Admin Console. They are named one by one, as in web/console/routes.tsx: whatever else
// is asked for belongs to the API, which answers a path that it has not in its own words.
func consoleRoutes() ([]httpd.Route, error) {
	pages, err := ui.Handler("console")
	if err != nil {
		return nil, err
	}
	var routes []httpd.Route
	for _, path := range []string{
		"/{$}", "/login", "/setup", "/directory/", "/customizations/", "/workflow/", "/reports/", "/security/", "/assets/console/",
	} {
		routes = append(routes, httpd.Route{Pattern: path, Methods: []string{http.MethodGet}, Handler: pages})
	}
	return routes, nil
}
