package filter

import (
	"bytes"
	"strings"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
)

const (
	titleReach = 40   // units before the article among which its headline is looked for
	titleHead  = 3000 // bytes of the article that are compared with it
)

// title finds the headline of the article, units from up to to: the line before
// it, or its first, that shares most words with how the article begins. Near
// lines come first, and a line that nothing in the article echoes is none.
func (w *worker) title(from, to int) {
	if from >= to {
		return
	}
	text := w.doc.Text
	start := w.units[from].Start
	w.head.Fold(text[start:min(w.units[to-1].End, start+titleHead)])
	best, most := -1, 0.0
	for i := max(0, from-titleReach); i <= from; i++ {
		u := &w.units[i]
		s := w.shape(i)
		if s.words < 3 && s.size < 10 || s.words > 35 || s.cut || s.date || !w.whole(u) || w.named(i) != Other {
			continue
		}
		if i == from && (s.prose() || !w.opensArticle(from)) {
			continue
		}
		score := w.echo(text[u.Start:u.End]) - 0.015*float64(from-i)
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
	if best < 0 || most < 0.2 {
		return
	}
	u := &w.units[best]
	u.category, u.score, u.first = Title, min(u.score, -1), u.last
}

// opensArticle reports whether unit i, the first of the article, can be its
// headline: a longer block follows, or lines from which it is set apart.
func (w *worker) opensArticle(i int) bool {
	if w.shape(i).terminal {
		return false
	}
	block := w.units[i].of
	for j := block + 1; j < min(block+4, len(w.blocks)); j++ {
		if w.blocks[j].Len() > 2*w.blocks[block].Len() {
			return true
		}
	}
	lines := func(j int) int { return strings.Count(w.doc.Text[w.blocks[j].End:w.blocks[j].next], "\n") }
	return block+2 < len(w.blocks) && lines(block) > lines(block+1)
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
		if bytes.Contains(w.head.Bytes, word[:max(4, len(word)*3/4)]) {
			found += len(word)
		}
	}
	if all == 0 {
		return 0
	}
	return float64(found) / float64(all)
}
