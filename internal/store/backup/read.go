package backup

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// What can be wrong with a file that should be a backup.
var (
	ErrNoBackup = errors.New("this is no backup of Hookswitch")
	ErrCut      = errors.New("the backup is damaged or not whole; take another one")
	ErrFormat   = errors.New("the backup was written by a newer Hookswitch; install that one first")
)

// maxLine bounds a row, in bytes; the largest are answers kept for an Idempotency-Key.
const maxLine = 16 << 20

// Reader reads a backup line by line and believes nothing in it.
type Reader struct {
	About About
	lines *bufio.Reader
	table table
	rows  int64
}

// NewReader reads the first line.
func NewReader(r io.Reader) (*Reader, error) {
	zip, err := gzip.NewReader(bufio.NewReader(r))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoBackup, err)
	}
	b := &Reader{lines: bufio.NewReaderSize(zip, 1<<16)}
	line, err := b.line()
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(line, &b.About) != nil || b.About.Kind != kind {
		return nil, ErrNoBackup
	}
	if b.About.Format != format {
		return nil, fmt.Errorf("%w (%s)", ErrFormat, b.About.Version)
	}
	if b.About.Schema < 1 || b.About.Rows < 0 {
		return nil, ErrCut
	}
	return b, nil
}

// Next answers the next row with the table and the columns it belongs to, or io.EOF behind the last row of a whole file.
func (b *Reader) Next() (name string, columns []string, row []any, err error) {
	for {
		line, err := b.line()
		if err != nil {
			return "", nil, nil, err
		}
		if line[0] == '[' {
			row, err := values(line)
			if err == nil && len(row) != len(b.table.Columns) {
				err = errors.New("a row does not fit its columns")
			}
			if err != nil {
				return "", nil, nil, fmt.Errorf("%w: table %q, row %d: %w", ErrCut, b.table.Name, b.rows+1, err)
			}
			b.rows++
			return b.table.Name, b.table.Columns, row, nil
		}
		var mark struct {
			table
			end
		}
		switch err := json.Unmarshal(line, &mark); {
		case err == nil && mark.End && mark.Rows == b.rows && b.rows == b.About.Rows:
			return "", nil, nil, b.ends()
		case err != nil || mark.End || mark.Name == "" || len(mark.Columns) == 0:
			return "", nil, nil, fmt.Errorf("%w: behind row %d", ErrCut, b.rows)
		}
		b.table = mark.table
	}
}

// ends answers io.EOF if nothing follows and the file's checksum is right.
func (b *Reader) ends() error {
	if _, err := b.lines.ReadByte(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: something follows its end", ErrCut)
	}
	return io.EOF
}

// line reads one line that is not empty.
func (b *Reader) line() ([]byte, error) {
	var line []byte
	for {
		part, err := b.lines.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil && len(line) > 1:
			return line, nil
		case len(line) > maxLine, err == nil:
			return nil, fmt.Errorf("%w: behind row %d", ErrCut, b.rows)
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, fmt.Errorf("%w: behind row %d: %w", ErrCut, b.rows, noEOF(err))
		}
	}
}

// noEOF keeps the end of a cut file from being taken for the end of a whole one.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func values(line []byte) ([]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var row []any
	if err := decoder.Decode(&row); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the row")
	}
	for i, value := range row {
		switch v := value.(type) {
		case nil, bool, string:
		case json.Number:
			n, err := v.Int64()
			if err != nil {
				return nil, errors.New("a number is not whole")
			}
			row[i] = n
		default:
			text, err := json.Marshal(v)
			var bytes struct {
				Base64 *[]byte `json:"base64"`
			}
			if err != nil || json.Unmarshal(text, &bytes) != nil || bytes.Base64 == nil {
				return nil, errors.New("a value is of no kind that a database knows")
			}
			row[i] = *bytes.Base64
		}
	}
	return row, nil
}
