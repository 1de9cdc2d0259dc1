package filter

import "slices"

// decide judges every unit: the only place that sees neighbours, the model and
// thresholds.
func (w *worker) decide() {
	if len(w.units) == 0 {
		return
	}
	w.odds = slices.Grow(w.odds[:0], len(w.units))[:len(w.units)]
	threshold := float64(w.scorer.Score(w.doc.Text, w.seen, w.odds)) + shift[w.mode]
	for i := range w.units {
		u := &w.units[i]
		u.score = float64(w.odds[i])
		for _, s := range w.signals[u.first:u.last] {
			u.score += s.Weight
		}
	}
	w.spread()
	w.relatedTail()
	from, to := len(w.units), 0 // the article, from its first unit to its last
	for i := range w.units {
		if w.units[i].score <= threshold {
			from, to = min(from, i), i+1
		}
	}
	w.title(from, to)
	for i := range w.units {
		u := &w.units[i]
		if u.category == Title || u.score <= threshold {
			continue
		}
		if u.category = w.named(u); u.category == Other {
			u.category = w.looks(i)
			w.signal(u, Signal{"model", u.category, u.Span, u.score})
		}
	}
}

// shift is what a mode adds to the log-odds above which a unit goes.
var shift = [...]float64{Balanced: 0, Precision: 1.5, Recall: -1}

// named returns the category of the strongest signal of u, or Other.
func (w *worker) named(u *unit) Category {
	category, most := Other, 0.0
	for _, s := range w.signals[u.first:u.last] {
		if s.Weight > most {
			category, most = s.Category, s.Weight
		}
	}
	return category
}

// spread lets the phrase that opens a block of legal text speak for the rest of
// the block: such a paragraph is of one piece, and no pack can know all of its
// sentences. The rest must not be the better part of the document.
func (w *worker) spread() {
	for i := 0; i < len(w.units); {
		j := i + 1
		for j < len(w.units) && w.units[j].of == w.units[i].of {
			j++
		}
		opens := w.first(&w.units[i])
		if opens != nil && opens.Weight >= weightInside && legal[opens.Category] && 2*w.blocks[w.units[i].of].Len() < len(w.doc.Text) {
			for k := i + 1; k < j; k++ {
				if u := &w.units[k]; u.score < weightInside {
					u.score = weightInside + 2
					w.signal(u, Signal{opens.Rule, opens.Category, u.Span, weightInside})
				}
			}
		}
		i = j
	}
}

// legal are the categories whose texts run to paragraphs.
var legal = [numCategories]bool{Disclaimer: true, Consent: true, Copyright: true}

// relatedTail finds the teasers that follow a heading of other stories: a list
// of headlines, alone or each with a summary.
func (w *worker) relatedTail() {
	for i := 0; i < len(w.units); i++ {
		if s := w.first(&w.units[i]); s == nil || s.Category != Related || s.Weight < weightInside || !w.whole(&w.units[i]) {
			continue
		}
		for i++; i < len(w.units) && w.teaser(i); i++ {
			u := &w.units[i]
			u.score += weightInside
			w.signal(u, Signal{"related-tail", Related, u.Span, weightInside})
		}
		i--
	}
}

// teaser reports whether unit i may be a part of a list of other stories: a
// headline, or a summary between two of them.
func (w *worker) teaser(i int) bool {
	headline := func(i int) bool { s := w.units[i].shape; return !s.terminal && s.words <= 30 }
	s := w.units[i].shape
	return !s.terminal || s.words <= 45 && headline(i-1) && i+1 < len(w.units) && headline(i+1)
}

// whole reports whether u is all of its block.
func (w *worker) whole(u *unit) bool { return u.Span == w.blocks[u.of].Span }

func (w *worker) first(u *unit) *Signal {
	if u.first == u.last {
		return nil
	}
	return &w.signals[u.first]
}

// signal adds a signal to a unit that has none, or none of weight.
func (w *worker) signal(u *unit, s Signal) {
	if u.first == u.last {
		w.signals = append(w.signals, s)
		u.first, u.last = len(w.signals)-1, len(w.signals)
	} else if w.signals[u.first].Weight < s.Weight {
		w.signals[u.first] = s
	}
}

// looks names by its shape what no phrase names.
func (w *worker) looks(i int) Category {
	u := &w.units[i]
	switch {
	case u.shape.date:
		return Byline
	case u.shape.words <= 4 && (i+1 < len(w.units) && w.units[i+1].shape.date || i > 0 && w.units[i-1].shape.date):
		return Byline
	case u.shape.words <= 6:
		return Navigation
	case u.shape.words <= 30:
		return Related
	}
	return Other
}
