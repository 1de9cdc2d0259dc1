package model

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// A group is a row of the report: the documents of one set.
type group struct {
	name string
	has  func(d *Doc) bool
	gain bool // show the difference to the text as it is
}

func groups() []group {
	article := func(d *Doc) bool { return d.Kind == Page && d.Type == "article" }
	list := []group{
		{"wcxb articles", func(d *Doc) bool { return article(d) && d.Source == "wcxb" }, false},
		{"fundus news", func(d *Doc) bool { return article(d) && d.Source == "fundus" }, false},
		{"pages-multi", func(d *Doc) bool { return article(d) && d.Source == "daniel" }, false},
	}
	for _, lang := range strings.Fields("en el pl ru zh") {
		list = append(list, group{"  " + lang, func(d *Doc) bool { return article(d) && d.Source == "daniel" && d.Lang == lang }, false})
	}
	list = append(list, group{"all page types", func(d *Doc) bool { return d.Kind == Page && d.Source != "daniel" }, false})
	for _, kind := range strings.Fields("service forum listing product collection documentation") {
		list = append(list, group{"  " + kind, func(d *Doc) bool { return d.Kind == Page && d.Type == kind }, false})
	}
	for _, kind := range []Kind{Leftover, Broken} {
		for _, e := range strings.Fields("go-trafilatura go-readability go-domdistiller") {
			list = append(list, group{kind.String() + " " + e[3:], func(d *Doc) bool { return d.Kind == kind && d.Extractor == e }, true})
		}
	}
	return list
}

// Report prints what the decisions are worth: word F1 by set (as it is, and at
// each bias added to the threshold), damage to clean documents, segments, and
// how well the scores are calibrated.
func (t *Trainer) Report(w io.Writer, scores [][]float32, thresholds []float32, biases []float32) {
	type sum struct {
		docs   int
		before float64
		after  []float64
	}
	list := groups()
	sums := make([]sum, len(list))
	for g := range sums {
		sums[g].after = make([]float64, len(biases))
	}
	type tally struct{ docs, damaged, kept, all, with, without int }
	tallies := map[Kind][]tally{}
	for _, k := range []Kind{Clean, CleanBroken, Segments} {
		tallies[k] = make([]tally, len(biases))
	}
	type bin struct{ words, removed, score float64 }
	var bins [2][10]bin // of page text, of all else
	for i, d := range t.Docs {
		if scores[i] == nil {
			continue
		}
		for j, x := range scores[i] {
			if d.Kind == Segments || d.Kind == Cut || d.Kind == Near || d.Kind == Mute || t.words[i][j] == 0 {
				continue
			}
			p := 1 / (1 + math.Exp(-float64(x)))
			k := 0
			if d.Kind > Silver {
				k = 1
			}
			b := &bins[k][min(int(p*10), 9)]
			n := float64(t.words[i][j])
			b.words += n
			b.score += n * p
			b.removed += n * (1 - float64(t.body[i][j]))
		}
		var s *sample
		for k, bias := range biases {
			keep := func(j int) bool { return scores[i][j] <= thresholds[i]+bias }
			if rows := tallies[d.Kind]; rows != nil {
				if s == nil {
					s = newSample(d, t.units[i])
				}
				r := &rows[k]
				if d.Kind == Segments {
					kept, dropped := s.segments(keep)
					r.kept, r.damaged, r.with, r.without = r.kept+kept, r.damaged+dropped, r.with+len(d.With), r.without+len(d.Without)
					continue
				}
				damaged, kept, all := s.damage(keep)
				r.docs, r.kept, r.all = r.docs+1, r.kept+kept, r.all+all
				if damaged {
					r.damaged++
				}
				continue
			}
			f := -1.0
			for g := range list {
				if !list[g].has(d) {
					continue
				}
				if s == nil {
					s = newSample(d, t.units[i])
				}
				if f < 0 {
					f = s.f1(keep)
				}
				sums[g].after[k] += f
				if k == 0 {
					sums[g].docs++
					sums[g].before += s.f1(func(int) bool { return true })
				}
			}
		}
	}
	fmt.Fprintf(w, "%-26s%6s%9s", "word F1", "docs", "before")
	for _, b := range biases {
		fmt.Fprintf(w, "%+9.2f", b)
	}
	fmt.Fprintln(w)
	for g, s := range sums {
		n := float64(max(s.docs, 1))
		fmt.Fprintf(w, "%-26s%6d%9.4f", list[g].name, s.docs, s.before/n)
		for _, v := range s.after {
			if list[g].gain {
				fmt.Fprintf(w, "%+9.4f", (v-s.before)/n)
			} else {
				fmt.Fprintf(w, "%9.4f", v/n)
			}
		}
		fmt.Fprintln(w)
	}
	row := func(name string, docs int, kind Kind, value func(t tally) float64) {
		fmt.Fprintf(w, "%-26s%6d%9s", name, docs, "")
		for _, t := range tallies[kind] {
			fmt.Fprintf(w, "%9.4f", value(t))
		}
		fmt.Fprintln(w)
	}
	ratio := func(a, b int) float64 { return float64(a) / float64(max(b, 1)) }
	for _, k := range []Kind{Clean, CleanBroken} {
		n := tallies[k][0].docs
		row(k.String()+": damaged", n, k, func(t tally) float64 { return ratio(t.damaged, t.docs) })
		row(k.String()+": characters kept", n, k, func(t tally) float64 { return ratio(t.kept, t.all) })
	}
	row("segments: with kept", tallies[Segments][0].with, Segments, func(t tally) float64 { return ratio(t.kept, t.with) })
	row("segments: without dropped", tallies[Segments][0].without, Segments, func(t tally) float64 { return ratio(t.damaged, t.without) })
	for k, name := range []string{"page text", "leftovers and clean text"} {
		fmt.Fprintf(w, "\ncalibration, %s (by words)\n%10s%12s%10s%10s\n", name, "score", "words", "mean", "removed")
		for n, b := range bins[k] {
			if b.words > 0 {
				fmt.Fprintf(w, "%6.1f–%.1f%12.0f%10.3f%10.3f\n", float64(n)/10, float64(n+1)/10, b.words, b.score/b.words, b.removed/b.words)
			}
		}
	}
}
