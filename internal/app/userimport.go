package app

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"hookswitch"
	"hookswitch/internal/admin"
)

// ImportRefusal is a line of an import that made no user.
type ImportRefusal struct {
	Line    int // of the file, from 1
	Login   string
	Problem string
}

// importsAtOnce is how many users are added side by side: the database gathers them into one commit.
const importsAtOnce = 32

// ImportUsers adds a user for every line of a CSV file, whose first line names the columns: attributes of a profile in
// Okta's spelling, login among them, and password if there is one. Lines that are refused are told in their order at the
// end; the others are there. Progress is told how many bytes are done.
func ImportUsers(ctx context.Context, o Options, file io.Reader, progress func(bytes int64)) (added int, refused []ImportRefusal, err error) {
	lines, columns, err := importColumns(file)
	if err != nil {
		return 0, nil, err
	}
	err = offline(ctx, o, func(s *admin.Service) error {
		added, refused, err = importLines(ctx, s, lines, columns, progress)
		return err
	})
	return added, refused, err
}

const passwordColumn = "password"

// importColumns reads the first line. Spreadsheets of some countries separate by semicolons and begin with a mark.
func importColumns(file io.Reader) (*csv.Reader, []string, error) {
	text := bufio.NewReader(file)
	if mark, err := text.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = text.Discard(3)
	}
	begin, _ := text.Peek(4096) // less at the end of the file
	first, _, _ := strings.Cut(string(begin), "\n")
	lines := csv.NewReader(text)
	lines.ReuseRecord = true
	if !strings.Contains(first, ",") && strings.Contains(first, ";") {
		lines.Comma = ';'
	}
	named, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil, errors.New("the file is empty; its first line names the columns, for example: login,email,firstName,lastName")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the first line cannot be read: %w", err)
	}
	columns := make([]string, len(named))
	for i, name := range named {
		columns[i] = strings.TrimSpace(name)
		if columns[i] != passwordColumn && !new(hookswitch.Profile).Set(columns[i], "") {
			return nil, nil, fmt.Errorf("column %d is no attribute of a user; there are password and %s", i+1, attributeNames())
		}
		if slices.Contains(columns[:i], columns[i]) {
			return nil, nil, fmt.Errorf("the column %s is there twice", columns[i])
		}
	}
	if !slices.Contains(columns, "login") {
		return nil, nil, errors.New("there is no column login")
	}
	return lines, columns, nil
}

func attributeNames() string {
	var names []string
	for _, a := range (hookswitch.Profile{}).Attributes() {
		names = append(names, a.Name)
	}
	return strings.Join(names, ", ")
}

func importLines(ctx context.Context, s *admin.Service, lines *csv.Reader, columns []string, progress func(int64)) (added int, refused []ImportRefusal, err error) {
	var mu sync.Mutex
	var working sync.WaitGroup
	places := make(chan struct{}, importsAtOnce)
	refuse := func(r ImportRefusal) {
		mu.Lock()
		defer mu.Unlock()
		refused = append(refused, r)
	}
	for ctx.Err() == nil {
		record, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if malformed, ok := errors.AsType[*csv.ParseError](err); ok {
			refuse(ImportRefusal{Line: malformed.StartLine, Problem: malformed.Err.Error()})
			if errors.Is(err, csv.ErrFieldCount) {
				continue
			}
			break // a quote that is not closed takes the rest of the file with it
		}
		if err != nil {
			working.Wait()
			return added, refused, err
		}
		line, _ := lines.FieldPos(0)
		n := admin.NewUser{Activate: true}
		for i, name := range columns {
			if name == passwordColumn {
				n.Password = hookswitch.Secret(record[i])
			} else {
				n.Profile.Set(name, strings.TrimSpace(record[i]))
			}
		}
		places <- struct{}{}
		working.Go(func() {
			defer func() { <-places }()
			if _, err := s.CreateUser(ctx, n, hookswitch.Origin{Actor: hookswitch.SystemActor()}); err != nil {
				refuse(ImportRefusal{line, n.Profile.Login, problemInWords(err)})
				return
			}
			mu.Lock()
			defer mu.Unlock()
			added++
		})
		progress(lines.InputOffset())
	}
	working.Wait()
	slices.SortStableFunc(refused, func(a, b ImportRefusal) int { return a.Line - b.Line })
	return added, refused, ctx.Err()
}

// problemInWords is what is wrong, for whoever made the file.
func problemInWords(err error) string {
	var p *hookswitch.Problem
	if !errors.As(err, &p) || len(p.Causes) == 0 {
		return err.Error()
	}
	var words []string
	for _, c := range p.Causes {
		words = append(words, strings.TrimPrefix(strings.TrimPrefix(c.Field, "profile.")+": "+c.Text, ": "))
	}
	return strings.Join(words, " ")
}
