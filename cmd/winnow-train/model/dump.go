package model

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-966a822a/winnow/filter/model"
)

const Folds = 5

// Dump writes features and labels for exploration.
func Dump(docs []*Doc, dir string) {
	open := func(name string) *bufio.Writer {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			panic(err)
		}
		return bufio.NewWriterSize(f, 1<<20)
	}
	x, rows, meta := open("x.bin"), open("rows.bin"), open("docs.tsv")
	var s model.Scorer
	var units []model.Unit
	buf := []byte{}
	for n, d := range docs {
		units = model.Split(units[:0], d.Text)
		s.First(d.Text, units)
		body, words := Labels(d, units)
		goldWords := len(vocab{}.words(nil, d.Gold))
		buf = slices.Grow(buf[:0], len(units)*model.FirstColumns)[:len(units)*model.FirstColumns]
		for c := range model.FirstColumns {
			for i, v := range s.Column(c) {
				buf[i*model.FirstColumns+c] = v
			}
		}
		x.Write(buf)
		for i := range units {
			binary.Write(rows, binary.LittleEndian, [4]float32{float32(n), float32(units[i].Line), body[i], float32(words[i])})
		}
		fmt.Fprintf(meta, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d\n", d.ID, d.Kind, d.Source, d.Lang, d.Type, d.Extractor+"-", d.Fold(Folds), goldWords, len(units))
	}
	x.Flush()
	rows.Flush()
	meta.Flush()
	fmt.Println(model.FirstColumns)
}

// Measure prints the tables at several thresholds.
func Measure(docs []*Doc, scores func(n int) []float32, thresholds []float64, w io.Writer) {
	type group struct {
		name string
		has  func(d *Doc) bool
	}
	groups := []group{
		{"wcxb", func(d *Doc) bool { return d.Kind == Page && d.Source == "wcxb" && d.Type == "article" }},
		{"fundus", func(d *Doc) bool { return d.Kind == Page && d.Source == "fundus" }},
		{"multi", func(d *Doc) bool { return d.Kind == Page && d.Source == "daniel" }},
		{"alltypes", func(d *Doc) bool { return d.Kind == Page && d.Source != "daniel" }},
		{"silver", func(d *Doc) bool { return d.Kind == Silver }},
		{"cut", func(d *Doc) bool { return d.Kind == Cut && d.Type == "article" }},
	}
	for _, l := range strings.Fields("en el pl ru zh") {
		groups = append(groups, group{"multi-" + l, func(d *Doc) bool { return d.Kind == Page && d.Source == "daniel" && d.Lang == l }})
	}
	for _, l := range strings.Fields("service forum listing product collection documentation") {
		groups = append(groups, group{l, func(d *Doc) bool { return d.Kind == Page && d.Type == l }})
	}
	for _, e := range []string{"go-trafilatura", "go-readability", "go-domdistiller"} {
		groups = append(groups, group{"left " + e[3:], func(d *Doc) bool { return d.Kind == Leftover && d.Extractor == e }},
			group{"broken " + e[3:], func(d *Doc) bool { return d.Kind == Broken && d.Extractor == e }})
	}
	nt := len(thresholds)
	sum := make([][]float64, len(groups))
	before, count := make([]float64, len(groups)), make([]int, len(groups))
	for g := range groups {
		sum[g] = make([]float64, nt)
	}
	type clean struct{ docs, damaged, kept, all int }
	cl := [2][]clean{make([]clean, nt), make([]clean, nt)}
	type seg struct{ with, kept, without, dropped int }
	se := make([]seg, nt)
	for _, d := range docs {
		units := model.Split(nil, d.Text)
		x := scores(len(units))
		s := newSample(d)
		for t, th := range thresholds {
			keep := func(i int) bool { return float64(x[i]) < th }
			switch d.Kind {
			case Clean, CleanBroken:
				c := &cl[d.Kind-Clean][t]
				dm, k, a := s.damage(keep)
				c.docs++
				c.kept += k
				c.all += a
				if dm {
					c.damaged++
				}
			case Segments:
				k, dr := s.segments(keep)
				se[t].with += len(d.With)
				se[t].without += len(d.Without)
				se[t].kept += k
				se[t].dropped += dr
			default:
				f := -1.0
				for g := range groups {
					if groups[g].has(d) {
						if f < 0 {
							f = s.f1(keep)
						}
						sum[g][t] += f
						if t == 0 {
							count[g]++
							before[g] += s.f1(func(int) bool { return true })
						}
					}
				}
			}
		}
	}
	fmt.Fprintf(w, "%-22s %5s %7s", "", "docs", "before")
	for _, t := range thresholds {
		fmt.Fprintf(w, " %7.2f", t)
	}
	fmt.Fprintln(w)
	for g := range groups {
		fmt.Fprintf(w, "%-22s %5d %7.4f", groups[g].name, count[g], before[g]/float64(count[g]))
		for _, v := range sum[g] {
			if strings.HasPrefix(groups[g].name, "left") || strings.HasPrefix(groups[g].name, "broken") {
				fmt.Fprintf(w, " %+7.4f", (v-before[g])/float64(count[g]))
			} else {
				fmt.Fprintf(w, " %7.4f", v/float64(count[g]))
			}
		}
		fmt.Fprintln(w)
	}
	for k, name := range []string{"clean", "clean-broken"} {
		fmt.Fprintf(w, "%-22s %5d %7s", name+" damaged", cl[k][0].docs, "")
		for _, c := range cl[k] {
			fmt.Fprintf(w, " %7.4f", float64(c.damaged)/float64(c.docs))
		}
		fmt.Fprintf(w, "\n%-22s %5s %7s", name+" kept", "", "")
		for _, c := range cl[k] {
			fmt.Fprintf(w, " %7.4f", float64(c.kept)/float64(c.all))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%-22s %5s %7s", "segments with kept", "", "")
	for _, c := range se {
		fmt.Fprintf(w, " %7.4f", float64(c.kept)/float64(c.with))
	}
	fmt.Fprintf(w, "\n%-22s %5s %7s", "segments w/o dropped", "", "")
	for _, c := range se {
		fmt.Fprintf(w, " %7.4f", float64(c.dropped)/float64(c.without))
	}
	fmt.Fprintln(w)
}
