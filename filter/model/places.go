package model

// gap is how many words between two units of prose part them into clusters.
const gap = 30 * 4

// A trail is what a way through the units, up or down, has left behind: units
// and words since the last prose, and words of prose, halved every four units.
// Words are in quarters.
type trail struct{ since, words, mass int }

// pass goes on past a unit of q quarters of a word.
func (t *trail) pass(q int, prose bool) {
	t.mass -= t.mass / 5
	if prose {
		t.since, t.words = 0, 0
		t.mass += q
	} else {
		t.since++
		t.words += q
	}
}

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
		if terms := units[i].Terms; terms > 0 {
			sum[wTerms] += (int32(terms) - 64) * t.quarters
		}
		s.rare[i+1] = s.rare[i] + t.rare
		s.sums[i+1] = sum
	}

	// Forth and back.
	fs, fe, wb, wa, pl := s.col(cFromStart), s.col(cFromEnd), s.col(cWordsBefore), s.col(cWordsAfter), s.col(cPlace)
	pb, pa, pp := s.col(cProseBefore), s.col(cProseAfter), s.col(cProsePlace)
	tu, td, gu, gd := s.col(cToProseUp), s.col(cToProseDown), s.col(cGapWordsUp), s.col(cGapWordsDown)
	mu, md := s.col(cMassDecayUp), s.col(cMassDecayDown)
	t := trail{since: n, words: words}
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
		mu[i] = octave(t.mass / 4)
		t.pass(q, s.prose[i])
		tu[i], gu[i] = octave(t.since), octave(t.words/4)
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
	t = trail{since: n, words: words}
	lastDate, dated = n, 0
	for i := n - 1; i >= 0; i-- {
		md[i] = octave(t.mass / 4)
		t.pass(int(s.stats[i].quarters), s.prose[i])
		td[i], gd[i] = octave(t.since), octave(t.words/4)
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
			put(wTerms, uint8(min(max(64+sum(wTerms)/max(sum(wWords), 1), 1), 127)))
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
