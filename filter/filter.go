package filter

import (
	"io/fs"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
	"github.com/seed-966a822a/winnow/filter/model"
	"github.com/seed-966a822a/winnow/lang"
)

// Options are the knobs of a Filter. The zero Options are the good defaults.
type Options struct {
	Detector lang.Detector // nil: the built-in one
	Packs    fs.FS         // more packs, files named like de.txt; nil: only the built-in ones
	Model    *model.Model  // the block model; nil: the built-in one
	Mode     Mode
	Keep     []Category // kept, beside those that are by default
	Drop     []Category // dropped, though kept by default
}

// A Mode chooses between leaving boilerplate and losing text.
type Mode uint8

// The modes, as points on one curve.
const (
	Balanced  Mode = iota
	Precision      // remove only what is certain
	Recall         // remove all that is likely
)

// A Filter finds the article in text. It is safe for concurrent use.
type Filter struct {
	detector lang.Detector
	lexicon  *lexicon
	model    *model.Model // nil: the built-in one
	mode     Mode
	keep     [numCategories]bool
	workers  sync.Pool // of *worker
}

// builtin is the lexicon of the built-in packs.
var builtin = sync.OnceValue(func() *lexicon { return newLexicon(Packs()) })

// New returns a Filter, or an error that says which line of which pack is wrong.
func New(o Options) (*Filter, error) {
	f := &Filter{detector: o.Detector, lexicon: builtin(), model: o.Model, mode: o.Mode}
	if f.detector == nil {
		f.detector = lang.Default()
	}
	if o.Packs != nil {
		if _, err := ReadPacks(o.Packs); err != nil {
			return nil, err
		}
		f.lexicon = newLexicon(Packs(), o.Packs)
	}
	for c := range f.keep {
		f.keep[c] = Category(c).KeptByDefault()
	}
	for _, c := range o.Keep {
		f.keep[c] = true
	}
	for _, c := range o.Drop {
		f.keep[c] = false
	}
	f.workers.New = func() any {
		return &worker{Filter: f, reader: newReader(f.lexicon), scorer: model.Scorer{Model: f.model}}
	}
	return f, nil
}

// Scan judges every block of the document. It never fails, whatever the bytes.
func (f *Filter) Scan(d Document) Result {
	w := f.workers.Get().(*worker)
	defer f.workers.Put(w)
	w.split(d)   // into blocks
	w.identify() // the language of each
	w.gather()   // what speaks for and against each, or a part of it
	w.decide()   // the only judge
	return w.render()
}

// Clean returns the article in text.
func (f *Filter) Clean(text string) string { return f.Scan(Document{Text: text}).Text() }

// A worker holds one document at a time, and the memory to work on it.
type worker struct {
	*Filter
	doc       Document
	blocks    []block
	langs     []lang.Guess // of the blocks
	units     []unit
	signals   []Signal // of the units
	sentences []sentence

	reader *reader
	scorer model.Scorer
	looks  []shape      // what the units look like, as far as it was asked for
	seen   []model.Unit // the units as the model sees them
	odds   []float32    // what the model says of them

	head  fold.Text // the beginning of the article
	fours fours     // that it has
	line  fold.Text // a line that may be its headline
}

// A unit is what is judged as one: a sentence, or a stretch of a block that
// phrases speak of.
type unit struct {
	block
	of          int // index of its block
	lang        language.Tag
	first, last int     // its signals: worker.signals[first:last]
	score       float64 // log-odds that it is not the article
	limit       float64 // it goes when the score is above
	category    Category
}

func (w *worker) split(d Document) {
	w.doc = d
	w.blocks = split(w.blocks[:0], d.Text)
}

// identify finds the language of every block, and of the document if it is not
// known: each block by itself, then all in the light of the page.
func (w *worker) identify() {
	w.langs = w.langs[:0]
	var votes lang.Votes
	for _, b := range w.blocks {
		g := w.detector.Detect(w.doc.Text[b.Start:b.End])
		votes.Add(g, b.Len())
		w.langs = append(w.langs, g)
	}
	if w.doc.Lang == language.Und {
		w.doc.Lang = votes.Winner()
	}
	for i, g := range w.langs {
		w.langs[i] = g.Within(w.doc.Lang)
	}
}

// gather collects the signals of every block and cuts it into units: what
// signals speak of, and the sentences of the rest.
func (w *worker) gather() {
	w.units, w.seen, w.signals = w.units[:0], w.seen[:0], w.signals[:0]
	for i, b := range w.blocks {
		if mixed(w.doc.Text[b.Start:b.End]) {
			w.cutByScript(i)
		} else {
			w.cut(i, b.Span, w.langs[i])
		}
		w.units[len(w.units)-1].next = b.next
	}
	w.looks = slices.Grow(w.looks[:0], len(w.units))[:len(w.units)]
	clear(w.looks)
}

