package orgfile

import (
	"context"
	"maps"
	"slices"
)

// origins plans the trusted origins.
func (p *planner) origins() {
	if _, ok := p.said[originsSection]; !ok {
		return
	}
	const kind, path = "trusted origin", "/api/v1/trustedOrigins"
	is, said := byName(p.is, originsSection, "name"), byName(p.said, originsSection, "name")
	for _, name := range slices.Sorted(maps.Keys(is)) { // first: another name may take its origin
		if said[name] == nil && p.prunes(kind, name) {
			p.add(remove(kind, path, originsSection, name))
		}
	}
	for _, one := range list(p.said, originsSection) {
		name := text(one, "name")
		before, exists := is[name]
		if !exists {
			before = thing{"active": true}
		}
		wanted := over(before, one)
		fields := slices.DeleteFunc(differ(is[name], wanted, ""), func(f Field) bool { return f.Path == "active" })
		body := thing{"name": name, "origin": wanted["origin"], "scopes": scopesOf(wanted)}
		switch {
		case !exists:
			p.add(Step{Create, kind, name, fields, func(ctx context.Context, r *runner) error {
				return r.create(ctx, originsSection, name, path, body, nil)
			}})
		case len(fields) > 0:
			p.add(Step{Change, kind, name, fields, func(ctx context.Context, r *runner) error {
				return r.call(ctx, "PUT", path+"/"+r.id(originsSection, name), body, nil)
			}})
		}
		switch was, active := yes(before, "active"), yes(wanted, "active"); {
		case active && !was:
			p.add(lifecycle(Activate, kind, path, originsSection, name))
		case was && !active:
			p.add(lifecycle(Deactivate, kind, path, originsSection, name))
		}
	}
}

func scopesOf(origin thing) []thing {
	all, _ := origin["scopes"].([]any)
	scopes := []thing{}
	for _, scope := range all {
		scopes = append(scopes, thing{"type": scope})
	}
	return scopes
}
