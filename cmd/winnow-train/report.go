package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"sort"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/lang"
)

// A tally counts right answers by language; its score is their mean over
// languages, so that each weighs the same.
type tally struct{ right, all map[string]int }

func newTally() *tally { return &tally{map[string]int{}, map[string]int{}} }

func (t *tally) add(lang string, right bool) {
	t.all[lang]++
	if right {
		t.right[lang]++
	}
}

func (t *tally) score() float64 {
	sum := 0.0
	for l, n := range t.all {
		sum += float64(t.right[l]) / float64(n)
	}
	return sum / float64(len(t.all))
}

func (t *tally) worst(n int) string {
	var langs []string
	for l := range t.all {
		langs = append(langs, l)
	}
	share := func(l string) float64 { return float64(t.right[l]) / float64(t.all[l]) }
	sort.Slice(langs, func(i, j int) bool { return share(langs[i]) < share(langs[j]) })
	s := ""
	for _, l := range langs[:min(n, len(langs))] {
		s += fmt.Sprintf(" %s %.3f", l, share(l))
	}
	return s
}

var kinds = []string{"single-words", "word-pairs", "sentences"}

// report prints what a detector gets right: texts by themselves, within pages,
// and what it makes of junk, then how fast it is.
func report(w io.Writer, d lang.Detector, items []item) {
	var kept []item
	for _, it := range items {
		if !trainsOn(it) {
			kept = append(kept, it)
		}
	}
	for _, kind := range kinds {
		t := newTally()
		for _, it := range kept {
			if it.Kind == kind {
				t.add(it.Lang, d.Detect(it.Text).Tag.String() == it.Lang)
			}
		}
		fmt.Fprintf(w, "%-40s %.4f  lowest:%s\n", kind, t.score(), t.worst(12))
	}
	pages(w, d, kept)
	junk(w, d)
	speed(w, d, kept)
	confusions(w, d, kept)
	calibration(w, d, kept)
}

// pages makes pages of five sentences, five words and five pairs of one
// language and a sentence of another, and reports on what is told of them.
func pages(w io.Writer, d lang.Detector, items []item) {
	by := map[string]map[string][]string{} // by kind and language
	for _, k := range kinds {
		by[k] = map[string][]string{}
	}
	for _, it := range items {
		if by[it.Kind] != nil {
			by[it.Kind][it.Lang] = append(by[it.Kind][it.Lang], it.Text)
		}
	}
	var langs []string
	for l := range by["sentences"] {
		if len(by["single-words"][l]) > 0 && len(by["word-pairs"][l]) > 0 {
			langs = append(langs, l)
		}
	}
	if len(langs) < 2 {
		return
	}
	sort.Strings(langs)
	rng := rand.New(rand.NewPCG(1, 1))
	page, words, pairs, knownWords, knownPairs := newTally(), newTally(), newTally(), newTally(), newTally()
	right, foreign, same, foreignPairs := newTally(), newTally(), newTally(), newTally()
	for _, l := range langs {
		const n = 5
		for i := 0; i+n <= len(by["single-words"][l]) || i+n <= len(by["word-pairs"][l]); i += n {
			var votes lang.Votes
			part := func(kind string) (texts []string, guesses []lang.Guess) {
				all := by[kind][l]
				texts = all[min(i, len(all)):min(i+n, len(all))]
				if kind == "sentences" { // there may be fewer; they come again
					texts = nil
					for j := range n {
						texts = append(texts, all[(i+j)%len(all)])
					}
				}
				for _, t := range texts {
					g := d.Detect(t)
					votes.Add(g, len(t))
					guesses = append(guesses, g)
				}
				return texts, guesses
			}
			part("sentences")
			_, single := part("single-words")
			_, double := part("word-pairs")
			other := langs[rng.IntN(len(langs))]
			for other == l {
				other = langs[rng.IntN(len(langs))]
			}
			stranger := by["sentences"][other][rng.IntN(len(by["sentences"][other]))]
			guess := d.Detect(stranger)
			votes.Add(guess, len(stranger))

			winner := votes.Winner()
			page.add(l, winner.String() == l)
			known := language.Raw.Make(l)
			for _, g := range single {
				words.add(l, g.Within(winner).Tag.String() == l)
				knownWords.add(l, g.Within(known).Tag == known)
			}
			for _, g := range double {
				pairs.add(l, g.Within(winner).Tag.String() == l)
				knownPairs.add(l, g.Within(known).Tag == known)
			}
			got := guess.Within(known).Tag
			right.add(other, got.String() == other)
			foreign.add(other, got != known)
			same.add(other, got == guess.Tag)
			pair := by["word-pairs"][other][rng.IntN(len(by["word-pairs"][other]))]
			foreignPairs.add(other, d.Detect(pair).Within(known).Tag != known)
		}
	}
	for _, row := range []struct {
		name string
		*tally
	}{{"pages", page}, {"single-words within a page", words}, {"word-pairs within a page", pairs},
		{"single-words, page's language given", knownWords}, {"word-pairs, page's language given", knownPairs},
		{"foreign sentences in a page, right", right}, {"foreign sentences in a page, foreign", foreign},
		{"foreign sentences, as without a page", same}, {"foreign pairs in a page, foreign", foreignPairs}} {
		fmt.Fprintf(w, "%-40s %.4f  lowest:%s\n", row.name, row.score(), row.worst(12))
	}
}

