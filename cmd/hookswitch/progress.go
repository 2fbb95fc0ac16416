package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// progress is a bar on a terminal, and nothing elsewhere.
type progress struct {
	w     io.Writer // nil: no terminal
	total int64
	shown int64
}

func newProgress(w io.Writer, total int64) *progress {
	p := &progress{total: max(total, 1), shown: -1}
	if file, ok := w.(*os.File); ok {
		if about, err := file.Stat(); err == nil && about.Mode()&os.ModeCharDevice != 0 {
			p.w = w
		}
	}
	return p
}

const barWidth = 40

func (p *progress) at(done int64) {
	percent := min(done*100/p.total, 100)
	if p.w == nil || percent == p.shown {
		return
	}
	p.shown = percent
	full := int(percent) * barWidth / 100
	fmt.Fprintf(p.w, "\r[%s%s] %3d %%", strings.Repeat("#", full), strings.Repeat(".", barWidth-full), percent)
}

// part is at, out of another total than the one that was told at the start.
func (p *progress) part(done, total int64) { p.at(done * p.total / max(total, 1)) }

func (p *progress) end() {
	if p.w != nil && p.shown >= 0 {
		fmt.Fprintln(p.w)
	}
}
