package lang

import "github.com/seed-966a822a/winnow/internal/gram"

// A memory holds what the words met last add to the sums. Texts use the same
// words again and again, and a word's rows lie all over a table that is larger
// than the fast caches of a processor.
type memory struct {
	words [1 << memoryBits][2]word                        // by the hash of the key, the newer first
	rows  [len(reading{}.letters) * gram.PerLetter]uint32 // of the word in hand
}

const memoryBits = 12

// A word fills two cache lines.
type word struct {
	key  key
	sums [13]uint64 // as many as the 49 languages of the Latin table take
}

// A key has the letters of a word, five in a number, by their last twelve bits,
// which is all that an n-gram sees of them. Above those of the last are the
// script, and whether the word ends.
type key [3]uint64

const (
	letterBits  = 12
	mostLetters = 15
	ends        = 1 << 60
	scriptShift = 61
)

// add adds the rows of letters to the sums of a table's languages.
func (m *memory) add(t *table, s *sums, letters []letter) {
	if t.script == han { // one row a character
		t.add(s, t.features(m.rows[:0], letters))
		return
	}
	const mask = 1<<letterBits - 1
	for i := 0; i < len(letters); i++ {
		from := i
		var a, b, c uint64
		for ; i < len(letters) && letters[i]&mask != 0; i++ {
			c = c<<letterBits | b>>(4*letterBits)
			b = b<<letterBits&(ends-1) | a>>(4*letterBits)
			a = a<<letterBits&(ends-1) | uint64(letters[i]&mask)
		}
		to := i
		if i < len(letters) {
			c |= ends
			to++
		}
		switch n := i - from; {
		case n == 0:
			continue // between words
		case n > mostLetters:
			t.add(s, t.features(m.rows[:0], letters[from:to]))
			continue
		}
		c |= uint64(t.script) << scriptShift
		const k = 0x9E3779B97F4A7C15
		pair := &m.words[((a*k^b)*k^c)*k>>(64-memoryBits)]
		w := &pair[0]
		if now := (key{a, b, c}); w.key != now {
			if w = &pair[1]; w.key != now {
				*w = pair[0]
				w = &pair[0]
				w.key = now
				var fresh sums
				t.add(&fresh, t.features(m.rows[:0], letters[from:to]))
				copy(w.sums[:], fresh[:])
			}
		}
		for k, v := range w.sums {
			s[k] += v
		}
	}
}
