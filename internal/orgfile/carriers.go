package orgfile

import (
	"context"
	"fmt"
	"slices"
)

const (
	providerKind, providerPath = "telephony provider", "/api/v1/telephony-providers"
	hookKind, hookPath         = "inline hook", "/api/v1/inlineHooks"
)

// carriersPlan is the steps of who carries messages. Hooks that are to be inactive come first, then the providers, then
// what goes, then the hooks: a hook is never active beside a provider, and the primary provider is the last to be
// deactivated.
type carriersPlan struct{ hooksOff, providers, gone, hooks []Step }

func (p *planner) carriers() (carriersPlan, error) {
	providers, err := p.wanted(providersSection, "providerName", providerKind)
	if err != nil {
		return carriersPlan{}, err
	}
	hooks, err := p.wanted(hooksSection, "name", hookKind)
	if err != nil {
		return carriersPlan{}, err
	}
	if err := exclusive(providers, hooks); err != nil {
		return carriersPlan{}, err
	}
	var c carriersPlan
	for _, h := range hooks {
		if h.wasActive && !h.active {
			c.hooksOff = append(c.hooksOff, lifecycle(Deactivate, hookKind, hookPath, hooksSection, h.name))
		}
		if h.gone {
			c.gone = append(c.gone, remove(hookKind, hookPath, hooksSection, h.name))
			continue
		}
		c.hooks = append(c.hooks, hookSteps(h)...)
	}
	for _, one := range providers {
		if !one.gone {
			c.providers = append(c.providers, providerSteps(one)...)
			continue
		}
		c.gone = append(c.gone, remove(providerKind, providerPath, providersSection, one.name))
	}
	c.providers = append(c.providers, arrange(providers)...)
	return c, nil
}

// carrier is a provider or a hook as it is and as it is to be.
type carrier struct {
	name              string
	is, wanted        thing
	exists, gone      bool
	wasActive, active bool
	said              bool // the file says that it is the primary
	fields            []Field
	secret            string
	sends             bool // the secret is needed
}

// wanted gives every carrier of a section: those of the file in its order, then the others.
func (p *planner) wanted(section, key, kind string) ([]carrier, error) {
	_, governed := p.said[section]
	is := byName(p.is, section, key)
	var all []carrier
	seen := map[string]bool{}
	for i, said := range list(p.said, section) {
		c := carrier{name: text(said, key), said: yes(said, "primary")}
		seen[c.name] = true
		c.is, c.exists = is[c.name]
		clean, secret := withoutSecret(said)
		bare, _ := withoutSecret(c.is)
		c.wanted = over(bare, clean)
		c.fields = slices.DeleteFunc(differ(bare, c.wanted, ""), func(f Field) bool { return f.Path == "active" || f.Path == "primary" })
		c.wasActive, c.active = yes(c.is, "active"), yes(c.wanted, "active")
		moved := slices.ContainsFunc(c.fields, func(f Field) bool { return f.Path == "authScheme.key" })
		if c.sends = !c.exists || moved || p.options.Secrets; c.sends {
			var err error
			if c.secret, err = p.options.From.resolve(reference(secret)); err != nil {
				return nil, fmt.Errorf("%s[%d] (%s %s), its secret: %w", section, i, kind, c.name, err)
			}
			if c.exists {
				c.fields = append(c.fields, Field{"secret", "kept", "sent again"})
			}
		}
		all = append(all, c)
	}
	for _, one := range list(p.is, section) {
		name := text(one, key)
		if seen[name] {
			continue
		}
		c := carrier{name: name, is: one, exists: true, wasActive: yes(one, "active"), active: yes(one, "active")}
		c.wanted, _ = withoutSecret(one)
		if governed && p.prunes(kind, name) {
			c.gone, c.active = true, false
		}
		all = append(all, c)
	}
	return all, nil
}

// withoutSecret parts a carrier from its secret.
func withoutSecret(is thing) (bare thing, secret string) {
	bare = over(is, nil)
	if scheme, ok := bare["authScheme"].(thing); ok {
		scheme, secret = over(scheme, nil), text(scheme, "value")
		delete(scheme, "value")
		bare["authScheme"] = scheme
	}
	if token := text(bare, "providerAuthToken"); token != "" {
		secret = token
		delete(bare, "providerAuthToken")
	}
	return bare, secret
}

// exclusive refuses what the API would refuse half-way.
func exclusive(providers, hooks []carrier) error {
	activeProvider, primary, activeHook := "", "", ""
	for _, p := range providers {
		if p.active {
			activeProvider = p.name
		}
		if !p.said {
			continue
		}
		if !p.active {
			return fmt.Errorf("telephony provider %s: only an active one can be primary", p.name)
		}
		if primary != "" {
			return fmt.Errorf("telephony providers %s and %s: only one can be primary", primary, p.name)
		}
		primary = p.name
	}
	for _, h := range hooks {
		switch {
		case !h.active:
		case activeHook != "":
			return fmt.Errorf("inline hooks %s and %s: only one can be active", activeHook, h.name)
		case activeProvider != "":
			return fmt.Errorf("inline hook %s and telephony provider %s: both would be active; set active: false for one, or prune what the file has not", h.name, activeProvider)
		default:
			activeHook = h.name
		}
	}
	return nil
}

