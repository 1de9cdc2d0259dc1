package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/report"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/score"
	"github.com/seed-966a822a/winnow/filter"
)

type evalCmd struct {
	filterFlags
	By        string   `placeholder:"FIELD" help:"Give the scores by this field: source, lang, type, extractor…"`
	Where     []string `placeholder:"FIELD=VALUE" help:"Only rows of that value."`
	Gold      string   `placeholder:"FILE" help:"Take the golds from FILE, by id."`
	Negatives string   `placeholder:"FILE" help:"Sentences that must stay, to set phrases among."`
	JoinLines bool     `help:"Remove the line breaks of the texts first."`
	Limit     int      `placeholder:"N" help:"Only the first N rows."`
	JSON      bool     `name:"json" help:"Print JSON, not tables."`

	Paths []string `arg:"" name:"gold" help:"JSONL: pages (text, gold), segments (text, with, without) or phrases (text, lang, category, weak)."`
}

// Help says more.
func (*evalCmd) Help() string {
	return `Pages: word and 4-gram precision, recall and F1 against the gold; "clean" are the golds given as input, "damaged" those of which a line lost over a tenth. Where golds lack the title, give --drop title: it holds for pages, and clean golds keep theirs.

Phrases: each is set among sentences of its language, from --negatives, and has to go while they stay; then the negatives, each as a text of its own.

Segments: how many that must stay did, and how many that must go went.`
}

// A goldRow is a row of any of the kinds.
type goldRow struct {
	ID       string         `json:"id"`
	Text     string         `json:"text"`
	Gold     *string        `json:"gold"`
	With     []string       `json:"with"`
	Without  []string       `json:"without"`
	Lang     string         `json:"lang"`
	Category string         `json:"category"`
	Kind     string         `json:"kind"`
	Weak     bool           `json:"weak"`
	Fields   map[string]any `json:"-"`
}

// Run measures.
func (e *evalCmd) Run(a *app) error {
	f, err := e.filter()
	if err != nil {
		return err
	}
	rows, err := e.rows(a)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("%s: no rows to measure", strings.Join(e.Paths, ", "))
	}
	switch r := rows[0]; {
	case r.With != nil || r.Without != nil:
		return e.segments(a, f, rows)
	case r.Gold != nil:
		return e.pages(a, f, rows)
	case r.Category != "":
		return e.phrases(a, f, rows)
	case r.Kind != "":
		return e.negatives(a, f, rows)
	}
	return usage("%s: rows need gold, with and without, category, or kind; or give their golds with --gold FILE", e.Paths[0])
}

