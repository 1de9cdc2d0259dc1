package model

import (
	"math/bits"
	"slices"
)

// The features of a unit are columns of bytes from 0 to 127, so that a tree
// compares eight units at a time. Lengths and distances are on a scale of four
// steps an octave, shares are in 127ths.

// column numbers. A tree may also ask for a column of the units before and
// after, by a shift; see trees.go.
const (
	// The unit by itself.
	cWords = iota // length
	cRunes
	cLetters  // letters and digits a word
	cLast     // class of the last rune
	cFirst    // class of the first rune
	cStops    // stops
	cInner    // stops and colons inside
	cCommas   // commas a word
	cDigits   // share of digits
	cUppers   // share of capitals
	cCapitals // share of words that begin with a capital
	cShouted  // share of words in capitals
	cLongs    // share of long words
	cNumbers  // numbers
	cDates    // years, times and dates
	cBars     // separators
	cSigns    // ©, @, #, currency
	cLinks    // addresses
	cQuotes   // quotes
	cMarks    // ! and ?
	cColons   // colons
	cHyphens  // hyphens and apostrophes
	cBrackets // brackets
	cSymbols  // symbols, emoji
	cUnspaced // share of unspaced script

	// The unit and the words of its document.
	cCommon   // share of words that are frequent on the page
	cOverlap  // share of the other words that long units elsewhere have
	cBodywide // the same, each word weighed by the number of long units it is in
	cFresh    // share of the other words met for the first time
	cCopies   // units with the same text: all
	cCopiesUp // and before it

	// Its line.
	cLineWords  // length
	cLineUnits  // units of it
	cLineBefore // words of it before the unit
	cLineAfter  // words of it after the unit

	// What phrases say.
	cHits    // NumGroups columns
	cGuard   = cHits + int(NumGroups)
	cForeign = iota + int(NumGroups) - 1
)

const (
	// Where it stands.
	cFromStart   = cForeign + 1 + iota // units
	cFromEnd                           //
	cWordsBefore                       // words
	cWordsAfter                        //
	cPlace                             // share of words before

	// Prose around it. Prose is a unit of 15 words, or of 7 that ends with a stop.
	cProseBefore  // words
	cProseAfter   //
	cProsePlace   // share of prose words before
	cToProseUp    // units to the next prose, 0 in prose
	cToProseDown  //
	cGapWordsUp   // words since the last prose
	cGapWordsDown //
	cMassDecayUp  // words of prose before, halved every four units
	cMassDecayDown
	cCluster     // words of the prose cluster that it is in or next to
	cClusterBest // the same against the heaviest cluster's
	cFromBestUp  // units since the heaviest cluster's end, 0 before it
	cFromBestDown
	cFromProse     // units since the first prose
	cClusterNumber // clusters before
	cDatesBefore   // short units with a date before
	cDatesAfter
	cToDateUp // units since the last of them
	cToDateDown

	// Windows of ±2, ±5, ±12, ±40 units: each takes numWindow columns.
	cWindows
)

const (
	wProse    = iota // words in prose
	wWords           // words
	wShorts          // units of up to three words
	wDates           // dates and times
	wMarks           // ! and ?
	wCopies          // units that are met twice
	wCapitals        // share of words with a capital
	wBare            // units that end without a stop
	wDots            // units that end with an ellipsis
	wNovel           // share of rare words that are met for the first time
	wEcho            // share of rare words that prose elsewhere has
	numWindow
)

var windows = [...]int{2, 5, 12, 40}

const (
	// Repeated shapes: how alike the units around are to those k before, k = 1…6.
	cPeriod  = cWindows + len(windows)*numWindow + iota // the best share
	cPeriodK                                            // its k
	cAlikeUp                                            // units since the last of this shape
	cAlikeN                                             // units of this shape on the page

	// Since the last phrase of a group.
	cSinceHit // NumGroups columns
)

const (
	// Stretches: lines with prose, one after the other, and the breaks between
	// them. A body has few breaks, comments and teasers have many.
	cStretch       = cSinceHit + int(NumGroups) + iota // words of its stretch, 0 in a break
	cStretchLines                                      // lines of its stretch or break
	cStretchBest                                       // words against the longest stretch's
	cStretchBefore                                     // words of the stretch before
	cStretchAfter
	cBreakBefore // lines of the break before
	cBreakAfter
	cStretches // stretches that begin in ±40 units

	// Chains: a short line that comes again and again, such as Reply.
	cChain       // links of the longest chain around the unit
	cChainBefore // of them, before it
	cChainAfter
	cChainGap  // words a link
	cChainPast // units since the last chain
	cDateChain // the same, of short units with a date
	cDateChainBefore
	cDateChainGap
)

