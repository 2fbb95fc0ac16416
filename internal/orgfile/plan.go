package orgfile

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Action is what a step does to a thing.
type Action string

// The actions.
const (
	Create     Action = "create"
	Change     Action = "change"
	Delete     Action = "delete"
	Activate   Action = "activate"
	Deactivate Action = "deactivate"
	Promote    Action = "make primary"
)

// Step is one change of one thing.
type Step struct {
	Action Action  `json:"action"`
	Kind   string  `json:"kind"`
	Name   string  `json:"name,omitempty"`
	Fields []Field `json:"fields,omitempty"`

	do func(ctx context.Context, r *runner) error
}

// String is the step for a person.
func (s Step) String() string {
	lines := []string{s.title()}
	for _, f := range s.Fields {
		lines = append(lines, "    "+f.String())
	}
	return strings.Join(lines, "\n")
}

func (s Step) title() string {
	return strings.TrimSpace(string(s.Action) + " " + s.Kind + " " + s.Name)
}

// Plan is what makes an org as a file describes it.
type Plan struct {
	Steps []Step `json:"steps"`
	// Kept are the things that the org has and the file has not, when nothing is to be pruned.
	Kept []string `json:"kept"`

	ids map[string]string
}

// Options say how a plan is made.
type Options struct {
	Prune   bool // things that a section of the file has not are deleted
	Secrets bool // the secrets of things that are there are sent again
	From    Environment
}

// planner collects the steps.
type planner struct {
	options Options
	is      thing // the org's
	said    thing // the file's
	plan    *Plan
}

// Make compares an org with a file. It changes nothing, and fails when the file cannot be reached: a secret that is needed
// and not there, or two that exclude each other.
func Make(s *State, w Wanted, o Options) (*Plan, error) {
	is, err := thingOf(s.File)
	if err != nil {
		return nil, err
	}
	p := &planner{options: o, is: is, said: w.sections, plan: &Plan{Steps: []Step{}, Kept: []string{}, ids: s.ids}}
	carriers, err := p.carriers()
	if err != nil {
		return nil, err
	}
	p.add(carriers.hooksOff...)
	p.object("org", "org", "/api/v1/org")
	longer := p.passcodesGrow()
	if !longer { // a method for shorter ones can be configured afterwards
		p.object("settings", "settings of telephony", "/api/v1/telephony/settings")
	}
	p.add(carriers.providers...)
	p.fallback()
	p.add(carriers.gone...)
	if longer { // methods that could not send them are gone
		p.object("settings", "settings of telephony", "/api/v1/telephony/settings")
	}
	p.add(carriers.hooks...)
	p.object("messageSettings", "settings of messages", "/api/v1/templates/settings")
	p.named("regulations", "regulation", "/api/v1/telephony/regulations/")
	p.templates()
	p.named("messages", "message", "/api/v1/templates/messages/")
	p.named("calls", "call", "/api/v1/templates/calls/")
	p.phone()
	p.origins()
	return p.plan, nil
}

func (p *planner) add(steps ...Step) { p.plan.Steps = append(p.plan.Steps, steps...) }

// passcodesGrow tells whether the file makes the passcodes longer.
func (p *planner) passcodesGrow() bool {
	digits := func(section thing) float64 {
		settings, _ := section["settings"].(thing)
		passcode, _ := settings["passcode"].(thing)
		n, _ := passcode["digits"].(float64)
		return n
	}
	return digits(p.said) > digits(p.is)
}

// object plans a section that is one thing.
func (p *planner) object(section, kind, path string) {
	said, ok := p.said[section].(thing)
	if !ok {
		return
	}
	is, _ := p.is[section].(thing)
	wanted := over(is, said)
	if fields := differ(is, wanted, ""); len(fields) > 0 {
		p.add(Step{Change, kind, "", fields, func(ctx context.Context, r *runner) error {
			return r.call(ctx, "PUT", path, wanted, nil)
		}})
	}
}

// named plans a section whose things stand under their names in the API too.
func (p *planner) named(section, kind, path string) {
	said, ok := p.said[section].(thing)
	if !ok {
		return
	}
	is, _ := p.is[section].(thing)
	for _, name := range slices.Sorted(maps.Keys(said)) {
		one, _ := said[name].(thing)
		before, exists := is[name].(thing)
		wanted := over(before, one)
		fields, action := differ(before, wanted, ""), Change
		if !exists {
			action = Create
		} else if len(fields) == 0 {
			continue
		}
		p.add(Step{action, kind, name, fields, func(ctx context.Context, r *runner) error {
			return r.call(ctx, "PUT", path+escape(name), wanted, nil)
		}})
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if said[name] == nil && p.prunes(kind, name) {
			p.add(Step{Delete, kind, name, nil, func(ctx context.Context, r *runner) error {
				return r.call(ctx, "DELETE", path+escape(name), nil, nil)
			}})
		}
	}
}

// prunes tells whether a thing that the file has not is to go; else it is noted.
func (p *planner) prunes(kind, name string) bool {
	if !p.options.Prune {
		p.plan.Kept = append(p.plan.Kept, fmt.Sprintf("%s %s", kind, name))
	}
	return p.options.Prune
}

// byName is the things of a section by their names.
func byName(section thing, name, key string) map[string]thing {
	things := map[string]thing{}
	for _, one := range list(section, name) {
		things[text(one, key)] = one
	}
	return things
}
