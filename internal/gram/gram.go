// Package gram maps letters to rows of a language table. The tables' reader
// (lang) and their writer (winnow-train) share it.
//
// The features of a word are its n-grams of 2 to 5 letters, where the edge of
// the word counts as a letter: "to" has _t, to, _to, o_, to_ and _to_. A row
// is the hash of an n-gram; n-grams share rows, which training allows for.
// Han text has no words, and lingua no n-grams of it: its features are the
// single characters.
package gram

// A Letter is a lower-case rune; zeros stand between words.
type Letter interface{ ~uint16 | ~uint32 }

// A letter takes 12 bits of an n-gram. Scripts whose letters differ in their
// lowest 12 bits fit, as all but Han do (U+1E00 to U+1EFF meet no Latin letter).
const (
	bits = 12
	one  = 1<<bits - 1
	edge = 1
)

func row(key uint64, rows uint32) uint32 {
	return uint32(key * 0x9E3779B97F4A7C15 >> 32 * uint64(rows) >> 32)
}

// PerLetter is the most rows that a letter or zero can have.
const PerLetter = 4

// Words appends the rows of words to dst.
func Words[L Letter](dst []uint32, letters []L, rows uint32) []uint32 {
	key := uint64(edge)
	for _, l := range letters {
		c := uint64(l) & one
		if c == 0 {
			if c = edge; key == edge {
				continue // a second zero
			}
		}
		key = key<<bits | c
		switch {
		case key >= 1<<(4*bits):
			dst = append(dst, row(key&(1<<(2*bits)-1), rows), row(key&(1<<(3*bits)-1), rows),
				row(key&(1<<(4*bits)-1), rows), row(key&(1<<(5*bits)-1), rows))
		case key >= 1<<(3*bits):
			dst = append(dst, row(key&(1<<(2*bits)-1), rows), row(key&(1<<(3*bits)-1), rows), row(key, rows))
		case key >= 1<<(2*bits):
			dst = append(dst, row(key&(1<<(2*bits)-1), rows), row(key, rows))
		default:
			dst = append(dst, row(key, rows))
		}
		if c == edge {
			key = edge
		}
	}
	return dst
}

// Han appends the rows of Han characters to dst.
func Han[L Letter](dst []uint32, letters []L, rows uint32) []uint32 {
	for _, l := range letters {
		if c := uint64(l) & 0xFFFF; c != 0 {
			dst = append(dst, row(c, rows))
		}
	}
	return dst
}
