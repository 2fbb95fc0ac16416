package app

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func FuzzImportColumns(f *testing.F) {
	f.Add("login,email\nana@example.com,ana@example.com\n")
	f.Add("\ufefflogin;password\n\"a;b\";c")
	f.Add("login,\"email")
	f.Fuzz(func(t *testing.T, text string) {
		lines, columns, err := importColumns(strings.NewReader(text))
		if err != nil {
			return
		}
		for {
			record, err := lines.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err == nil && len(record) != len(columns) {
				t.Fatalf("%d fields for %d columns", len(record), len(columns))
			}
			if err != nil {
				return
			}
		}
	})
}
