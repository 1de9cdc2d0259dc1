package filter

import (
	"bufio"
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
)

//go:embed packs/*.txt
var embedded embed.FS

// Packs returns the built-in packs, one file a language.
func Packs() fs.FS {
	packs, err := fs.Sub(embedded, "packs")
	if err != nil {
		panic(err) // the name above is valid
	}
	return packs
}

// A Phrase is one line of a pack: text known to be boilerplate. The package
// comment gives the grammar.
type Phrase struct {
	Pack     string // the file, such as "de.txt"
	Line     int    // in the file, from 1
	Lang     language.Tag
	Category Category
	Text     string // as written, without its mark
	Weak     bool   // marked ~: evidence, never enough alone
	Guard    bool   // marked !: what it covers is never flagged
}

// Rule returns where the phrase stands, such as "packs/de.txt:12".
func (p Phrase) Rule() string { return fmt.Sprintf("packs/%s:%d", p.Pack, p.Line) }

// A PackError says what is wrong with a line of a pack.
type PackError struct {
	Pack string
	Line int // 0 if it is the file
	Err  error
}

func (e *PackError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("packs/%s: %v", e.Pack, e.Err)
	}
	return fmt.Sprintf("packs/%s:%d: %v", e.Pack, e.Line, e.Err)
}

func (e *PackError) Unwrap() error { return e.Err }

// ReadPacks reads the *.txt files at the top of fsys. The error joins a
// [*PackError] for every line that is wrong; the phrases are the others.
func ReadPacks(fsys fs.FS) ([]Phrase, error) {
	entries, err := readPacks(fsys)
	var phrases []Phrase
	for _, e := range entries {
		if n := len(phrases); n == 0 || phrases[n-1] != *e.Phrase {
			phrases = append(phrases, *e.Phrase)
		}
	}
	return phrases, err
}

// An entry is a phrase of a pack, or one of its alternatives. There are
// hundreds of thousands.
type entry struct {
	*Phrase
	lead               rune  // sign that must stand right before the first literal, such as '(', or 0
	letters            uint8 // in all literals, as fold.Text counts them, or 255
	openStart, openEnd bool  // a gap comes first, or last
	label              bool  // it is open and short: it must fill its block, and its gap be short
}

// A pattern is an entry with what it is made of.
type pattern struct {
	entry
	literals []string // folded, with gaps between them
}

// hash returns a hash of all that tells a pattern from others.
func (p *pattern) hash() uint64 {
	h := xxhash.New()
	for _, literal := range p.literals {
		h.WriteString(literal)
		h.WriteString(gap)
	}
	h.WriteString(string(p.lead))
	for i, b := range [...]bool{p.openStart, p.openEnd, p.Guard} {
		if b {
			h.WriteString("012"[i : i+1])
		}
	}
	return h.Sum64()
}

func readPacks(fsys fs.FS) ([]pattern, error) {
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, err
	}
	var phrases []pattern
	var errs []error
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			errs = append(errs, &PackError{name, 0, err})
			continue
		}
		more, err := parsePack(name, string(text))
		phrases = append(phrases, more...)
		errs = append(errs, err)
	}
	return phrases, errors.Join(errs...)
}

func parsePack(name, text string) ([]pattern, error) {
	tag, err := tagOf(name)
	if err != nil {
		return nil, &PackError{name, 0, err}
	}
	var (
		phrases  []pattern
		errs     []error
		category = numCategories
		written  = map[uint64]int{} // line of each folded phrase, by its hash
		line     int
		t        fold.Text
	)
	wrong := func(format string, args ...any) {
		errs = append(errs, &PackError{name, line, fmt.Errorf(format, args...)})
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line++
		s := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		switch {
		case s == "" || s[0] == '#':
			continue
		case !utf8.ValidString(s):
			wrong("not UTF-8")
			continue
		case s[0] == '[' && s[len(s)-1] == ']':
			section := s[1 : len(s)-1]
			c, err := ParseCategory(section)
			if err != nil || c.KeptByDefault() {
				wrong("unknown section %q%s", section, didYouMean(section))
				c = numCategories
			}
			category = c
			continue
		case category == numCategories:
			if len(errs) == 0 {
				wrong("a phrase before any [section]")
			}
			continue
		}
		p := &Phrase{Pack: name, Line: line, Lang: tag, Category: category, Text: s}
		switch s[0] {
		case '~':
			p.Weak, p.Text = true, strings.TrimSpace(s[1:])
		case '!':
			p.Guard, p.Text = true, strings.TrimSpace(s[1:])
		}
		alternatives, err := expand(p.Text)
		if err != nil {
			wrong("%v", err)
			continue
		}
		for _, text := range alternatives {
			e, err := compile(&t, p, text)
			if err != nil {
				wrong("%v", err)
				break
			}
			hash := e.hash()
			if before, ok := written[hash]; !ok {
				written[hash] = line
				phrases = append(phrases, e)
			} else if before != line {
				wrong("%q stands at line %d already", text, before)
				break
			}
		}
	}
	if err := lines.Err(); err != nil {
		line++
		wrong("%w", err)
	}
	return phrases, errors.Join(errs...)
}

