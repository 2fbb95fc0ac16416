package postgres

import (
	"errors"
	"iter"
	"strings"

	"hookswitch/internal/store"
)

// Play runs the logical transactions side by side, so that what they ask and write travels together: each runs up to its
// first query, all these queries make one round trip, and so on until all have ended; their writes follow in one more.
//
// They do not see one another's writes then, as if each had a physical transaction of its own. One that must see writes
// (it queries a table that it wrote to, or locks rows, or is careful) waits until the others have ended, and goes on
// alone.
func (c *conn) Play(parts []*store.Part) error {
	all := make([]*part, len(parts))
	for i, p := range parts {
		all[i] = &part{conn: c, Part: p, late: p.Careful}
	}
	defer func() {
		for _, p := range all {
			p.stop()
		}
	}()
	err := c.play(all)
	if errors.Is(err, errSpoiled) {
		return nil
	}
	return err
}

func (c *conn) play(parts []*part) error {
	if err := c.sideBySide(parts); err != nil {
		return err
	}
	for _, p := range parts {
		if !p.late {
			p.send()
		}
	}
	for _, p := range parts {
		if !p.late {
			continue
		}
		p.alone = true
		if p.resume(); p.Err != nil && p.sent {
			p.Spoiled = true
			return nil
		}
		p.send()
	}
	return c.flush()
}

// sideBySide plays the parts until each has ended or must wait for the others to end.
func (c *conn) sideBySide(parts []*part) error {
	var asking []*part
	for _, p := range parts {
		if !p.late {
			p.resume()
			asking = append(asking, p)
		}
	}
	for {
		n := 0
		for _, p := range asking {
			if !p.over && !p.late {
				c.waiting = append(c.waiting, p.query)
				asking[n] = p
				n++
			}
		}
		if asking = asking[:n]; n == 0 {
			return nil
		}
		if err := c.flush(); err != nil {
			return err
		}
		for _, p := range asking {
			p.resume()
		}
	}
}

// errSpoiled: a statement of a part failed, which has been put down to that part.
var errSpoiled = errors.New("postgres: a statement of another transaction of the batch failed")

// part is a logical transaction of a Play. Its function runs as a coroutine that pauses at its queries; it has the part for
// its connection.
type part struct {
	*conn
	*store.Part
	next   func() (struct{}, bool)
	end    func()
	pause  func(struct{}) bool
	writes []statement // not sent yet
	query  statement   // to be sent with those of the others
	row    store.Row   // of its answer, to be scanned now
	late   bool        // it waits until the others have ended
	alone  bool        // they have
	sent   bool        // something it wrote
	over   bool
}

// resume lets the function run until it pauses or ends.
func (p *part) resume() {
	if p.next == nil {
		p.next, p.end = iter.Pull(func(pause func(struct{}) bool) {
			p.pause = pause
			if err := p.Run(p); !p.Spoiled {
				p.Err = err
			}
			p.over = true
		})
	}
	p.next()
}

// blame notes that a statement of this part failed, if it was the statement and not the connection.
func (p *part) blame(err error) bool {
	err = classify(err)
	if errors.Is(err, store.ErrUnavailable) || errors.As(err, new(*scanError)) {
		return false
	}
	p.Err, p.Spoiled = err, true
	return true
}

// stop ends a function that still waits for an answer.
func (p *part) stop() {
	if p.end != nil {
		p.end()
	}
}

// send puts the writes of a part that has ended well into the queue. One that has not is as if it had never been.
func (p *part) send() {
	if p.Err == nil {
		p.waiting = append(p.waiting, p.writes...)
	}
	p.writes = nil
}

func (p *part) Exec(want int64, query string, args store.Args) (bool, error) {
	s, err := newStatement(want, query, args)
	if err != nil {
		return false, err
	}
	s.part = p
	p.writes = append(p.writes, s)
	return true, nil
}

func (p *part) Query(query string, args store.Args, scan func(store.Row) error) error {
	s, err := newStatement(store.AnyRows, query, args)
	if err != nil {
		return err
	}
	s.part = p
	reads := store.OnlyReads(query)
	if !p.alone && reads && independent(query, p.writes) {
		return p.ask(s, scan)
	}
	if !p.alone {
		p.late = true
		if !p.pause(struct{}{}) {
			return errSpoiled
		}
	}
	p.sent = p.sent || len(p.writes) > 0 || !reads
	s.scan = scan
	p.waiting = append(append(p.waiting, p.writes...), s)
	p.writes = nil
	return p.flush()
}

// independent is sure that a query answers the same before the writes and after them: none is to a table that it
// mentions. That holds in a schema without triggers and views; a DELETE might cascade to any table.
func independent(query string, writes []statement) bool {
	for _, w := range writes {
		if table := writtenBy(w.sql); table == "" || mentions(query, table) {
			return false
		}
	}
	return true
}

// writtenBy is the table of an INSERT or UPDATE whose name is a plain word, "" of anything else.
func writtenBy(sql string) (table string) {
	words := strings.Fields(sql[:min(len(sql), 100)])
	switch {
	case len(words) > 3 && words[0] == "INSERT" && words[1] == "INTO":
		table, _, _ = strings.Cut(words[2], "(")
	case len(words) > 2 && words[0] == "UPDATE" && words[1] != "ONLY":
		table = words[1]
	}
	if strings.Trim(table, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
		return ""
	}
	return table
}

// mentions reports whether name occurs in a text, be it as a part of another word.
func mentions(text, name string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(name))
}

// ask pauses until the query has been sent with those of the others. It is resumed for every row of the answer, so that a
// panic of scan happens here and not among the answers of the others, and once more at the end.
func (p *part) ask(s statement, scan func(store.Row) error) error {
	var stopped error
	s.scan = func(r store.Row) error {
		p.row = r
		p.next()
		return nil
	}
	p.query = s
	for {
		p.row = nil
		if !p.pause(struct{}{}) {
			return errSpoiled
		}
		if p.row == nil {
			return stopped
		}
		if stopped == nil {
			stopped = scan(p.row)
		}
	}
}
