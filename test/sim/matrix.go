package sim

import (
	"fmt"
	"maps"
	"strings"
	"sync"

	"hookswitch"
)

// Cell is a fault and the state of the delivery that it hit; "" before there is one.
type Cell struct {
	Fault Fault                    `json:"fault"`
	State hookswitch.DeliveryState `json:"state"`
}

// Matrix counts how often each fault hit a delivery in each state.
type Matrix struct {
	mu    sync.Mutex
	count map[Cell]int
}

func (m *Matrix) hit(f Fault, s hookswitch.DeliveryState, times int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.count == nil {
		m.count = map[Cell]int{}
	}
	m.count[Cell{f, s}] += times
}

// Cells is what was counted.
func (m *Matrix) Cells() map[Cell]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.count)
}

// Count is how often the cell was hit.
func (m *Matrix) Count(c Cell) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.count[c]
}

// Total adds the cells of many worlds.
type Total map[Cell]int

// Add counts a world's cells in.
func (t Total) Add(cells map[Cell]int) {
	for cell, n := range cells {
		t[cell] += n
	}
}

// states are the columns of the matrix: "" is before there is a delivery.
func states() []hookswitch.DeliveryState {
	return append([]hookswitch.DeliveryState{""}, hookswitch.DeliveryStates()...)
}

// Enough is how often a cell must have been hit: a hundred times in 200,000 lives.
func Enough(lives int) int { return lives / 2000 }

// Missing are the cells that were hit too seldom, and those that were hit though they should not be.
func (t Total) Missing(lives int) []string {
	var wrong []string
	for _, f := range Faults() {
		for _, s := range states() {
			n := t[Cell{f, s}]
			why := Impossible(Cell{f, s})
			switch {
			case why == "" && n < Enough(lives):
				wrong = append(wrong, fmt.Sprintf("%s hit a delivery in %q %d times, wanted %d", f, s, n, Enough(lives)))
			case why != "" && n > 0:
				wrong = append(wrong, fmt.Sprintf("%s hit a delivery in %q %d times: it was thought impossible, for %s", f, s, n, why))
			}
		}
	}
	return wrong
}

// String is the table: a row per fault, a column per state of the delivery that it hit. A dash stands for
// what cannot be.
func (t Total) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-32s", "")
	for _, s := range states() {
		name := string(s)
		if name == "" {
			name = "-"
		}
		fmt.Fprintf(&b, "%12s", name)
	}
	for _, f := range Faults() {
		fmt.Fprintf(&b, "\n%-32s", f)
		for _, s := range states() {
			shown := fmt.Sprint(t[Cell{f, s}])
			if Impossible(Cell{f, s}) != "" && t[Cell{f, s}] == 0 {
				shown = "–"
			}
			fmt.Fprintf(&b, "%12s", shown)
		}
	}
	return b.String()
}
