package orgfile

import (
	"context"
	"fmt"
	"maps"
)

// runner does the steps.
type runner struct {
	call Call
	ids  map[string]string
}

func (r *runner) id(section, name string) string { return escape(r.ids[section+"/"+name]) }

// create makes a thing and notes its id; out takes the answer too, unless it is nil.
func (r *runner) create(ctx context.Context, section, name, path string, in, out any) error {
	var answer thing
	if err := r.call(ctx, "POST", path, in, &answer); err != nil {
		return err
	}
	r.ids[section+"/"+name] = text(answer, "id")
	if out == nil {
		return nil
	}
	return into(answer, out)
}

// Run does the steps of a plan, telling each before it is done. It stops at the first that fails: what was done stays
// done, and a new plan goes on from there.
func (p *Plan) Run(ctx context.Context, call Call, tell func(Step)) (done int, err error) {
	r := &runner{call: call, ids: maps.Clone(p.ids)}
	for _, step := range p.Steps {
		tell(step)
		if err := step.do(ctx, r); err != nil {
			return done, fmt.Errorf("%s: %w", step.title(), err)
		}
		done++
	}
	return done, nil
}
