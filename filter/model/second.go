package model

// level maps log-odds in 1/1024 to a column: an eighth a step, 64 for even.
func level(score int32) uint8 { return uint8(min(max(64+score>>7, 1), 127)) }

// chance maps a level to the chance that it is the article, in 1/1024.
var chance = func() (t [128]int32) {
	// 1/(1+e^x), by an exact integer recurrence: no float differs by platform.
	// odds(k) = e^((64-k)/8) in 1/2^16, built from e^(1/8) = 74262/65536.
	up := int64(1 << 20)
	for k := 64; k >= 0; k-- {
		p := up * 1024 / (up + 1<<20)
		t[k] = int32(p)
		if 128-k < 128 {
			t[128-k] = 1024 - int32(p)
		}
		up = up * 74262 >> 16
	}
	return t
}()

// second fills the columns of the second pass from the first one's scores. It
// tells whether the text is that of a page: on a page some words, a fiftieth at
// least, are clearly boilerplate; what an extractor or a feed gave has none.
func (s *Scorer) second(units []Unit, scores []int32) (page bool) {
	n := s.n
	s.body, s.all = resize(s.body, n+1), resize(s.all, n+1)
	body, all := s.body, s.all // sums of words, and of words times the chance in 1/1024
	self := s.col(pSelf)
	var sure, likely, clear int64
	borders := 0
	lowest, highest := uint8(127), uint8(0)
	s.hist = [128]int64{}
	for i := range n {
		l := level(scores[i])
		self[i] = l
		w := int64(max(s.stats[i].quarters, 1))
		all[i+1] = all[i] + w
		body[i+1] = body[i] + w*int64(chance[l])
		s.hist[l] += w
		if l < 44 || l > 84 {
			sure += w
		}
		if l >= 80 {
			clear += w
		}
		if l < 64 {
			likely += w
		}
		if i > 0 && (l < 64) != (self[i-1] < 64) {
			borders++
		}
		lowest, highest = min(lowest, l), max(highest, l)
	}
	total, mass := all[n], body[n]

	// The threshold that maximises the expected F1, and that F1. Keeping what is
	// likelier than half the F1 is best (Lewis 1995).
	bestLevel, bestF := 64, int64(0)
	var kept, hit int64
	for l := range 128 {
		kept += s.hist[l]
		hit += s.hist[l] * int64(chance[l])
		if f := 2 * hit / max(kept+mass/1024, 1); f > bestF {
			bestF, bestLevel = f, l
		}
	}
	// rank[l]: share of the words that are likelier body than level l.
	var rank [128]uint8
	var below int64
	for l := range 128 {
		rank[l] = share(int(below+s.hist[l]/2), int(total))
		below += s.hist[l]
	}

	mean := func(from, to int) uint8 {
		from, to = max(from, 0), min(to, n)
		if from >= to {
			return 0
		}
		return uint8(127 - 126*(body[to]-body[from])/((all[to]-all[from])*1024))
	}
	near2, near5, near12 := s.col(pNear2), s.col(pNear5), s.col(pNear12)
	up5, down5, up20, down20 := s.col(pUp5), s.col(pDown5), s.col(pUp20), s.col(pDown20)
	up60, down60, upAll, downAll := s.col(pUp60), s.col(pDown60), s.col(pUpAll), s.col(pDownAll)
	bb, ba, bp := s.col(pBodyBefore), s.col(pBodyAfter), s.col(pBodyPlace)
	rk, mg := s.col(pRank), s.col(pMargin)
	for i := range n {
		near2[i], near5[i], near12[i] = mean(i-2, i+3), mean(i-5, i+6), mean(i-12, i+13)
		up5[i], down5[i], up20[i], down20[i] = mean(i-5, i), mean(i+1, i+6), mean(i-20, i), mean(i+1, i+21)
		up60[i], down60[i], upAll[i], downAll[i] = mean(i-60, i), mean(i+1, i+61), mean(0, i), mean(i+1, n)
		bb[i] = octave(int(body[i] >> 12))
		ba[i] = octave(int((mass - body[i+1]) >> 12))
		bp[i] = share(int(body[i]), int(mass))
		rk[i] = rank[self[i]]
		mg[i] = uint8(min(max(64+int(self[i])-bestLevel, 1), 127))
	}
	// Lines.
	line := s.col(pLine)
	for i := 0; i < n; {
		j := i
		for ; j < n && units[j].Line == units[i].Line; j++ {
		}
		m := mean(i, j)
		for ; i < j; i++ {
			line[i] = m
		}
	}
	// Runs on one side, and the last that is body for certain.
	run, sb, tb := s.col(pRun), s.col(pSinceBody), s.col(pToBody)
	mu, md := s.col(pMassUp), s.col(pMassDown)
	decay, last := int64(0), -1
	for i := range n {
		mu[i] = octave(int(decay >> 12))
		decay += (body[i+1] - body[i]) - decay/5
		if self[i] < 44 {
			last = i
		}
		sb[i] = octave(i - last)
	}
	decay, last = 0, n
	for i := n - 1; i >= 0; i-- {
		md[i] = octave(int(decay >> 12))
		decay += (body[i+1] - body[i]) - decay/5
		if self[i] < 44 {
			last = i
		}
		tb[i] = octave(last - i)
	}
	for i := 0; i < n; {
		j := i
		for ; j < n && (self[j] < 64) == (self[i] < 64); j++ {
		}
		v := octave(int((all[j] - all[i]) >> 2))
		for ; i < j; i++ {
			run[i] = v
		}
	}

	// The best window: the run of units with the most words of body less those
	// of boilerplate, where even chances are at the best level.
	even := int64(chance[bestLevel])
	s.window(even, pWindow)
	s.window(512, pWindow2)
	s.topics()
	// Stretches, breaks and chains.
	of := func(k int) uint8 {
		if k < 0 || k >= len(s.spans) {
			return 0
		}
		return mean(int(s.spans[k].from), int(s.spans[k].to))
	}
	st, before, after, ch, near40 := s.col(pStretch), s.col(pStretchBefore), s.col(pStretchAfter), s.col(pChain), s.col(pNear40)
	for k, sp := range s.spans {
		own, up, down := of(k), of(k-1-k&1), of(k+1+k&1)
		for i := sp.from; i < sp.to; i++ {
			st[i], before[i], after[i] = own, up, down
		}
	}
	for i := range n {
		near40[i] = mean(i-40, i+41)
		if l := s.longest[i]; l > 0 {
			ch[i] = mean(int(s.chained[l-1].from), int(s.chained[l-1].to)+1)
		}
	}

	for c, v := range [...]uint8{
		octave(int(mass >> 12)), share(int(mass>>10), int(total)), share(int(sure), int(total)), octave(borders), lowest, highest,
		uint8(min(bestF*127/1024, 127)), uint8(bestLevel), share(int(likely), int(total)),
	} {
		col := s.col(pBodyWords + c)
		for i := range col {
			col[i] = v
		}
	}
	return clear*50 >= total
}

