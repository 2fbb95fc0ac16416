package httpd

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
)

// pathTable is the handlers by path and method. net/http could tell methods apart too, but answers a wrong one in plain
// text, and does not let /users/me and /users/{id} differ in their methods.
type pathTable map[string]map[string]http.Handler

func (t pathTable) add(pattern, method string, h http.Handler) error {
	if t[pattern] == nil {
		t[pattern] = map[string]http.Handler{}
	}
	if t[pattern][method] != nil {
		return fmt.Errorf("httpd: %s %s is there twice", method, pattern)
	}
	t[pattern][method] = h
	return nil
}

// mux makes the router; it fails on paths that cannot be told apart.
func (t pathTable) mux() (_ http.Handler, err error) {
	defer func() {
		if conflict := recover(); conflict != nil { // ServeMux has no other way to say it
			err = fmt.Errorf("httpd: %v", conflict)
		}
	}()
	mux := http.NewServeMux()
	for pattern, methods := range t {
		mux.Handle(pattern, byMethod(methods))
	}
	if t["/"] == nil {
		mux.Handle("/", http.HandlerFunc(noPath))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p := r.URL.Path; p == "" || p[0] != '/' || p != "/" && strings.TrimSuffix(p, "/") != path.Clean(p) {
			noPath(w, r) // where ServeMux would redirect
			return
		}
		mux.ServeHTTP(w, r)
	}), nil
}

func noPath(w http.ResponseWriter, r *http.Request) { Refuse(w, r, &fault{code: codeNoPath}) }

// byMethod answers HEAD like GET, and OPTIONS with what there is.
func byMethod(methods map[string]http.Handler) http.Handler {
	names := slices.Collect(maps.Keys(methods))
	if get, ok := methods[http.MethodGet]; ok && methods[http.MethodHead] == nil {
		names = append(names, http.MethodHead)
		methods = maps.Clone(methods)
		methods[http.MethodHead] = get
	}
	slices.Sort(names)
	allow := strings.Join(append(names, http.MethodOptions), ", ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch h := methods[r.Method]; {
		case h != nil:
			h.ServeHTTP(w, r)
		case r.Method == http.MethodOptions:
			w.Header().Set("Allow", allow)
			w.WriteHeader(http.StatusNoContent)
		default:
			Refuse(w, r, &fault{code: codeMethod, allow: allow})
		}
	})
}
