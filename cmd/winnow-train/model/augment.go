package model

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// augment adds texts that are made of others.
func (t *Trainer) augment() {
	type kin struct {
		fold       int
		lang, kind string
	}
	of := func(d *Doc) kin { return kin{d.Fold(Folds), d.Lang, d.Type} }
	var regions []region
	alike := map[kin][]region{}
	for i, d := range t.Docs {
		if d.Kind != Page && d.Kind != Silver {
			continue
		}
		first, last := t.extent(i)
		if first < 0 {
			continue
		}
		if d.Type == "article" {
			t.near(i, first, last)
		}
		r := t.region(i, first, last)
		regions, alike[of(d)] = append(regions, r), append(alike[of(d)], r)
	}
	for _, r := range regions {
		t.splice(r, alike[of(t.Docs[r.doc])])
	}
}

// random returns the number after h in a row that looks like chance (Knuth's MMIX).
func random(h uint64) uint64 { return h*6364136223846793005 + 1442695040888963407 }

// near adds the body of a page with some lines before and after it: mostly
// few, and more after it than before. The body reaches from the unit first to last.
func (t *Trainer) near(i, first, last int) {
	d, units := t.Docs[i], t.units[i]
	h := hash64(d.ID + "near")
	reach := func(most int) int { // 0 to most, small ones most often
		x := float64(h%1009) / 1009
		h = random(h)
		h ^= h >> 33
		return int(x * x * x * float64(most))
	}
	before, after := units[first].Line-reach(12), units[last].Line+reach(80)
	from, to := first, last
	for from > 0 && units[from-1].Line >= before {
		from--
	}
	for to+1 < len(units) && units[to+1].Line <= after {
		to++
	}
	c := *d
	c.Kind, c.Text = Near, d.Text[units[from].Start:units[to].End]
	t.Docs = append(t.Docs, &c)
	t.add(&c)
}

// splice adds a page with the body of one of the others in the place of its own:
// where a body begins and ends is to be learnt, not what sites put around it.
func (t *Trainer) splice(own region, others []region) {
	const few = 4
	if len(others) < few {
		return
	}
	d := t.Docs[own.doc]
	h := hash64(d.ID + "splice")
	r := others[h%uint64(len(others))]
	if t.Docs[r.doc].Site == d.Site { // try once more
		r = others[h>>20%uint64(len(others))]
	}
	if r.doc == own.doc {
		return
	}
	other := t.Docs[r.doc]
	c := *d
	c.Kind, c.ID, c.Gold = Spliced, d.ID+"+"+other.ID, other.Gold
	c.Text = d.Text[:own.start] + other.Text[r.start:r.end] + d.Text[own.end:]
	t.Docs = append(t.Docs, &c)
	t.add(&c)
}

// A region is the lines of a page from its headline, if that stands shortly
// before the body, to the end of the body.
type region struct{ doc, start, end int } // number, bytes

// region returns the region of a page whose body reaches from the unit first to
// last.
func (t *Trainer) region(i, first, last int) region {
	const shortly, short = 12, 10 // units, bytes
	d, units := t.Docs[i], t.units[i]
	if title := flat(d.Title); len(title) > short {
		for j := first - 1; j >= max(first-shortly, 0); j-- {
			if line := flat(d.Text[units[j].Start:units[j].End]); len(line) > short && strings.HasPrefix(title, line) {
				first = j
				break
			}
		}
	}
	for first > 0 && units[first-1].Line == units[first].Line {
		first--
	}
	for last+1 < len(units) && units[last+1].Line == units[last].Line {
		last++
	}
	return region{i, units[first].Start, units[last].End}
}

// extent returns the first and the last unit of the body that has some words; -1
// if there is none.
func (t *Trainer) extent(i int) (first, last int) {
	const some = 5
	first, last = -1, -1
	for j, b := range t.body[i] {
		if b >= .5 && t.words[i][j] >= some {
			if first < 0 {
				first = j
			}
			last = j
		}
	}
	return first, last
}

// verse returns some words of a gold in short lines: of a poem, or the items of
// a list. It returns nothing if there are too few words, or no spaces between them.
func verse(gold string, seed uint64) string {
	words := strings.Fields(gold)
	if len(words) < 60 || len(gold) > 20*len(words) {
		return ""
	}
	draw := func(n int) int {
		seed = random(seed)
		return int(seed >> 33 % uint64(n))
	}
	var b strings.Builder
	lines, at := 6+draw(30), draw(len(words)-40)
	capitals, bare, list := draw(2) == 0, draw(2) == 0, draw(2) == 0
	stanza, bullet := 3+draw(6), [...]string{"", "", "- ", "• ", "%d. "}[draw(5)]
	if list && draw(2) == 0 { // with a sentence to lead in
		b.WriteString(strings.Join(words[at:at+12], " ") + ":\n")
	}
	for n := range lines {
		most := 3 + draw(6)
		if at+most > len(words) {
			break
		}
		line := strings.Join(words[at:at+most], " ")
		at += most
		if bare {
			line = strings.TrimRightFunc(line, unicode.IsPunct)
		}
		if first, size := utf8.DecodeRuneInString(line); capitals && unicode.IsLetter(first) {
			line = string(unicode.ToTitle(first)) + line[size:]
		}
		if list {
			at += draw(12) // items do not go on from one another
			line = strings.ReplaceAll(bullet, "%d", fmt.Sprint(n+1)) + line
		} else if n%stanza == stanza-1 {
			line += "\n"
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}
