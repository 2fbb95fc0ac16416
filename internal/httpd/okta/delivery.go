package okta

import (
	"context"

	"hookswitch/internal/httpd"
	"hookswitch/internal/report"
)

type deliveries struct{ stories Stories }

func (d deliveries) operations() []httpd.Operation {
	return []httpd.Operation{
		httpd.Op("GET", "/api/v1/deliveries", httpd.About{
			ID: "listDeliveries", Tag: "Delivery", Summary: "Tell what became of the last messages", Roles: anyAdmin(), Scopes: []string{"okta.logs.read"},
			Description: "An addition of Hookswitch. The newest come first; requests that a limit refused stand among them, without an id.",
		}, d.list),
	}
}

type listDeliveriesIn struct {
	Asked string `query:"q" required:"true" minLength:"1" maxLength:"255" description:"A phone number with its country calling code, a login, a delivery's id, or the carrier's id of a message"`
	Limit int    `query:"limit" default:"10" minimum:"1" maximum:"50"`
}

// Delivery is one message as a story.
type Delivery struct {
	ID            string      `json:"id,omitzero" description:"Left out when a limit refused the request: there was no message"`
	UserID        string      `json:"userId,omitzero"`
	Channel       string      `json:"channel,omitzero" enum:"sms,call"`
	Purpose       string      `json:"purpose,omitzero"`
	PhoneNumber   string      `json:"phoneNumber,omitzero"`
	Country       string      `json:"country,omitzero" description:"ISO 3166-1 alpha-2"`
	Language      string      `json:"language,omitzero" description:"BCP 47, of the words that were sent"`
	State         string      `json:"state,omitzero" enum:"SENDING,SENT,UNCERTAIN,DENIED,FAILED,DELIVERED,UNDELIVERED,UNKNOWN"`
	Status        string      `json:"status,omitzero"`
	Provider      string      `json:"provider,omitzero"`
	TransactionID string      `json:"transactionId,omitzero" description:"The carrier's own id of the message"`
	Created       httpd.Time  `json:"created,omitzero"`
	Settled       *httpd.Time `json:"settled,omitzero"`
	Verdict       string      `json:"verdict" description:"The whole in one sentence, to read out"`
	Advice        string      `json:"advice,omitzero" description:"What to do about it"`
	Timeline      []StoryLine `json:"timeline"`
}

// StoryLine is one thing that happened.
type StoryLine struct {
	Time httpd.Time `json:"time"`
	Text string     `json:"text"`
}

func (d deliveries) list(ctx context.Context, _ httpd.Call, in listDeliveriesIn) (httpd.Page[Delivery], error) {
	stories, err := d.stories.Why(ctx, in.Asked, in.Limit)
	if err != nil {
		return httpd.Page[Delivery]{}, err
	}
	page := httpd.Page[Delivery]{Items: make([]Delivery, 0, len(stories))}
	for _, s := range stories {
		page.Items = append(page.Items, deliveryOnWire(s))
	}
	return page, nil
}

func deliveryOnWire(s report.Story) Delivery {
	row := s.Delivery
	wire := Delivery{
		ID: row.ID, UserID: row.UserID, Channel: string(row.Channel), Purpose: string(row.Purpose), PhoneNumber: row.Phone,
		Country: row.Country, Language: row.Language, State: string(row.State), Status: row.Status, Provider: row.Provider,
		TransactionID: row.Reference, Created: httpd.Time(row.Created), Settled: httpd.TimeOrNull(row.Settled),
		Verdict: s.Verdict, Advice: s.Advice, Timeline: make([]StoryLine, 0, len(s.Lines)),
	}
	for _, line := range s.Lines {
		wire.Timeline = append(wire.Timeline, StoryLine{httpd.Time(line.At), line.Text})
	}
	return wire
}
