package main

import (
	"context"
	"fmt"

	"hookswitch"
	"hookswitch/internal/app"
)

type tokenCommands struct {
	Create tokenCreateCommand `cmd:"" help:"Make an API token. It is printed once."`
}

type tokenCreateCommand struct {
	settings
	Name string `arg:"" help:"What the token is for."`
	User string `help:"Login of the administrator the token acts for; without one it acts for the installation." placeholder:"LOGIN"`
	Role string `help:"What the token may do." enum:"SUPER_ADMIN,READ_ONLY_ADMIN,HELP_DESK_ADMIN" default:"SUPER_ADMIN"`
	JSON bool   `help:"Print JSON."`
}

// Run makes the token in the database; the server may be running.
func (c tokenCreateCommand) Run(ctx context.Context, s streams) error {
	token, id, err := app.CreateToken(ctx, c.options(s.err), c.Name, c.User, hookswitch.Role(c.Role))
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]string{"id": id, "name": c.Name, "token": token.Reveal()})
	}
	fmt.Fprintln(s.out, token.Reveal())
	return nil
}

type userCommands struct {
	Create userCreateCommand `cmd:"" help:"Add a user."`
	Import userImportCommand `cmd:"" help:"Add the users of a CSV file."`
}

type userCreateCommand struct {
	settings
	Login     string            `arg:"" help:"Login, usually an email address."`
	FirstName string            `help:"First name."`
	LastName  string            `help:"Last name."`
	Email     string            `help:"Email address; the login when it is left out."`
	Password  hookswitch.Secret `help:"Password; better given as HOOKSWITCH_USER_PASSWORD." env:"HOOKSWITCH_USER_PASSWORD"`
	Admin     string            `help:"Make the user an administrator: SUPER_ADMIN, READ_ONLY_ADMIN or HELP_DESK_ADMIN." enum:",SUPER_ADMIN,READ_ONLY_ADMIN,HELP_DESK_ADMIN" default:"" placeholder:"ROLE"`
	JSON      bool              `help:"Print JSON."`
}

// Run adds the user in the database; the server may be running.
func (c userCreateCommand) Run(ctx context.Context, s streams) error {
	profile := hookswitch.Profile{Login: c.Login, Email: c.Email, FirstName: c.FirstName, LastName: c.LastName}
	if profile.Email == "" {
		profile.Email = c.Login
	}
	u, err := app.CreateUser(ctx, c.options(s.err), profile, c.Password, hookswitch.Role(c.Admin))
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]string{"id": u.ID, "login": u.Profile.Login, "status": string(u.Status)})
	}
	fmt.Fprintln(s.out, u.ID)
	return nil
}

type migrateCommand struct {
	settings
}

// Run opens the database, which brings it up to date.
func (c migrateCommand) Run(ctx context.Context, s streams) error {
	if err := app.Migrate(ctx, c.options(s.err)); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "The schema is up to date.")
	return nil
}

type versionCommand struct {
	JSON bool `help:"Print JSON."`
}

// Run prints the version.
func (c versionCommand) Run(s streams) error {
	if c.JSON {
		return printJSON(s.out, map[string]string{"version": version})
	}
	fmt.Fprintln(s.out, "hookswitch", version)
	return nil
}
