package test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What a running server has been told and has done is taken to an empty database of either kind, and the next server
// goes on there as if nothing had happened.
func TestARestoredBackupIsTheInstallation(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		data := t.TempDir()
		d, err := launch(url, data)
		if err != nil {
			t.Fatal(err)
		}
		ana := d.person(t, "ana@example.com")
		f := d.active(t, ana, "sms", "+12025550111")
		d.challenge(t, ana, f).ok()
		code := d.latest(t, "+12025550111").Code
		d.settled(t, "+12025550111")
		d.call(t, "POST", "/api/v1/inlineHooks", map[string]any{
			"name": "'Own' \"gateway\" \\ <ñ日>", "type": "com.okta.telephony.provider", "version": "1.0.0",
			"channel": map[string]any{"type": "HTTP", "version": "1.0.0", "config": map[string]any{
				"uri": "https://gateway.example.com/otp", "authScheme": map[string]string{"type": "HEADER", "key": "X-Secret", "value": "hook-secret-canary"},
			}},
		}).ok()
		whole := filepath.Join(t.TempDir(), "whole.backup")
		hookswitch(t, "backup", whole, "--database-url="+url, "--data="+data)
		before := d.call(t, "GET", "/api/v1/logs?sortOrder=ASCENDING&limit=1000", nil).ok().body
		if err := d.stop(); err != nil {
			t.Fatal(err)
		}
		text := plain(t, whole)
		for _, secret := range []string{code, "hook-secret-canary", "simulator-twilio-token", d.exports["HOOKSWITCH_TOKEN"]} {
			if bytes.Contains(text, []byte(secret)) {
				t.Errorf("the backup holds %s in clear", secret)
			}
		}
		eachDatabase(t, func(t *testing.T, to string) {
			hookswitch(t, "restore", whole, "--database-url="+to, "--data="+data)
			again := filepath.Join(t.TempDir(), "again.backup")
			hookswitch(t, "backup", again, "--database-url="+to, "--data="+data)
			if was, is := rowsOf(t, text), rowsOf(t, plain(t, again)); !slices.Equal(was, is) {
				t.Errorf("the backup of what was restored differs:\n%s\n%s", strings.Join(was, "\n"), strings.Join(is, "\n"))
			}
			if out, err := command(t, "restore", whole, "--database-url="+to, "--data="+data).CombinedOutput(); err == nil || !strings.Contains(string(out), "not empty") {
				t.Errorf("a second restore was not refused: %s", out)
			}
			next, err := launch(to, data)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := next.stop(); err != nil {
					t.Error(err)
				}
			})
			now := next.call(t, "GET", "/api/v1/logs?sortOrder=ASCENDING&limit=1000", nil).ok().body
			if !bytes.Equal(before, now) {
				t.Errorf("the System Log differs:\n%s\n%s", before, now)
			}
			next.verify(t, ana, f, code).ok()
			next.person(t, "bob@example.com")
			var log []struct {
				Type string `json:"eventType"`
			}
			next.call(t, "GET", "/api/v1/logs?sortOrder=DESCENDING&limit=2", nil).ok(&log)
			if len(log) != 2 || log[0].Type != "user.lifecycle.create" {
				t.Errorf("the newest events are %v", log)
			}
		})
	})
}

func TestABrokenBackupLeavesNoDatabase(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "hookswitch.db")
	data := t.TempDir()
	hookswitch(t, "token", "create", "ci", "--database-url="+url, "--data="+data)
	whole := filepath.Join(t.TempDir(), "whole.backup")
	hookswitch(t, "backup", whole, "--database-url="+url, "--data="+data)
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	var spoilt bytes.Buffer
	zip := gzip.NewWriter(&spoilt)
	_, _ = zip.Write(bytes.Replace(plain(t, whole), []byte(`["ci"`), []byte(`["ci",1`), 1))
	_, _ = io.WriteString(zip, "{}\n")
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{"cut": good[:len(good)-20], "spoilt": spoilt.Bytes(), "no backup": []byte("SQLite format 3"), "empty": nil} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bad.backup")
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			eachDatabase(t, func(t *testing.T, to string) {
				if strings.HasSuffix(t.Name(), "postgres") && name != "spoilt" {
					return // one that breaks in the middle is enough here
				}
				if out, err := command(t, "restore", path, "--database-url="+to, "--data="+data).CombinedOutput(); err == nil || !strings.Contains(string(out), "backup") {
					t.Errorf("answered %v %s", err, out)
				}
				hookswitch(t, "restore", whole, "--database-url="+to, "--data="+data) // nothing was left that is in the way
			})
			if out, err := command(t, "restore", "--dry-run", path).CombinedOutput(); err == nil {
				t.Errorf("a dry run found nothing wrong: %s", out)
			}
		})
	}
}

func TestABackupReplacesAFileOnlyWhenAsked(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "hookswitch.db")
	data := t.TempDir()
	file := filepath.Join(t.TempDir(), "there")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := command(t, "backup", file, "--force", "--database-url="+url, "--data="+data).CombinedOutput(); err == nil || !strings.Contains(string(out), "no database") {
		t.Errorf("without a database: %v %s", err, out)
	}
	hookswitch(t, "token", "create", "ci", "--database-url="+url, "--data="+data)
	if out, err := command(t, "backup", file, "--database-url="+url, "--data="+data).CombinedOutput(); err == nil || !strings.Contains(string(out), "--force") {
		t.Errorf("over a file: %v %s", err, out)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "mine" {
		t.Errorf("the file became %q %v", text, err)
	}
	hookswitch(t, "backup", file, "--force", "--database-url="+url, "--data="+data)
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("left beside it: %v %v", left, err)
	}
}

func command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return exec.CommandContext(t.Context(), path, args...)
}

// hookswitch runs a command that must succeed.
func hookswitch(t testing.TB, args ...string) string {
	t.Helper()
	out, err := command(t, args...).Output()
	if err != nil {
		t.Fatalf("hookswitch %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func plain(t testing.TB, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zip, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// rowsOf lists the rows of a backup with the names of their columns, in an order of its own. The number of a
// transaction means nothing outside its database.
func rowsOf(t testing.TB, text []byte) []string {
	t.Helper()
	var all []string
	var table struct {
		Table   string   `json:"table"`
		Columns []string `json:"columns"`
	}
	for line := range bytes.Lines(text) {
		if line[0] == '{' {
			if err := json.Unmarshal(line, &table); err != nil {
				t.Fatal(err)
			}
			continue
		}
		var row []any
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		named := map[string]any{}
		for i, column := range table.Columns {
			if column != "tx" {
				named[column] = row[i]
			}
		}
		all = append(all, fmt.Sprint(table.Table, named))
	}
	slices.Sort(all)
	return all
}
