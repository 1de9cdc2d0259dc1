package model

import (
	"math/bits"
	"slices"
)

// pad is how far shifts may reach beyond the first and the last unit.
const pad = 8

// octave maps 0, 1, 2 … to a scale of four steps an octave.
func octave(n int) uint8 {
	if uint(n) < uint(len(octaves)) {
		return octaves[n]
	}
	return octaveOf(n)
}

func octaveOf(n int) uint8 {
	if n < 8 {
		return uint8(max(n, 0))
	}
	log := bits.Len(uint(n)) // 4 at 8
	return uint8(min(8+(log-4)*4+(n>>(log-3))&3, 127))
}

// octaves has the most common results.
var octaves = func() (t [512]uint8) {
	for n := range t {
		t[n] = octaveOf(n)
	}
	return t
}()

// share returns a/b in 127ths.
func share(a, b int) uint8 {
	if b <= 0 || a <= 0 {
		return 0
	}
	return uint8(min(a*127/b, 127))
}

// isDate reports a short unit with a date or a time.
func isDate(s *stats) bool { return s.times+s.years > 0 && s.quarters <= 32 }

func isProse(s *stats) bool {
	return s.quarters >= 60 || s.quarters >= 28 && s.last == stop && !s.dots
}

// col returns a column, one byte a unit.
func (s *Scorer) col(c int) []uint8 {
	from := c*s.stride + pad
	return s.cols[from : from+s.n : from+s.n]
}

// resize returns a buffer of n values, of which none has to be kept.
func resize[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// features fills the columns of the first pass.
func (s *Scorer) features(text string, units []Unit) {
	n := len(units)
	s.n, s.stride = n, n+2*pad+8
	size := numColumns * s.stride
	s.cols = resize(s.cols, size)
	clear(s.cols)
	s.stats, s.prose, s.shape = resize(s.stats, n), resize(s.prose, n), resize(s.shape, n)
	s.sums, s.rare = resize(s.sums, n+1), resize(s.rare, n+1)
	table := classes()
	words := s.words[:0]
	for i := range units {
		words = scan(&s.stats[i], text[units[i].Start:units[i].End], table, words)
	}
	s.words = words
	s.alone(units)
	s.echoes()
	s.lines(units)
	s.places(units)
	s.shapes()
	s.stretches(units)
	s.chains(text, units)
}

// alone fills the columns that a unit has by itself.
func (s *Scorer) alone(units []Unit) {
	for i := range units {
		u, t := &units[i], &s.stats[i]
		row := s.cols[pad+i:]
		put := func(c int, v uint8) { row[c*s.stride] = v }
		letters := int(t.count[lower] + t.count[upper] + t.count[letter])
		visible := int(t.runes - t.count[space])
		words := int(t.quarters) / 4
		put(cWords, octave(int(t.quarters)))
		put(cRunes, octave(visible))
		put(cLetters, uint8(min((letters+int(t.count[digit]))*8/max(words, 1), 127)))
		last := t.last
		if t.dots {
			last = numClasses
		}
		put(cLast, last)
		put(cFirst, t.first)
		put(cStops, octave(int(t.count[stop])))
		put(cInner, octave(int(t.inner)))
		put(cCommas, share(int(t.count[comma])*4, max(words, 1)))
		put(cDigits, share(int(t.count[digit]), visible))
		put(cUppers, share(int(t.count[upper]), letters))
		put(cCapitals, share(int(t.capitals), int(t.words)))
		put(cShouted, share(int(t.shouted), int(t.words)))
		put(cLongs, share(int(t.long), int(t.words)))
		put(cNumbers, octave(int(t.numbers)))
		put(cDates, octave(int(4*t.times+t.years)))
		put(cBars, octave(int(t.count[bar])))
		put(cSigns, octave(int(t.count[sign])))
		put(cLinks, octave(int(t.links)))
		put(cQuotes, octave(int(t.count[quote])))
		put(cMarks, octave(int(t.marks)))
		put(cColons, octave(int(t.count[colon])))
		put(cHyphens, octave(int(t.count[hyphen])))
		put(cBrackets, octave(int(t.count[open])))
		put(cSymbols, octave(int(t.count[symbol])))
		put(cUnspaced, share(int(t.count[unspaced]), visible))
		for g, hit := range u.Hits {
			put(cHits+g, hit)
		}
		put(cTerms, u.Terms)
		put(cUnknown, u.Unknown)
		put(cJoints, u.Joints)
		if u.Guard {
			put(cGuard, 1)
		}
		if u.Foreign {
			put(cForeign, 1)
		}
		s.prose[i] = isProse(t)
	}
}

// lines fills the columns of the line that a unit is in.
func (s *Scorer) lines(units []Unit) {
	cw, cu, cb, ca := s.col(cLineWords), s.col(cLineUnits), s.col(cLineBefore), s.col(cLineAfter)
	for i := 0; i < s.n; {
		j, total := i, 0
		for ; j < s.n && units[j].Line == units[i].Line; j++ {
			total += int(s.stats[j].quarters)
		}
		before := 0
		for k := i; k < j; k++ {
			cw[k], cu[k] = octave(total), octave(j-i)
			cb[k], ca[k] = octave(before), octave(total-before-int(s.stats[k].quarters))
			before += int(s.stats[k].quarters)
		}
		i = j
	}
}

// shapes fills the columns of repeated patterns: lists of stories repeat
// headline, summary and date, comments repeat name, date and text.
func (s *Scorer) shapes() {
	const reach, longest = 6, 6
	n := s.n
	for i := range s.stats {
		t := &s.stats[i]
		shape := uint8(bits.Len32(uint32(t.quarters)) / 2) // 0…7 or so
		shape <<= 1
		if t.last == stop {
			shape |= 1
		}
		shape <<= 1
		if t.numbers > 0 {
			shape |= 1
		}
		s.shape[i] = shape & 63
	}
	var last [64]int
	var total [64]int
	for _, sh := range s.shape {
		total[sh]++
	}
	up, all, period, periodK := s.col(cAlikeUp), s.col(cAlikeN), s.col(cPeriod), s.col(cPeriodK)
	for i, sh := range s.shape {
		up[i] = octave(i + 1 - last[sh])
		last[sh] = i + 1
		all[i] = octave(total[sh])
	}
	for k := 1; k <= longest; k++ {
		// alike counts the units j in i-reach … i+reach with the shape of j-k.
		alike, from, to := 0, k, k
		for i := range n {
			for ; to < min(i+reach+1, n); to++ {
				if s.shape[to] == s.shape[to-k] {
					alike++
				}
			}
			for ; from < min(i-reach, to); from++ {
				if s.shape[from] == s.shape[from-k] {
					alike--
				}
			}
			if v := uint8(alike * 8); v > period[i] {
				period[i], periodK[i] = v, uint8(k)
			}
		}
	}
}