// cutByScript cuts block i where a sentence begins in another script than the
// ones before, and each part by itself.
func (w *worker) cutByScript(i int) {
	b, script := w.blocks[i].Span, ""
	starts := []int{b.Start}
	for _, s := range sentencesOf(nil, w.doc.Text, b) {
		now := family(w.detector.Detect(w.doc.Text[s.Start:s.End]).Script)
		if now == "" || now == script {
			continue
		}
		if script != "" {
			starts = append(starts, s.Start)
		}
		script = now
	}
	if len(starts) == 1 {
		w.cut(i, b, w.langs[i])
		return
	}
	for k, start := range starts {
		part := Span{start, b.End}
		if k+1 < len(starts) {
			part.End = starts[k+1]
		}
		guess := w.detector.Detect(w.doc.Text[part.Start:part.End]).Within(w.doc.Lang)
		w.cut(i, part, guess)
	}
}

// family names a script, and all that Chinese and Japanese are written in alike.
func family(s language.Script) string {
	switch name := s.String(); name {
	case "Zzzz":
		return ""
	case "Hans", "Hant", "Jpan":
		return "Hani"
	default:
		return name
	}
}

// mixed reports whether text has words in ASCII and letters far from Latin.
func mixed(text string) bool {
	const several = 16 // letters
	far := 0
	for i := 0; i < len(text) && far < several; i++ {
		if c := text[i]; c >= 0xd0 && c != 0xe2 { // the first byte of a letter from Cyrillic on; 0xe2 begins punctuation
			far++
		}
	}
	if far < several {
		return false // most text
	}
	near := 0
	for i := 0; i < len(text) && near < several; i++ {
		if c := text[i] | 0x20; c >= 'a' && c <= 'z' {
			near++
		}
	}
	return near >= several
}

// cut appends the units of a part of block i.
func (w *worker) cut(i int, part Span, guess lang.Guess) {
	from := len(w.signals)
	w.signals = w.reader.read(w.signals, w.doc.Text, part, guess.Tag, w.doc.Lang)
	first := len(w.units)
	at := part.Start
	for s := from; s < len(w.signals); s++ {
		span := w.signals[s].Span
		w.rest(i, Span{at, span.Start})
		w.unit(i, span.Start, span.End, s, s+1)
		at = span.End
	}
	w.rest(i, Span{at, part.End})
	w.reader.terms(w.seen[first:])
	for k := first; k < len(w.units); k++ {
		w.units[k].lang = guess.Tag
		w.seen[k].Foreign = w.reader.view.foreign && guess.Margin >= sure
	}
}

// rest appends the sentences of a part of block i.
func (w *worker) rest(i int, span Span) {
	if span.Len() == 0 {
		return
	}
	w.sentences = sentencesOf(w.sentences[:0], w.doc.Text, span)
	for _, s := range w.sentences {
		w.unit(i, s.Start, s.next, len(w.signals), len(w.signals))
	}
}

// unit appends the unit text[start:end], a part of block i. White space at its
// end becomes its gap; where there is nothing else, it widens the gap before.
func (w *worker) unit(i, start, end, first, last int) {
	visible := start + visibleLen(w.doc.Text[start:end])
	if visible == start && len(w.units) > 0 {
		w.units[len(w.units)-1].next = end
		return
	}
	u := unit{block: block{Span{start, visible}, end}, of: i, first: first, last: last}
	w.units = append(w.units, u)
	seen := model.Unit{Start: start, End: visible, Line: i}
	for _, s := range w.signals[first:last] {
		hit := &seen.Hits[groups[s.Category]]
		if s.Rule == vocabularyRule {
			*hit = max(*hit, 1)
		} else if s.Weight >= weightInside {
			*hit = 3
		} else if s.Weight > weightWeak {
			*hit = max(*hit, 2)
		} else {
			*hit = max(*hit, 1)
		}
	}
	w.seen = append(w.seen, seen)
}

// sure is the margin, in nats, from which on a language is taken for certain.
const sure = 3

// groups are the categories as the model knows them.
var groups = [numCategories]model.Group{
	Share: model.Call, Newsletter: model.Call, ReadMore: model.Call, Advert: model.Call,
	Related: model.List, Navigation: model.List, Tags: model.List, Template: model.List, Other: model.List,
	Copyright: model.Legal, Disclaimer: model.Legal, Consent: model.Legal, Account: model.Legal, Syndication: model.Legal,
	Byline: model.Credits, Credit: model.Credits,
	Comments: model.Voices,
}

// Units returns a document as the block model sees it, for training.
func (f *Filter) Units(d Document) []model.Unit {
	w := f.workers.Get().(*worker)
	defer f.workers.Put(w)
	w.split(d)
	w.identify()
	w.gather()
	return slices.Clone(w.seen)
}

// shape returns what unit i looks like. It is looked at once, and only if
// somebody asks: several do, but not of every unit.
func (w *worker) shape(i int) shape {
	s := &w.looks[i]
	if s.size == 0 { // no unit is empty
		*s = shapeOf(w.doc.Text[w.units[i].Start:w.units[i].End])
	}
	return *s
}
