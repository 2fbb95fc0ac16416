package simulator_test

import (
	"strings"
	"testing"
)

// What Twilio's published OpenAPI documents name as properties of each
// resource (twilio-oai, api.v2010.account.message and the rest).
var shapes = map[string]string{
	"message": `body num_segments direction from to date_updated price error_message uri account_sid num_media status
		messaging_service_sid sid date_sent date_created error_code price_unit api_version subresource_uris`,
	"call": `sid date_created date_updated parent_call_sid account_sid to to_formatted from from_formatted phone_number_sid status
		start_time end_time duration price price_unit direction answered_by api_version forwarded_from group_sid caller_name
		queue_time trunk_sid uri subresource_uris`,
	"verification": `sid service_sid account_sid to channel status valid lookup amount payee send_code_attempts date_created
		date_updated sna url`,
	"check": `sid service_sid account_sid to channel status valid amount payee date_created date_updated sna_attempts_error_codes`,
	"attempt": `sid account_sid service_sid verification_sid date_created date_updated conversion_status channel price
		channel_data url`,
	"summary": `total_attempts total_converted total_unconverted conversion_rate_percentage url`,
	"balance": `account_sid balance currency`,
}

func TestResourcesHaveExactlyThePropertiesTwilioPublishes(t *testing.T) {
	b := start(t)
	v := b.must(201, b.verification())
	got := map[string]map[string]any{
		"message":      b.must(201, b.message()).JSON,
		"call":         b.must(201, b.call()).JSON,
		"verification": v.JSON,
		"attempt":      b.attempts("")[0].(map[string]any),
		"summary":      b.must(200, b.twilio("GET", "/v2/Attempts/Summary", nil)).JSON,
		"balance":      b.must(200, b.twilio("GET", "/2010-04-01/Accounts/"+account+"/Balance.json", nil)).JSON,
		"check":        b.must(201, b.twilio("POST", verifyPath+"/VerificationCheck", map[string][]string{"To": {ana}, "Code": {"1"}})).JSON,
	}
	for name, properties := range shapes {
		want := map[string]bool{}
		for property := range strings.FieldsSeq(properties) {
			want[property] = true
			if _, ok := got[name][property]; !ok {
				t.Errorf("%s has no %s", name, property)
			}
		}
		for property := range got[name] {
			if !want[property] {
				t.Errorf("%s has a %s that Twilio has not", name, property)
			}
		}
	}
	if a := b.must(200, b.twilio("GET", verifyPath, nil)); a.JSON["custom_code_enabled"] != true {
		t.Errorf("service: %s", a.Text)
	}
}
