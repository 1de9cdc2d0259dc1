package filter

import (
	"math"
	"slices"
	"strings"

	"github.com/seed-966a822a/winnow/filter/model"
)

// decide judges every unit: the only place that sees neighbours, the model and
// thresholds.
func (w *worker) decide() {
	if len(w.units) == 0 {
		return
	}
	w.odds = slices.Grow(w.odds[:0], len(w.units))[:len(w.units)]
	threshold := float64(w.scorer.Score(w.doc.Text, w.seen, w.odds)) + shift[w.mode]
	for i := range w.units {
		w.weigh(i, threshold)
	}
	w.relatedTail()
	w.doubt(threshold)
	w.spread()
	w.spare()
	w.dateline(w.title(w.start()))
	for i := range w.units {
		u := &w.units[i]
		if u.category == Title || u.stays() {
			continue
		}
		var ok bool
		if u.category, ok = w.named(i); !ok {
			u.category = shapes[w.scorer.Shape(i)]
			w.signal(u, Signal{Rule: "model", Category: u.category, Span: u.Span, Weight: u.score})
		}
	}
}

// weigh sets the score of unit i, and the limit above which it goes, by what the
// model and the packs say of it.
func (w *worker) weigh(i int, threshold float64) {
	u := &w.units[i]
	said, named := w.said(u)
	label := 0.0
	if s := w.first(u); s != nil && said == 0 && s.heading && i > 0 && i == len(w.units)-1 && w.whole(u) { // no heading stands there
		label = weightInside
	}
	u.score, u.limit = float64(w.odds[i])+said, threshold
	if said+label == 0 {
		return
	}
	clean := cleanness(threshold)
	extra := clean * w.caution(i)
	caution := shift[w.mode] + 2*extra
	if named { // the threshold is about looks
		u.limit = min(threshold, shift[w.mode]) + extra
	} else {
		u.limit = max(threshold, caution)
		caution += 8 * (1 - clean) // where looks tell much, packs alone must not
	}
	if alone := max(said, label) - strongest; (said > weightInside || !named) && alone-caution > u.score-u.limit {
		u.score, u.limit = alone, caution
	}
}

// said returns what packs say of a unit, in log-odds, and whether they know it
// by name. The model has counted less than a hint.
func (w *worker) said(u *unit) (said float64, named bool) {
	for _, s := range w.signals[u.first:u.last] {
		if s.Weight >= weightHint {
			said += s.Weight
			named = named || s.Rule != vocabularyRule
		}
	}
	return said, named
}

// cleanness tells, 0 to 1, how clean a document of a threshold is by its looks:
// wholly if nothing is clearly boilerplate.
func cleanness(threshold float64) float64 { return min(max(threshold/3, 0), 1) }

// strongest is what the model may say, in log-odds, for a text that a phrase
// knows by name.
const strongest = 3

// caution is what packs have to overcome, in log-odds, to speak of a unit in a
// document that is clean by its looks. The longer it is, the likelier some line
// of it happens to read like boilerplate, and boilerplate that was left over
// stands near the beginning or the end.
func (w *worker) caution(i int) float64 {
	n := len(w.units)
	return 4*math.Log1p(float64(min(i, n-1-i))/24) + 3*math.Log1p(float64(n)/144)
}

