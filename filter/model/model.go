// Package model judges the units of a page, lines and sentences, by their
// shape and surroundings alone: which are the article and which are not.
//
// Two forests of small trees do so, one after the other: the first sees what
// the units look like, their neighbours and the document; the second sees
// also what the first said of the units around, and of the document at large.
// On pages a recurrent net reads the units in their order beside the second.
// No feature knows a language. See README.md for what was tried and measured,
// and cmd/winnow-train for how the forests are made.
package model

import (
	_ "embed"
	"math"
	"sync"
)

//go:embed model.bin
var embedded []byte

// A Model is three forests, the first pass, and the second for page text and
// for leftovers, and a net for page text. It is safe for concurrent use.
type Model struct {
	first, page, leftover forest
	net                   *fixedNet // nil: while the model is being made
}

// Default returns the model that winnow comes with.
var Default = sync.OnceValue(func() *Model {
	m, err := Parse(embedded)
	if err != nil {
		panic(err) // the tests would have seen it
	}
	return m
})

// Parse reads a model as [Join] writes it.
func Parse(data []byte) (*Model, error) {
	m := new(Model)
	rest, err := m.first.parse(data)
	if err == nil {
		rest, err = m.page.parse(rest)
	}
	if err == nil {
		rest, err = m.leftover.parse(rest)
	}
	if err == nil && len(rest) > 0 {
		t := new(Net)
		if err = t.parse(rest); err == nil {
			m.net, err = newFixed(t)
		}
	}
	return m, err
}

// A Scorer judges units. It keeps its buffers from one document to the next;
// it is not safe for concurrent use.
type Scorer struct {
	Model *Model // nil: the one that winnow comes with

	n, stride int
	cols      []uint8 // columns, each with pad bytes before it and pad+8 after it
	stats     []stats
	words     []uint16
	prose     []bool
	shape     []uint8
	sums      [][numWindow]int32
	tf, df    []uint16
	seen      []int32
	table     slots // for slots, kept
	rare      []int32
	links     [3][]int32
	common    uint16
	core      []uint16
	body, all []int64
	hist      [128]int64
	scores    []int32
	wide      [][NetWidth]int64
	layers    []layer
	heard     []int64
	spans     []span
	chained   []chain
	longest   []int32 // for each unit, the number of a chain + 1
}

// A Bias is what a mode adds to a document's threshold, in log-odds: points on
// one curve between leaving boilerplate and losing text. README.md has the curve.
const (
	Precision float32 = 1
	Balanced  float32 = 0
	Recall    float32 = -0.75
)

// Score writes to dst, for each unit of text, the log-odds that it is not the
// article, calibrated by words. It returns the threshold of this document: the
// log-odds above which units are best removed. A higher one removes less.
func (s *Scorer) Score(text string, units []Unit, dst []float32) (threshold float32) {
	if len(units) == 0 {
		return 0
	}
	m := s.Model
	if m == nil {
		m = Default()
	}
	dst = dst[:len(units)]
	s.First(text, units)
	second := &m.leftover
	page := s.Second(units, m.first.sum(s))
	if page {
		second = &m.page
	}
	sums := second.sum(s)
	if page && m.net != nil && units[len(units)-1].Line-units[0].Line >= regions { // forest and net have half of the say each
		s.heard = resize(s.heard, s.n)
		m.net.score(s, s.heard)
		for i, v := range s.heard {
			sums[i] = (sums[i] + int32(v)) >> 1
		}
	}
	for i, v := range sums {
		dst[i] = float32(v) / 1024
	}
	return s.threshold(sums, page)
}

// regions is how many lines, but for one, a page needs for a net to find regions
// in it.
const regions = 8

func (f *forest) sum(s *Scorer) []int32 {
	s.scores = resize(s.scores, s.n)
	f.score(s, s.scores)
	return s.scores
}

// In text that is already clean nothing is clearly boilerplate. The less of it
// there is, up to one word in certain, the more caution is added to the
// threshold: a clean document must stay whole.
const (
	caution      = 4.0 // in leftovers
	certain      = 16
	cautionPages = 3.0
	certainPages = 32
)

// threshold finds the log-odds above which removal gives the highest expected
// F1 over words.
func (s *Scorer) threshold(scores []int32, page bool) float32 {
	s.hist = [128]int64{}
	var total, clear int64
	for i, v := range scores {
		l := level(v)
		w := int64(max(s.stats[i].quarters, 1))
		s.hist[l] += w
		total += w
		if l >= 80 {
			clear += w
		}
	}
	t, most, enough := s.independent, float32(caution), float32(certain)
	if page {
		t, most, enough = s.together, cautionPages, certainPages
	}
	extra := float32(most * max(0, 1-float32(enough*float32(clear))/float32(total))) // no fused products
	return t() + extra
}

// independent finds the threshold if each unit is right or wrong by itself.
// Keeping what is likelier than half the best F1 is best, so a document in
// which little is certain keeps more (Lewis 1995).
func (s *Scorer) independent() float32 {
	var kept, mass, hit, best int64 = 0, 0, 0, 1
	for l, w := range s.hist {
		mass += w * int64(chance[l])
	}
	for l, w := range s.hist {
		kept += w
		hit += w * int64(chance[l])
		best = max(best, 2*hit/max(kept+mass/1024, 1))
	}
	p := float64(best) / 2 / 1024
	return float32(math.Log((1 - p) / p))
}

// The units of a page are right and wrong together: a hundred comments that
// each are the article with a chance of a third are not a third of them the
// article, but all or none. So a page's units are judged in nine worlds alike:
// in each all scores are twice as sure, and move by as much as makes their
// chances add up to what the scores said.
var worlds = [9]int{-50, -28, -17, -8, 0, 8, 17, 28, 50} // in levels: quantiles of the logistic distribution, times 2.2

// together finds the threshold with the highest F1 on average over the worlds;
// of all that there are, the one next to independent's.
func (s *Scorer) together() float32 {
	var levels [128]uint8 // those that any unit has
	n := 0
	for l, w := range s.hist {
		if w > 0 {
			levels[n] = uint8(l)
			n++
		}
	}
	var sum [128]int64
	for _, world := range worlds {
		var body, kept, hit int64
		chanceIn := func(l uint8) int64 { return int64(chance[min(max(2*int(l)-64-world, 1), 127)]) }
		for _, l := range levels[:n] {
			body += s.hist[l] * chanceIn(l)
		}
		for k, l := range levels[:n] {
			kept += s.hist[l]
			hit += s.hist[l] * chanceIn(l)
			sum[k] += hit << 16 / (kept<<10 + body)
		}
	}
	best := 0
	for k := range n {
		if sum[k] > sum[best] {
			best = k
		}
	}
	// Any threshold up to the next level that a unit has does the same.
	t := max(s.independent(), float32(int(levels[best])-63)/8-1.0/2048)
	if best+1 < n {
		t = min(t, float32(int(levels[best+1])-64)/8-1.0/2048)
	}
	return t
}