// tagOf returns the language of a pack by its name.
func tagOf(name string) (language.Tag, error) {
	tag, err := language.Parse(strings.TrimSuffix(path.Base(name), ".txt"))
	if err != nil {
		return tag, errors.New("the name is not a language tag followed by .txt")
	}
	return tag, nil
}

// didYouMean names the section nearest to name, if one is near.
func didYouMean(name string) string {
	for _, c := range Categories() {
		known := c.String()
		if c.KeptByDefault() || len(name) < 3 || known[0] != name[0]|0x20 {
			continue
		}
		if strings.HasPrefix(known, strings.ToLower(name[:3])) {
			return fmt.Sprintf(", did you mean %q?", known)
		}
	}
	return ""
}

const gap = "…"

// most is how many alternatives a line may stand for.
const most = 1000

// expand returns all that a phrase with alternatives stands for: "share
// (this|the post)" for two, "share( this|)" for two as well. Brackets without a
// bar are brackets.
func expand(text string) ([]string, error) {
	if strings.IndexByte(text, '|') < 0 {
		return []string{text}, nil
	}
	all := []string{""}
	for {
		before, options, after := nextAlternatives(text)
		if options == nil {
			options = []string{""}
		}
		if len(all)*len(options) > most {
			return nil, fmt.Errorf("more than %d alternatives", most)
		}
		more := make([]string, 0, len(all)*len(options))
		for _, s := range all {
			for _, o := range options {
				more = append(more, s+before+o)
			}
		}
		if all = more; after == "" {
			return all, nil
		}
		text = after
	}
}

// nextAlternatives splits text at its first (…|…). Without one, all of it comes
// before.
func nextAlternatives(text string) (before string, options []string, after string) {
	open := -1
	for i, r := range text {
		switch {
		case r == '(':
			open = i
		case r == ')' && open >= 0:
			if options := strings.Split(text[open+1:i], "|"); len(options) > 1 {
				return text[:open], options, text[i+1:]
			}
			open = -1
		}
	}
	return text, nil, ""
}

// opening returns the bracket or sign at the end of the symbols before a phrase,
// or 0.
func opening(symbols []byte) rune {
	r, _ := utf8.DecodeLastRune(bytes.TrimRight(symbols, " "))
	if strings.ContainsRune("([{<©@#", r) {
		return r
	}
	return 0
}

// symbols reports whether s has no letter and no digit.
func symbols(s string) bool {
	return strings.IndexFunc(s, unicode.IsLetter) < 0 && strings.IndexFunc(s, unicode.IsDigit) < 0
}

// compile folds one alternative of a phrase. Symbols at a closed edge do not
// count; before an open end they must be there ("Read also: …"), and so must a
// bracket or sign that opens a phrase with a gap ("(Reporting by …").
func compile(t *fold.Text, p *Phrase, text string) (pattern, error) {
	c := pattern{entry: entry{Phrase: p}}
	parts := strings.Split(text, gap)
	c.openStart = p.Guard || strings.TrimSpace(parts[0]) == ""
	c.openEnd = strings.TrimSpace(parts[len(parts)-1]) == "" || strings.Trim(parts[len(parts)-1], " .") == ""
	if first, last := parts[0], parts[len(parts)-1]; len(parts) > 1 && (!c.openStart && symbols(first) || !c.openEnd && symbols(last)) {
		return c, fmt.Errorf("%q has nothing but symbols beside its …", text)
	}
	parts = slices.DeleteFunc(parts, symbols)
	for i, part := range parts {
		t.Fold(part)
		b := t.Bytes
		start, end := t.SkipSymbols(0), len(b)
		if start == end {
			return c, fmt.Errorf("%q has no letters", text)
		}
		if i == len(parts)-1 && !c.openEnd {
			end = t.EndOfLetters()
		}
		if i > 0 {
			start = 0
		} else if !c.openStart && (c.openEnd || len(parts) > 1) {
			c.lead = opening(b[:start])
		}
		c.literals = append(c.literals, strings.TrimSpace(string(b[start:end])))
		c.letters = uint8(min(int(c.letters)+t.Letters, 255))
	}
	if len(parts) == 0 {
		return c, errors.New("the phrase is empty")
	}
	if len(c.literals[0]) < 2 {
		return c, fmt.Errorf("%q is too short: one letter is no phrase", text)
	}
	if c.openStart || c.openEnd {
		last := c.literals[len(parts)-1]
		c.label = !p.Guard && c.letters < 10 && !(c.openEnd && strings.HasSuffix(last, ":"))
	}
	return c, nil
}
