package score

import (
	"crypto/md5"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-966a822a/winnow/filter"
)

// A Phrase is boilerplate that must go when it stands among sentences.
type Phrase struct {
	Lang, Category, Text string
	Weak                 bool // may be an ordinary heading too
}

// A Negative is text that must stay.
type Negative struct{ Lang, Kind, Text string }

// Phrases counts phrases and the sentences around them.
type Phrases struct {
	N, Removed        int // phrases that are not weak
	Held, HeldRemoved int // of these, the ones that were held back
	Weak, WeakRemoved int
	Named, Right      int // removed by a phrase of a pack; of those, with the right category
	Sentences, Hurt   int // around them
}

// Score sets the i-th phrase of a language among three to six sentences of
// it, at the end, in the middle and at the head in turn.
func (p Phrase) Score(f *filter.Filter, i int, sentences []string) Phrases {
	n := min(3+i%4, len(sentences))
	lines := make([]string, n, n+1)
	for k := range n {
		lines[k] = sentences[(i*7+k)%len(sentences)]
	}
	at := [...]int{n, n / 2, 0}[i%3]
	lines = append(lines[:at:at], append([]string{JoinLines(p.Text)}, lines[at:]...)...)

	r := f.Scan(filter.Document{Text: strings.Join(lines, "\n")})
	s := Phrases{N: 1, Sentences: n}
	if p.held() {
		s.Held = 1
	}
	if p.Weak {
		s = Phrases{Weak: 1, Sentences: n}
	}
	for k, l := range linesOf(r) {
		lost := l.chars > 0 && (l.chars-l.kept)*10 > l.chars
		switch {
		case k != at:
			if lost {
				s.Hurt++
			}
		case l.kept == 0 || (l.chars-l.kept)*10 >= l.chars*9:
			if p.Weak {
				s.WeakRemoved++
				break
			}
			s.Removed++
			s.HeldRemoved += s.Held
			if strings.HasPrefix(l.rule, "packs/") {
				s.Named++
				if p.is(l.category) {
					s.Right++
				}
			}
		}
	}
	return s
}

// held reports whether the phrase is in the third that nobody looked at while
// writing packs: those whose MD5 is divisible by three.
func (p Phrase) held() bool {
	sum := md5.Sum([]byte(p.Text))
	rest := 0
	for _, b := range sum {
		rest += int(b) // 256 is 1 modulo 3
	}
	return rest%3 == 0
}

// coarse are categories of the data that are several of winnow's.
var coarse = map[string][]filter.Category{
	"credit":      {filter.Credit, filter.Byline, filter.Syndication},
	"print/email": {filter.Share, filter.Navigation},
}

func (p Phrase) is(c filter.Category) bool {
	return p.Category == c.String() || slices.Contains(coarse[p.Category], c)
}

// Add adds the counts of others.
func (p *Phrases) Add(o Phrases) {
	p.N += o.N
	p.Removed += o.Removed
	p.Held += o.Held
	p.HeldRemoved += o.HeldRemoved
	p.Weak += o.Weak
	p.WeakRemoved += o.WeakRemoved
	p.Named += o.Named
	p.Right += o.Right
	p.Sentences += o.Sentences
	p.Hurt += o.Hurt
}

// Damaged reports whether anything but white space is removed of the
// negative, as a document of its own.
func (n Negative) Damaged(f *filter.Filter) bool {
	r := f.Scan(filter.Document{Text: n.Text})
	for _, d := range r.Removed() {
		if strings.TrimSpace(n.Text[d.Span.Start:d.Span.End]) != "" {
			return true
		}
	}
	return false
}

// A line is what became of one line of a text.
type line struct {
	chars, kept int
	category    filter.Category // of what was removed first
	rule        string
}

func linesOf(r filter.Result) []line {
	lines := []line{{}}
	for _, d := range r.Decisions {
		for _, c := range r.Document.Text[d.Span.Start:d.Span.End] {
			l := &lines[len(lines)-1]
			switch {
			case c == '\n':
				lines = append(lines, line{})
			case unicode.IsSpace(c):
			case d.Keep:
				l.chars++
				l.kept++
			default:
				if l.chars++; l.rule == "" {
					l.category, l.rule = d.Category, d.Rule()
				}
			}
		}
	}
	return lines
}
