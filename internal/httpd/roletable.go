package httpd

import (
	"cmp"
	"slices"
	"strings"

	"hookswitch"
)

// RoleTable is who may call what, as a table in Markdown.
func RoleTable(operations []Operation) string {
	rows := slices.Clone(operations)
	slices.SortStableFunc(rows, func(a, b Operation) int { return cmp.Compare(a.Tag, b.Tag) })
	roles := []hookswitch.Role{hookswitch.SuperAdmin, hookswitch.HelpDeskAdmin, hookswitch.ReadOnlyAdmin}
	var text strings.Builder
	text.WriteString("| operation | super | help desk | read-only | can send |\n|---|---|---|---|---|\n")
	for _, op := range rows {
		text.WriteString("| `" + op.Method + " " + op.Path + "` " + op.Summary)
		for _, role := range roles {
			text.WriteString(" | " + tick(op.Public || op.SignedIn || slices.Contains(op.Roles, role)))
		}
		text.WriteString(" | " + tick(op.CanSend) + " |\n")
	}
	return text.String()
}

func tick(yes bool) string {
	if yes {
		return "yes"
	}
	return ""
}
