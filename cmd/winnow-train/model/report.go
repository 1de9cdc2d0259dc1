package model

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/seed-966a822a/winnow/filter/model"
)

// A Whole is a pipeline around a model, with all else that has a say.
type Whole func(d *Doc) Verdict

// A Verdict is what becomes of a document: which of its units stay.
type Verdict struct {
	Units []model.Unit
	Keep  []bool
}

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

// A report is what decisions are worth, each kind of them in a column.
type report struct {
	groups  []group
	sums    []sum // of each group
	tallies map[Kind][]tally
	bins    [2][10]bin // of scores: of page text, of all else
}

// A sum adds up word F1.
type sum struct {
	docs   int
	before float64
	after  []float64
}

// A tally counts documents and characters, or segments.
type tally struct{ docs, damaged, kept, all, with, without, dropped int }

type bin struct{ words, removed, score float64 }

// Report prints what the decisions are worth: word F1 by set (as it is, and at
// each bias added to the threshold), damage to clean documents, segments, and
// how well the scores are calibrated. The last column is of the pipelines around
// the models of the folds, if there are any.
func (t *Trainer) Report(w io.Writer, scores [][]float32, thresholds []float32, biases []float32, whole []Whole) {
	r := report{groups: groups(), tallies: map[Kind][]tally{}}
	columns := len(biases)
	if whole != nil {
		columns++
	}
	r.sums = make([]sum, len(r.groups))
	for g := range r.sums {
		r.sums[g].after = make([]float64, columns)
	}
	for _, k := range []Kind{Clean, CleanBroken, Segments} {
		r.tallies[k] = make([]tally, columns)
	}
	for i, d := range t.Docs {
		if scores[i] == nil {
			continue
		}
		r.calibrate(d, scores[i], t.words[i], t.body[i])
		if r.tallies[d.Kind] == nil && !slices.ContainsFunc(r.groups, func(g group) bool { return g.has(d) }) {
			continue // only learnt from
		}
		s := newSample(d, t.units[i])
		for k, bias := range biases {
			r.add(k, s, func(j int) bool { return scores[i][j] <= thresholds[i]+bias })
		}
		if whole != nil {
			v := whole[d.Fold(Folds)](d)
			r.add(len(biases), newSample(d, v.Units), func(j int) bool { return v.Keep[j] })
		}
	}
	r.print(w, biases)
}

// calibrate compares scores with labels.
func (r *report) calibrate(d *Doc, scores []float32, words []int32, body []float32) {
	if d.Kind == Segments || d.Kind > CleanBroken {
		return
	}
	bins := &r.bins[0]
	if d.Kind > Silver {
		bins = &r.bins[1]
	}
	for j, x := range scores {
		p := 1 / (1 + math.Exp(-float64(x)))
		b := &bins[min(int(p*10), 9)]
		n := float64(words[j])
		b.words += n
		b.score += n * p
		b.removed += n * (1 - float64(body[j]))
	}
}

// add adds a document to a column.
func (r *report) add(column int, s *sample, keep func(j int) bool) {
	if rows := r.tallies[s.Kind]; rows != nil {
		t := &rows[column]
		if s.Kind == Segments {
			kept, dropped := s.segments(keep)
			t.with, t.without, t.kept, t.dropped = t.with+len(s.With), t.without+len(s.Without), t.kept+kept, t.dropped+dropped
			return
		}
		damaged, kept, all := s.damage(keep)
		t.docs, t.kept, t.all = t.docs+1, t.kept+kept, t.all+all
		if damaged {
			t.damaged++
		}
		return
	}
	f, before := s.f1(keep), 0.0
	if column == 0 {
		before = s.f1(func(int) bool { return true })
	}
	for g := range r.groups {
		if !r.groups[g].has(s.Doc) {
			continue
		}
		sum := &r.sums[g]
		sum.after[column] += f
		if column == 0 {
			sum.docs++
			sum.before += before
		}
	}
}

func (r *report) print(w io.Writer, biases []float32) {
	fmt.Fprintf(w, "%-30s%9s%9s", "word F1", "docs", "before")
	for _, b := range biases {
		fmt.Fprintf(w, "%+9.2f", b)
	}
	if len(r.sums[0].after) > len(biases) {
		fmt.Fprintf(w, "%9s", "whole")
	}
	fmt.Fprintln(w)
	for g, s := range r.sums {
		n := float64(max(s.docs, 1))
		fmt.Fprintf(w, "%-30s%9d%9.4f", r.groups[g].name, s.docs, s.before/n)
		for _, v := range s.after {
			if r.groups[g].gain {
				fmt.Fprintf(w, "%+9.4f", (v-s.before)/n)
			} else {
				fmt.Fprintf(w, "%9.4f", v/n)
			}
		}
		fmt.Fprintln(w)
	}
	row := func(name string, kind Kind, value func(t tally) (part, of int)) {
		_, n := value(r.tallies[kind][0])
		fmt.Fprintf(w, "%-30s%9d%9s", name, n, "")
		for _, t := range r.tallies[kind] {
			part, of := value(t)
			fmt.Fprintf(w, "%9.4f", float64(part)/float64(max(of, 1)))
		}
		fmt.Fprintln(w)
	}
	for _, k := range []Kind{Clean, CleanBroken} {
		row(k.String()+": damaged", k, func(t tally) (int, int) { return t.damaged, t.docs })
		row(k.String()+": characters kept", k, func(t tally) (int, int) { return t.kept, t.all })
	}
	row("segments: with kept", Segments, func(t tally) (int, int) { return t.kept, t.with })
	row("segments: without dropped", Segments, func(t tally) (int, int) { return t.dropped, t.without })
	for k, name := range []string{"page text", "leftovers and clean text"} {
		fmt.Fprintf(w, "\ncalibration, %s (by words)\n%10s%12s%10s%10s\n", name, "score", "words", "mean", "removed")
		for n, b := range r.bins[k] {
			if b.words > 0 {
				fmt.Fprintf(w, "%6.1f–%.1f%12.0f%10.3f%10.3f\n", float64(n)/10, float64(n+1)/10, b.words, b.score/b.words, b.removed/b.words)
			}
		}
	}
}
