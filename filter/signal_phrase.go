package filter

import (
	"bytes"
	"slices"
	"sort"
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
	weightName   = 4.5 // a weak phrase with a name, as a block
	weightInside = 4.0 // a phrase that is a sentence with text on both sides
	weightWeak   = 1.0 // a weak phrase, or a short one inside a block
	weightHint   = 2.0 // what packs say counts as said from here on
)

// A reader looks for phrases in blocks, one after the other. It belongs to one
// goroutine.
type reader struct {
	*lexicon
	text      fold.Text
	found     []match.Hit
	hits      []hit
	sentences []sentence
	views     map[tongues]view   // all that have been needed
	rules     map[*Phrase]string // names, too
	tongues   tongues            // of the block in hand
	view      view               // of the packs, from it
	block     Span
	input     string
	signals   []Signal
	guards    []Span
	words     []uint64  // hashes of words
	joints    []uint32  // and of pairs of them
	wordsSay  []wording // of the stretch of words last asked for
	stretch   [2]int
}

// A hit is a place where a phrase matches, in folded offsets.
type hit struct {
	*entry
	start, end int
	gap        Span // what its open end takes
}

func newReader(x *lexicon) *reader {
	return &reader{lexicon: x, views: map[tongues]view{}, rules: map[*Phrase]string{}, view: x.view(tongues{})}
}

// read appends to dst what the packs say about text[block], in the order of the
// spans, which do not overlap. A signal whose span is the block speaks of all
// of it; any other asks for a cut.
func (r *reader) read(dst []Signal, text string, block Span, blockLang, pageLang language.Tag) []Signal {
	r.input, r.block = text, block
	r.signals, r.guards, r.sentences = r.signals[:0], r.guards[:0], r.sentences[:0]
	if t := (tongues{blockLang, pageLang}); t != r.tongues {
		v, ok := r.views[t]
		if !ok {
			v = r.lexicon.view(t)
			r.views[t] = v
		}
		r.tongues, r.view = t, v
	}
	r.text.Fold(text[block.Start:block.End])
	r.words, r.wordsSay = r.words[:0], r.wordsSay[:0]
	done := 0 // folded offset up to which phrases have been found
	for _, start := range r.text.Starts {
		at := int(start.At)
		if b := r.text.Bytes[at:]; r.view.afloat.Has(b) || isHangul(b[0]) { // few words
			s, ok := r.afloat(at)
			if !ok {
				s, ok = r.particle(at)
			}
			if ok && at >= done {
				done = r.add(s, done)
			}
		}
		if at < done || start.Kind == fold.Word {
			continue
		}
		if s, ok := r.chain(at, start.Kind); ok {
			done = r.add(s, at)
		}
	}
	tail := block.End // where plugs at the end of the block begin
	for i := len(r.signals) - 1; i >= 0; i-- {
		s := &r.signals[i]
		if visibleLen(text[s.Span.End:max(s.Span.End, tail)]) > 0 || s.Weight < weightInside {
			break
		}
		s.Weight = max(s.Weight, min(weightStrong-1, 2.5+float64(s.Span.Len())/4))
		tail = s.Span.Start
	}
	if len(r.guards) == 0 && !slices.ContainsFunc(r.signals, func(s Signal) bool { return s.Weight >= weightHint || s.heading }) {
		if s := r.vocabulary(); s.Weight >= weightHint {
			return append(dst, s)
		}
	}
	for _, s := range r.signals {
		if !r.guarded(s.Span) {
			dst = append(dst, s)
		}
	}
	return dst
}

// look collects the phrases that begin at folded offset at, speak here, and
// stand where they claim to: of one pack after the other, longest first.
func (r *reader) look(at int, find func(*match.Set, []match.Hit, *fold.Text, int) []match.Hit) []hit {
	r.hits = r.hits[:0]
	for _, s := range r.view.shelves {
		r.found = find(s.set, r.found[:0], &r.text, at)
		for _, h := range r.found {
			e := &s.entries[h.Pattern]
			if !s.hears(e) {
				continue
			}
			if e.lead != 0 {
				if before, _ := utf8.DecodeLastRune(bytes.TrimRight(r.text.Bytes[:h.Start], " ")); before != e.lead {
					continue
				}
			}
			if e.label && !r.labels(e, h) {
				continue
			}
			r.hits = append(r.hits, hit{entry: e, start: h.Start, end: h.End})
		}
	}
	return r.hits
}

