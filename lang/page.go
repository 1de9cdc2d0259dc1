package lang

import (
	"math"

	"golang.org/x/text/language"
)

// headStart is what a block's page is worth as evidence of its language, in
// nats. Together with what [Guess.Within] makes of margins under unsure it was
// chosen on words and foreign sentences within pages, see winnow-train.
const (
	headStart = 3
	unsure    = 1
)

// Votes gathers the language of a page from its blocks. The zero Votes has
// none.
type Votes struct {
	tags   [16]language.Tag
	weight [16]float64
	n      int
}

// Add counts a block of so many letters (or bytes, if it is the same for all)
// for its language and the runners-up, as far as each is likely. Blocks whose
// margin is under 1 have no vote.
func (v *Votes) Add(g Guess, letters int) {
	if g.Margin < unsure {
		return
	}
	var odds [len(g.Next)]float64
	sum := 1.0
	for i, c := range g.Next {
		if c.Tag != language.Und {
			odds[i] = math.Exp(-c.Behind)
			sum += odds[i]
		}
	}
	v.add(g.Tag, float64(letters)/sum)
	for i, c := range g.Next {
		if odds[i] > 0.01 {
			v.add(c.Tag, float64(letters)*odds[i]/sum)
		}
	}
}

func (v *Votes) add(t language.Tag, weight float64) {
	for i := range v.tags[:v.n] {
		if v.tags[i] == t {
			v.weight[i] += weight
			return
		}
	}
	if v.n < len(v.tags) {
		v.tags[v.n], v.weight[v.n] = t, weight
		v.n++
	}
}

// Winner returns the language with the most letters, or und.
func (v *Votes) Winner() language.Tag {
	var best language.Tag
	most := 0.0
	for i, w := range v.weight[:v.n] {
		if w > most {
			best, most = v.tags[i], w
		}
	}
	return best
}

// Within judges the guess again, as one of a block on a page in the language
// given: that one has a head start over the others. Foreign blocks stay foreign
// that way, and a block with a narrow margin takes the page's language. If the
// page's language is not plausible and the margin under 1, it is und.
// Junk, and scripts with no language of ours, stay what they are.
func (g Guess) Within(page language.Tag) Guess {
	if g.Next[0].Tag == language.Und {
		return g
	}
	if page == g.Tag {
		for i := range g.Next {
			if g.Next[i].Tag != language.Und {
				g.Next[i].Behind += headStart
			}
		}
		g.Margin = g.Next[0].Behind
		return g
	}
	at, behind := g.find(page)
	if behind < headStart {
		// The page's language moves to the front, those before it one down.
		copy(g.Next[1:min(at+1, len(g.Next))], g.Next[:])
		g.Next[0] = Candidate{Tag: g.Tag}
		g.Tag = page
		for i := range g.Next {
			if g.Next[i].Tag != language.Und {
				g.Next[i].Behind += headStart - behind
			}
		}
		g.Margin = g.Next[0].Behind
		return g
	}
	if g.rival() < unsure {
		return Guess{Script: g.Script}
	}
	return g
}

// find returns the place of a language among the runners-up and how far it is
// behind. One of the same script that is not among them is a little behind the
// last, for all we know.
func (g *Guess) find(page language.Tag) (at int, behind float64) {
	const little = 0.5
	for i, c := range g.Next {
		if c.Tag == page {
			return i, c.Behind
		}
	}
	last := g.Next[len(g.Next)-1]
	if s, _ := page.Script(); page == language.Und || last.Tag == language.Und || s != g.Script {
		return len(g.Next), math.Inf(1)
	}
	return len(g.Next), last.Behind + little
}

// rival returns how far the first runner-up is behind that is not of the same
// group: where nb is hard to tell from nn, it is not unsure that it is Norwegian.
func (g *Guess) rival() float64 {
	for _, c := range g.Next {
		if c.Tag != language.Und && !SameGroup(g.Tag, c.Tag) {
			return c.Behind
		}
	}
	return math.Inf(1)
}
