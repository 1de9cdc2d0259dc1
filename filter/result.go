package filter

import (
	"strings"

	"golang.org/x/text/language"
)

// A Span is a stretch of the input in bytes, half-open.
type Span struct{ Start, End int }

// Len returns the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// A Document is one page or article.
type Document struct {
	ID   string
	Text string
	URL  string
	Lang language.Tag // if known; else und, and Scan finds it
}

// A Signal is one piece of evidence about a stretch of text.
type Signal struct {
	Rule     string // such as "packs/en.txt:12", "related-tail" or "model"
	Category Category
	Span     Span
	Weight   float64 // in log-odds: above 0 for boilerplate, below 0 for body

	heading bool // a phrase that is complete in itself, such as "Related posts"
}

// A Decision is the judgement on one block, or on a part of one.
type Decision struct {
	Span     Span // of the input, white space around it included
	Lang     language.Tag
	Category Category
	Keep     bool
	Score    float64 // the probability, 0 to 1, that the text is not the article
	Signals  []Signal
}

// Rule names the strongest signal behind the decision, "" if there is none.
func (d Decision) Rule() string {
	rule, most := "", 0.0
	for _, s := range d.Signals {
		if s.Weight > most {
			rule, most = s.Rule, s.Weight
		}
	}
	return rule
}

// A Result is what Scan found. Its Decisions tile the document's text, in
// order and without gaps, so that what is kept and what is removed make up
// the input byte for byte.
type Result struct {
	Document  Document
	Decisions []Decision
}

// Text returns what is kept.
func (r Result) Text() string {
	var b strings.Builder
	for _, d := range r.Decisions {
		if d.Keep {
			b.WriteString(r.Document.Text[d.Span.Start:d.Span.End])
		}
	}
	return b.String()
}

// Removed returns the decisions whose text is not kept, in order.
func (r Result) Removed() []Decision {
	var removed []Decision
	for _, d := range r.Decisions {
		if !d.Keep {
			removed = append(removed, d)
		}
	}
	return removed
}

// First returns the text of the first block of category c without the white
// space around it, "" if there is none: the headline, or the byline.
func (r Result) First(c Category) string {
	for _, d := range r.Decisions {
		if d.Category == c {
			return strings.TrimSpace(r.Document.Text[d.Span.Start:d.Span.End])
		}
	}
	return ""
}