// window fills the columns of the best window: the run of units for which the
// words times (chance - even) add up to the most.
func (s *Scorer) window(even int64, c int) {
	n := s.n
	var best, sum int64
	from, to, start := 0, 0, 0
	for i := range n {
		w := s.all[i+1] - s.all[i]
		sum += s.body[i+1] - s.body[i] - w*even
		if sum <= 0 {
			sum, start = 0, i+1
		} else if sum > best {
			best, from, to = sum, start, i+1
		}
	}
	where, in, end, cost := s.col(c), s.col(c+1), s.col(c+2), s.col(c+3)
	for i := range n {
		switch {
		case i < from:
			where[i], in[i], end[i] = 1, octave(from-i), octave(to-i)
			// What it would cost to stretch the window to here, in words.
			v := -(s.body[from] - s.body[i] - (s.all[from]-s.all[i])*even)
			cost[i] = octave(int(v >> 12))
		case i < to:
			where[i], in[i], end[i] = 2, octave(i-from), octave(to-1-i)
			// What it would cost to cut here: the lighter side.
			a := s.body[i] - s.body[from] - (s.all[i]-s.all[from])*even
			b := s.body[to] - s.body[i+1] - (s.all[to]-s.all[i+1])*even
			cost[i] = octave(int(min(a, b) >> 12))
		default:
			where[i], in[i], end[i] = 3, octave(i-from), octave(i+1-to)
			v := -(s.body[i+1] - s.body[to] - (s.all[i+1]-s.all[to])*even)
			cost[i] = octave(int(v >> 12))
		}
	}
}

// topics fills the columns of words in common with what is likely body: another
// story's teaser or a consent text shares fewer of its rare words.
func (s *Scorer) topics() {
	n := s.n
	self, where := s.col(pSelf), s.col(pWindow)
	mask := uint16(len(s.df) - 1)
	clear(s.df)   // in how many units of likely body a word is
	clear(s.core) // the same in the heart of the best window
	clear(s.seen)
	for i := range n {
		if self[i] >= 64 {
			continue
		}
		for _, w := range s.words[s.stats[i].from:s.stats[i].to] {
			w &= mask
			if s.seen[w] != int32(i)+1 {
				s.seen[w] = int32(i) + 1
				s.df[w]++
				if where[i] == 2 && self[i] < 48 {
					s.core[w]++
				}
			}
		}
	}
	for k := range s.links {
		s.links[k] = resize(s.links[k], n+1)
	}
	all, up, core := s.links[0], s.links[1], s.links[2]
	clear(s.seen)
	ce, cu := s.col(pEcho), s.col(pEchoUp)
	for i := range n {
		t := &s.stats[i]
		var own, ownCore uint16
		if self[i] < 64 {
			own = 1
			if where[i] == 2 && self[i] < 48 {
				ownCore = 1
			}
		}
		var a, u, c int32
		words := s.words[t.from:t.to]
		for _, w := range words {
			w &= mask
			if s.tf[w] >= s.common {
				continue
			}
			if s.df[w] > own {
				a++
			}
			if s.seen[w] != 0 {
				u++
			}
			if s.core[w] > ownCore {
				c++
			}
		}
		if own > 0 {
			for _, w := range words {
				s.seen[w&mask] = 1
			}
		}
		ce[i], cu[i] = share(int(a), int(t.rare)), share(int(u), int(t.rare))
		all[i+1], up[i+1], core[i+1] = all[i]+a, up[i]+u, core[i]+c
	}
	near := func(sum []int32, from, to int) uint8 {
		from, to = max(from, 0), min(to, n)
		if from >= to {
			return 0
		}
		return share(int(sum[to]-sum[from]), int(s.rare[to]-s.rare[from]))
	}
	e5, e12, u5, c5, ea, eb := s.col(pEcho5), s.col(pEcho12), s.col(pEchoUp5), s.col(pEchoCore), s.col(pEchoAfter), s.col(pEchoBefore)
	for i := range n {
		e5[i], e12[i] = near(all, i-5, i+6), near(all, i-12, i+13)
		u5[i], c5[i] = near(up, i-5, i+6), near(core, i-5, i+6)
		ea[i], eb[i] = near(up, i+1, i+13), near(up, i-12, i)
	}
	es := s.col(pEchoStretch)
	for _, sp := range s.spans {
		v := near(core, int(sp.from), int(sp.to))
		for i := sp.from; i < sp.to; i++ {
			es[i] = v
		}
	}
}
