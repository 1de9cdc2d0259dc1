package score

import (
	"strings"

	"github.com/seed-966a822a/winnow/filter"
)

// A Segmented page has parts that must stay, and parts that must go.
type Segmented struct {
	Text          string
	With, Without []string
}

// Segments counts segments.
type Segments struct{ N, With, Kept, Without, Dropped int }

// Score counts which segments are in the cleaned text, white space folded.
func (s Segmented) Score(f *filter.Filter) Segments {
	text := JoinLines(f.Scan(filter.Document{Text: s.Text}).Text())
	c := Segments{N: 1, With: len(s.With), Without: len(s.Without)}
	for _, w := range s.With {
		if strings.Contains(text, JoinLines(w)) {
			c.Kept++
		}
	}
	for _, w := range s.Without {
		if !strings.Contains(text, JoinLines(w)) {
			c.Dropped++
		}
	}
	return c
}

// Add adds the counts of others.
func (s *Segments) Add(o Segments) {
	s.N += o.N
	s.With += o.With
	s.Kept += o.Kept
	s.Without += o.Without
	s.Dropped += o.Dropped
}
