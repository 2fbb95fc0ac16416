package orgfile

import (
	"context"
	"maps"
	"net/url"
	"slices"
)

func escape(name string) string { return url.PathEscape(name) }

// templates plans the SMS templates, which the API keeps by ids.
func (p *planner) templates() {
	if _, ok := p.said[templatesSection]; !ok {
		return
	}
	const kind, path = "SMS template", "/api/v1/templates/sms"
	is, said := byName(p.is, templatesSection, "name"), byName(p.said, templatesSection, "name")
	for _, one := range list(p.said, templatesSection) { // in the file's order: the oldest serves
		name := text(one, "name")
		before, exists := is[name]
		wanted := over(before, one)
		if !exists {
			p.add(Step{Create, kind, name, differ(nil, wanted, ""), func(ctx context.Context, r *runner) error {
				return r.call(ctx, "POST", path, typed(wanted), nil)
			}})
		} else if fields := differ(before, wanted, ""); len(fields) > 0 {
			p.add(Step{Change, kind, name, fields, func(ctx context.Context, r *runner) error {
				return r.call(ctx, "PUT", path+"/"+r.id(templatesSection, name), typed(wanted), nil)
			}})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if said[name] == nil && p.prunes(kind, name) {
			p.add(Step{Delete, kind, name, nil, func(ctx context.Context, r *runner) error {
				return r.call(ctx, "DELETE", path+"/"+r.id(templatesSection, name), nil, nil)
			}})
		}
	}
}

func typed(template thing) thing {
	return over(template, thing{"type": "SMS_VERIFY_CODE"})
}

// fallback plans what follows when the telephony hook fails; the API names the provider by its id.
func (p *planner) fallback() {
	said, ok := p.said["hookFallback"].(thing)
	if !ok {
		return
	}
	is, _ := p.is["hookFallback"].(thing)
	wanted := over(is, said)
	fields := differ(is, wanted, "")
	if len(fields) == 0 {
		return
	}
	p.add(Step{Change, "fallback of the telephony hook", "", fields, func(ctx context.Context, r *runner) error {
		body := thing{"fallbackProviderId": nil, "acceptDuplicates": yes(wanted, "acceptDuplicates")}
		if name := text(wanted, "provider"); name != "" {
			body["fallbackProviderId"] = r.id(providersSection, name)
		}
		return r.call(ctx, "PUT", "/api/v1/telephony/hook-fallback", body, nil)
	}})
}

// phone plans the phone authenticator.
func (p *planner) phone() {
	said, ok := p.said[phoneSection].(thing)
	if !ok {
		return
	}
	is, _ := p.is[phoneSection].(thing)
	wanted := over(is, said)
	fields := differ(is, wanted, "")
	if len(fields) == 0 {
		return
	}
	p.add(Step{Change, "phone authenticator", "", fields, func(ctx context.Context, r *runner) error {
		path := "/api/v1/authenticators/" + r.id(phoneSection, "")
		for _, f := range fields {
			verb := "/lifecycle/deactivate"
			if yes(wanted, f.Path) {
				verb = "/lifecycle/activate"
			}
			var step string
			switch f.Path {
			case "sms", "voice":
				step = path + "/methods/" + f.Path + verb
			case "active":
				step = path + verb
			default:
				body := thing{"key": "phone_number", "name": wanted["name"], "settings": thing{"allowedFor": wanted["allowedFor"]}}
				if err := r.call(ctx, "PUT", path, body, nil); err != nil {
					return err
				}
				continue
			}
			if err := r.call(ctx, "POST", step, nil, nil); err != nil {
				return err
			}
		}
		return nil
	}})
}
