package main

import (
	"context"
	"errors"
	"fmt"

	"hookswitch/internal/app"
)

type doctorCommand struct {
	settings
	serving
	carriers
	JSON bool `help:"Print JSON."`
}

// Run looks at the installation, beside its server, and changes nothing.
func (c doctorCommand) Run(ctx context.Context, s streams) error {
	o := c.into(c.options(s.err))
	o.TwilioURL, o.TwilioVerifyURL, o.TelesignURL = c.TwilioURL, c.TwilioVerifyURL, c.TelesignURL
	var all []app.Finding
	failed := 0
	err := app.Examine(ctx, o, func(f app.Finding) {
		all = append(all, f)
		if f.Verdict == app.VerdictFailure {
			failed++
		}
		if c.JSON {
			return
		}
		fmt.Fprintf(s.out, "%-8s %s: %s\n", f.Verdict, f.Check, f.Found)
		if f.Next != "" {
			fmt.Fprintf(s.out, "         -> %s\n", f.Next)
		}
	})
	if c.JSON {
		err = errors.Join(err, printJSON(s.out, all))
	}
	if err == nil && failed > 0 {
		err = fmt.Errorf("%d of %d findings need attention", failed, len(all))
	}
	return err
}
