package filter

import (
	"bytes"
	"encoding/binary"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
)

const (
	titleReach = 40   // units before the article among which its headline is looked for
	titleHead  = 3000 // bytes of the article that are compared with it
)

// title finds the headline of the article whose running text begins with unit
// start: the line above it that shares most words with it. Near lines come
// first, and a line that nothing in the article echoes must be quite near. It
// returns which unit it is, or 0.
func (w *worker) title(start int) int {
	if start == len(w.units) {
		return 0
	}
	text := w.doc.Text
	from := w.units[start].Start
	w.head.Fold(text[from:min(len(text), from+titleHead)])
	w.fours.fill(w.head.Bytes)
	best, most := -1, 0.2
	for i := max(0, start-titleReach); i < start; i++ {
		s := w.shape(i)
		if s.words < 3 && s.size < 10 || s.words > 35 || s.cut || s.date || !w.whole(&w.units[i]) {
			continue
		}
		if s := w.first(&w.units[i]); s != nil && (s.Rule != vocabularyRule || !w.units[i].stays()) {
			continue
		}
		score := w.echo(text[w.units[i].Start:w.units[i].End]) - 0.015*float64(start-i)
		if s.words >= 4 || s.size >= 20 {
			score += 0.3
			if best >= 0 && s.words >= 4 { // nearer than the one before
				most -= 0.1
			}
		}
		if score > most {
			best, most = i, score
		}
	}
	if best < 0 {
		return 0
	}
	u := &w.units[best]
	u.category, u.score, u.first = Title, min(u.score, -1), u.last
	return best
}

// echo returns the share of a line's letters, 0 to 1, that stand in words which
// the head of the article has too. Of a word, the first letters are enough, for
// endings change; an unspaced script is compared by pairs of letters.
func (w *worker) echo(line string) float64 {
	w.line.Fold(line)
	b := w.line.Bytes
	all, found := 0, 0
	for i, start := range w.line.Starts {
		from, to := int(start.At), len(b)
		if i+1 < len(w.line.Starts) {
			to = int(w.line.Starts[i+1].At)
		}
		if start.Kind == fold.Word && i+2 < len(w.line.Starts) && to-from == 3 { // a letter of an unspaced script
			to = int(w.line.Starts[i+2].At)
		}
		word := bytes.TrimRight(b[from:to], " .,:;!?\"'()-")
		if len(word) < 4 {
			continue
		}
		all += len(word)
		if w.fours.has(word) && bytes.Contains(w.head.Bytes, word[:max(4, len(word)*3/4)]) {
			found += len(word)
		}
	}
	if all == 0 {
		return 0
	}
	return float64(found) / float64(all)
}

// fours tells which four bytes do not follow one another in a text: a bit for
// the hash of each that do.
type fours [1 << 9]uint64

func (f *fours) fill(text []byte) {
	clear(f[:])
	for ; len(text) >= 4; text = text[1:] {
		i, bit := f.of(text)
		f[i] |= bit
	}
}

// has reports whether the first four bytes of word may be in the text.
func (f *fours) has(word []byte) bool {
	i, bit := f.of(word)
	return f[i]&bit != 0
}

func (f *fours) of(b []byte) (i uint32, bit uint64) {
	h := binary.LittleEndian.Uint32(b) * 0x9e3779b1 >> (32 - 15)
	return h / 64, 1 << (h % 64)
}
