package orgfile

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Call makes one request of the API: in is the body or nil, out takes the answer's or is nil.
type Call func(ctx context.Context, method, path string, in, out any) error

// State is what an org has.
type State struct {
	File File

	ids map[string]string // of things, by section and name
}

func (s *State) note(section, name, id string) error {
	key := section + "/" + name
	if s.ids[key] != "" {
		return fmt.Errorf("the org has two %s called %q: a file could not tell them apart; rename one", section, name)
	}
	s.ids[key] = id
	return nil
}

// The sections whose things have ids.
const (
	providersSection = "telephonyProviders"
	hooksSection     = "inlineHooks"
	templatesSection = "smsTemplates"
	originsSection   = "trustedOrigins"
	phoneSection     = "phoneAuthenticator"
)

// ReadState reads everything that administrators set. In the place of secrets it has references to export.
func ReadState(ctx context.Context, call Call) (*State, error) {
	s := &State{ids: map[string]string{}, File: File{
		Version: format, Org: &Org{}, Settings: &Settings{}, MessageSettings: &MessageSettings{}, HookFallback: &HookFallback{},
		Providers: []Provider{}, Hooks: []Hook{}, SMSTemplates: []SMSTemplate{}, TrustedOrigins: []TrustedOrigin{},
		Messages: map[string]Words{}, Calls: map[string]Words{}, Regulations: map[string]Regulation{},
	}}
	get := func(path string, into any) error { return call(ctx, "GET", "/api/v1/"+path, nil, into) }
	for _, read := range []func(func(string, any) error) error{
		func(get func(string, any) error) error { return get("org", s.File.Org) },
		func(get func(string, any) error) error { return get("telephony/settings", s.File.Settings) },
		func(get func(string, any) error) error { return get("templates/settings", s.File.MessageSettings) },
		s.readProviders, s.readHooks, s.readPhone, s.readTexts, s.readRegulations, s.readOrigins,
	} {
		if err := read(get); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *State) readProviders(get func(string, any) error) error {
	var all []struct {
		Provider

		ID        string `json:"id"`
		IsEnabled bool   `json:"enabled"`
		IsPrimary bool   `json:"isPrimaryProvider"`
	}
	if err := get("telephony-providers", &all); err != nil {
		return err
	}
	names := map[string]string{}
	for _, p := range all {
		p.Active, p.Primary = p.IsEnabled, p.IsPrimary
		p.AuthToken = referenceFor(p.Name)
		s.File.Providers = append(s.File.Providers, p.Provider)
		names[p.ID] = p.Name
		if err := s.note(providersSection, p.Name, p.ID); err != nil {
			return err
		}
	}
	slices.SortFunc(s.File.Providers, func(a, b Provider) int { return strings.Compare(a.Name, b.Name) })
	var fallback struct {
		ID               string `json:"fallbackProviderId"`
		AcceptDuplicates bool   `json:"acceptDuplicates"`
	}
	err := get("telephony/hook-fallback", &fallback)
	s.File.HookFallback = &HookFallback{Provider: names[fallback.ID], AcceptDuplicates: fallback.AcceptDuplicates}
	return err
}

func (s *State) readHooks(get func(string, any) error) error {
	var all []struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Status  string `json:"status"`
		Channel struct {
			Config struct {
				URI        string     `json:"uri"`
				Headers    []Header   `json:"headers"`
				AuthScheme AuthScheme `json:"authScheme"`
			} `json:"config"`
		} `json:"channel"`
	}
	if err := get("inlineHooks", &all); err != nil {
		return err
	}
	for _, h := range all {
		config := h.Channel.Config
		s.File.Hooks = append(s.File.Hooks, Hook{
			Name: h.Name, URI: config.URI, Headers: config.Headers, Active: h.Status == "ACTIVE",
			AuthScheme: AuthScheme{Key: config.AuthScheme.Key, Value: referenceFor("HOOK", h.Name)},
		})
		if err := s.note(hooksSection, h.Name, h.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *State) readPhone(get func(string, any) error) error {
	var all []struct {
		ID       string `json:"id"`
		Key      string `json:"key"`
		Name     string `json:"name"`
		Status   string `json:"status"`
		Settings struct {
			AllowedFor string `json:"allowedFor"`
		} `json:"settings"`
	}
	if err := get("authenticators", &all); err != nil {
		return err
	}
	for _, a := range all {
		if a.Key != "phone_number" {
			continue
		}
		var methods []struct {
			Type   string `json:"type"`
			Status string `json:"status"`
		}
		if err := get("authenticators/"+a.ID+"/methods", &methods); err != nil {
			return err
		}
		active, on := a.Status == "ACTIVE", map[string]bool{}
		for _, m := range methods {
			on[m.Type] = m.Status == "ACTIVE"
		}
		sms, voice := on["sms"], on["voice"]
		s.File.Authenticator = &Authenticator{Name: a.Name, AllowedFor: a.Settings.AllowedFor, Active: &active, SMS: &sms, Voice: &voice}
		s.ids[phoneSection+"/"] = a.ID
	}
	return nil
}

func (s *State) readTexts(get func(string, any) error) error {
	var templates []struct {
		SMSTemplate

		ID string `json:"id"`
	}
	if err := get("templates/sms", &templates); err != nil {
		return err
	}
	for _, t := range templates {
		s.File.SMSTemplates = append(s.File.SMSTemplates, t.SMSTemplate)
		if err := s.note(templatesSection, t.Name, t.ID); err != nil {
			return err
		}
	}
	for path, into := range map[string]map[string]Words{"templates/messages": s.File.Messages, "templates/calls": s.File.Calls} {
		var words []struct {
			Words

			Purpose string `json:"purpose"`
			Source  string `json:"source"`
		}
		if err := get(path, &words); err != nil {
			return err
		}
		for _, w := range words {
			if w.Source == "CUSTOM" {
				into[w.Purpose] = w.Words
			}
		}
	}
	return nil
}

func (s *State) readRegulations(get func(string, any) error) error {
	var all []struct {
		Regulation

		Country string `json:"country"`
	}
	if err := get("telephony/regulations", &all); err != nil {
		return err
	}
	for _, r := range all {
		s.File.Regulations[r.Country] = r.Regulation
	}
	return nil
}

func (s *State) readOrigins(get func(string, any) error) error {
	var all []struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		Origin string `json:"origin"`
		Status string `json:"status"`
		Scopes []struct {
			Type string `json:"type"`
		} `json:"scopes"`
	}
	if err := get("trustedOrigins?limit=200", &all); err != nil {
		return err
	}
	for _, o := range all {
		active := o.Status == "ACTIVE"
		is := TrustedOrigin{Name: o.Name, Origin: o.Origin, Active: &active}
		for _, scope := range o.Scopes {
			is.Scopes = append(is.Scopes, scope.Type)
		}
		s.File.TrustedOrigins = append(s.File.TrustedOrigins, is)
		if err := s.note(originsSection, o.Name, o.ID); err != nil {
			return err
		}
	}
	return nil
}

// Secrets are the references of a file, in its order: what whoever applies it has to set.
func (f File) Secrets() []string {
	all := map[string]bool{}
	for _, p := range f.Providers {
		all[p.AuthToken] = true
	}
	for _, h := range f.Hooks {
		all[h.AuthScheme.Value] = true
	}
	delete(all, "")
	return slices.Sorted(maps.Keys(all))
}
