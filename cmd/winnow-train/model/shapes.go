package model

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-966a822a/winnow/filter/model"
)

// shapes.tsv holds labels of our own, without text: the page's id, the byte at
// which a unit starts, and what it is.
//
//go:embed shapes.tsv
var shapes string

// Shapes prints how often the category of a removed unit is right, by the
// labels that the data at hand has pages for.
func (t *Trainer) Shapes(w io.Writer, folds [][]byte) error {
	labels := map[string]map[int]string{}
	lines := bufio.NewScanner(strings.NewReader(shapes))
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\t")
		start, err := strconv.Atoi(f[1])
		if err != nil {
			return err
		}
		if labels[f[0]] == nil {
			labels[f[0]] = map[int]string{}
		}
		labels[f[0]][start] = f[2]
	}
	type pair struct{ label, got string }
	count, langs, right, all := map[pair]int{}, map[string]bool{}, 0, 0
	for f, data := range folds {
		m, err := model.Parse(data)
		if err != nil {
			return err
		}
		s := model.Scorer{Model: m}
		for i, d := range t.Docs {
			if labels[d.ID] == nil || d.Fold(Folds) != f || d.Kind != Page && d.Kind != Silver {
				continue
			}
			s.Score(d.Text, t.units[i], make([]float32, len(t.units[i])))
			for j, u := range t.units[i] {
				label, ok := labels[d.ID][u.Start]
				if !ok {
					continue
				}
				p := pair{label, s.Shape(j).String()}
				count[p]++
				langs[d.Lang] = true
				if all++; p.label == p.got {
					right++
				}
			}
		}
	}
	fmt.Fprintf(w, "\nshapes: %d of %d right, in %d languages\n", right, all, len(langs))
	var pairs []pair
	for p := range count {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(count[b]-count[a], strings.Compare(a.label+a.got, b.label+b.got))
	})
	for _, p := range pairs {
		fmt.Fprintf(w, "%12s as %-12s%4d\n", p.label, p.got, count[p])
	}
	return nil
}
