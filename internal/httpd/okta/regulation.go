package okta

import (
	"context"
	"strings"

	"hookswitch"
	"hookswitch/internal/httpd"
	"hookswitch/internal/render"
)

type regulations struct{ desk Regulations }

// otherCountries stands in paths and answers for all countries without a regulation of their own.
const otherCountries = "default"

func (r regulations) operations() []httpd.Operation {
	const path = "/api/v1/telephony/regulations"
	read, manage := []string{"okta.templates.read"}, []string{"okta.templates.manage"}
	return []httpd.Operation{
		httpd.Op("GET", path, httpd.About{
			ID: "listRegulations", Tag: "Regulation", Summary: "List what countries demand of messages", Roles: auditors(), Scopes: read,
		}, r.list),
		httpd.Op("GET", path+"/{country}", httpd.About{
			Tagged: true, ID: "getRegulation", Tag: "Regulation", Summary: "Retrieve what a country demands of messages", Roles: auditors(), Scopes: read,
		}, r.get),
		httpd.Op("PUT", path+"/{country}", httpd.About{
			Tagged: true, ID: "replaceRegulation", Tag: "Regulation", Summary: "Replace what a country demands of messages", Roles: super(), Scopes: manage,
			Description: "The prefix and the suffix count towards the segments of templates that are saved from now on.",
		}, r.set),
		httpd.Op("DELETE", path+"/{country}", httpd.About{
			ID: "deleteRegulation", Tag: "Regulation", Summary: "Delete the regulation of a country", Roles: super(), Scopes: manage,
		}, r.remove),
	}
}

// Regulation is what a country demands of an SMS to its phones, on the wire.
type Regulation struct {
	Country        string                        `json:"country" example:"IN" description:"ISO 3166-1 alpha-2, or default for every country without a regulation of its own"`
	Senders        []string                      `json:"senders" description:"Whom an SMS comes from, the next one at each resend: numbers, short codes, names or Twilio messaging services"`
	BrandPrefix    string                        `json:"brandPrefix" description:"Put before every text, with its own space"`
	OptOutSuffix   string                        `json:"optOutSuffix" description:"Put after every text, with its own space"`
	DLTEntityID    string                        `json:"dltEntityId" description:"India: the sender's id in the operators' registry"`
	DLTTemplateIDs map[hookswitch.Purpose]string `json:"dltTemplateIds" description:"India: the ids of the texts, by purpose"`
	LastUpdated    httpd.Time                    `json:"lastUpdated"`
}

// RegulationRequest is a regulation as clients send it, with what they once got and may not write.
type RegulationRequest struct {
	Country        string                        `json:"country" description:"The same as in the path, or left out"`
	Senders        []string                      `json:"senders"`
	BrandPrefix    string                        `json:"brandPrefix"`
	OptOutSuffix   string                        `json:"optOutSuffix"`
	DLTEntityID    string                        `json:"dltEntityId"`
	DLTTemplateIDs map[hookswitch.Purpose]string `json:"dltTemplateIds"`
	Updated        string                        `json:"lastUpdated" description:"Read-only"`
}

func (r regulations) list(ctx context.Context, _ httpd.Call, _ httpd.Nothing) ([]Regulation, error) {
	all, err := r.desk.Regulations(ctx)
	wire := make([]Regulation, 0, len(all))
	for _, is := range all {
		wire = append(wire, regulationOnWire(is))
	}
	return wire, err
}

type regulationIn struct {
	Country string `path:"country" maxLength:"16" description:"ISO 3166-1 alpha-2, or default"`
}

func (r regulations) get(ctx context.Context, _ httpd.Call, in regulationIn) (Regulation, error) {
	is, err := r.desk.Regulation(ctx, countryOf(in.Country))
	return regulationOnWire(is), err
}

type newRegulationIn struct {
	Country string            `path:"country" maxLength:"16" description:"ISO 3166-1 alpha-2, or default"`
	Body    RegulationRequest `body:"required"`
}

func (r regulations) set(ctx context.Context, call httpd.Call, in newRegulationIn) (Regulation, error) {
	b := in.Body
	if b.Country != "" && !strings.EqualFold(b.Country, in.Country) {
		return Regulation{}, hookswitch.RefuseField(hookswitch.Invalid, "country", "It is another one than in the path.")
	}
	is, err := r.desk.SetRegulation(ctx, render.Regulation{
		Country: countryOf(in.Country), Senders: b.Senders, BrandPrefix: b.BrandPrefix, OptOutSuffix: b.OptOutSuffix,
		DLTEntityID: b.DLTEntityID, DLTTemplateIDs: b.DLTTemplateIDs,
	}, call.Origin, seen(call, regulationOnWire))
	return regulationOnWire(is), err
}

func (r regulations) remove(ctx context.Context, call httpd.Call, in regulationIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, r.desk.DeleteRegulation(ctx, countryOf(in.Country), call.Origin)
}

func countryOf(path string) string {
	if strings.EqualFold(path, otherCountries) {
		return ""
	}
	return strings.ToUpper(path)
}

func regulationOnWire(r render.Regulation) Regulation {
	country := r.Country
	if country == "" {
		country = otherCountries
	}
	return Regulation{
		Country: country, Senders: r.Senders, BrandPrefix: r.BrandPrefix, OptOutSuffix: r.OptOutSuffix,
		DLTEntityID: r.DLTEntityID, DLTTemplateIDs: r.DLTTemplateIDs, LastUpdated: httpd.Time(r.LastUpdated),
	}
}
