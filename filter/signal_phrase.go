package filter

import (
	"bytes"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
	"github.com/seed-966a822a/winnow/filter/internal/match"
)

// Weights of phrases, in log-odds for "not the article".
const (
	weightStrong = 6.0 // a phrase that is a whole block, or ends one
	weightInside = 4.0 // a phrase that is a sentence with text on both sides
	weightWeak   = 1.0 // a weak phrase, or a short one inside a block
	weightNone   = -9  // a guard
)

// unmistakable is the number of letters from which on a phrase counts in any
// page, whatever the language of its pack.
const unmistakable = 14

// A lexicon is all packs compiled for matching. It is safe for concurrent use.
type lexicon struct {
	entries []entry
	langs   []language.Tag // of the packs
	langOf  []uint8        // of each entry: index in langs
	set     *match.Set
}

// newLexicon compiles the packs in all of the file systems.
func newLexicon(packs ...fs.FS) (*lexicon, error) {
	var x lexicon
	for _, p := range packs {
		entries, err := readPacks(p)
		if err != nil {
			return nil, err
		}
		x.entries = append(x.entries, entries...)
	}
	index := map[language.Tag]uint8{}
	patterns := make([]match.Pattern, len(x.entries))
	for i, e := range x.entries {
		patterns[i] = e.pattern
		at, ok := index[e.Lang]
		if !ok {
			at = uint8(len(x.langs))
			index[e.Lang] = at
			x.langs = append(x.langs, e.Lang)
		}
		x.langOf = append(x.langOf, at)
	}
	x.set = match.Compile(patterns)
	return &x, nil
}

// A reader looks for phrases in blocks, one after the other. It belongs to one
// goroutine.
type reader struct {
	*lexicon
	text      fold.Text
	hits      []match.Hit
	sentences []sentence
	spoken    map[[2]language.Tag][]bool // which packs count: by language of block and page
	heard     []bool                     // of the block in hand
	block     Span
	input     string
	signals   []Signal
	guards    []Span
}

func newReader(x *lexicon) *reader {
	return &reader{lexicon: x, spoken: map[[2]language.Tag][]bool{}}
}

// read appends to dst what the packs say about text[block], in the order of the
// spans, which do not overlap. A signal whose span is the block speaks of all
// of it; any other asks for a cut.
func (r *reader) read(dst []Signal, text string, block Span, blockLang, pageLang language.Tag) []Signal {
	r.input, r.block = text, block
	r.signals, r.guards, r.sentences = r.signals[:0], r.guards[:0], r.sentences[:0]
	r.heard = r.packsFor(blockLang, pageLang)
	r.text.Fold(text[block.Start:block.End])
	done := 0 // folded offset up to which phrases have been found
	for _, start := range r.text.Starts {
		at := int(start.At)
		if s, ok := r.afloat(at); ok && at >= done {
			done = r.add(s, done)
		}
		if at < done || start.Kind == fold.Word {
			continue
		}
		if s, ok := r.chain(at, start.Kind); ok {
			done = r.add(s, at)
		}
	}
	for _, s := range r.signals {
		if !r.guarded(s.Span) {
			dst = append(dst, s)
		}
	}
	return dst
}

// packsFor returns which packs count in a block of the one language on a page
// of the other.
func (r *reader) packsFor(block, page language.Tag) []bool {
	key := [2]language.Tag{block, page}
	heard, ok := r.spoken[key]
	if !ok {
		heard = make([]bool, len(r.langs))
		for i, l := range r.langs {
			heard[i] = l == language.Und || page == language.Und || sameGroup(l, block) || sameGroup(l, page)
		}
		r.spoken[key] = heard
	}
	return heard
}

// counts reports whether the phrase of a hit may speak here, and stands where
// it claims to.
func (r *reader) counts(h match.Hit) bool {
	e := &r.entries[h.Pattern]
	return (r.heard[r.langOf[h.Pattern]] || e.letters >= unmistakable && !e.Weak) &&
		strings.HasSuffix(strings.TrimRight(string(r.text.Bytes[max(0, h.Start-8):h.Start]), " "), e.lead)
}