// doubt takes back what packs alone would remove from a document that is clean
// by its looks. Of a lone phrase in a long text, looks know better than the
// phrase whether it is part of the article; a short text has no looks to speak
// of. Boilerplate that was left over stands at the edges, or speaks another
// language; the more a phrase behind all that stays says, the more it is
// believed. A list of other stories is no lone phrase. Dates, photographers and
// disclosures above a text are as often kept by those who clean by hand.
func (w *worker) doubt(threshold float64) {
	const short, long = 8, 12 // units
	n := len(w.units)
	sure := cleanness(threshold) * min(max(float64(n-short)/(long-short), 0), 1)
	if sure == 0 || w.mode == Recall { // who asks for all that is likely gets it
		return
	}
	least := .5 + shift[w.mode] - 8*(1-sure)
	head := 0 // units before all that stays
	for head < n && !w.units[head].stays() {
		head++
	}
	after, last := 0, -1 // blocks that stay after the unit in hand, and the first of them
	for i := n - 1; i >= 0; i-- {
		u := &w.units[i]
		if said, _ := w.said(u); said > 0 && !u.stays() && !w.seen[i].Foreign && !w.inTail(i) {
			odds, need := float64(w.odds[i]), least // what looks say, and must say for packs to be believed
			switch {
			case after >= 2 && aboveText[w.first(u).Category]:
				need += 3
			case after == 0:
				need -= said - strongest
			case after == 1 || i < head:
				need -= 1.5
			}
			if odds <= min(need, threshold) { // above it goes by its looks
				u.score, u.limit = odds+said, need+said
			}
		}
		if u.stays() && u.of != last {
			after, last = after+1, u.of
		}
	}
}

// aboveText are the categories of what stands above many articles.
var aboveText = [numCategories]bool{Byline: true, Credit: true, Disclaimer: true}

// start returns the first unit of running text of the article, or the number of
// units.
func (w *worker) start() int {
	i := 0
	for i < len(w.units) && !(w.units[i].stays() && w.shape(i).prose()) {
		i++
	}
	return i
}

// stays reports whether the unit is the article, as far as its score says.
func (u *unit) stays() bool { return u.score <= u.limit }

// shift is what a mode adds to the log-odds above which a unit goes.
var shift = [...]float64{Balanced: float64(model.Balanced), Precision: float64(model.Precision), Recall: float64(model.Recall)}

// named returns the category of the strongest signal of unit i, if it has any.
func (w *worker) named(i int) (category Category, ok bool) {
	u := &w.units[i]
	most := 0.0
	if u.first < u.last && w.shape(i).date {
		most = weightWeak // looks say more than a hint
	}
	for _, s := range w.signals[u.first:u.last] {
		if s.Weight > most {
			category, most, ok = s.Category, s.Weight, true
		}
	}
	return category, ok
}

// spread lets phrases speak for the rest of their block: a phrase that opens a
// paragraph of legal text, which is of one piece, and no pack can know all of
// its sentences; and phrases beside which there is not much else ("© 2024
// Gazette. All rights reserved."). The rest must not be the better part of the
// document.
func (w *worker) spread() {
	for i, j := 0, 0; i < len(w.units); i = j {
		for j = i + 1; j < len(w.units) && w.units[j].of == w.units[i].of; {
			j++
		}
		if s := w.speaksFor(i, j); s != nil && j > i+1 && 2*w.blocks[w.units[i].of].Len() < len(w.doc.Text) {
			rule, category := s.Rule, s.Category
			for k := i; k < j; k++ {
				if u := &w.units[k]; u.stays() || u.score < weightInside || u.first == u.last {
					u.score, u.limit = max(u.score, weightInside), shift[w.mode]
					w.signal(u, Signal{Rule: rule, Category: category, Span: u.Span, Weight: weightInside})
				}
			}
		}
	}
}

// spare keeps what only looks would remove of a text of some lines, if that would
// be most of it: a poem, a programme or a list looks like the rows of a menu.
func (w *worker) spare() {
	const some = 24 // blocks
	if len(w.blocks) > some {
		return
	}
	kept, bare := 0, 0 // bytes that stay, and that go by their looks
	for i := range w.units {
		if u := &w.units[i]; u.stays() {
			kept += u.Len()
		} else if u.first == u.last {
			bare += u.Len()
		}
	}
	if bare <= 2*kept {
		return
	}
	for i := range w.units {
		if u := &w.units[i]; u.first == u.last {
			u.limit = max(u.limit, u.score)
		}
	}
}

