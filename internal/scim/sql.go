package scim

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Column is where a database holds an attribute. Its values are TEXT for a String, BIGINT microseconds since
// 1970 for a Time, a whole number for a Number, a boolean for a Boolean, and NULL when the attribute is absent;
// an empty text is absent too.
type Column struct {
	// Expr is the column in SQL. It is trusted.
	Expr string
	// Within wraps a condition on one of several values, which are rows of another table, for example
	// "EXISTS (SELECT 1 FROM target t WHERE t.event = e.id AND " + condition + ")". Nil for a plain column.
	Within func(condition string) string
	// Bytewise says that the database orders the texts by their bytes (SQLite, or COLLATE "C"). Without it
	// gt, ge, lt and le of strings cannot be asked of the database.
	Bytewise bool
	// Folded says that the column holds the texts in lower case, as [Attribute.Fold] compares them.
	Folded bool
}

// SQL writes the filter as a condition for SQLite and PostgreSQL, with parameters numbered from first. It is
// true of every row that [Expr.Match] is true of; when it is exact, of no other. When it is not exact, because
// an attribute has no column, every row it finds has to be asked with Match. The condition of a filter that no
// column helps with is TRUE.
func (e Expr) SQL(columns map[string]Column, first int) (where string, args []any, exact bool) {
	w := sqlWriter{columns: columns, first: first, exact: true}
	if e.root != nil {
		where = w.condition(e.root, false)
	}
	if where == "" {
		where = "TRUE"
	}
	return where, w.args, w.exact
}

type sqlWriter struct {
	columns map[string]Column
	first   int
	args    []any
	exact   bool
}

// condition answers "" for one that the database cannot judge. Negations move down to the comparisons,
// because the opposite of a condition that finds too much finds too little.
func (w *sqlWriter) condition(n node, negated bool) string {
	switch n := n.(type) {
	case negation:
		return w.condition(n.term, !negated)
	case junction:
		if n.or != negated {
			return w.or(n.terms, negated)
		}
		return w.and(n.terms, negated)
	case comparison:
		if condition := w.comparison(n); condition != "" {
			if negated {
				// NULL is neither true nor false, and its opposite neither.
				return "NOT COALESCE(" + condition + ", FALSE)"
			}
			return condition
		}
	}
	w.exact = false
	return ""
}

func (w *sqlWriter) and(terms []node, negated bool) string {
	var conditions []string
	for _, term := range terms {
		if condition := w.condition(term, negated); condition != "" {
			conditions = append(conditions, condition)
		}
	}
	return joinConditions(conditions, " AND ")
}

// or finds everything when one of its terms does; the parameters of the others are taken back.
func (w *sqlWriter) or(terms []node, negated bool) string {
	before := len(w.args)
	var conditions []string
	for _, term := range terms {
		condition := w.condition(term, negated)
		if condition == "" {
			w.args = w.args[:before]
			return ""
		}
		conditions = append(conditions, condition)
	}
	return joinConditions(conditions, " OR ")
}

func joinConditions(conditions []string, word string) string {
	if len(conditions) < 2 {
		return strings.Join(conditions, "")
	}
	return "(" + strings.Join(conditions, word) + ")"
}

// arg adds a parameter and answers its name.
func (w *sqlWriter) arg(value any) string {
	w.args = append(w.args, value)
	return "$" + strconv.Itoa(w.first+len(w.args)-1)
}

func (w *sqlWriter) comparison(c comparison) string {
	column, ok := w.columns[c.attribute.Path]
	if !ok {
		return ""
	}
	condition := ""
	switch c.attribute.Kind {
	case String:
		condition = w.text(c, column)
	case Time:
		condition = w.whole(c, column, c.value.micros)
	case Number:
		condition = w.number(c, column)
	case Boolean:
		switch {
		case c.operator == Present:
			condition = column.Expr + " IS NOT NULL"
		case c.value.truth:
			condition = column.Expr + " = TRUE"
		default:
			condition = column.Expr + " = FALSE"
		}
	}
	if condition == "" {
		return ""
	}
	if column.Within != nil {
		return column.Within(condition)
	}
	return "(" + condition + ")"
}

// comparators are the operators that databases share.
var comparators = map[Operator]string{Equal: " = ", Greater: " > ", GreaterOrEqual: " >= ", Less: " < ", LessOrEqual: " <= "}

func (w *sqlWriter) text(c comparison, column Column) string {
	held, asked := column.Expr, c.value.text
	if c.operator == Present {
		return held + " <> ''"
	}
	if c.attribute.Fold != column.Folded {
		return ""
	}
	length := strconv.Itoa(utf8.RuneCountInString(asked))
	switch c.operator {
	case Equal:
		return held + " = " + w.arg(asked)
	case Contains:
		return "replace(" + held + ", " + w.arg(asked) + ", '') <> " + held
	case StartsWith:
		exactly := "substr(" + held + ", 1, " + length + ") = " + w.arg(asked)
		if next := successor(asked); column.Bytewise && next != "" {
			// The span lets an index help.
			return held + " >= " + w.arg(asked) + " AND " + held + " < " + w.arg(next) + " AND " + exactly
		}
		return exactly
	case EndsWith:
		return "length(" + held + ") >= " + length + " AND substr(" + held + ", length(" + held + ") - " + length + " + 1) = " + w.arg(asked)
	}
	if !column.Bytewise {
		return ""
	}
	condition := held + comparators[c.operator] + w.arg(asked)
	if c.operator == Less || c.operator == LessOrEqual {
		condition += " AND " + held + " <> ''"
	}
	return condition
}

// successor is the least text that is greater than every text with the prefix, "" when there is none.
func successor(prefix string) string {
	runes := []rune(prefix)
	for last := len(runes) - 1; last >= 0; last-- {
		switch next := runes[last] + 1; {
		case next == 0xD800: // surrogates are no characters
			runes[last] = 0xE000
		case next > utf8.MaxRune:
			continue
		default:
			runes[last] = next
		}
		return string(runes[:last+1])
	}
	return ""
}

func (w *sqlWriter) whole(c comparison, column Column, asked int64) string {
	if c.operator == Present {
		return column.Expr + " IS NOT NULL"
	}
	return column.Expr + comparators[c.operator] + w.arg(asked)
}

// number compares a whole number with one that may have a fraction.
func (w *sqlWriter) number(c comparison, column Column) string {
	asked := c.value.number
	if asked == math.Trunc(asked) {
		return w.whole(c, column, int64(asked))
	}
	switch c.operator {
	case Equal:
		return "FALSE"
	case Greater, LessOrEqual:
		asked = math.Floor(asked)
	case GreaterOrEqual, Less:
		asked = math.Ceil(asked)
	}
	return w.whole(c, column, int64(asked))
}
