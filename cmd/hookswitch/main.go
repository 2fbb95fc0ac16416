// Command hookswitch is the telephony of sign-in: it sends one-time passcodes by SMS and voice call, checks them, and
// shows what became of every one.
//
// Exit codes: 0 success, 1 the command failed or the server refused, 2 the command line was wrong, 3 apply --dry-run found
// something to change.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is stamped by the build.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// exitStatus ends the program with a code of its own; what there is to say was said.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// streams are where a command speaks to people and to programs.
type streams struct {
	out, err io.Writer
}

// commands is the command line.
type commands struct {
	Dev       devCommand       `cmd:"" help:"Start everything on this machine: server, simulated carriers and phones, a demo org."`
	Serve     serveCommand     `cmd:"" help:"Start the server."`
	Simulator simulatorCommand `cmd:"" help:"Start the simulated carriers and phones alone."`
	Send      sendCommand      `cmd:"" help:"Send a test passcode to a phone, through a running server."`
	Why       whyCommand       `cmd:"" help:"Tell what became of the last messages to a phone."`
	Logs      logsCommand      `cmd:"" help:"Print the System Log; -f to follow it."`
	Token     tokenCommands    `cmd:"" help:"API tokens."`
	User      userCommands     `cmd:"" help:"Users."`
	Export    exportCommand    `cmd:"" help:"Print everything that administrators set, as a file for apply."`
	Apply     applyCommand     `cmd:"" help:"Make the org as a file describes it."`
	Config    configCommand    `cmd:"" help:"Print every setting, its value and where it comes from."`
	Doctor    doctorCommand    `cmd:"" help:"Look at everything that an installation stands on, and say what to do."`
	Backup    backupCommand    `cmd:"" help:"Write all that the database holds into one file, while servers run."`
	Restore   restoreCommand   `cmd:"" help:"Fill an empty database from a backup."`
	Migrate   migrateCommand   `cmd:"" help:"Bring the database's schema up to date."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// run parses and runs one command line and answers the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	if err := readSecretFiles(os.Environ(), os.Setenv); err != nil {
		fmt.Fprintln(errs, "hookswitch:", err)
		return 2
	}
	exited, code := false, 0
	parser, err := kong.New(&commands{},
		kong.Name("hookswitch"),
		kong.Description("The telephony of sign-in: one-time passcodes by SMS and voice call, sent, checked and accounted for.\n\nStart with: hookswitch dev"),
		kong.Writers(out, errs),
		kong.Exit(func(c int) { exited, code = true, c }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
		kong.ShortUsageOnError(),
	)
	if err != nil {
		fmt.Fprintln(errs, "hookswitch:", err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if exited {
		return code
	}
	if err != nil {
		fmt.Fprintf(errs, "hookswitch: %v\nTry hookswitch --help.\n", err)
		return 2
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(streams{out, errs}, parsed); err != nil {
		if status, ok := errors.AsType[exitStatus](err); ok {
			return int(status)
		}
		fmt.Fprintln(errs, "hookswitch:", err)
		return 1
	}
	return 0
}
