package backup

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"testing"
)

const whole = `{"hookswitch":"backup","format":1,"version":"1.0","schema":6,"database":"sqlite","created":"2026-01-02T03:04:05Z","rows":2}
{"table":"users","columns":["id","age","active","photo"]}
["00u1",41,true,{"base64":"/w=="}]
["00u2",null,false,""]
{"table":"limits","columns":["key"]}
{"end":true,"rows":2}
`

func zipped(text string) io.Reader {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	_, _ = io.WriteString(zip, text)
	_ = zip.Close()
	return &b
}

func TestAWholeBackupIsReadRowByRow(t *testing.T) {
	from, err := NewReader(zipped(whole))
	if err != nil {
		t.Fatal(err)
	}
	if from.About.Schema != 6 || from.About.Rows != 2 || from.About.Database != "sqlite" {
		t.Errorf("about %+v", from.About)
	}
	for _, want := range [][]any{{"00u1", int64(41), true, []byte{0xff}}, {"00u2", nil, false, ""}} {
		name, columns, row, err := from.Next()
		if err != nil || name != "users" || !slices.Equal(columns, []string{"id", "age", "active", "photo"}) || len(row) != 4 {
			t.Fatalf("%s %v %v %v", name, columns, row, err)
		}
		for i := range want {
			if bytes, ok := want[i].([]byte); ok && slices.Equal(bytes, row[i].([]byte)) {
				continue
			}
			if row[i] != want[i] {
				t.Errorf("%v, want %v", row, want)
			}
		}
	}
	if _, _, _, err := from.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("behind the last row: %v", err)
	}
}

func TestOnlyAWholeBackupComesToItsEnd(t *testing.T) {
	lines := slices.Collect(bytes.Lines([]byte(whole)))
	without := func(i int) string { return string(bytes.Join(slices.Delete(slices.Clone(lines), i, i+1), nil)) }
	for name, text := range map[string]string{
		"no first line":       without(0),
		"no table":            without(1),
		"a row less":          without(3),
		"no end":              without(5),
		"something behind":    whole + "[]\n",
		"a row too long":      string(bytes.Replace([]byte(whole), []byte("41,"), []byte("41,42,"), 1)),
		"a broken number":     string(bytes.Replace([]byte(whole), []byte("41"), []byte("41.5"), 1)),
		"an object":           string(bytes.Replace([]byte(whole), []byte("41"), []byte(`{"a":1}`), 1)),
		"cut inside a row":    whole[:len(whole)-60],
		"another format":      string(bytes.Replace([]byte(whole), []byte(`"format":1`), []byte(`"format":2`), 1)),
		"rows promised":       string(bytes.Replace([]byte(whole), []byte(`"rows":2}`), []byte(`"rows":3}`), 1)),
		"something in a line": string(bytes.Replace([]byte(whole), []byte(`,false,""]`), []byte(`,false,""]7`), 1)),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readAll(zipped(text)); !errors.Is(err, ErrCut) && !errors.Is(err, ErrNoBackup) && !errors.Is(err, ErrFormat) {
				t.Errorf("answered %v", err)
			}
		})
	}
}

func readAll(r io.Reader) (rows int, err error) {
	from, err := NewReader(r)
	if err != nil {
		return 0, err
	}
	for {
		_, columns, row, err := from.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		if len(columns) != len(row) {
			return rows, errors.New("a row does not fit its columns")
		}
		rows++
	}
}

// A reader ends, with all rows that were promised or with one of its own errors, whatever the file.
func FuzzReader(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(whole[:200]))
	f.Add([]byte("[]\n{}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, r := range []io.Reader{zipped(string(text)), bytes.NewReader(text)} {
			rows, err := readAll(r)
			if err == nil {
				from, err := NewReader(zipped(string(text)))
				if err != nil || int64(rows) != from.About.Rows {
					t.Errorf("%d rows, %v", rows, err)
				}
				continue
			}
			if !errors.Is(err, ErrCut) && !errors.Is(err, ErrNoBackup) && !errors.Is(err, ErrFormat) {
				t.Errorf("answered %v", err)
			}
		}
	})
}
