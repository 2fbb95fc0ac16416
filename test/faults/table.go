package main

import (
	"fmt"
	"io"
	"strings"
)

// table collects rows and writes them in Markdown, aligned for the eye.
type table struct{ rows [][]string }

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) write(w io.Writer) {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for i, row := range t.rows {
		for j, cell := range row {
			fmt.Fprintf(w, "| %-*s ", widths[j], cell)
		}
		fmt.Fprintln(w, "|")
		if i == 0 {
			for _, width := range widths {
				fmt.Fprint(w, "|"+strings.Repeat("-", width+2))
			}
			fmt.Fprintln(w, "|")
		}
	}
}
