package filter

import (
	"io/fs"
	"slices"
	"sync"

	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter/internal/match"
	"github.com/seed-966a822a/winnow/lang"
)

// unmistakable is the number of letters from which on a phrase counts in pages
// of any language.
const unmistakable = 14

// A lexicon holds the packs of all languages. Those of a language are read when
// the first text in it comes by, so that a start costs little and nobody pays
// for languages that do not come. It is safe for concurrent use.
type lexicon struct {
	files   []packFile
	shelves sync.Map // of language.Tag: func() *shelf
}

type packFile struct {
	from fs.FS
	name string
	lang language.Tag
}

// A shelf is what there is to look in for one language: its own pack, those of
// its closest relatives, which share the shelf, and the one for all languages.
type shelf struct {
	entries []entry
	set     *match.Set
	words   *vocabulary
}

// newLexicon returns a lexicon of the packs in all of the file systems, of which
// it reads the names and nothing else.
func newLexicon(packs ...fs.FS) *lexicon {
	x := new(lexicon)
	for _, p := range packs {
		names, _ := fs.Glob(p, "*.txt")
		for _, name := range names {
			if tag, err := tagOf(name); err == nil {
				x.files = append(x.files, packFile{p, name, tag})
			}
		}
	}
	return x
}

// shelf returns the packs for a language. Lines with errors are left out: the
// built-in packs have none, and New has told of those in others.
func (x *lexicon) shelf(tag language.Tag) *shelf {
	load, ok := x.shelves.Load(tag)
	if !ok {
		home := tag
		if i := slices.IndexFunc(x.files, func(f packFile) bool { return f.lang != language.Und && sameGroup(f.lang, tag) }); i >= 0 {
			home = x.files[i].lang // one for all relatives
		}
		load, _ = x.shelves.LoadOrStore(home, sync.OnceValue(func() *shelf { return x.stock(home) }))
		x.shelves.Store(tag, load)
	}
	return load.(func() *shelf)()
}

// stock makes the shelf for a language.
func (x *lexicon) stock(tag language.Tag) *shelf {
	s := new(shelf)
	var patterns []pattern
	for _, f := range x.files {
		if f.lang != language.Und && !sameGroup(f.lang, tag) {
			continue
		}
		if text, err := fs.ReadFile(f.from, f.name); err == nil {
			more, _ := parsePack(f.name, string(text))
			patterns = append(patterns, more...)
		}
	}
	s.entries = make([]entry, len(patterns))
	matched := make([]match.Pattern, len(patterns))
	for i, p := range patterns {
		s.entries[i] = p.entry
		p.Phrase.Text = "" // a signal says where it stands
		matched[i] = match.Pattern{Literals: p.literals, OpenStart: p.openStart, OpenEnd: p.openEnd}
	}
	s.set, s.words = match.Compile(matched), newVocabulary(patterns, tag)
	return s
}

// tongues are the languages of a block and of its page.
type tongues struct{ block, page language.Tag }

// A view is where to look in a block.
type view struct {
	shelves []viewed
	afloat  *match.Pairs // how phrases with an open start begin
	foreign bool         // the block's language is known and not that of its page
}

type viewed struct {
	*shelf
	native bool // the block or its page speaks this language, or none is known
}

// view returns where to look in a block: what its page speaks, what it speaks
// itself, and English, which sites in all languages use.
func (x *lexicon) view(t tongues) view {
	v := view{afloat: new(match.Pairs), foreign: t.block != language.Und && t.page != language.Und && !sameGroup(t.block, t.page)}
	for _, tag := range [...]language.Tag{base(t.page), base(t.block), language.English} {
		if tag == language.Und {
			continue
		}
		s := x.shelf(tag)
		if slices.ContainsFunc(v.shelves, func(v viewed) bool { return v.shelf == s }) {
			continue
		}
		v.shelves = append(v.shelves, viewed{s, tag == base(t.page) || tag == base(t.block) || t.page == language.Und})
		v.afloat.Add(s.set)
	}
	return v
}

// hears reports whether a phrase counts in the view: if the block or its page
// speak its language, and anywhere if it is unmistakable.
func (v viewed) hears(e *entry) bool {
	return v.native || e.Lang == language.Und || e.letters >= unmistakable && !e.Weak
}

// base returns the language of a tag without region, script or variant.
func base(t language.Tag) language.Tag {
	b, _, _ := t.Raw() // Base guesses
	return language.Make(b.String())
}

// sameGroup reports whether phrases of language a count in text of language b:
// they are the same, or close relatives.
func sameGroup(a, b language.Tag) bool {
	return base(a) == base(b) || lang.SameGroup(base(a), base(b))
}
