package main

import "testing"

func TestARefusalIsSaidOnce(t *testing.T) {
	for body, want := range map[string]string{
		`{"errorCode":"E0000007","errorSummary":"Not found: There is no such hook.","errorCauses":[{"errorSummary":"There is no such hook."}]}`:                                   "Not found: There is no such hook. (E0000007)",
		`{"errorCode":"E0000001","errorSummary":"Api validation failed: name","errorCauses":[{"errorSummary":"name: It is required."},{"errorSummary":"type: It is required."}]}`: "Api validation failed: name: It is required. type: It is required. (E0000001)",
		`{"errorCode":"E0000053","errorSummary":"It ends early.","errorCauses":[{"errorSummary":"It ends early."}]}`:                                                              "It ends early. (E0000053)",
		`{"errorCode":"E0000011","errorSummary":"Invalid token provided","errorCauses":[]}`:                                                                                       "Invalid token provided (E0000011)",
		`{"errorCode":"E0000047","errorSummary":"Too many.","errorCauses":[{"errorSummary":"Try again in 30 seconds."}]}`:                                                         "Too many. Try again in 30 seconds. (E0000047)",
		`<html>`: "the server answered with status 502",
	} {
		if got := refusal(502, []byte(body)).Error(); got != want {
			t.Errorf("%s\nis said as %q, want %q", body, got, want)
		}
	}
}
