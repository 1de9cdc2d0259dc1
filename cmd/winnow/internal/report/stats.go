package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/seed-966a822a/winnow/filter"
)

// Stats counts what was done. Those of two runs, or of two shards, add up.
type Stats struct {
	Files      int              `json:"files"`
	Failed     int              `json:"failed"` // files with a message
	Documents  int              `json:"documents"`
	Emptied    int              `json:"emptied"` // documents of which nothing is left
	Bytes      int64            `json:"bytes"`   // of the documents' text
	Removed    int64            `json:"removed"` // of those
	Categories map[string]Tally `json:"categories,omitempty"`
	Languages  map[string]Tally `json:"languages,omitempty"` // of the removed text
	Rules      map[string]Tally `json:"rules,omitempty"`
	Documented map[string]Tally `json:"document_languages,omitempty"`
	Emptiest   []FileShare      `json:"emptiest,omitempty"`
	Slowest    []FileTime       `json:"slowest,omitempty"`
	Errors     []string         `json:"errors,omitempty"` // the first of them
}

// A Tally counts spans, or documents, and their bytes.
type Tally struct {
	N     int   `json:"n"`
	Bytes int64 `json:"bytes"`
}

// A FileShare says how much was removed of a file.
type FileShare struct {
	File  string  `json:"file"`
	Share float64 `json:"removed_share"`
}

// A FileTime says how long a file took.
type FileTime struct {
	File    string  `json:"file"`
	Seconds float64 `json:"seconds"`
}

const mostListed = 20

// Document counts one document.
func (s *Stats) Document(r filter.Result) {
	s.Documents++
	size := int64(len(r.Document.Text))
	s.Bytes += size
	add(&s.Documented, Lang(r).String(), Tally{1, size})
	kept := false
	for _, d := range r.Decisions {
		if d.Keep {
			kept = kept || strings.TrimSpace(r.Document.Text[d.Span.Start:d.Span.End]) != ""
			continue
		}
		t := Tally{1, int64(d.Span.Len())}
		s.Removed += t.Bytes
		add(&s.Categories, d.Category.String(), t)
		add(&s.Languages, d.Lang.String(), t)
		if rule := d.Rule(); rule != "" {
			add(&s.Rules, rule, t)
		}
	}
	if !kept {
		s.Emptied++
	}
}

func add(m *map[string]Tally, key string, t Tally) {
	if *m == nil {
		*m = map[string]Tally{}
	}
	old := (*m)[key]
	(*m)[key] = Tally{old.N + t.N, old.Bytes + t.Bytes}
}

// Add adds the counts of others.
func (s *Stats) Add(o Stats) {
	s.Files += o.Files
	s.Failed += o.Failed
	s.Documents += o.Documents
	s.Emptied += o.Emptied
	s.Bytes += o.Bytes
	s.Removed += o.Removed
	for _, pair := range []struct {
		to   *map[string]Tally
		from map[string]Tally
	}{{&s.Categories, o.Categories}, {&s.Languages, o.Languages}, {&s.Rules, o.Rules}, {&s.Documented, o.Documented}} {
		for key, t := range pair.from {
			add(pair.to, key, t)
		}
	}
	s.Emptiest = most(append(s.Emptiest, o.Emptiest...), func(f FileShare) (float64, string) { return f.Share, f.File })
	s.Slowest = most(append(s.Slowest, o.Slowest...), func(f FileTime) (float64, string) { return f.Seconds, f.File })
	s.Errors = append(s.Errors, o.Errors...)
	s.Errors = s.Errors[:min(len(s.Errors), 1000)]
}

// most keeps those with the highest value.
func most[T any](list []T, of func(T) (float64, string)) []T {
	slices.SortStableFunc(list, func(a, b T) int {
		va, na := of(a)
		vb, nb := of(b)
		return cmp.Or(cmp.Compare(vb, va), cmp.Compare(na, nb))
	})
	return list[:min(len(list), mostListed)]
}

// Share is how much of the text was removed.
func (s *Stats) Share() float64 {
	if s.Bytes == 0 {
		return 0
	}
	return float64(s.Removed) / float64(s.Bytes)
}

// Summary prints the counts for people.
func (s *Stats) Summary(w io.Writer) {
	fmt.Fprintf(w, "%s, %s, %s of text, %s removed (%.1f %%), %d emptied, %s with messages\n",
		count(s.Files, "file"), count(s.Documents, "document"), Size(s.Bytes), Size(s.Removed), 100*s.Share(), s.Emptied, count(s.Failed, "file"))
	for _, c := range Ranked(s.Categories) {
		fmt.Fprintf(w, "  %-12s %9d spans %9s %5.1f %%\n", c.Key, c.N, Size(c.Bytes), 100*float64(c.Bytes)/float64(max(s.Bytes, 1)))
	}
}

// A Rank is one row of a tally.
type Rank struct {
	Key string
	Tally
}

// Ranked sorts a tally by bytes.
func Ranked(m map[string]Tally) []Rank {
	ranks := make([]Rank, 0, len(m))
	for key, t := range m {
		ranks = append(ranks, Rank{key, t})
	}
	slices.SortFunc(ranks, func(a, b Rank) int { return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Key, b.Key)) })
	return ranks
}

// count writes "1 file", "2 files".
func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprint(n, " ", what)
}

// Size writes a number of bytes for people.
func Size(n int64) string {
	f, unit := float64(n), 0
	for f >= 1000 && unit < 4 {
		f, unit = f/1000, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %cB", f, "kMGT"[unit-1])
}
