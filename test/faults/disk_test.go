package main

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func hexed(text string) string {
	var b strings.Builder
	for i := range len(text) {
		b.WriteString(`\x` + hex.EncodeToString([]byte{text[i]}))
	}
	return b.String()
}

// record is a file made, written, synced and written again, by two threads at a time.
func record() string {
	folder, db := hexed("/d"), hexed("/d/a.db")
	return strings.Join([]string{
		fmt.Sprintf(`7 openat(AT_FDCWD<%s>, "%s", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 3<%s>`, hexed("/"), db, db),
		fmt.Sprintf(`7 pwrite64(3<%s>, "%s", 512, 0) = 512`, db, hexed(strings.Repeat("a", 512))),
		fmt.Sprintf(`7 fsync(3<%s> <unfinished ...>`, db),
		fmt.Sprintf(`8 pwrite64(3<%s>, "%s", 512, 512 <unfinished ...>`, db, hexed(strings.Repeat("b", 512))),
		`7 <... fsync resumed>) = 0`,
		`8 <... pwrite64 resumed>) = 512`,
		fmt.Sprintf(`7 fsync(4<%s>) = 0`, folder),
		fmt.Sprintf(`7 pwrite64(3<%s>, "%s", 512, 0) = 512`, db, hexed(strings.Repeat("c", 512))),
		`7 +++ exited with 0 +++`,
	}, "\n") + "\n"
}

func readRecord(t *testing.T) []call {
	t.Helper()
	path := filepath.Join(t.TempDir(), "record")
	if err := os.WriteFile(path, []byte(record()), 0o600); err != nil {
		t.Fatal(err)
	}
	calls, err := readTrace(path)
	if err != nil {
		t.Fatal(err)
	}
	return calls
}

// letters tells the sectors of a file by their first letters.
func letters(content []byte) string {
	var b strings.Builder
	for i := 0; i < len(content); i += 512 {
		b.WriteString(strings.Trim(string(content[i:i+1]), "\x00") + ".")
	}
	return b.String()
}

func TestWhatWasSyncedSurvivesAndTheRestMay(t *testing.T) {
	calls := readRecord(t)
	for moment, want := range map[int][]string{
		1: {"none", ""},                 // made, the folder not synced
		3: {"none", "", "a."},           // written, the sync under way
		6: {"none", "a.", "a.b."},       // synced, the folder not
		7: {"a.", "a.b."},               // the folder, too
		8: {"a.", "a.b.", "c.", "c.b."}, // written again
	} {
		dice := rand.New(rand.NewPCG(1, 1))
		seen := map[string]bool{}
		for i := range 200 {
			content, there := newDisk("/d", calls).after(moment, luck(i)%lucks, dice)["a.db"]
			if !there {
				seen["none"] = true
			} else {
				seen[letters(content)] = true
			}
		}
		for state := range seen {
			if !strings.Contains(" "+strings.Join(want, " ")+" ", " "+state+" ") {
				t.Errorf("at %d: %q", moment, state)
			}
		}
		for _, state := range want {
			if !seen[state] {
				t.Errorf("at %d: %q was never drawn, but %v", moment, state, seen)
			}
		}
	}
}

func TestARecordOfAProgramIsRead(t *testing.T) {
	if got := string(unhex(hexed("HTTP/1.1 200 OK\r\n"))); got != "HTTP/1.1 200 OK\r\n" {
		t.Errorf("%q", got)
	}
	c := call{args: `11<` + hexed("socket:[1]") + `>, "` + hexed("abcdef") + `", 6`}
	if file(c.args) != "socket:[1]" || string(c.written(3)) != "abc" || c.number(0) != 6 {
		t.Errorf("%q %q %d", file(c.args), c.written(3), c.number(0))
	}
}
