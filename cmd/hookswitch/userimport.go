package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"

	"hookswitch/internal/app"
)

type userImportCommand struct {
	settings
	File   string `arg:"" type:"existingfile" help:"CSV file. Its first line names the columns: login, any other attribute of Okta's user profile, password."`
	Report string `help:"File for the lines that were refused; FILE.errors.csv when it is left out." type:"path" placeholder:"FILE"`
	JSON   bool   `help:"Print JSON."`
}

// Run adds the users in the database; the server may be running.
func (c userImportCommand) Run(ctx context.Context, s streams) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	about, err := file.Stat()
	if err != nil {
		return err
	}
	bar := newProgress(s.err, about.Size())
	added, refused, err := app.ImportUsers(ctx, c.options(s.err), file, bar.at)
	bar.end()
	if len(refused) > 0 {
		if c.Report == "" {
			c.Report = c.File + ".errors.csv"
		}
		if err := writeRefusals(c.Report, refused); err != nil {
			return err
		}
	} else {
		c.Report = ""
	}
	if c.JSON {
		if err := printJSON(s.out, map[string]any{"added": added, "refused": len(refused), "report": c.Report}); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(s.out, "%d users added, %d lines refused.\n", added, len(refused))
	}
	if err == nil && len(refused) > 0 {
		err = fmt.Errorf("what was wrong with the refused lines stands in %s", c.Report)
	}
	return err
}

func writeRefusals(path string, refused []app.ImportRefusal) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w := csv.NewWriter(file)
	_ = w.Write([]string{"line", "login", "problem"}) // Error tells below
	for _, r := range refused {
		_ = w.Write([]string{strconv.Itoa(r.Line), harmless(r.Login), r.Problem})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}

// harmless keeps a spreadsheet from taking a text for a formula.
// https://owasp.org/www-community/attacks/CSV_Injection
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
