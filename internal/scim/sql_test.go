package scim_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
	"pgregory.net/rapid"

	"hookswitch/internal/scim"
)

// thing is a row of the test's table: each attribute a pointer, nil when absent.
type thing struct {
	id      int
	word    *string
	login   *string
	at      *int64
	count   *int64
	flag    *bool
	targets []string
	extra   *string // has no column
}

var (
	words  = []string{"", "a", "A", "ab", "aB", "b", "%", "_", "a%b", "é", "É", "éa", "\uD7FF", "\uE000", "😀", "a😀", "\U0010FFFF", "\\", "'", "\""}
	whole  = []int64{-2, -1, 0, 1, 2, 3}
	values = []string{"-2", "-1.5", "0", "0.5", "1", "2", "2.25"}
)

func schema(path string) (scim.Attribute, bool) {
	switch path {
	case "word", "loose", "target.id", "extra":
		return scim.Attribute{}, true
	case "login":
		return scim.Attribute{Fold: true}, true
	case "at":
		return scim.Attribute{Kind: scim.Time}, true
	case "count":
		return scim.Attribute{Kind: scim.Number}, true
	case "flag":
		return scim.Attribute{Kind: scim.Boolean}, true
	}
	return scim.Attribute{}, false
}

// columns has all attributes but extra; loose is word again, as a database that has its own order holds it.
var columns = map[string]scim.Column{
	"word":  {Expr: "word", Bytewise: true},
	"loose": {Expr: "word"},
	"login": {Expr: "login", Bytewise: true, Folded: true},
	"at":    {Expr: "at"},
	"count": {Expr: "count"},
	"flag":  {Expr: "flag"},
	"target.id": {Expr: "t.target", Bytewise: true, Within: func(condition string) string {
		return "EXISTS (SELECT 1 FROM target t WHERE t.thing = thing.id AND " + condition + ")"
	}},
}

func (r thing) lookup(path string) []any {
	switch path {
	case "word", "loose":
		return held(r.word)
	case "login":
		return held(r.login)
	case "extra":
		return held(r.extra)
	case "count":
		return held(r.count)
	case "flag":
		return held(r.flag)
	case "at":
		if r.at != nil {
			return []any{time.UnixMicro(*r.at)}
		}
	case "target.id":
		var all []any
		for _, target := range r.targets {
			all = append(all, target)
		}
		return all
	}
	return nil
}

func held[T any](value *T) []any {
	if value == nil {
		return nil
	}
	return []any{*value}
}

func drawThing(t *rapid.T, id int) thing {
	word := rapid.Ptr(rapid.SampledFrom(words), true)
	number := rapid.Ptr(rapid.SampledFrom(whole), true)
	return thing{
		id: id, word: word.Draw(t, "word"), login: word.Draw(t, "login"), extra: word.Draw(t, "extra"),
		at: number.Draw(t, "at"), count: number.Draw(t, "count"), flag: rapid.Ptr(rapid.Bool(), true).Draw(t, "flag"),
		targets: rapid.SliceOfN(rapid.SampledFrom(words), 0, 3).Draw(t, "targets"),
	}
}

func drawFilter(t *rapid.T, depth int) string {
	shapes := []string{"compare", "compare", "and", "or", "not"}
	if depth == 0 {
		shapes = shapes[:1]
	}
	switch rapid.SampledFrom(shapes).Draw(t, "shape") {
	case "and":
		return "(" + drawFilter(t, depth-1) + " and " + drawFilter(t, depth-1) + ")"
	case "or":
		return "(" + drawFilter(t, depth-1) + " or " + drawFilter(t, depth-1) + ")"
	case "not":
		return "not " + drawFilter(t, depth-1)
	}
	ordering := []string{"eq", "ne", "gt", "ge", "lt", "le"}
	path := rapid.SampledFrom([]string{"word", "loose", "login", "at", "count", "flag", "target.id", "extra"}).Draw(t, "path")
	if rapid.IntRange(0, 7).Draw(t, "special") == 0 {
		return path + rapid.SampledFrom([]string{" pr", " eq null", " ne null"}).Draw(t, "presence")
	}
	switch path {
	case "at":
		at := time.UnixMicro(rapid.SampledFrom(whole).Draw(t, "at")).UTC().Format(time.RFC3339Nano)
		return path + " " + rapid.SampledFrom(ordering).Draw(t, "op") + ` "` + at + `"`
	case "count":
		return path + " " + rapid.SampledFrom(ordering).Draw(t, "op") + " " + rapid.SampledFrom(values).Draw(t, "number")
	case "flag":
		return path + " " + rapid.SampledFrom(ordering[:2]).Draw(t, "op") + " " + rapid.SampledFrom([]string{"true", "false"}).Draw(t, "truth")
	}
	op := rapid.SampledFrom(append(ordering, "co", "sw", "ew")).Draw(t, "op")
	word := rapid.SampledFrom(words).Draw(t, "value")
	return path + " " + op + ` "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(word) + `"`
}

