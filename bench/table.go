package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
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

// header is the first row of the table of cycles.
func header() []string {
	return []string{"server", "load", "cycles/s", "of bare", "send p50 / p99 ms", "verify p50 / p99 ms", "CPU s per 1,000", "per commit", "memory MB", "steal / others %"}
}

// row is one measurement; ratio is empty where there is no bare limit beside it.
func row(name, load, ratio string, r result) []string {
	cpu := fmt.Sprintf("%.2f", r.server)
	if r.postgres > 0 {
		cpu += fmt.Sprintf(" + %.2f", r.postgres)
	}
	perCommit := ""
	if r.perCommit > 0 {
		perCommit = fmt.Sprintf("%.1f", r.perCommit)
	}
	return []string{
		name, load, fmt.Sprintf("%.0f", r.rate), ratio, milliseconds(r.send), milliseconds(r.verify), cpu, perCommit,
		fmt.Sprintf("%.0f", float64(r.memory)/1e6), fmt.Sprintf("%.0f / %.0f", 100*r.steal, 100*r.others),
	}
}

func milliseconds(l latency) string {
	ms := func(d time.Duration) string {
		if d < 10*time.Millisecond {
			return fmt.Sprintf("%.1f", d.Seconds()*1e3)
		}
		return fmt.Sprintf("%.0f", d.Seconds()*1e3)
	}
	return ms(l.p50) + " / " + ms(l.p99)
}

// middle is the measurement with the median rate, so that all its figures belong together.
func middle(results []result) result {
	sorted := slices.SortedFunc(slices.Values(results), func(a, b result) int {
		switch {
		case a.rate < b.rate:
			return -1
		case a.rate > b.rate:
			return 1
		default:
			return 0
		}
	})
	return sorted[len(sorted)/2]
}

// ratios compares each round with the bare limit of the same round: the median, and how far they lie apart.
func ratios(results, bare []result) string {
	of := make([]float64, len(results))
	for i, r := range results {
		of[i] = r.rate / max(bare[i].rate, 1)
	}
	slices.Sort(of)
	if len(of) == 1 {
		return fmt.Sprintf("%.2f", of[0])
	}
	return fmt.Sprintf("%.2f (%.2f-%.2f)", of[len(of)/2], of[0], of[len(of)-1])
}
