package filter

import (
	"math"
	"slices"
	"strings"
)

// render turns the judged units into Decisions that tile the text.
func (w *worker) render() Result {
	t := tiler{decisions: make([]Decision, 0, len(w.units))}
	signals := slices.Clone(w.signals) // the worker's own are used again
	if len(w.units) == 0 {
		t.white(len(w.doc.Text), true)
		return Result{w.doc, t.decisions}
	}
	t.white(w.units[0].Start, w.keeps(0))
	for i, kept := range w.keptGaps() {
		u := &w.units[i]
		t.unit(u.of, u.End, Decision{
			Lang:     u.lang,
			Category: u.category,
			Keep:     w.keeps(i),
			Score:    1 / (1 + math.Exp(-u.score)),
			Signals:  signals[u.first:u.last:u.last],
		})
		t.white(u.End+kept, true)
		t.white(u.next, false)
	}
	return Result{w.doc, t.decisions}
}

func (w *worker) keeps(i int) bool { return w.keep[w.units[i].category] }

// keptGaps returns how many bytes stay of the gap after each unit. Between
// neighbours that are kept all of it stays; of the gaps between two kept units
// with others between them the widest, so that paragraphs remain paragraphs;
// after the last kept unit its line end, if the text has one there.
func (w *worker) keptGaps() []int {
	kept := make([]int, len(w.units))
	last := -1 // kept unit
	for i := range w.units {
		if !w.keeps(i) {
			continue
		}
		if last >= 0 {
			g := last + w.widestGap(w.units[last:i])
			kept[g] = w.units[g].next - w.units[g].End
		}
		last = i
	}
	if last == len(w.units)-1 {
		kept[last] = w.units[last].next - w.units[last].End
		return kept
	}
	if last >= 0 {
		for i := last; i < len(w.units); i++ {
			gap := w.doc.Text[w.units[i].End:w.units[i].next]
			if n := strings.IndexAny(gap, "\r\n"); n >= 0 {
				kept[i] = n + 1
				if strings.HasPrefix(gap[n:], "\r\n") {
					kept[i]++
				}
				break
			}
		}
	}
	return kept
}

// widestGap returns the index of the unit whose gap has most line ends, and of
// those the first with most bytes.
func (w *worker) widestGap(units []unit) int {
	best, lines, size := 0, -1, 0
	for i, u := range units {
		gap := w.doc.Text[u.End:u.next]
		if n := strings.Count(gap, "\n") + strings.Count(gap, "\r"); n > lines || n == lines && len(gap) > size {
			best, lines, size = i, n, len(gap)
		}
	}
	return best
}

// A tiler lays decisions one after the other. White space joins the decision
// before or after it that has the same fate.
type tiler struct {
	decisions []Decision
	block     int  // of the last decision
	end       int  // the text is tiled up to here
	loose     bool // the last decision is white space alone
}

func (t *tiler) white(end int, keep bool) {
	if end == t.end {
		return
	}
	if n := len(t.decisions); n > 0 && t.decisions[n-1].Keep == keep {
		t.decisions[n-1].Span.End = end
	} else {
		t.decisions = append(t.decisions, Decision{Span: Span{t.end, end}, Keep: keep})
		t.loose = true
	}
	t.end = end
}

// unit lays a decision up to end. Within a block, what is judged alike is one.
func (t *tiler) unit(block, end int, d Decision) {
	d.Span = Span{t.end, end}
	if n := len(t.decisions); n > 0 {
		switch last := &t.decisions[n-1]; {
		case t.loose && last.Keep == d.Keep:
			d.Span.Start = last.Span.Start
			t.decisions = t.decisions[:n-1]
		case !t.loose && t.block == block && last.Keep == d.Keep && last.Category == d.Category && last.Lang == d.Lang:
			last.Span.End, t.end = end, end
			last.Score = max(last.Score, d.Score)
			last.Signals = append(last.Signals, d.Signals...) // a copy: they come without room for more
			return
		}
	}
	t.decisions = append(t.decisions, d)
	t.block, t.end, t.loose = block, end, false
}
