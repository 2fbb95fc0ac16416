package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// listRate is how many calls a second the lists are asked for.
const listRate = 200

// list is one kind of page that an administrator's program asks for.
type list struct {
	name  string
	path  string                  // of the first page
	where func(enrolled) []string // key and value of a parameter that names somebody; nil: the pages are walked through
}

// lists are the long ones, and a filter for each index.
func lists() []list {
	return []list{
		{"users, 200 a page", "/api/v1/users?limit=200", nil},
		{"users changed since", "/api/v1/users?limit=200&search=" + url.QueryEscape(`lastUpdated gt "2020-01-01T00:00:00.000Z"`), nil},
		{"a user by login", "/api/v1/users?limit=200", func(e enrolled) []string {
			return []string{"search", `profile.login eq "user` + e.index() + `@example.com"`}
		}},
		{"users by last name", "/api/v1/users?limit=200", func(e enrolled) []string {
			return []string{"search", `profile.lastName sw "User ` + e.index() + `"`}
		}},
		{"users by q", "/api/v1/users?limit=200", func(e enrolled) []string { return []string{"q", "user" + e.index()} }},
		{"log, newest", "/api/v1/logs?limit=100&sortOrder=DESCENDING", nil},
		{"log of a type", "/api/v1/logs?limit=100&sortOrder=DESCENDING&filter=" + url.QueryEscape(`eventType eq "user.authentication.auth_via_mfa"`), nil},
		{"log of a user", "/api/v1/logs?limit=100&sortOrder=DESCENDING", func(e enrolled) []string {
			return []string{"filter", `target.id eq "` + e.userID + `"`}
		}},
		{"log of a phone", "/api/v1/logs?limit=100&sortOrder=DESCENDING", func(e enrolled) []string {
			return []string{"filter", `debugContext.debugData.phoneNumber eq "` + e.phone + `"`}
		}},
	}
}

// index is the number in the login.
func (e enrolled) index() string {
	i, _ := phoneOf(e.phone)
	return fmt.Sprint(i)
}

// measureLists asks every subject for every list at the same rate, and writes a table of how long the answers took.
func measureLists(ctx context.Context, o settings, subjects []*subject, out io.Writer) error {
	t := &table{}
	t.add("server", fmt.Sprintf("list, at %d calls/s", listRate), "p50 / p99 ms", "KB", "CPU s per 1,000", "others %")
	for _, s := range subjects {
		for _, l := range lists() {
			cells, err := s.lists(ctx, o, l)
			if err != nil {
				return s.explain(fmt.Errorf("%s: %w", l.name, err))
			}
			t.add(cells...)
		}
	}
	t.write(out)
	return nil
}

// lists asks for pages of one kind at a fixed rate. What a call takes counts from when it was due.
func (s *subject) lists(ctx context.Context, o settings, l list) ([]string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Pointer[string]
	var mu sync.Mutex
	var took []time.Duration
	var bytes int
	began := time.Now()
	call := func(k int, due time.Time) {
		target := s.process.url + l.path
		if l.where != nil {
			named := l.where(s.people[int64(k)*stride(int64(len(s.people)))%int64(len(s.people))])
			target += "&" + named[0] + "=" + url.QueryEscape(named[1])
		} else if at := next.Load(); at != nil {
			target = *at
		}
		size, following, err := s.page(ctx, target)
		if err != nil {
			cancel(err)
			return
		}
		if l.where == nil {
			next.Store(following)
		}
		mu.Lock()
		defer mu.Unlock()
		took, bytes = append(took, time.Since(due)), bytes+size
	}
	before, err := s.spent()
	if err != nil {
		return nil, err
	}
	var calls sync.WaitGroup
	for k := range int(o.window.Seconds() * listRate) {
		due := began.Add(time.Duration(k) * time.Second / listRate)
		select {
		case <-time.After(time.Until(due)):
		case <-ctx.Done():
		}
		calls.Go(func() { call(k, due) })
	}
	calls.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	after, err := s.spent()
	if err != nil {
		return nil, err
	}
	thousands := float64(len(took)) / 1000
	cpu := fmt.Sprintf("%.2f", (after.server-before.server).Seconds()/thousands)
	if s.database.postmaster != 0 {
		cpu += fmt.Sprintf(" + %.2f", (after.postgres-before.postgres).Seconds()/thousands)
	}
	machine := after.machine.since(before.machine)
	others := machine.busy - (after.own - before.own) - (after.server - before.server) - (after.postgres - before.postgres)
	return []string{
		s.name, l.name, milliseconds(latencyOf(took)), fmt.Sprintf("%.1f", float64(bytes)/float64(len(took))/1000), cpu,
		fmt.Sprintf("%.0f", 100*max(float64(others)/float64(max(machine.total, 1)), 0)),
	}, nil
}

// page reads one page and answers its size and where the next is, nil after the last.
func (s *subject) page(ctx context.Context, target string) (int, *string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, target, http.NoBody)
	if err != nil {
		return 0, nil, err
	}
	r.Header = s.header
	answer, err := s.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %w %d: %.300s", target, errStatus, answer.StatusCode, data)
	}
	if err != nil {
		return 0, nil, err
	}
	for _, link := range answer.Header.Values("Link") {
		if address, ok := strings.CutSuffix(link, `>; rel="next"`); ok {
			address = strings.TrimPrefix(address, "<")
			return len(data), &address, nil
		}
	}
	return len(data), nil, nil
}

// spent is what everybody has used until now.
func (s *subject) spent() (shot snapshot, err error) {
	shot.at = time.Now()
	if shot.machine, err = readMachine(); err != nil {
		return shot, err
	}
	if shot.own, err = processorTime(os.Getpid(), false); err != nil {
		return shot, err
	}
	if shot.server, err = processorTime(s.process.pid(), false); err != nil {
		return shot, err
	}
	if s.database != nil && s.database.postmaster != 0 {
		shot.postgres, err = familyTime(s.database.postmaster)
	}
	return shot, err
}
