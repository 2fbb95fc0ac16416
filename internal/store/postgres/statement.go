package postgres

import (
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"

	"hookswitch/internal/store"
)

// statement is one that waits to be sent.
type statement struct {
	sql     string
	want    int64
	values  [][]byte
	formats []int16
	scan    func(store.Row) error
	part    *part // of a Play

	prepared *prepared
	prepares bool   // it is the first to use prepared
	evicted  string // a prepared statement that makes room for it
}

// Formats of a value on the wire. Text suits whatever type the parameter has; raw bytes are for BYTEA.
const (
	formatText   = 0
	formatBinary = 1
)

func command(sql string) statement { return statement{sql: sql, want: store.AnyRows} }

func newStatement(want int64, query string, args store.Args) (statement, error) {
	s := statement{sql: query, want: want, values: make([][]byte, len(args)), formats: make([]int16, len(args))}
	for i, arg := range args {
		bound, err := store.Bind(arg)
		if err != nil {
			return s, fmt.Errorf("$%d: %w", i+1, err)
		}
		switch v := bound.(type) {
		case int64:
			s.values[i] = strconv.AppendInt(nil, v, 10)
		case float64:
			s.values[i] = strconv.AppendFloat(nil, v, 'g', -1, 64)
		case bool:
			s.values[i] = strconv.AppendBool(nil, v)
		case string:
			s.values[i] = append([]byte{}, v...)
		case []byte:
			s.values[i] = append([]byte{}, v...)
			s.formats[i] = formatBinary
		}
	}
	return s, nil
}

// errRolledBack is how a COMMIT can fail without an error: a statement before it had failed.
var errRolledBack = fmt.Errorf("%w: the server rolled back", store.ErrUnavailable)

// prepared is a statement the server has parsed and planned for this connection.
type prepared struct {
	name  string
	known *pgconn.StatementDescription // nil until the server has confirmed it
}

// cache holds the prepared statements of one connection by their text.
type cache struct {
	byText map[string]*prepared
	made   int
}

// maxStatements bounds it: SQL made from a filter has no end.
const maxStatements = 256

func (c *cache) send(p *pgconn.Pipeline, s *statement) {
	s.prepared = c.byText[s.sql]
	if s.prepared == nil {
		c.prepare(p, s)
	}
	if s.prepared.known != nil {
		p.SendQueryStatement(s.prepared.known, s.values, s.formats, nil)
	} else {
		p.SendQueryPrepared(s.prepared.name, s.values, s.formats, nil)
	}
}

func (c *cache) prepare(p *pgconn.Pipeline, s *statement) {
	if c.byText == nil {
		c.byText = map[string]*prepared{}
	}
	if len(c.byText) >= maxStatements {
		for text, old := range c.byText {
			if old.known != nil { // not one of this pipeline
				delete(c.byText, text)
				s.evicted = old.name
				p.SendDeallocate(old.name)
				break
			}
		}
	}
	c.made++
	s.prepared, s.prepares = &prepared{name: "s" + strconv.Itoa(c.made)}, true
	c.byText[s.sql] = s.prepared
	p.SendPrepare(s.prepared.name, s.sql, nil)
}

func (c *cache) receive(p *pgconn.Pipeline, s *statement) error {
	if s.evicted != "" {
		if _, err := p.GetResults(); err != nil {
			return err
		}
	}
	if s.prepares {
		answer, err := p.GetResults()
		if err != nil {
			return err
		}
		known, ok := answer.(*pgconn.StatementDescription)
		if !ok {
			return fmt.Errorf("postgres: %T instead of a statement's description", answer)
		}
		known.Name = s.prepared.name
		defer func() { s.prepared.known = known }() // not before its first answer is read: that has a description of its own
	}
	answer, err := p.GetResults()
	if err != nil {
		return err
	}
	rows, ok := answer.(*pgconn.ResultReader)
	if !ok {
		return fmt.Errorf("postgres: %T instead of rows", answer)
	}
	return s.read(rows)
}

// forget drops what the server may not have prepared, because it stopped before.
func (c *cache) forget(statements []statement) {
	for _, s := range statements {
		if s.prepares && s.prepared.known == nil {
			delete(c.byText, s.sql)
		}
	}
}

func (s *statement) read(rows *pgconn.ResultReader) error {
	var stopped error
	for rows.NextRow() {
		if s.scan != nil && stopped == nil {
			stopped = s.scan(row{rows})
		}
	}
	tag, err := rows.Close()
	switch {
	case err != nil:
		return err
	case stopped != nil:
		return &scanError{stopped}
	case s.sql == "COMMIT" && tag.String() != "COMMIT":
		return errRolledBack
	}
	return store.CheckRows(s.want, tag.RowsAffected())
}

// scanError is what a scan function returned; it says nothing about the connection.
type scanError struct{ err error }

func (s *scanError) Error() string { return s.err.Error() }
