package model

import "slices"

// What cmd/winnow-train needs.

// A Feature is a column of the unit Shift places away.
type Feature struct {
	Column uint8
	Shift  int8
}

// The forests, in the order of [Join].
const (
	FirstPass = iota
	PagePass
	LeftoverPass
)

// Features returns what the trees of a forest may ask for. Stretches, chains
// and windows of ±40 units are the page forest's alone: they are about the
// tails of pages, and the others were no better with them.
func Features(pass int) []Feature {
	reach := map[int]int{}
	columns := numColumns
	if pass == FirstPass {
		columns = numFirst
		for _, c := range []int{cWords, cLetters, cLast, cFirst, cStops, cUppers, cCapitals, cNumbers, cDates, cColons, cOverlap, cCopies, cLineWords, cTerms, cJoints} {
			reach[c] = 2
		}
		for g := range NumGroups {
			reach[cHits+int(g)] = 2
		}
	} else {
		reach = map[int]int{pSelf: 6, pLine: 4, cWords: 2, cLast: 2, cCapitals: 1, cDates: 1}
	}
	tail := func(c int) bool {
		return c >= cWindows+(len(windows)-1)*numWindow && c < cPeriod || c >= cStretch && c < dUnits || c >= pNear40
	}
	var list []Feature
	for c := range columns {
		if pass != PagePass && tail(c) {
			continue
		}
		for shift := -reach[c]; shift <= reach[c]; shift++ {
			list = append(list, Feature{uint8(c), int8(shift)})
		}
	}
	return list
}

// First computes the columns of the first pass.
func (s *Scorer) First(text string, units []Unit) { s.features(text, units) }

// Second computes those of the second from the scores of the first, and tells
// whether the text is a page's, for which there is a forest of its own.
func (s *Scorer) Second(units []Unit, scores []int32) (page bool) { return s.second(units, scores) }

// Column returns a feature of all units, a byte each.
func (s *Scorer) Column(f Feature) []uint8 {
	from := int(f.Column)*s.stride + pad + int(f.Shift)
	return s.cols[from : from+s.n : from+s.n]
}

// FirstScores returns the scores of the model's first pass; they hold until
// the next call.
func (s *Scorer) FirstScores(text string, units []Unit) []int32 {
	s.First(text, units)
	return s.Model.first.sum(s)
}

// Join makes a model of three forests as the trainer writes them, and a net or
// nothing.
func Join(first, page, leftover, net []byte) []byte {
	return slices.Concat(first, page, leftover, net)
}

// The numbers of columns, of the first pass and altogether.
const (
	FirstColumns = numFirst
	Columns      = numColumns
)
