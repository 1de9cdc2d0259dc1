package report

import (
	"cmp"
	"container/heap"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/seed-966a822a/winnow/filter"
)

// A Sample draws documents for the report: those whose names have the lowest
// hashes, so that it is the same one for any order and any number of jobs.
type Sample struct {
	Most int // documents to draw

	mu   sync.Mutex
	docs sampleHeap
}

type sampled struct {
	hash    uint64
	missing bool // the document was scanned by an earlier run
	Doc
}

// A Doc is a document in the report.
type Doc struct {
	Name   string // of its file
	N      int    // in it, from 1
	Lang   string
	Title  string
	Share  float64 // removed
	Blocks []Piece
}

// A Piece is text of one fate.
type Piece struct {
	Text           string
	Keep           bool
	Category, Lang string
	Rule           string
	Score          float64
	Cut            int // characters that are not shown
}

// sampleHeap has the highest hash at its root.
type sampleHeap []sampled

func (h sampleHeap) Len() int           { return len(h) }
func (h sampleHeap) Less(i, j int) bool { return h[i].hash > h[j].hash }
func (h sampleHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *sampleHeap) Push(x any)        { *h = append(*h, x.(sampled)) }
func (h *sampleHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// Offer takes a document into the sample if it belongs there.
func (s *Sample) Offer(name string, n int, r filter.Result) {
	if hash := place(name, n); s.wants(hash) {
		s.push(sampled{hash, false, newDoc(name, n, r)})
	}
}

// Expect takes a document into the sample by its name, if it belongs there.
// Its text comes by [Sample.Fill].
func (s *Sample) Expect(name string, n int) {
	if hash := place(name, n); s.wants(hash) {
		s.push(sampled{hash, true, Doc{Name: name, N: n}})
	}
}

// Missing returns the documents, by their files, that are to be filled in.
func (s *Sample) Missing() map[string][]int {
	missing := map[string][]int{}
	for _, d := range s.docs {
		if d.missing {
			missing[d.Name] = append(missing[d.Name], d.N)
		}
	}
	return missing
}

// Fill fills in an expected document.
func (s *Sample) Fill(name string, n int, r filter.Result) {
	for i := range s.docs {
		if d := &s.docs[i]; d.missing && d.N == n && d.Name == name {
			d.missing, d.Doc = false, newDoc(name, n, r)
		}
	}
}

// Lowest returns those documents of a file, of which a sample of that many
// might have some.
func Lowest(name string, docs []int, most int) []int {
	if len(docs) <= most {
		return docs
	}
	slices.SortFunc(docs, func(a, b int) int { return cmp.Compare(place(name, a), place(name, b)) })
	return docs[:most:most]
}

func place(name string, n int) uint64 { return xxhash.Sum64String(fmt.Sprint(name, " ", n)) }

func (s *Sample) wants(hash uint64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Most > 0 && (len(s.docs) < s.Most || hash < s.docs[0].hash)
}

func (s *Sample) push(doc sampled) {
	s.mu.Lock()
	defer s.mu.Unlock()
	heap.Push(&s.docs, doc)
	if len(s.docs) > s.Most {
		heap.Pop(&s.docs)
	}
}

// The report of 200 documents is to stay under 5 MB.
const (
	docBytes  = 16 << 10
	keptBytes = 600 // of one stretch of kept text
	goneBytes = 1500
)

func newDoc(name string, n int, r filter.Result) Doc {
	d := Doc{Name: name, N: n, Lang: Lang(r).String(), Title: shorten(r.First(filter.Title), 200).Text}
	size, gone := 0, 0
	for _, dec := range r.Decisions {
		if n := dec.Span.Len(); !dec.Keep {
			gone += n
		}
		text := r.Document.Text[dec.Span.Start:dec.Span.End]
		if size > docBytes {
			continue
		}
		p := shorten(text, keptBytes)
		if !dec.Keep {
			p = shorten(text, goneBytes)
		}
		p.Keep, p.Category, p.Lang, p.Rule, p.Score = dec.Keep, dec.Category.String(), dec.Lang.String(), dec.Rule(), round(dec.Score)
		size += len(p.Text) + 120
		if n := len(d.Blocks); n > 0 && p.Keep && d.Blocks[n-1].Keep && d.Blocks[n-1].Cut == 0 {
			d.Blocks[n-1].Text += p.Text
			d.Blocks[n-1].Cut = p.Cut
			continue
		}
		d.Blocks = append(d.Blocks, p)
	}
	if size > docBytes {
		d.Blocks = append(d.Blocks, Piece{Keep: true, Text: "\n…"})
	}
	if len(r.Document.Text) > 0 {
		d.Share = float64(gone) / float64(len(r.Document.Text))
	}
	return d
}

// shorten cuts the end off a long text.
func shorten(text string, most int) Piece {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(text) <= most {
		return Piece{Text: text}
	}
	end := most
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return Piece{Text: text[:end], Cut: utf8.RuneCountInString(text[end:])}
}

//go:embed page.html
var page string

// A bar is a row of a chart.
type bar struct {
	Key, Name string
	Tally
	Share, Width float64 // of all text, of the longest bar
}

type ruleRow struct {
	Rank
	Category, Example string
}

// HTML writes the report: one page that needs nothing else.
func HTML(w io.Writer, s Stats, sample *Sample) error {
	docs := slices.DeleteFunc(slices.Clone(sample.docs), func(d sampled) bool { return d.missing })
	slices.SortFunc(docs, func(a, b sampled) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.N, b.N))
	})
	var rules []ruleRow
	for _, r := range Ranked(s.Rules) {
		if len(rules) == 40 {
			break
		}
		row := ruleRow{Rank: r}
	search:
		for _, d := range docs {
			for _, b := range d.Blocks {
				if !b.Keep && b.Rule == r.Key && strings.TrimSpace(b.Text) != "" {
					row.Category, row.Example = b.Category, shorten(strings.TrimSpace(b.Text), 160).Text
					break search
				}
			}
		}
		rules = append(rules, row)
	}
	english := display.English.Languages()
	funcs := template.FuncMap{
		"size":    Size,
		"percent": func(f float64) float64 { return 100 * f },
		"count":   count,
		"hue":     func(category string) int { return hue(category) },
	}
	t, err := template.New("page").Funcs(funcs).Parse(page)
	if err != nil {
		return err
	}
	return t.Execute(w, map[string]any{
		"Stats": s, "Share": s.Share(), "Rules": rules, "Docs": docs,
		"Categories": bars(s.Categories, s.Bytes, func(key string) string { return key }),
		"Languages": bars(s.Languages, s.Bytes, func(key string) string {
			if name := english.Name(language.Make(key)); key != "und" && name != "" {
				return name
			}
			return "no language"
		}),
	})
}

func bars(m map[string]Tally, all int64, name func(string) string) (list []bar) {
	for _, r := range Ranked(m) {
		list = append(list, bar{r.Key, name(r.Key), r.Tally, float64(r.Bytes) / float64(max(all, 1)), 0})
		list[len(list)-1].Width = 100 * float64(r.Bytes) / float64(max(list[0].Bytes, 1))
	}
	return list
}

// hue spreads the categories over the circle of colours.
func hue(category string) int {
	c, _ := filter.ParseCategory(category)
	return int(c) * 137 % 360
}
