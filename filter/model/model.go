// Package model judges the units of a page, lines and sentences, by their
// shape and surroundings alone: which are the article and which are not.
//
// Two forests of small trees do so, one after the other: the first sees what
// the units look like, their neighbours and the document; the second sees
// also what the first said of the units around, and of the document at large.
// No feature knows a language. See README.md for what was tried and measured,
// and cmd/winnow-train for how the forests are made.
package model

import (
	_ "embed"
	"errors"
	"math"
	"sync"
)

//go:embed model.bin
var embedded []byte

// A Model is three forests: the first pass, and the second for page text and
// for leftovers. It is safe for concurrent use.
type Model struct {
	first, page, leftover forest
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
		err = errors.New("model: more than three forests")
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
	table     []copies
	rare      []int32
	links     [3][]int32
	common    uint16
	core      []uint16
	body, all []int64
	hist      [128]int64
	scores    []int32
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
	s.First(text, units)
	second := &m.leftover
	if s.Second(units, m.first.sum(s)) {
		second = &m.page
	}
	sums := second.sum(s)
	for i, v := range sums {
		dst[i] = float32(v) / 1024
	}
	return s.threshold(sums)
}

func (f *forest) sum(s *Scorer) []int32 {
	if cap(s.scores) < s.n {
		s.scores = make([]int32, s.n+s.n/2)
	}
	s.scores = s.scores[:s.n]
	f.score(s, s.scores)
	return s.scores
}

// In text that is already clean nothing is clearly boilerplate. The less of it
// there is, up to one word in certain, the more caution is added to the
// threshold: a clean document must stay whole.
const (
	caution = 3.0
	certain = 16
)

// threshold finds the log-odds above which removal gives the highest expected
// F1 over words. Keeping what is likelier than half that F1 is best, so a
// document in which little is certain keeps more (Lewis 1995).
func (s *Scorer) threshold(scores []int32) float32 {
	s.hist = [128]int64{}
	var total, mass, clear int64
	for i, v := range scores {
		l := level(v)
		w := int64(max(s.stats[i].quarters, 1))
		s.hist[l] += w
		total += w
		mass += w * int64(chance[l])
		if l >= 80 {
			clear += w
		}
	}
	var kept, hit, best int64 = 0, 0, 1
	for l := range s.hist {
		kept += s.hist[l]
		hit += s.hist[l] * int64(chance[l])
		best = max(best, 2*hit/max(kept+mass/1024, 1))
	}
	p := float64(best) / 2 / 1024
	extra := caution * max(0, 1-certain*float64(clear)/float64(total))
	return float32(math.Log((1-p)/p) + extra)
}