// fill writes the things to a database of its own.
func fill(tb testing.TB, db *sql.DB, things []thing) {
	tb.Helper()
	exec := func(query string, args ...any) {
		if _, err := db.ExecContext(tb.Context(), query, args...); err != nil {
			tb.Fatal(err)
		}
	}
	exec(`CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT, login TEXT, at BIGINT, count BIGINT, flag BOOLEAN)`)
	exec(`CREATE TABLE target (thing INTEGER, target TEXT)`)
	for _, r := range things {
		login := r.login
		if login != nil {
			folded := strings.ToLower(*login)
			login = &folded
		}
		exec(`INSERT INTO thing VALUES ($1, $2, $3, $4, $5, $6)`, r.id, r.word, login, r.at, r.count, r.flag)
		for _, target := range r.targets {
			exec(`INSERT INTO target VALUES ($1, $2)`, r.id, target)
		}
	}
}

func TestSQLFindsWhatMatchesAndNothingElseWhenItIsExact(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var things []thing
	for id := range 150 {
		things = append(things, rapid.Custom(func(t *rapid.T) thing { return drawThing(t, id) }).Example(id))
	}
	fill(t, db, things)
	exact, inexact := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		filter := drawFilter(t, 4)
		expr, err := scim.Parse(filter, schema)
		if err != nil {
			t.Fatalf("%s: %v", filter, err)
		}
		where, args, isExact := expr.SQL(columns, 2)
		found := find(t, db, where, args)
		var want []int
		for _, r := range things {
			if expr.Match(r.lookup) {
				want = append(want, r.id)
			}
		}
		if isExact {
			exact++
			if !slices.Equal(found, want) {
				t.Fatalf("%s\n%s %v\nfinds %v\nwant  %v", filter, where, args, found, want)
			}
			return
		}
		inexact++
		for _, id := range want {
			if !slices.Contains(found, id) {
				t.Fatalf("%s\n%s %v\nmisses %d", filter, where, args, id)
			}
		}
	})
	if exact == 0 || inexact == 0 {
		t.Errorf("%d exact filters, %d others", exact, inexact)
	}
}

// find has a parameter of its own before those of the filter.
func find(t *rapid.T, db *sql.DB, where string, args []any) (ids []int) {
	query := `SELECT id FROM thing WHERE id >= $1 AND ` + where + ` ORDER BY id`
	rows, err := db.Query(query, append([]any{0}, args...)...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestWhatHasNoColumnIsLeftToMatch(t *testing.T) {
	for filter, want := range map[string]string{
		`word eq "a"`:                                    `(word = $1) true [a]`,
		`not word eq "a"`:                                `NOT COALESCE((word = $1), FALSE) true [a]`,
		`extra eq "a"`:                                   `TRUE false []`,
		`not extra eq "a"`:                               `TRUE false []`,
		`word eq "a" and extra eq "b"`:                   `(word = $1) false [a]`,
		`word eq "a" or extra eq "b"`:                    `TRUE false []`,
		`not (word eq "a" or extra eq "b")`:              `NOT COALESCE((word = $1), FALSE) false [a]`,
		`not (word eq "a" and extra eq "b")`:             `TRUE false []`,
		`count gt 1 and (word eq "a" or extra eq "b")`:   `(count > $1) false [1]`,
		`(word eq "a" or extra eq "b") and count gt 1`:   `(count > $1) false [1]`,
		`count gt 1 and (word eq "a" or login eq "B")`:   `((count > $1) AND ((word = $2) OR (login = $3))) true [1 a b]`,
		`loose gt "a" and loose eq "b"`:                  `(word = $1) false [b]`,
		`target.id eq "a"`:                               `EXISTS (SELECT 1 FROM target t WHERE t.thing = thing.id AND t.target = $1) true [a]`,
		`at ge "1970-01-01T00:00:01Z"`:                   `(at >= $1) true [1000000]`,
		`count eq 1.5 or flag eq false or flag eq true`:  `((FALSE) OR (flag = FALSE) OR (flag = TRUE)) true []`,
		`word sw "a😀" and loose sw "a"`:                  `((word >= $2 AND word < $3 AND substr(word, 1, 2) = $1) AND (substr(word, 1, 1) = $4)) true [a😀 a😀 a😁 a]`,
		`word pr and flag pr and at pr and not count pr`: `((word <> '') AND (flag IS NOT NULL) AND (at IS NOT NULL) AND NOT COALESCE((count IS NOT NULL), FALSE)) true []`,
	} {
		expr, err := scim.Parse(filter, schema)
		if err != nil {
			t.Fatal(err)
		}
		where, args, exact := expr.SQL(columns, 1)
		if got := fmt.Sprint(where, " ", exact, " ", args); got != want {
			t.Errorf("%s\n%s\nwant\n%s", filter, got, want)
		}
	}
	if where, args, exact := (scim.Expr{}).SQL(columns, 1); where != "TRUE" || args != nil || !exact {
		t.Errorf("no filter: %s %v %v", where, args, exact)
	}
}
