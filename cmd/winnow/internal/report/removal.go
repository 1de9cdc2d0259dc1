// Package report renders results: as rows of removed text, annotations,
// attributes, for reading on a terminal and in a browser.
package report

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/filter"
)

// Tidy gives white space that goes by itself the category and the language of
// what went before it, or else of what goes next, so that no list says that
// body was removed. It changes r in place.
func Tidy(r filter.Result) filter.Result {
	last := -1 // removed decision with something to see
	for i := range r.Decisions {
		switch d := &r.Decisions[i]; {
		case d.Keep:
		case d.Category != filter.Body || strings.TrimSpace(r.Document.Text[d.Span.Start:d.Span.End]) != "":
			if last < 0 {
				for k := range i {
					like(&r.Decisions[k], *d)
				}
			}
			last = i
		case last >= 0:
			like(d, r.Decisions[last])
		}
	}
	return r
}

func like(d *filter.Decision, other filter.Decision) {
	if !d.Keep {
		d.Category, d.Lang, d.Score = other.Category, other.Lang, other.Score
	}
}

// Removal returns the row of a document's removed text, as far as the
// format has no part in it.
func Removal(r filter.Result) *format.Removal {
	gone := r.Removed()
	row := &format.Removal{ID: r.Document.ID, Lang: Lang(r).String(), Spans: make([]format.Removed, len(gone))}
	points := codePoints{text: r.Document.Text}
	for i, d := range gone {
		row.Spans[i] = format.Removed{
			Start:    points.at(d.Span.Start),
			End:      points.at(d.Span.End),
			Category: d.Category,
			Rule:     d.Rule(),
			Score:    round(d.Score),
			Lang:     d.Lang.String(),
			Text:     r.Document.Text[d.Span.Start:d.Span.End],
		}
	}
	return row
}

// A note is what --annotate adds to a record.
type note struct {
	Lang    string    `json:"lang"`
	Title   string    `json:"title,omitempty"`
	Byline  string    `json:"byline,omitempty"`
	Removed []notSpan `json:"removed"`
}

type notSpan struct {
	Start    int             `json:"start"`
	End      int             `json:"end"`
	Category filter.Category `json:"category"`
	Rule     string          `json:"rule"`
	Score    float64         `json:"score"`
	Lang     string          `json:"lang"`
}

// Note returns the annotation of a document. Its offsets count code points of
// the document's text as it was, each invalid byte as one, so that other
// languages' strings agree.
func Note(r filter.Result) []byte {
	gone := r.Removed()
	n := note{Lang: Lang(r).String(), Title: r.First(filter.Title), Byline: r.First(filter.Byline), Removed: make([]notSpan, len(gone))}
	points := codePoints{text: r.Document.Text}
	for i, d := range gone {
		n.Removed[i] = notSpan{points.at(d.Span.Start), points.at(d.Span.End), d.Category, d.Rule(), round(d.Score), d.Lang.String()}
	}
	return JSON(n)
}

// JSON encodes v on one line, without the escapes that are for HTML.
func JSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // of this package's own types only
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// Lang returns the language of a document.
func Lang(r filter.Result) language.Tag {
	if r.Document.Lang != language.Und {
		return r.Document.Lang
	}
	most, letters := language.Und, map[language.Tag]int{}
	for _, d := range r.Decisions {
		if d.Keep && d.Lang != language.Und {
			if letters[d.Lang] += d.Span.Len(); letters[d.Lang] > letters[most] {
				most = d.Lang
			}
		}
	}
	return most
}

// codePoints turns byte offsets, given in order, into offsets in code points.
type codePoints struct {
	text          string
	bytes, points int
}

func (c *codePoints) at(byte int) int {
	c.points += utf8.RuneCountInString(c.text[c.bytes:byte])
	c.bytes = byte
	return c.points
}

func round(f float64) float64 { return math.Round(f*1000) / 1000 }
