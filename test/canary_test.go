package test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// canaries are secrets that can be recognised, by what they are. What a server writes has none of them in it.
type canaries map[string]string

func (c canaries) add(what, secret string) string {
	if secret != "" {
		c[what] = secret
	}
	return secret
}

// spelling is one way in which a secret may stand in a file.
type spelling struct {
	way  string
	text []byte
}

// spellings are the ways in which a secret may stand somewhere: as it is, for a URL or a JSON text, in hexadecimal, in
// base64 with whatever else before and behind it, and, if it is a passcode, as it is spoken.
func spellings(secret string) []spelling {
	all := []spelling{
		{"clear", []byte(secret)},
		{"hex", []byte(hex.EncodeToString([]byte(secret)))},
		{"HEX", []byte(strings.ToUpper(hex.EncodeToString([]byte(secret))))},
		{"a URL", []byte(url.QueryEscape(secret))},
		{"a path", []byte(url.PathEscape(secret))},
	}
	if text, err := json.Marshal(secret); err == nil {
		all = append(all, spelling{"JSON", bytes.Trim(text, `"`)})
	}
	for before := range 3 {
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			// The first characters depend on what is before the secret, the last on what is behind it.
			padded := alphabet.EncodeToString(append(make([]byte, before), secret...))
			if first, whole := (before*8+5)/6, (before+len(secret))*8/6; whole-first > 8 {
				all = append(all, spelling{"base64", []byte(padded[first:whole])})
			}
		}
	}
	if isDigits(secret) {
		for _, gap := range []string{" ", ", ", "-", ". "} {
			all = append(all, spelling{"spoken", []byte(strings.Join(strings.Split(secret, ""), gap))})
		}
	}
	slices.SortFunc(all, func(a, b spelling) int { return bytes.Compare(a.text, b.text) })
	return slices.CompactFunc(all, func(a, b spelling) bool { return bytes.Equal(a.text, b.text) })
}

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// in tells which secrets stand in data, and how. What is compressed is looked into.
func (c canaries) in(data []byte) []string {
	var found []string
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		if zip, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
			if text, err := io.ReadAll(zip); err == nil {
				found = c.in(text)
			}
		}
	}
	for what, secret := range c {
		for _, s := range spellings(secret) {
			if stands(data, s.text, isDigits(secret) && len(secret) < 10) {
				found = append(found, what+" ("+s.way+")")
				break
			}
		}
	}
	slices.Sort(found)
	return found
}

// stands tells whether a text is in data. A short passcode counts only where it stands alone: six digits in a row are in
// many numbers, so what touches them has to be what is around words, and no number of JSON.
func stands(data, text []byte, short bool) bool {
	if !short {
		return bytes.Contains(data, text)
	}
	for from := 0; ; {
		i := bytes.Index(data[from:], text)
		if i < 0 {
			return false
		}
		at, end := from+i, from+i+len(text)
		alone := at > 0 && strings.IndexByte(` "'=/?(#`, data[at-1]) >= 0 && (end == len(data) || strings.IndexByte(" \"'&).,\n", data[end]) >= 0)
		if alone {
			return true
		}
		from = at + 1
	}
}

// inFiles looks into every file below a folder that was written since a time. The names are those of files that may have
// secrets in them: the master key's own, for example.
func (c canaries) inFiles(folder string, since time.Time, except ...string) (found []string, files int, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // it was there a moment ago
		}
		if err != nil || !entry.Type().IsRegular() || slices.Contains(except, entry.Name()) {
			return err
		}
		info, err := entry.Info()
		if err != nil || info.ModTime().Before(since) {
			return nil //nolint:nilerr // it was there a moment ago
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		files++
		for _, f := range c.in(data) {
			found = append(found, strings.TrimPrefix(path, folder)+": "+f)
		}
		return err
	})
	return found, files, err
}

// A search that finds nothing proves something only if it finds what is there.
func TestTheSearchForSecretsFindsThem(t *testing.T) {
	const secret = `se"cret/ü+canary`
	c := canaries{"it": secret, "passcode": "4829130617", "short": "482913"}
	var zipped bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(zip, "x"+secret+"x")
	_ = zip.Close()
	inJSON, _ := json.Marshal("x" + secret)
	for name, data := range map[string]string{
		"clear": "x" + secret + "x", "hex": fmt.Sprintf("x%xx", secret), "HEX": fmt.Sprintf("x%Xx", secret),
		"base64 0": base64.StdEncoding.EncodeToString([]byte("abc" + secret + "abc")), "base64 1": base64.StdEncoding.EncodeToString([]byte("a" + secret + "a")),
		"base64 2": base64.URLEncoding.EncodeToString([]byte("ab" + secret + "ab")), "URL": "?q=" + url.QueryEscape(secret) + "&",
		"path": "/" + url.PathEscape(secret), "JSON": string(inJSON), "gzip": zipped.String(),
		"spoken": "4, 8, 2, 9, 1, 3, 0, 6, 1, 7", "long passcode": "x4829130617x", "in a log": "msg=x code=482913 y", "in a text": `"Your code is 482913."`,
	} {
		if len(c.in([]byte(data))) == 0 {
			t.Errorf("%s is not found", name)
		}
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "file"), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if found, files, err := c.inFiles(folder, time.Time{}); len(found) == 0 || files != 1 || err != nil {
			t.Errorf("%s is not found in a file: %v %v", name, found, err)
		}
	}
	if found := c.in([]byte(`{"tookNs":482913,"x":"1482913"} dlvA482913b took=1.482913ms`)); found != nil {
		t.Errorf("found %v in numbers", found)
	}
}
