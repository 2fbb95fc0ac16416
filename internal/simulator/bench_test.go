package simulator_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"hookswitch/internal/simulator"
)

// BenchmarkMessage is one SMS through the carrier's API, without a network:
// what the fake costs the benchmarks that run against it.
func BenchmarkMessage(b *testing.B) {
	s := simulator.New(simulator.Options{Client: &http.Client{Transport: newCustomer()}})
	defer s.Close()
	h := s.Handler()
	n := 0
	for b.Loop() {
		n++
		form := url.Values{"To": {fmt.Sprintf("+1202555%04d", n%1000)}, "From": {sender}, "Body": {"Your code is 482913"}}
		r := httptest.NewRequest("POST", "/2010-04-01/Accounts/"+account+"/Messages.json", strings.NewReader(form.Encode()))
		r.SetBasicAuth(account, token)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusCreated {
			b.Fatal(w.Body.String())
		}
	}
}
