package score

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"
)

// A Table is printed as Markdown, aligned, so that it reads well as it is.
type Table struct {
	Head []string
	Rows [][]string
}

// Add adds a row: text, counts, and shares with three digits.
func (t *Table) Add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		if f, ok := c.(float64); ok {
			row[i] = fmt.Sprintf("%.3f", f)
		} else {
			row[i] = fmt.Sprint(c)
		}
	}
	t.Rows = append(t.Rows, row)
}

// Print prints the table.
func (t *Table) Print(w io.Writer) {
	widths := make([]int, len(t.Head))
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		for i, c := range row {
			widths[i] = max(widths[i], uniseg.StringWidth(c))
		}
	}
	line := func(row []string) {
		for i, c := range row {
			pad := strings.Repeat(" ", widths[i]-uniseg.StringWidth(c))
			if i == 0 {
				fmt.Fprintf(w, "| %s%s ", c, pad)
			} else {
				fmt.Fprintf(w, "| %s%s ", pad, c)
			}
		}
		fmt.Fprintln(w, "|")
	}
	line(t.Head)
	for i, n := range widths {
		rule := strings.Repeat("-", n+1) + ":"
		if i == 0 {
			rule = strings.Repeat("-", n+2)
		}
		fmt.Fprint(w, "|", rule)
	}
	fmt.Fprintln(w, "|")
	for _, row := range t.Rows {
		line(row)
	}
}

// Share is part of all, 0 of nothing.
func Share(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(part) / float64(all)
}
