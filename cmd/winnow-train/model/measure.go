package model

import (
	"strings"

	"github.com/seed-966a822a/winnow/filter/model"
)

func lowerCase(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}

// A sample is a document ready to be measured at any threshold.
type sample struct {
	*Doc
	units []model.Unit
	words [][]int32 // of each unit
	gold  []int32   // how often each word is in the gold
	total int       // words of the gold
	count []int32
}

func newSample(d *Doc, units []model.Unit) *sample {
	s := &sample{Doc: d, units: units}
	v := vocab{}
	s.words = make([][]int32, len(s.units))
	var all []int32
	for i, u := range s.units {
		from := len(all)
		all = v.words(all, d.Text[u.Start:u.End])
		s.words[i] = all[from:]
	}
	gold := v.words(nil, d.Gold)
	s.gold, s.count, s.total = make([]int32, len(v)), make([]int32, len(v)), len(gold)
	for _, w := range gold {
		s.gold[w]++
	}
	return s
}

// f1 is the word F1 of the units that keep says to keep.
func (s *sample) f1(keep func(i int) bool) float64 {
	clear(s.count)
	kept, hit := 0, 0
	for i, words := range s.words {
		if !keep(i) {
			continue
		}
		kept += len(words)
		for _, w := range words {
			if s.count[w]++; s.count[w] <= s.gold[w] {
				hit++
			}
		}
	}
	if kept == 0 && s.total == 0 {
		return 1
	}
	return 2 * float64(hit) / float64(max(kept+s.total, 1))
}

// damage tells whether a line lost over a tenth of its characters, and the
// share of characters that were kept.
func (s *sample) damage(keep func(i int) bool) (damaged bool, kept, all int) {
	for i := 0; i < len(s.units); {
		j, lost, line := i, 0, 0
		for ; j < len(s.units) && s.units[j].Line == s.units[i].Line; j++ {
			n := len([]rune(s.Text[s.units[j].Start:s.units[j].End]))
			line += n
			if !keep(j) {
				lost += n
			}
		}
		if lost*10 > line {
			damaged = true
		}
		kept, all = kept+line-lost, all+line
		i = j
	}
	return damaged, kept, all
}

// output is what is kept.
func (s *sample) output(keep func(i int) bool) string {
	var b strings.Builder
	for i, u := range s.units {
		if keep(i) {
			end := len(s.Text)
			if i+1 < len(s.units) {
				end = s.units[i+1].Start
			}
			b.WriteString(s.Text[u.Start:end])
		}
	}
	return b.String()
}

// segments counts the segments that are rightly kept and dropped.
func (s *sample) segments(keep func(i int) bool) (kept, dropped int) {
	out := flat(s.output(keep))
	for _, w := range s.With {
		if strings.Contains(out, flat(w)) {
			kept++
		}
	}
	for _, w := range s.Without {
		if !strings.Contains(out, flat(w)) {
			dropped++
		}
	}
	return
}