func lifecycle(action Action, kind, path, section, name string) Step {
	return Step{action, kind, name, nil, func(ctx context.Context, r *runner) error {
		return r.call(ctx, "POST", path+"/"+r.id(section, name)+"/lifecycle/"+string(action), nil, nil)
	}}
}

func remove(kind, path, section, name string) Step {
	return Step{Delete, kind, name, nil, func(ctx context.Context, r *runner) error {
		return r.call(ctx, "DELETE", path+"/"+r.id(section, name), nil, nil)
	}}
}

// providerSteps are those of the account itself.
func providerSteps(p carrier) []Step {
	if p.exists && len(p.fields) == 0 {
		return nil
	}
	settings, _ := p.wanted["providerSettings"].(thing)
	body := thing{"providerSid": p.wanted["providerSid"], "providerSettings": settings}
	if p.sends {
		body["providerAuthToken"] = p.secret
	}
	if p.exists {
		methods := thing{"sms": settings["sms"], "call": settings["call"]} // null takes one away
		return []Step{{Change, providerKind, p.name, p.fields, func(ctx context.Context, r *runner) error {
			return r.call(ctx, "PATCH", providerPath+"/"+r.id(providersSection, p.name), over(body, thing{"providerSettings": methods}), nil)
		}}}
	}
	body["providerName"] = p.name
	return []Step{{Create, providerKind, p.name, p.fields, func(ctx context.Context, r *runner) error {
		return r.create(ctx, providersSection, p.name, providerPath, body, nil)
	}}}
}

// arrange activates, deactivates and makes primary, in an order in which each step is allowed.
func arrange(providers []carrier) []Step {
	first := func(which func(carrier) bool) string {
		if i := slices.IndexFunc(providers, which); i >= 0 {
			return providers[i].name
		}
		return ""
	}
	was := first(func(p carrier) bool { return yes(p.is, "primary") })
	wanted := first(func(p carrier) bool { return p.said })
	if wanted == "" {
		wanted = first(func(p carrier) bool { return p.active && p.name == was })
	}
	if wanted == "" {
		wanted = first(func(p carrier) bool { return p.active })
	}
	var steps []Step
	turn := func(action Action, which func(carrier) bool) {
		for _, p := range providers {
			if which(p) {
				steps = append(steps, lifecycle(action, providerKind, providerPath, providersSection, p.name))
			}
		}
	}
	turn(Deactivate, func(p carrier) bool { return p.wasActive && !p.active && p.name != was })
	turn(Activate, func(p carrier) bool { return p.active && !p.wasActive && p.name == wanted })
	turn(Activate, func(p carrier) bool { return p.active && !p.wasActive && p.name != wanted })
	if wanted != "" && was != "" && wanted != was { // without a primary the first one that is activated becomes it
		steps = append(steps, Step{Promote, providerKind, wanted, nil, func(ctx context.Context, r *runner) error {
			return r.call(ctx, "POST", providerPath+"/"+r.id(providersSection, wanted)+"/setAsPrimary", nil, nil)
		}})
	}
	turn(Deactivate, func(p carrier) bool { return p.wasActive && !p.active && p.name == was })
	return steps
}

// hookSteps are those of a hook that stays or comes.
func hookSteps(h carrier) []Step {
	var steps []Step
	scheme, _ := h.wanted["authScheme"].(thing)
	auth := over(scheme, thing{"type": "HEADER"})
	if h.sends {
		auth["value"] = h.secret
	}
	body := thing{
		"name": h.name, "type": "com.okta.telephony.provider", "version": "1.0.0",
		"channel": thing{"type": "HTTP", "version": "1.0.0", "config": thing{
			"uri": h.wanted["uri"], "method": "POST", "headers": h.wanted["headers"], "authScheme": auth,
		}},
	}
	if !h.exists {
		return []Step{{Create, hookKind, h.name, h.fields, func(ctx context.Context, r *runner) error {
			var made struct {
				Status string `json:"status"`
			}
			if err := r.create(ctx, hooksSection, h.name, hookPath, body, &made); err != nil || (made.Status == "ACTIVE") == h.active {
				return err
			}
			action := Deactivate
			if h.active {
				action = Activate
			}
			return lifecycle(action, hookKind, hookPath, hooksSection, h.name).do(ctx, r)
		}}}
	}
	if len(h.fields) > 0 {
		steps = append(steps, Step{Change, hookKind, h.name, h.fields, func(ctx context.Context, r *runner) error {
			return r.call(ctx, "PUT", hookPath+"/"+r.id(hooksSection, h.name), body, nil)
		}})
	}
	if h.active && !h.wasActive {
		steps = append(steps, lifecycle(Activate, hookKind, hookPath, hooksSection, h.name))
	}
	return steps
}