// add records a signal that reaches from folded offset from on, and returns the
// folded offset behind it.
func (r *reader) add(s found, from int) int {
	if s.weight <= weightWeak && s.span != r.block {
		return s.end
	}
	if n := len(r.signals); n > 0 && s.span.Start < r.signals[n-1].Span.End {
		if s.span.Start <= r.signals[n-1].Span.Start { // takes the sentence from its beginning
			r.signals = r.signals[:n-1]
		} else {
			s.span.Start = r.signals[n-1].Span.End
		}
	}
	rule, ok := r.rules[s.entry.Phrase]
	if !ok {
		rule = s.entry.Rule()
		r.rules[s.entry.Phrase] = rule
	}
	r.signals = append(r.signals, Signal{
		Rule: rule, Category: s.entry.Category, Span: s.span, Weight: s.weight,
		heading: !s.entry.openStart && !s.entry.openEnd,
	})
	return s.end
}

// found is a stretch of the block that phrases fill.
type found struct {
	span   Span   // of the input
	end    int    // folded offset of the first letter behind it
	entry  *entry // the phrase that names it
	weight float64
}

// chain looks for phrases that follow one another from folded offset at up to
// a place where a sentence, a label or the block ends: "Share this: Facebook
// Twitter", "Home | News | Sport".
func (r *reader) chain(at int, kind fold.Kind) (found, bool) {
	var (
		best, clean found
		stop        int // folded end of the clean chain, its punctuation included
		bestLetters int
		strong      bool
		phrases     int
		gap         Span // of the last one
	)
	for pos := at; pos < len(r.text.Bytes); {
		hit, next, ends := r.step(pos)
		if hit.entry == nil {
			break
		}
		phrases++
		letters := int(hit.letters)
		if !hit.Weak {
			letters += 1000
			strong = true
		}
		if letters > bestLetters {
			best.entry, bestLetters = hit.entry, letters
		}
		best.end, gap = next, hit.gap
		if ends {
			clean, stop = best, r.closing(hit.end, next)
		}
		if hit.openEnd || ends && bytes.ContainsAny(r.text.Bytes[hit.end:next], ".!?") {
			break // what comes next is a sentence of its own
		}
		pos = next
	}
	if clean.entry == nil || kind == fold.Glued && (!strong || clean.end < len(r.text.Bytes)) {
		return clean, false
	}
	clean.span = r.widen(at, stop)
	if r.quoted(at) && (clean.span != r.block || r.goesOnUnquoted(at)) {
		return clean, false
	}
	letters := bestLetters % 1000
	switch {
	case !strong && phrases == 1 && clean.span == r.block && r.isName(gap, letters):
		clean.weight = weightName
	case !strong && phrases < 3:
		clean.weight = weightWeak
	case !strong: // a row of labels
		clean.weight = min(weightWeak*float64(phrases), weightInside)
	case clean.span == r.block: // a short one may be a heading
		clean.weight = min(weightStrong, 2.5+float64(letters)/4)
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
// offset to look at and whether the end is clean. Its entry is nil if there is
// none.
func (r *reader) step(pos int) (best hit, next int, ends bool) {
	for _, h := range r.look(pos, (*match.Set).Anchored) {
		stronger := best.entry != nil && best.Weak && !h.Weak && h.openEnd && h.end == best.gap.Start // the same words
		if best.entry != nil && h.end <= best.end && !stronger && (ends || !h.openEnd) {
			continue
		}
		if h.openEnd {
			if end := r.endOfSentence(h.end); end > best.end || end == best.end && stronger {
				best, next, ends = hit{h.entry, pos, end, Span{h.end, end}}, end, true
			}
			continue
		}
		after := r.text.SkipSymbols(h.end)
		if r.endsAt(h.end, after) {
			best, next, ends = h, after, true
		} else if r.begins(after) {
			best, next, ends = h, after, false
		}
	}
	return best, next, ends
}

// labels reports whether a hit of a short open phrase, such as "By …", is most
// likely a label: it fills the block but for a name's length.
func (r *reader) labels(e *entry, h match.Hit) bool {
	const name = 60 // folded bytes
	return len(r.text.Bytes)-(h.End-h.Start) <= name &&
		(e.openStart || r.text.SkipSymbols(0) == h.Start) &&
		(e.openEnd || r.text.EndOfLetters() <= h.End)
}

// isName reports whether what a weak phrase of some letters leaves of its block
// is most likely a name: a few words with capitals, one if the phrase is long.
func (r *reader) isName(gap Span, letters int) bool {
	if gap.Len() == 0 || r.alone() {
		return false // it has nothing to stand beside
	}
	const long, most = 6, 5 // letters, words
	span := r.span(gap.Start, gap.End)
	words := strings.Fields(r.input[span.Start:span.End])
	capitals := 0
	for i, word := range words {
		if i > 0 && strings.ContainsAny(words[i-1][len(words[i-1])-1:], ",;:!?") {
			return false
		}
		word = strings.TrimLeftFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		switch first, _ := utf8.DecodeRuneInString(word); {
		case unicode.IsUpper(first):
			capitals++
		case i == 0, !unicode.IsDigit(first) && (i == len(words)-1 || utf8.RuneCountInString(word) > 3):
			return false // no particle, such as "de la"
		}
	}
	return len(words) <= most && (capitals >= 2 || capitals == 1 && letters >= long)
}

// alone reports whether the block is all of the text.
func (r *reader) alone() bool { return r.block.Len() == len(strings.TrimSpace(r.input)) }

// begins reports whether some phrase begins at folded offset at.
func (r *reader) begins(at int) bool {
	for _, s := range r.view.shelves {
		r.found = s.set.Anchored(r.found[:0], &r.text, at)
		for _, h := range r.found {
			if s.hears(&s.entries[h.Pattern]) {
				return true
			}
		}
	}
	return false
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
	if !r.view.afloat.Has(r.text.Bytes[at:]) {
		return found{}, false
	}
	for _, h := range r.look(at, (*match.Set).Afloat) {
		if h.Guard {
			r.guards = append(r.guards, r.span(h.start, h.end))
			continue
		}
		end := h.end
		if r.quoted(at) {
			continue
		}
		if h.openEnd {
			end = r.endOfSentence(h.end)
		} else if next := r.text.SkipSymbols(end); r.endsAt(end, next) {
			end = r.closing(end, next)
		} else {
			continue
		}
		f := found{span: r.span(h.start, end), end: r.text.SkipSymbols(end), entry: h.entry, weight: weightInside}
		f.span.Start = r.sentenceAt(f.span.Start).Start
		if h.Weak && !h.openEnd && f.span == r.block && r.isName(Span{0, h.start}, int(h.letters)) {
			f.weight = weightName
		} else if h.Weak {
			f.weight = weightWeak
		} else if f.span.End == r.block.End {
			f.weight = weightStrong
		}
		return f, true
	}
	return found{}, false
}

// particle looks for a phrase with an open start inside the word of Hangul at
// folded offset at: particles cling to the name before them.
func (r *reader) particle(at int) (found, bool) {
	const syllable = 3 // bytes
	b := r.text.Bytes
	for ; at+2*syllable <= len(b) && isHangul(b[at]) && isHangul(b[at+syllable]); at += syllable {
		if f, ok := r.afloat(at + syllable); ok {
			return f, ok
		}
	}
	return found{}, false
}

// isHangul reports whether a letter whose first byte is c may be of Hangul.
func isHangul(c byte) bool { return 0xea <= c && c <= 0xed }

// quoted reports whether folded offset at is inside of a quotation that begins
// in its sentence: what is quoted is not said.
func (r *reader) quoted(at int) bool {
	const longest = 200 // bytes
	before := r.text.Bytes[max(0, at-longest):at]
	if i := bytes.LastIndex(before, []byte(". ")); i >= 0 {
		before = before[i:]
	}
	return bytes.Count(before, []byte{'"'})%2 == 1
}

// goesOnUnquoted reports whether words follow the quotation in which folded
// offset at is, as in: "We use cookies" is no longer enough.
func (r *reader) goesOnUnquoted(at int) bool {
	end := bytes.LastIndexByte(r.text.Bytes[at:], '"')
	return end >= 0 && r.text.SkipSymbols(at+end) < len(r.text.Bytes)
}

// sentenceAt returns the sentence of the block in which an offset of the input
// lies; what lies behind the last one belongs to it.
func (r *reader) sentenceAt(offset int) sentence {
	if len(r.sentences) == 0 {
		r.sentences = sentencesOf(r.sentences, r.input, r.block)
	}
	i := sort.Search(len(r.sentences)-1, func(i int) bool { return r.sentences[i].next > offset })
	return r.sentences[i]
}

// endOfSentence returns the folded offset where the sentence ends that goes on
// at folded offset at, or the one after it if it ends there.
func (r *reader) endOfSentence(at int) int {
	if strings.IndexByte(".!?", r.text.Bytes[at-1]) >= 0 {
		at = r.text.SkipSymbols(at)
	}
	if at >= len(r.text.Bytes) {
		return at
	}
	from := r.block.Start + r.text.Input(at, r.block.Len())
	next := r.sentenceAt(from).next
	if next >= r.block.End {
		return len(r.text.Bytes)
	}
	// The first folded byte that comes from the next sentence.
	return at + sort.Search(len(r.text.Bytes)-at, func(i int) bool {
		return r.block.Start+r.text.Input(at+i, r.block.Len()) >= next
	})
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