// rows reads all rows.
func (e *evalCmd) rows(a *app) (rows []goldRow, err error) {
	golds := map[string]string{}
	if e.Gold != "" {
		err := eachRow(e.Gold, func(r goldRow) {
			if r.Gold != nil {
				golds[r.ID] = *r.Gold
			}
		})
		if err != nil {
			return nil, err
		}
	}
	missing := 0
	for _, p := range e.Paths {
		err := eachRow(p, func(r goldRow) {
			for _, w := range e.Where {
				field, value, _ := strings.Cut(w, "=")
				if fmt.Sprint(r.Fields[field]) != value {
					return
				}
			}
			if e.Gold != "" {
				gold, ok := golds[r.ID]
				if !ok {
					missing++
					return
				}
				r.Gold = &gold
			}
			if e.JoinLines {
				r.Text = score.JoinLines(r.Text)
			}
			if e.Limit == 0 || len(rows) < e.Limit {
				rows = append(rows, r)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	if missing > 0 {
		a.fail("%d rows have no gold in %s", missing, e.Gold)
	}
	return rows, nil
}

func eachRow(path string, use func(goldRow)) error {
	in, err := format.Open(path, format.OpenOptions{Format: format.ByName("jsonl")})
	if err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	defer in.Close()
	for n := 1; ; n++ {
		line, err := in.Bytes().ReadBytes('\n')
		if len(line) == 0 {
			if err == io.EOF {
				return nil
			}
			return fmt.Errorf("%s: %w", path, err)
		}
		var r goldRow
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("%s: line %d: %w", path, n, err)
		}
		if err := json.Unmarshal(line, &r.Fields); err != nil {
			return fmt.Errorf("%s: line %d: %w", path, n, err)
		}
		// The text is in the row already, and by these none will ask.
		delete(r.Fields, "text")
		delete(r.Fields, "gold")
		use(r)
	}
}

// parallel scores rows on all processors, in order.
func parallel[R any](rows []goldRow, work func(i int, r goldRow) R, sum func(r goldRow, s R)) {
	i, done := -1, 0
	batch.Ordered(2*runtime.GOMAXPROCS(0),
		func() (int, error) {
			if i++; i == len(rows) {
				return 0, io.EOF
			}
			return i, nil
		},
		func(i int) R { return work(i, rows[i]) },
		func(s R) error { sum(rows[done], s); done++; return nil })
}

// groups keeps sums by the value of a field, and of all.
type groups[S any] struct {
	names []string
	sums  map[string]*S
}

func (g *groups[S]) add(name string, add func(*S)) {
	if g.sums == nil {
		g.sums = map[string]*S{}
	}
	if g.sums[name] == nil {
		g.sums[name] = new(S)
		g.names = append(g.names, name)
	}
	add(g.sums[name])
}

// sorted returns the names, "all" last.
func (g *groups[S]) sorted() []string {
	slices.SortFunc(g.names, func(a, b string) int {
		if (a == "all") != (b == "all") {
			return map[bool]int{true: 1, false: -1}[a == "all"]
		}
		return strings.Compare(a, b)
	})
	return g.names
}

// print prints a table, or what it was made from.
func (e *evalCmd) print(a *app, t score.Table, v any) error {
	if e.JSON {
		_, err := fmt.Fprintf(a.stdout, "%s\n", report.JSON(v))
		return err
	}
	w := a.buffered()
	t.Print(w)
	return w.Flush()
}

func (e *evalCmd) by(r goldRow) []string {
	if e.By == "" {
		return []string{"all"}
	}
	return []string{fmt.Sprint(r.Fields[e.By]), "all"}
}

func (e *evalCmd) pages(a *app, f *filter.Filter, rows []goldRow) error {
	if e.By == "" && e.Gold != "" && rows[0].Fields["extractor"] != nil {
		e.By = "extractor"
	}
	titled := e.filterFlags
	titled.Drop = slices.DeleteFunc(slices.Clone(e.Drop), func(c filter.Category) bool { return c == filter.Title })
	clean, err := titled.filter()
	if err != nil {
		return err
	}
	var g groups[score.Pages]
	parallel(rows, func(_ int, r goldRow) score.Pages {
		if r.Gold == nil {
			return score.Pages{}
		}
		return score.Page{Text: r.Text, Gold: *r.Gold}.Score(f, clean)
	}, func(r goldRow, s score.Pages) {
		for _, name := range e.by(r) {
			g.add(name, func(sum *score.Pages) { sum.Add(s) })
		}
	})
	t := score.Table{Head: []string{or(e.By, "pages"), "pages", "word P", "word R", "word F1", "all kept F1",
		"4-gram P", "4-gram R", "4-gram F1", "all kept 4-gram F1", "clean", "damaged", "damaged share", "clean kept"}}
	out := map[string]score.Pages{}
	for _, name := range g.sorted() {
		m := g.sums[name].Mean()
		out[name] = m
		t.Add(name, m.N, m.Word.P, m.Word.R, m.Word.F1, m.AllWord.F1, m.Gram.P, m.Gram.R, m.Gram.F1, m.AllGram.F1,
			m.Clean, m.Hurt, score.Share(m.Hurt, m.Clean), fmt.Sprintf("%.4f", score.Share(m.Kept, m.Chars)))
	}
	return e.print(a, t, out)
}

func (e *evalCmd) segments(a *app, f *filter.Filter, rows []goldRow) error {
	var g groups[score.Segments]
	parallel(rows, func(_ int, r goldRow) score.Segments {
		return score.Segmented{Text: r.Text, With: r.With, Without: r.Without}.Score(f)
	}, func(r goldRow, s score.Segments) {
		for _, name := range e.by(r) {
			g.add(name, func(sum *score.Segments) { sum.Add(s) })
		}
	})
	t := score.Table{Head: []string{or(e.By, "pages"), "pages", "with", "kept", "share kept", "without", "dropped", "share dropped"}}
	for _, name := range g.sorted() {
		s := g.sums[name]
		t.Add(name, s.N, s.With, s.Kept, score.Share(s.Kept, s.With), s.Without, s.Dropped, score.Share(s.Dropped, s.Without))
	}
	return e.print(a, t, g.sums)
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}