const (
	// The document.
	dUnits = cDateChainGap + 1 + iota
	dLines
	dWords
	dProse      // share of words in prose
	dShorts     // share of units of up to three words
	dBare       // share of units that end without a stop
	dBareWords  // share of words in them
	dCopies     // share of units met twice
	dProseUnits // units of prose
	dMeanProse  // words a unit of prose
	dBest       // share of the prose in the heaviest cluster
	dClusters   // clusters
	dDates
	numFirst // columns of the first pass
)

const (
	// What the first pass said, as probabilities of boilerplate.
	pSelf = numFirst + iota
	pLine // mean over the words of its line
	pNear2
	pNear5
	pNear12
	pUp5
	pDown5
	pUp20
	pDown20
	pUp60
	pDown60
	pUpAll
	pDownAll
	pBodyBefore // words of likely body before
	pBodyAfter
	pBodyPlace // share of the likely body before
	pRank      // share of words that are likelier body
	pMargin    // score less the threshold of the best expected F1
	pRun       // words of the run of units on the same side
	pSinceBody // units since the last that is body for certain
	pToBody
	pMassUp // likely body before, halved every four units
	pMassDown
	pWindow     // before, in or after the best window
	pWindowIn   // units into it, or away from it
	pWindowEnd  // units to its end
	pWindowCost // words lost by stretching it to here, or by cutting it here
	pWindow2    // the same with even chances at a half
	pWindow2In
	pWindow2End
	pWindow2Cost
	pBodyWords // words of likely body in the document
	pBodyShare // share of it
	pSure      // share of words that are one or the other for certain
	pBorders   // changes between body and boilerplate
	pLowest    // lowest of the document
	pHighest   // highest
	pBestF     // best expected F1
	pBestLevel // its threshold
	pLikely    // share of words that are likelier body than not
	// Words that are not frequent on the page, shared with likely body.
	pEcho       // share that other likely body has
	pEcho5      // the same of the units up to five away
	pEcho12     // up to twelve
	pEchoUp     // share that likely body before has
	pEchoUp5    // of the units up to five away
	pEchoCore   // share that the heart of the best window has, of the units up to five away
	pEchoAfter  // share that the twelve units after it share with likely body before it
	pEchoBefore // share of the twelve units before it
	// Stretches and chains.
	pNear40
	pStretch       // mean over its stretch or break
	pStretchBefore // mean over the stretch before
	pStretchAfter
	pChain       // mean over its chain
	pEchoStretch // share of the stretch's words that the heart of the best window has
	numColumns
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

// vocabulary is the most slots of the word tables. Small documents use fewer,
// as clearing them would take longer than all the rest.
const vocabulary = 1 << 14

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
		if u.Guard {
			put(cGuard, 1)
		}
		if u.Foreign {
			put(cForeign, 1)
		}
		s.prose[i] = isProse(t)
	}
}

// echoes fills the columns that compare a unit with the words of the others.
func (s *Scorer) echoes() {
	// How often each word is met, and in how many units of prose.
	if s.tf == nil {
		s.tf, s.df, s.core, s.seen = make([]uint16, vocabulary), make([]uint16, vocabulary), make([]uint16, vocabulary), make([]int32, vocabulary)
	}
	size := 1 << 10
	for size < vocabulary && size < 8*len(s.words) {
		size *= 2
	}
	s.tf, s.df, s.core, s.seen = s.tf[:size], s.df[:size], s.core[:size], s.seen[:size]
	clear(s.tf)
	clear(s.df)
	clear(s.seen)
	mask := uint16(size - 1)
	for i := range s.stats {
		t := &s.stats[i]
		for _, w := range s.words[t.from:t.to] {
			w &= mask
			if s.tf[w] < 1<<16-1 {
				s.tf[w]++
			}
			if s.prose[i] && s.seen[w] != int32(i)+1 {
				s.seen[w] = int32(i) + 1
				s.df[w]++
			}
		}
	}
	common := uint16(min(max(4, len(s.words)/250), 1<<16-1))
	s.common = common
	clear(s.seen)
	cc, co, cb, cf := s.col(cCommon), s.col(cOverlap), s.col(cBodywide), s.col(cFresh)
	for i := range s.stats {
		t := &s.stats[i]
		var self uint16
		if s.prose[i] {
			self = 1
		}
		var frequent, overlap, spread, fresh int
		for _, w := range s.words[t.from:t.to] {
			w &= mask
			if s.tf[w] >= common {
				frequent++
				continue
			}
			if s.seen[w] == 0 {
				s.seen[w] = 1
				fresh++
			}
			if d := s.df[w] - min(self, s.df[w]); d > 0 {
				overlap++
				spread += int(d)
			}
		}
		all := int(t.to - t.from)
		t.rare, t.echo, t.novel = int32(all-frequent), int32(overlap), int32(fresh)
		cc[i] = share(frequent, all)
		co[i] = share(overlap, all-frequent)
		cb[i] = uint8(min(spread*16/max(all-frequent, 1), 127))
		cf[i] = share(fresh, all-frequent)
	}

	// Units met twice.
	met := s.slots()
	up, all := s.col(cCopiesUp), s.col(cCopies)
	for i := range s.stats {
		c := met.of(s.stats[i].hash)
		up[i] = octave(int(c.n))
		c.n++
	}
	for i := range s.stats {
		all[i] = octave(int(met.of(s.stats[i].hash).n) - 1)
	}
}

