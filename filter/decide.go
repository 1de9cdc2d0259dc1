package filter

import (
	"math"

	"golang.org/x/text/language"
)

// decide judges every unit: the only place that sees neighbours, the model and
// thresholds.
func (w *worker) decide() {
	for i := range w.units {
		u := &w.units[i]
		u.score = u.shape.weight()
		for _, s := range w.signals[u.first:u.last] {
			u.score += s.Weight
		}
		if u.score > 0 {
			u.category = w.named(u)
		}
	}
	w.spread()
	w.relatedTail()
	from, to := w.article()
	w.outside(from, to)
	w.inside(from, to)
	w.title(from)
}

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

// threshold is the log-odds above which a unit goes.
func (w *worker) threshold() float64 {
	switch w.mode {
	case Precision:
		return 3
	case Recall:
		return 1
	}
	return 2
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
					u.score, u.category = weightInside+2, opens.Category
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
		if u := &w.units[i]; u.category != Related || !w.whole(u) || u.score < weightInside {
			continue
		}
		short := false // the unit before was headline-shaped
		for i++; i < len(w.units); i++ {
			u := &w.units[i]
			s := u.shape
			teaser := !s.terminal || s.words <= 12 || short && s.words <= 45
			if !teaser || w.first(u) != nil && w.first(u).Weight < 0 {
				break
			}
			short = !s.terminal && s.words <= 30 || s.words <= 20
			u.score += weightInside
			if u.category == Body || u.category == Other {
				u.category = Related
				w.signal(u, Signal{"related-tail", Related, u.Span, weightInside})
			}
		}
		i--
	}
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

// article returns the run of units, from and to, that is most likely the
// article: the one with the greatest sum of words, those that look like the
// article for it and the others against it.
func (w *worker) article() (from, to int) {
	sum, most, start := 0.0, 0.0, 0
	for i := range w.units {
		u := &w.units[i]
		sum -= math.Tanh(u.score/2) * float64(min(u.shape.words, 60)+2)
		if sum <= 0 {
			sum, start = 0, i+1
		} else if sum > most {
			most, from, to = sum, start, i+1
		}
	}
	return from, to
}

// outside judges what stands before and after the article.
func (w *worker) outside(from, to int) {
	for i := range w.units {
		if i >= from && i < to {
			continue
		}
		u := &w.units[i]
		if from == to && u.score <= w.threshold() { // no article: keep what nothing speaks against
			u.category = Body
			continue
		}
		u.score += 2
		if u.score <= w.threshold() && u.shape.prose() {
			u.category = Body
		} else if u.category == Body || u.category == Other {
			u.category = w.looks(i)
			w.signal(u, Signal{"shape", u.category, u.Span, u.score})
		}
	}
}

// inside judges what stands among the article.
func (w *worker) inside(from, to int) {
	for i := from; i < to; i++ {
		u := &w.units[i]
		if w.foreign(u) {
			u.score += 2
		}
		if first := w.first(u); first == nil || first.Weight < weightInside {
			u.score -= 2
		}
		if u.score <= w.threshold() {
			u.category = Body
		}
	}
}

// foreign reports whether the unit speaks a language that its page does not.
func (w *worker) foreign(u *unit) bool {
	g := w.langs[u.of]
	return w.doc.Lang != language.Und && g.Tag != language.Und && g.Margin >= 3 && !sameGroup(g.Tag, w.doc.Lang)
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

// title finds the headline: the last unit of that shape before the article, or
// its first.
func (w *worker) title(from int) {
	for i := min(from, len(w.units)-1); i >= 0 && i >= from-6; i-- {
		u := &w.units[i]
		if !u.shape.headline() || i == from && u.shape.prose() || !w.whole(u) || u.shape.date {
			continue
		}
		if s := w.first(u); s != nil && s.Rule != "shape" {
			continue
		}
		u.category = Title
		u.first = u.last
		u.score = -2
		return
	}
}

// sameGroup reports whether a phrase of language a counts in text of language b.
func sameGroup(a, b language.Tag) bool {
	x, _ := a.Base()
	y, _ := b.Base()
	return x == y
}
