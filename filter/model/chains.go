package model

// A span is a run of units.
type span struct{ from, to int32 }

// stretches finds the runs of lines with prose and the breaks between them.
// In s.spans breaks are at even places, the first may be empty, and stretches
// at odd ones.
func (s *Scorer) stretches(units []Unit) {
	const reach = 40
	n := s.n
	s.spans = s.spans[:0]
	var best int32
	for i, in := 0, false; i < n; in = !in {
		from := i
		for i < n {
			j, prose := i, false
			for ; j < n && units[j].Line == units[i].Line; j++ {
				prose = prose || s.prose[j]
			}
			// Two short sentences may make a line of prose.
			prose = prose || s.stats[j-1].last == stop && !s.stats[j-1].dots && s.wordsOf(i, j) >= 28
			if prose != in {
				break
			}
			i = j
		}
		s.spans = append(s.spans, span{int32(from), int32(i)})
		if in {
			best = max(best, s.wordsOf(from, i))
		}
	}
	words := func(k int) uint8 {
		if k < 0 || k >= len(s.spans) {
			return 0
		}
		return octave(int(s.wordsOf(int(s.spans[k].from), int(s.spans[k].to)) / 4))
	}
	lines := func(k int) uint8 {
		if k < 0 || k >= len(s.spans) || s.spans[k].from == s.spans[k].to {
			return 0
		}
		return octave(units[s.spans[k].to-1].Line - units[s.spans[k].from].Line + 1)
	}
	cw, cl, cb := s.col(cStretch), s.col(cStretchLines), s.col(cStretchBest)
	wb, wa, lb, la := s.col(cStretchBefore), s.col(cStretchAfter), s.col(cBreakBefore), s.col(cBreakAfter)
	around := s.col(cStretches)
	first, last := 0, 0 // the stretches from first to before last begin in reach
	for k, sp := range s.spans {
		long := lines(k)
		own, part, before, after := uint8(0), uint8(0), long, long
		if k&1 == 1 {
			own, part = words(k), share(int(s.wordsOf(int(sp.from), int(sp.to))), int(best))
			before, after = lines(k-1), lines(k+1)
		}
		up, down := words(k-1-k&1), words(k+1+k&1) // of the stretches before and after
		for i := sp.from; i < sp.to; i++ {
			for 2*last+1 < len(s.spans) && s.spans[2*last+1].from <= i+reach {
				last++
			}
			for first < last && s.spans[2*first+1].from < i-reach {
				first++
			}
			cw[i], cl[i], cb[i] = own, long, part
			wb[i], wa[i], lb[i], la[i] = up, down, before, after
			around[i] = octave(last - first)
		}
	}
}

// wordsOf returns the length of a run of units in quarters of a word.
func (s *Scorer) wordsOf(from, to int) int32 { return s.sums[to][wWords] - s.sums[from][wWords] }

// A chain is a short text, but for its digits, that comes back before many
// units and words have passed.
type chain struct{ from, to, links int32 }

const (
	chainUnits = 48
	chainWords = 500 * 4
	chainShort = 5 * 4 // the longest link
)

// chains finds them, and the chains of dates.
func (s *Scorer) chains(text string, units []Unit) {
	n := s.n
	s.chained = s.chained[:0]
	last := s.slots() // for each hash, the number of its last chain + 1
	dates := chain{from: -1}
	dc, db, dg := s.col(cDateChain), s.col(cDateChainBefore), s.col(cDateChainGap)
	dated := func() {
		if dates.links < 3 {
			return
		}
		v, gap, k := octave(int(dates.links)), octave(int(s.wordsOf(int(dates.from), int(dates.to)+1)/(4*(dates.links-1)))), 0
		for i := dates.from; i <= dates.to; i++ {
			if isDate(&s.stats[i]) {
				k++
			}
			dc[i], db[i], dg[i] = v, octave(k), gap
		}
	}
	near := func(c *chain, i int) bool {
		return i-int(c.to) <= chainUnits && s.wordsOf(int(c.to), i) <= chainWords
	}
	for i := range s.stats {
		t := &s.stats[i]
		if isDate(t) {
			if dates.from >= 0 && near(&dates, i) {
				dates.to = int32(i)
				dates.links++
			} else {
				dated()
				dates = chain{from: int32(i), to: int32(i), links: 1}
			}
		}
		if t.quarters > chainShort {
			continue
		}
		hash := t.hash
		if t.numbers > 0 {
			hash = withoutDigits(text[units[i].Start:units[i].End])
		}
		number := &last.of(hash).n
		if *number > 0 {
			if c := &s.chained[*number-1]; near(c, i) {
				c.to = int32(i)
				c.links++
				continue
			}
		}
		s.chained = append(s.chained, chain{int32(i), int32(i), 1})
		*number = int32(len(s.chained))
	}
	dated()
	// The longest chain around each unit. A unit is in few: all have a link
	// within chainUnits.
	s.longest = resize(s.longest, n)
	clear(s.longest)
	for k, c := range s.chained {
		if c.links < 3 {
			continue
		}
		for i := c.from; i <= c.to; i++ {
			if l := s.longest[i]; l == 0 || s.chained[l-1].links < c.links {
				s.longest[i] = int32(k) + 1
			}
		}
	}
	cc, cb, ca, cg, cp := s.col(cChain), s.col(cChainBefore), s.col(cChainAfter), s.col(cChainGap), s.col(cChainPast)
	past := 0
	for i := range n {
		l := s.longest[i]
		if l == 0 {
			if past > 0 {
				cp[i] = octave(i + 1 - past)
			}
			continue
		}
		past = i + 1
		c := &s.chained[l-1]
		cc[i] = octave(int(c.links))
		// Links are about evenly spread.
		span := max(s.wordsOf(int(c.from), int(c.to)), 1)
		before := int32(int64(c.links) * int64(s.wordsOf(int(c.from), i)) / int64(span))
		cb[i], ca[i] = octave(int(before)), octave(int(c.links-before))
		cg[i] = octave(int(span / (4 * (c.links - 1))))
	}
}

func withoutDigits(text string) uint32 {
	hash, table := uint32(offset32), classes()
	for _, r := range text {
		if r > 0xffff {
			r = '�'
		}
		if class := table[r]; class != space && class != digit {
			hash = (hash ^ uint32(r)) * prime32
		}
	}
	return hash
}
