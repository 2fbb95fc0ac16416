package okta

import (
	"context"
	"time"

	"hookswitch/internal/httpd"
	"hookswitch/internal/report"
)

type totals struct{ counts Counts }

func (t totals) operations() []httpd.Operation {
	return []httpd.Operation{
		httpd.Op("GET", "/api/v1/deliveries/totals", httpd.About{
			ID: "countDeliveries", Tag: "Delivery", Summary: "Count what became of messages", Roles: anyAdmin(), Scopes: []string{"okta.logs.read"},
			Description: "An addition of Hookswitch. Messages are counted in the hour (UTC) in which they were asked for; since and until are widened to whole hours, at most 30 days.",
		}, t.read),
	}
}

type countDeliveriesIn struct {
	Since httpd.Optional[httpd.Time] `query:"since" description:"From the hour of this time on; 24 hours by default, the one of until among them"`
	Until httpd.Optional[httpd.Time] `query:"until" description:"Until the end of the hour before or of this time; now by default"`
}

// DeliveryTotals are counts of messages over some time.
type DeliveryTotals struct {
	Since     httpd.Time           `json:"since"`
	Until     httpd.Time           `json:"until"`
	Complete  bool                 `json:"complete" description:"False while so many messages are new that the last of them are not counted yet"`
	Total     DeliveryCounts       `json:"total"`
	Hours     []DeliveryHour       `json:"hours" description:"The hours with messages, the earliest first"`
	Countries []CountryDeliveries  `json:"countries" description:"The most messages first"`
	Providers []ProviderDeliveries `json:"providers"`
}

// DeliveryCounts are how many messages had which fate.
type DeliveryCounts struct {
	Messages  int `json:"messages" description:"That somebody asked for: failed before the carrier, sent and refused ones"`
	Sent      int `json:"sent" description:"That a carrier has, or may have"`
	Delivered int `json:"delivered" description:"Of which the carrier says that they arrived"`
	Failed    int `json:"failed" description:"That surely did not leave, or did not arrive"`
	Refused   int `json:"refused" description:"By our own guard"`
	Pending   int `json:"pending" description:"Whose fate is still open"`
	Unknown   int `json:"unknown" description:"Of which no carrier told before the deadline"`
	Verified  int `json:"verified" description:"Whose passcode was given"`
}

// DeliveryHour counts the messages of one hour.
type DeliveryHour struct {
	Hour   httpd.Time     `json:"hour" description:"Its beginning"`
	Counts DeliveryCounts `json:"counts"`
}

// CountryDeliveries counts the messages to one country.
type CountryDeliveries struct {
	Country string         `json:"country" description:"ISO 3166-1 alpha-2, empty when it is not known"`
	Counts  DeliveryCounts `json:"counts"`
}

// ProviderDeliveries counts the messages that a provider has, or had last.
type ProviderDeliveries struct {
	Provider string         `json:"provider"`
	Total    DeliveryCounts `json:"total"`
	Hours    []DeliveryHour `json:"hours"`
}

func (t totals) read(ctx context.Context, call httpd.Call, in countDeliveriesIn) (DeliveryTotals, error) {
	until, since := call.Received, time.Time(in.Since.Value)
	if in.Until.Given {
		until = time.Time(in.Until.Value)
	}
	if !in.Since.Given {
		since = until.Add(-time.Microsecond).Truncate(time.Hour).Add(-23 * time.Hour)
	}
	found, err := t.counts.Totals(ctx, since, until)
	if err != nil {
		return DeliveryTotals{}, err
	}
	wire := DeliveryTotals{
		Since: httpd.Time(found.Since), Until: httpd.Time(found.Until), Complete: found.Complete, Total: DeliveryCounts(found.All),
		Hours: hoursOnWire(found.Hours), Countries: []CountryDeliveries{}, Providers: []ProviderDeliveries{},
	}
	for _, c := range found.Countries {
		wire.Countries = append(wire.Countries, CountryDeliveries{c.Country, DeliveryCounts(c.Count)})
	}
	for _, p := range found.Providers {
		wire.Providers = append(wire.Providers, ProviderDeliveries{p.Provider, DeliveryCounts(p.All), hoursOnWire(p.Hours)})
	}
	return wire, nil
}

func hoursOnWire(hours []report.HourCount) []DeliveryHour {
	wire := make([]DeliveryHour, 0, len(hours))
	for _, h := range hours {
		wire = append(wire, DeliveryHour{httpd.Time(h.From), DeliveryCounts(h.Count)})
	}
	return wire
}