// speaksFor returns the signal that speaks for all of a block, units i up to j,
// or nil.
func (w *worker) speaksFor(i, j int) *Signal {
	loud := func(k int) bool {
		s := w.first(&w.units[k])
		return s != nil && s.Weight >= weightInside && !w.units[k].stays()
	}
	k := i
	for k < j && !loud(k) {
		k++
	}
	if k == j || k-i > 3 { // none, or one that neither opens the block nor is most of it
		return nil
	}
	if first := w.first(&w.units[k]); k == i && legal[first.Category] {
		return first
	}
	said, rest := 0, 0 // words
	for k := i; k < j; k++ {
		if words := w.shape(k).words; loud(k) {
			said += words
		} else if rest += words; rest > 12 {
			return nil
		}
	}
	if rest > said+3 {
		return nil
	}
	return w.first(&w.units[k])
}

// legal are the categories whose texts run to paragraphs.
var legal = [numCategories]bool{Disclaimer: true, Consent: true, Copyright: true}

// relatedTail finds the teasers that follow a heading of other stories, a list
// of headlines, alone or each with a summary, where the article is over: most of
// its running text stands before.
func (w *worker) relatedTail() {
	before, counted := 0, 0 // running words of the units before the heading in hand
	all := -1               // of all units, once a heading asks
	for i := 0; i < len(w.units); i++ {
		if s := w.first(&w.units[i]); s == nil || !s.heading || s.Category != Related || s.Weight < weightInside || w.units[i].stays() || !w.whole(&w.units[i]) {
			continue
		}
		if all < 0 {
			all = w.running(0, len(w.units))
		}
		before += w.running(counted, i)
		counted = i
		if after := all - before - w.running(i, i+1); 3*after > before {
			continue
		}
		for i++; i < len(w.units) && w.teaser(i); i++ {
			u := &w.units[i]
			all -= w.running(i, i+1)
			u.score, u.limit = max(u.score+weightInside, 1), shift[w.mode]
			w.signal(u, Signal{Rule: tailRule, Category: Related, Span: u.Span, Weight: weightInside})
		}
		i--
	}
}

const tailRule = "related-tail"

// inTail reports whether unit i is in a list of other stories, or heads one.
func (w *worker) inTail(i int) bool {
	for k := i; k < min(i+2, len(w.units)); k++ {
		if s := w.first(&w.units[k]); s != nil && s.Rule == tailRule {
			return true
		}
	}
	return false
}

// running returns the words in sentences of units from up to to that the model
// takes for the article.
func (w *worker) running(from, to int) int {
	words := 0
	for i := from; i < to; i++ {
		if u := &w.units[i]; u.stays() {
			if s := w.shape(i); s.terminal && s.words >= 8 {
				words += s.words
			}
		}
	}
	return words
}

// teaser reports whether unit i may be a part of a list of other stories: a
// headline, or a summary between two of them.
func (w *worker) teaser(i int) bool {
	headline := func(i int) bool { s := w.shape(i); return !s.terminal && s.words <= 30 }
	s := w.shape(i)
	if u := &w.units[i]; strings.ContainsRune(w.doc.Text[u.Start:u.End], '\t') {
		return false // the row of a table
	}
	return !s.terminal || s.words <= 45 && headline(i-1) && i+1 < len(w.units) && headline(i+1)
}

// dateline finds the date above a headline, the unit title, and the name of a
// source or author right beside it.
func (w *worker) dateline(title int) {
	named := func(i int) {
		if u := &w.units[i]; u.stays() || u.first == u.last {
			u.score, u.limit = max(u.score, 1), shift[w.mode]
			w.signal(u, Signal{Rule: "dateline", Category: Byline, Span: u.Span, Weight: weightHint})
		}
	}
	for i := max(0, title-titleReach); i < title; i++ {
		if !w.shape(i).date || !w.whole(&w.units[i]) {
			continue
		}
		named(i)
		for _, j := range [...]int{i - 1, i + 1} {
			if j >= 0 && j < title && w.whole(&w.units[j]) && w.shape(j).words <= 4 && !w.shape(j).terminal && strings.Count(w.doc.Text[w.units[min(i, j)].End:w.units[min(i, j)].next], "\n") == 1 {
				named(j)
			}
		}
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

// shapes are the categories of what no phrase names.
var shapes = [...]Category{
	model.Other: Other, model.Navigation: Navigation, model.Related: Related, model.Comments: Comments,
	model.Consent: Consent, model.Byline: Byline, model.Credit: Credit,
}