// slots are a small table with open addressing, from hashes of units to numbers
// other than 0. It has room for all units.
type slots []slot

type slot struct {
	hash uint32
	n    int32 // 0: the slot is free, or about to be used
}

// slots returns an empty table. It takes the place of the one before.
func (s *Scorer) slots() slots {
	size := 16
	for size < 2*s.n {
		size *= 2
	}
	if len(s.table) < size {
		s.table = make(slots, size)
	}
	clear(s.table[:size])
	return s.table[:size]
}

// of returns the slot of a hash, for the caller to give it a number.
func (t slots) of(hash uint32) *slot {
	mask := len(t) - 1
	for k := int(hash*2654435769>>8) & mask; ; k = (k + 1) & mask {
		if c := &t[k]; c.n == 0 || c.hash == hash {
			c.hash = hash
			return c
		}
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

// gap is how many words between two units of prose part them into clusters.
const gap = 30 * 4

// places fills the columns of where a unit stands, what is around it, and
// those of the document.
func (s *Scorer) places(units []Unit) {
	n := s.n
	var words, proseWords, proseUnits, shorts, bare, bareWords, twice, dates int
	copies := s.col(cCopies)
	s.sums[0] = [numWindow]int32{}
	s.rare[0] = 0
	for i := range s.stats {
		t := &s.stats[i]
		q := int(t.quarters)
		sum := s.sums[i]
		words += q
		sum[wWords] += t.quarters
		if s.prose[i] {
			proseWords += q
			proseUnits++
			sum[wProse] += t.quarters
		}
		if q <= 12 {
			shorts++
			sum[wShorts]++
		}
		if t.last != stop || t.dots {
			bare++
			bareWords += q
			sum[wBare]++
		}
		if t.times+t.years > 0 {
			dates++
			sum[wDates] += t.times + t.years
		}
		sum[wMarks] += t.marks
		if copies[i] > 0 {
			twice++
			sum[wCopies]++
		}
		sum[wCapitals] += t.capitals
		if t.dots {
			sum[wDots]++
		}
		sum[wNovel] += t.novel
		sum[wEcho] += t.echo
		s.rare[i+1] = s.rare[i] + t.rare
		s.sums[i+1] = sum
	}

	// Forth and back.
	fs, fe, wb, wa, pl := s.col(cFromStart), s.col(cFromEnd), s.col(cWordsBefore), s.col(cWordsAfter), s.col(cPlace)
	pb, pa, pp := s.col(cProseBefore), s.col(cProseAfter), s.col(cProsePlace)
	tu, td, gu, gd := s.col(cToProseUp), s.col(cToProseDown), s.col(cGapWordsUp), s.col(cGapWordsDown)
	mu, md := s.col(cMassDecayUp), s.col(cMassDecayDown)
	since, sinceWords, mass := n, words, 0
	var hit [NumGroups]int
	fp, du, dd := s.col(cFromProse), s.col(cToDateUp), s.col(cToDateDown)
	db, da := s.col(cDatesBefore), s.col(cDatesAfter)
	firstProse, lastDate, dated := n, -1, 0
	for i := range s.stats {
		q := int(s.stats[i].quarters)
		before, prose := int(s.sums[i][wWords]), int(s.sums[i][wProse])
		fs[i], fe[i] = octave(i), octave(n-1-i)
		wb[i], wa[i], pl[i] = octave(before/4), octave((words-before-q)/4), share(before, words)
		pb[i], pa[i], pp[i] = octave(prose/4), octave((proseWords-prose)/4), share(prose, proseWords)
		mu[i] = octave(mass / 4)
		mass -= mass / 5
		if s.prose[i] {
			since, sinceWords = 0, 0
			mass += q
		} else {
			since++
			sinceWords += q
		}
		tu[i], gu[i] = octave(since), octave(sinceWords/4)
		if s.prose[i] {
			firstProse = min(firstProse, i)
		}
		fp[i] = octave(max(i+1-firstProse, 0))
		db[i], du[i] = octave(dated), octave(i-lastDate)
		if isDate(&s.stats[i]) {
			lastDate = i
			dated++
		}
		for g := range hit {
			if units[i].Hits[g] > 0 {
				hit[g] = i + 1
			}
			if hit[g] > 0 {
				s.cols[(cSinceHit+g)*s.stride+pad+i] = 127 - octave(i+1-hit[g])
			}
		}
	}
	since, sinceWords, mass = n, words, 0
	lastDate, dated = n, 0
	for i := n - 1; i >= 0; i-- {
		q := int(s.stats[i].quarters)
		md[i] = octave(mass / 4)
		mass -= mass / 5
		if s.prose[i] {
			since, sinceWords = 0, 0
			mass += q
		} else {
			since++
			sinceWords += q
		}
		td[i], gd[i] = octave(since), octave(sinceWords/4)
		da[i], dd[i] = octave(dated), octave(lastDate-i)
		if isDate(&s.stats[i]) {
			lastDate = i
			dated++
		}
	}

	// Clusters of prose.
	cl, cbest, bu, bd := s.col(cCluster), s.col(cClusterBest), s.col(cFromBestUp), s.col(cFromBestDown)
	best, bestFrom, bestTo, clusters := 0, 0, 0, 0
	each := func(visit func(from, to, mass int)) {
		from, to, mass, loose := -1, 0, 0, 0
		for i := range s.stats {
			q := int(s.stats[i].quarters)
			if !s.prose[i] {
				loose += q
				continue
			}
			if from >= 0 && loose > gap {
				visit(from, to, mass)
				from = -1
			}
			if from < 0 {
				from, mass = i, 0
			}
			to, loose = i+1, 0
			mass += q
		}
		if from >= 0 {
			visit(from, to, mass)
		}
	}
	each(func(from, to, mass int) {
		clusters++
		if mass > best {
			best, bestFrom, bestTo = mass, from, to
		}
	})
	cn, number, after := s.col(cClusterNumber), 0, 0
	each(func(from, to, mass int) {
		for i := after; i < to; i++ {
			cn[i] = octave(number)
		}
		number++
		after = to
		for i := from; i < to; i++ {
			cl[i], cbest[i] = octave(mass/4), share(mass, best)
		}
	})
	for i := after; i < n; i++ {
		cn[i] = octave(number)
	}
	for i := range n {
		if i >= bestTo {
			bu[i] = octave(i + 1 - bestTo)
		} else if i < bestFrom {
			bd[i] = octave(bestFrom - i)
		}
	}

	for w, reach := range windows {
		c := cWindows + w*numWindow
		for i := range n {
			from, to := max(i-reach, 0), min(i+reach+1, n)
			row := s.cols[c*s.stride+pad+i:]
			a, b := &s.sums[from], &s.sums[to]
			put := func(k int, v uint8) { row[k*s.stride] = v }
			sum := func(k int) int { return int(b[k] - a[k]) }
			put(wProse, octave(sum(wProse)/4))
			put(wWords, octave(sum(wWords)/4))
			put(wShorts, octave(sum(wShorts)))
			put(wDates, octave(sum(wDates)))
			put(wMarks, octave(sum(wMarks)))
			put(wCopies, octave(sum(wCopies)))
			put(wCapitals, share(sum(wCapitals), sum(wWords)/4))
			put(wBare, octave(sum(wBare)))
			put(wDots, octave(sum(wDots)))
			words := int(s.rare[to] - s.rare[from])
			put(wNovel, share(sum(wNovel), words))
			put(wEcho, share(sum(wEcho), words))
		}
	}

	lines := 0
	if n > 0 {
		lines = units[n-1].Line - units[0].Line + 1
	}
	for c, v := range [...]uint8{
		octave(n), octave(lines), octave(words / 4), share(proseWords, words), share(shorts, n), share(bare, n), share(bareWords, words),
		share(twice, n), octave(proseUnits), octave(proseWords / max(proseUnits, 1)), share(best, proseWords), octave(clusters), octave(dates),
	} {
		col := s.col(dUnits + c)
		for i := range col {
			col[i] = v
		}
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