// junk reports how often text that is no language is called one, by a margin
// of 3 or more.
func junk(w io.Writer, d lang.Detector) {
	const n = 2000
	rng := rand.New(rand.NewPCG(2, 2))
	all, detail := 0, ""
	for _, kind := range junkKinds {
		wide := 0
		for range n {
			if d.Detect(kind.make(rng)).Margin >= 3 {
				wide++
			}
		}
		all += wide
		detail += fmt.Sprintf(" %s %.4f", kind.name, float64(wide)/n)
	}
	fmt.Fprintf(w, "%-40s %.4f  by kind:%s\n", "junk with a margin of 3 or more", float64(all)/float64(n*len(junkKinds)), detail)
}

// speed reports the pace over all items of a kind: passes over all of them, in
// pieces, and of every piece the best time, so that other work on the machine
// is left out.
func speed(w io.Writer, d lang.Detector, items []item) {
	const passes, piece = 15, 256
	for _, kind := range kinds {
		var texts []string
		size := 0
		for _, it := range items {
			if it.Kind == kind {
				texts = append(texts, it.Text)
				size += len(it.Text)
			}
		}
		if len(texts) == 0 {
			continue
		}
		best := make([]time.Duration, (len(texts)+piece-1)/piece)
		for pass := range passes {
			for i := range best {
				start := time.Now()
				for _, t := range texts[i*piece : min((i+1)*piece, len(texts))] {
					d.Detect(t)
				}
				if took := time.Since(start); pass == 0 || took < best[i] {
					best[i] = took
				}
			}
		}
		var sum time.Duration
		for _, b := range best {
			sum += b
		}
		fmt.Fprintf(w, "%-40s %.1f MB/s, %d ns each\n", kind+", one core", float64(size)/1e6/sum.Seconds(), sum.Nanoseconds()/int64(len(texts)))
	}
}

// confusions prints which languages are most often taken for which.
func confusions(w io.Writer, d lang.Detector, items []item) {
	for _, kind := range kinds {
		all, wrong := map[string]int{}, map[string]int{}
		var pairs []string
		for _, it := range items {
			if it.Kind != kind {
				continue
			}
			all[it.Lang]++
			if got := d.Detect(it.Text).Tag.String(); got != it.Lang {
				pair := it.Lang + "→" + got
				if wrong[pair]++; wrong[pair] == 1 {
					pairs = append(pairs, pair)
				}
			}
		}
		share := func(p string) float64 { l, _, _ := strings.Cut(p, "→"); return float64(wrong[p]) / float64(all[l]) }
		sort.Slice(pairs, func(i, j int) bool { return share(pairs[i]) > share(pairs[j]) })
		fmt.Fprintf(w, "%-13s most often wrong:", kind)
		for _, p := range pairs[:min(40, len(pairs))] {
			fmt.Fprintf(w, " %s %.3f", p, share(p))
		}
		fmt.Fprintln(w)
	}
}

// calibration compares margins to how often the best language was right and
// how often it was the runner-up.
func calibration(w io.Writer, d lang.Detector, items []item) {
	bounds := []float64{0, 1, 2, 3, 4.5, 6, 8, 10, 15, 1e9}
	for _, kind := range kinds {
		fmt.Fprintf(w, "%s: margin, items, log of the odds of best over runner-up\n", kind)
		for i := range len(bounds) - 1 {
			best, next, all, sum := 0, 0, 0, 0.0
			for _, it := range items {
				if it.Kind != kind {
					continue
				}
				if g := d.Detect(it.Text); g.Margin >= bounds[i] && g.Margin < bounds[i+1] && g.Tag != language.Und {
					all++
					sum += g.Margin
					switch it.Lang {
					case g.Tag.String():
						best++
					case g.Next[0].Tag.String():
						next++
					}
				}
			}
			fmt.Fprintf(w, "  %5.1f %6d  right %.3f second %.3f  odds %5.2f  mean margin %5.2f\n", bounds[i], all, float64(best)/float64(all), float64(next)/float64(all),
				math.Log((float64(best)+.5)/(float64(next)+.5)), sum/float64(all))
		}
	}
}