// add records a signal that reaches from folded offset from on, and returns the
// folded offset behind it.
func (r *reader) add(s found, from int) int {
	if s.weight <= weightWeak && s.span != r.block {
		return s.end
	}
	e := r.entries[s.entry]
	if n := len(r.signals); n > 0 && s.span.Start < r.signals[n-1].Span.End {
		if s.span.Start <= r.signals[n-1].Span.Start { // takes the sentence from its beginning
			r.signals = r.signals[:n-1]
		} else {
			s.span.Start = r.signals[n-1].Span.End
		}
	}
	r.signals = append(r.signals, Signal{e.Rule(), e.Category, s.span, s.weight})
	return s.end
}

// found is a stretch of the block that phrases fill.
type found struct {
	span   Span // of the input
	end    int  // folded offset of the first letter behind it
	entry  int  // the phrase that names it
	weight float64
}

// chain looks for phrases that follow one another from folded offset at up to
// a place where a sentence, a label or the block ends: "Share this: Facebook
// Twitter", "Home | News | Sport".
func (r *reader) chain(at int, kind fold.Kind) (found, bool) {
	var (
		best, clean = found{entry: -1}, found{entry: -1}
		stop        int // folded end of the clean chain, its punctuation included
		bestLetters int
		strong      bool
		phrases     int
	)
	for pos := at; pos < len(r.text.Bytes); {
		hit, next, ends := r.step(pos)
		if hit.Pattern < 0 {
			break
		}
		e := &r.entries[hit.Pattern]
		phrases++
		letters := e.letters
		if !e.Weak {
			letters += 1000
			strong = true
		}
		if letters > bestLetters {
			best.entry, bestLetters = hit.Pattern, letters
		}
		best.end = next
		if ends {
			clean, stop = best, r.closing(hit.End, next)
		}
		pos = next
	}
	if clean.entry < 0 || kind == fold.Glued && (!strong || clean.end < len(r.text.Bytes)) {
		return clean, false
	}
	clean.span = r.widen(at, stop)
	letters := bestLetters % 1000
	switch {
	case !strong:
		clean.weight = min(weightWeak*float64(phrases), weightInside)
	case clean.span == r.block:
		clean.weight = weightStrong
	case clean.span.End == r.block.End && letters >= 8:
		clean.weight = weightStrong - 1
	case letters >= 12 || clean.span.Start == r.block.Start && letters >= 6:
		clean.weight = weightInside
	default:
		clean.weight = weightWeak
	}
	return clean, true
}

// step returns the hit at folded offset pos to go on with: the longest after
// which the text ends cleanly or another phrase follows; with it the next
// offset to look at and whether the end is clean. Its Pattern is -1 if there
// is none.
func (r *reader) step(pos int) (hit match.Hit, next int, ends bool) {
	r.hits = r.set.Anchored(r.hits[:0], &r.text, pos)
	n := len(r.hits)
	for i := range n {
		hit := r.hits[i]
		if !r.counts(hit) {
			continue
		}
		if r.entries[hit.Pattern].pattern.OpenEnd {
			end := r.endOfSentence(hit.End)
			hit.End = end
			return hit, end, true
		}
		next := r.text.SkipSymbols(hit.End)
		if r.endsAt(hit.End, next) {
			return hit, next, true
		}
		r.hits = r.set.Anchored(r.hits[:n], &r.text, next)
		for _, after := range r.hits[n:] {
			if r.counts(after) {
				return hit, next, false
			}
		}
	}
	return match.Hit{Pattern: -1}, pos, false
}

// closing returns where a phrase ends whose last letter is before folded offset
// end, with the punctuation that closes it, when the next letter is at next:
// symbols behind the last space open what follows.
func (r *reader) closing(end, next int) int {
	if next == len(r.text.Bytes) || next < end {
		return next
	}
	if i := bytes.LastIndexByte(r.text.Bytes[end:next], ' '); i >= 0 {
		return end + i
	}
	return next
}

// endsAt reports whether a phrase that ends at folded offset end, with the next
// letter at next, is followed by the end of a block, a sentence or a label.
func (r *reader) endsAt(end, next int) bool {
	b := r.text.Bytes
	if next == len(b) {
		return true
	}
	for i, c := range b[end:next] {
		switch c {
		case '!', '?', '|', '>':
			return true
		case '.':
			if end+i+1 == len(b) || b[end+i+1] == ' ' || next == end+i+1 {
				return true
			}
		}
	}
	return strings.ContainsAny(string(b[end:next]), "·→►▶❯»/")
}

