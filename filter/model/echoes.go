package model

// vocabulary is the most slots of the word tables. Small documents use fewer,
// as clearing them would take longer than all the rest.
const vocabulary = 1 << 14

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
