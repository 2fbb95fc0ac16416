package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"hookswitch/internal/orgfile"
)

type exportCommand struct {
	server
	JSON bool `help:"Print JSON in the place of YAML."`
}

// Run prints what administrators set, without a secret.
func (c exportCommand) Run(ctx context.Context, s streams) error {
	api, err := c.client()
	if err != nil {
		return err
	}
	state, err := orgfile.ReadState(ctx, api.call)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, state.File)
	}
	fmt.Fprintln(s.out, "# Everything that administrators set. Apply it with: hookswitch apply -f FILE")
	if secrets := state.File.Secrets(); len(secrets) > 0 {
		fmt.Fprintf(s.out, "# The secrets are not in it. Where something is made anew, they are read from\n#   %s\n", strings.Join(secrets, "\n#   "))
	}
	return state.File.Write(s.out)
}

type applyCommand struct {
	server
	File    string `short:"f" required:"" help:"The file, YAML or JSON; - for the standard input." placeholder:"FILE"`
	DryRun  bool   `help:"Only say what would change. Exit code 3 when there is something, 0 when there is nothing."`
	Prune   bool   `help:"Delete what a section of the file does not have."`
	Secrets bool   `help:"Send the secrets of things that are there already, too: after they were changed elsewhere."`
	JSON    bool   `help:"Print JSON."`
}

// somethingToChange is the exit code of a dry run that found something.
const somethingToChange exitStatus = 3

// Run makes the org as the file says, or tells what that would change.
func (c applyCommand) Run(ctx context.Context, s streams) error {
	wanted, err := c.read()
	if err != nil {
		return err
	}
	api, err := c.client()
	if err != nil {
		return err
	}
	state, err := orgfile.ReadState(ctx, api.call)
	if err != nil {
		return err
	}
	plan, err := orgfile.Make(state, wanted, orgfile.Options{Prune: c.Prune, Secrets: c.Secrets, From: orgfile.Here()})
	if err != nil {
		return fmt.Errorf("%s: %w; nothing was changed", c.File, err)
	}
	if c.DryRun {
		return c.foretell(s.out, plan)
	}
	done, err := plan.Run(ctx, api.call, func(step orgfile.Step) {
		if !c.JSON {
			fmt.Fprintln(s.out, step)
		}
	})
	if c.JSON {
		if err := printJSON(s.out, map[string]any{"steps": plan.Steps[:done], "kept": plan.Kept, "left": len(plan.Steps) - done}); err != nil {
			return err
		}
	} else {
		c.summary(s.out, plan, fmt.Sprintf("%d of %d changes made.", done, len(plan.Steps)))
	}
	if err != nil {
		return fmt.Errorf("%w\nWhat was changed before stays. Solve this and apply the file again: it goes on from there", err)
	}
	return nil
}

func (c applyCommand) read() (orgfile.Wanted, error) {
	if c.File == "-" {
		return named("standard input", os.Stdin)
	}
	file, err := os.Open(c.File)
	if err != nil {
		return orgfile.Wanted{}, err
	}
	defer func() { _ = file.Close() }() // it was only read
	return named(c.File, file)
}

func named(name string, from io.Reader) (orgfile.Wanted, error) {
	wanted, err := orgfile.Read(from)
	if err != nil {
		return wanted, fmt.Errorf("%s: %w", name, err)
	}
	return wanted, nil
}

// foretell prints a plan that is not carried out.
func (c applyCommand) foretell(out io.Writer, plan *orgfile.Plan) error {
	if c.JSON {
		if err := printJSON(out, plan); err != nil {
			return err
		}
	} else {
		for _, step := range plan.Steps {
			fmt.Fprintln(out, step)
		}
		c.summary(out, plan, fmt.Sprintf("%d changes to make.", len(plan.Steps)))
	}
	if len(plan.Steps) > 0 {
		return somethingToChange
	}
	return nil
}

func (c applyCommand) summary(out io.Writer, plan *orgfile.Plan, counted string) {
	if len(plan.Steps) == 0 {
		counted = "Nothing to change."
	}
	fmt.Fprintln(out, counted)
	if len(plan.Kept) > 0 {
		fmt.Fprintf(out, "Kept, though the file does not have it (--prune deletes it): %s.\n", strings.Join(plan.Kept, ", "))
	}
}