// afloat looks for a phrase with an open start that has a literal at folded
// offset at. It takes its sentence from the beginning. Guards are noted.
func (r *reader) afloat(at int) (found, bool) {
	r.hits = r.set.Afloat(r.hits[:0], &r.text, at)
	for _, hit := range r.hits {
		e := &r.entries[hit.Pattern]
		if !r.counts(hit) {
			continue
		}
		if e.Guard {
			r.guards = append(r.guards, r.span(hit.Start, hit.End))
			continue
		}
		end := hit.End
		if e.pattern.OpenEnd {
			end = r.endOfSentence(hit.End)
		} else if next := r.text.SkipSymbols(end); r.endsAt(end, next) {
			end = r.closing(end, next)
		} else {
			continue
		}
		f := found{span: r.span(hit.Start, end), end: r.text.SkipSymbols(end), entry: hit.Pattern, weight: weightInside}
		for _, s := range r.allSentences() {
			if s.Start <= f.span.Start && f.span.Start < s.next {
				f.span.Start = s.Start
			}
		}
		if e.Weak {
			f.weight = weightWeak
		} else if f.span.End == r.block.End {
			f.weight = weightStrong
		}
		return f, true
	}
	return found{}, false
}

// allSentences returns the sentences of the block.
func (r *reader) allSentences() []sentence {
	if len(r.sentences) == 0 {
		r.sentences = sentencesOf(r.sentences, r.input, r.block)
	}
	return r.sentences
}

// endOfSentence returns the folded offset where the sentence ends that goes on
// at folded offset at.
func (r *reader) endOfSentence(at int) int {
	if at >= len(r.text.Bytes) {
		return at
	}
	from := r.block.Start + r.text.Input(at, r.block.Len())
	for _, s := range r.allSentences() {
		if s.next > from {
			if s.next >= r.block.End {
				break
			}
			// The first folded byte that comes from the next sentence.
			low, high := at, len(r.text.Bytes)
			for low < high {
				mid := (low + high) / 2
				if r.block.Start+r.text.Input(mid, r.block.Len()) < s.next {
					low = mid + 1
				} else {
					high = mid
				}
			}
			return low
		}
	}
	return len(r.text.Bytes)
}

// span returns the input's span of folded offsets, without white space at its end.
func (r *reader) span(start, end int) Span {
	size := r.block.Len()
	s := Span{r.block.Start + r.text.Input(start, size), r.block.Start + r.text.Input(end, size)}
	s.End = s.Start + len(strings.TrimRightFunc(r.input[s.Start:s.End], invisible))
	return s
}

// widen returns the input's span of the phrases from folded offset start up to
// the letter at end, with the symbols that open them: bullets, brackets, dashes.
func (r *reader) widen(start, end int) Span {
	s := r.span(start, end)
	if r.text.SkipSymbols(0) == start {
		s.Start = r.block.Start
	}
	for s.Start > r.block.Start {
		before, size := utf8.DecodeLastRuneInString(r.input[r.block.Start:s.Start])
		if !opens(before) {
			break
		}
		s.Start -= size
	}
	for rest := r.input[s.Start:s.End]; ; { // leave the white space before it
		trimmed := strings.TrimLeftFunc(rest, invisible)
		if s.Start == r.block.Start || len(trimmed) == len(rest) {
			break
		}
		s.Start += len(rest) - len(trimmed)
		rest = trimmed
	}
	return s
}

// opens reports whether r can stand between the end of a sentence and the
// phrase after it, as part of the phrase.
func opens(r rune) bool {
	return invisible(r) || strings.ContainsRune("([{<|*•·-–—→►▶#/", r) || unicode.In(r, unicode.Ps, unicode.Pi, unicode.So, unicode.Sk)
}

// guarded reports whether a guard covers a part of the span.
func (r *reader) guarded(s Span) bool {
	for _, g := range r.guards {
		if g.Start < s.End && s.Start < g.End {
			return true
		}
	}
	return false
}
