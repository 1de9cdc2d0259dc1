package main

import (
	"fmt"
	"strings"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/score"
	"github.com/seed-966a822a/winnow/filter"
)

func (e *evalCmd) phrases(a *app, f *filter.Filter, rows []goldRow) error {
	if e.Negatives == "" {
		return usage("phrases are set among sentences: give those with --negatives FILE")
	}
	var negatives []goldRow
	sentences := map[string][]string{}
	if err := eachRow(e.Negatives, func(r goldRow) {
		negatives = append(negatives, r)
		if r.Kind == "sentence" {
			sentences[r.Lang] = append(sentences[r.Lang], score.JoinLines(r.Text))
		}
	}); err != nil {
		return err
	}
	// Of zh-TW take the sentences of zh.
	around := func(lang string) []string {
		for lang != "" && sentences[lang] == nil {
			lang = lang[:max(0, strings.LastIndex(lang, "-"))]
		}
		return sentences[lang]
	}
	nth, index := map[string]int{}, make([]int, len(rows))
	for i, r := range rows {
		index[i] = nth[r.Lang]
		nth[r.Lang]++
	}
	var byLang, byCategory groups[score.Phrases]
	parallel(rows, func(i int, r goldRow) score.Phrases {
		p := score.Phrase{Lang: r.Lang, Category: r.Category, Text: r.Text, Weak: r.Weak}
		if len(around(r.Lang)) == 0 {
			return score.Phrases{}
		}
		return p.Score(f, index[i], around(r.Lang))
	}, func(r goldRow, s score.Phrases) {
		for _, name := range []string{r.Lang, "all"} {
			byLang.add(name, func(sum *score.Phrases) { sum.Add(s) })
		}
		for _, name := range []string{r.Category, "all"} {
			byCategory.add(name, func(sum *score.Phrases) { sum.Add(s) })
		}
	})
	table := func(by string, g groups[score.Phrases]) score.Table {
		t := score.Table{Head: []string{by, "phrases", "removed", "share removed", "held back", "share removed", "weak", "share weak removed", "by a phrase", "category right", "sentences", "damaged", "share damaged"}}
		for _, name := range g.sorted() {
			s := g.sums[name]
			t.Add(name, s.N, s.Removed, score.Share(s.Removed, s.N), s.Held, score.Share(s.HeldRemoved, s.Held), s.Weak, score.Share(s.WeakRemoved, s.Weak),
				s.Named, score.Share(s.Right, s.Named), s.Sentences, s.Hurt, fmt.Sprintf("%.4f", score.Share(s.Hurt, s.Sentences)))
		}
		return t
	}
	if !e.JSON {
		if err := e.print(a, table("language", byLang), nil); err != nil {
			return err
		}
		fmt.Fprintln(a.stdout)
		if err := e.print(a, table("category", byCategory), nil); err != nil {
			return err
		}
		fmt.Fprintln(a.stdout)
		return e.negatives(a, f, negatives)
	}
	return e.print(a, score.Table{}, map[string]any{"language": byLang.sums, "category": byCategory.sums, "negatives": e.flagged(f, negatives).sums})
}

// A flagged counts negatives.
type flagged struct{ N, Damaged int }

func (e *evalCmd) flagged(f *filter.Filter, rows []goldRow) groups[flagged] {
	var g groups[flagged]
	parallel(rows, func(_ int, r goldRow) bool {
		return score.Negative{Lang: r.Lang, Kind: r.Kind, Text: r.Text}.Damaged(f)
	}, func(r goldRow, damaged bool) {
		for _, name := range []string{or(fmt.Sprint(r.Fields[or(e.By, "kind")]), "?"), "all"} {
			g.add(name, func(sum *flagged) {
				if sum.N++; damaged {
					sum.Damaged++
				}
			})
		}
	})
	return g
}

func (e *evalCmd) negatives(a *app, f *filter.Filter, rows []goldRow) error {
	g := e.flagged(f, rows)
	t := score.Table{Head: []string{"negatives", "texts", "damaged", "share damaged"}}
	for _, name := range g.sorted() {
		s := g.sums[name]
		t.Add(name, s.N, s.Damaged, fmt.Sprintf("%.4f", score.Share(s.Damaged, s.N)))
	}
	return e.print(a, t, g.sums)
}
