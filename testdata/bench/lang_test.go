// Package bench sets winnow's language detection side by side with others. It
// is a module of its own, so that their code stays out of winnow's go.mod.
//
//	go test -bench Lang                                # on 64 sentences of our own
//	go test -bench Lang -items items.jsonl -every 50   # with lang, kind and text a line
package bench

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/abadojack/whatlanggo"

	"github.com/seed-966a822a/winnow/lang"
	"github.com/seed-966a822a/winnow/lang/lingua"
)

var (
	items = flag.String("items", "", "JSONL with lang, kind and text; default: the sentences of lang/testdata")
	every = flag.Int("every", 1, "take every nth item only")
)

type item struct{ Lang, Kind, Text string }

func load(b *testing.B) map[string][]item {
	by := map[string][]item{}
	if *items == "" {
		data, err := os.ReadFile("../../lang/testdata/sentences.tsv")
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			tag, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
			by["sentences"] = append(by["sentences"], item{tag, "sentences", text})
		}
		return by
	}
	data, err := os.ReadFile(*items)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		var it item
		if err := json.Unmarshal([]byte(line), &it); err != nil {
			b.Fatal(err)
		}
		if n++; n%*every == 0 {
			by[it.Kind] = append(by[it.Kind], it)
		}
	}
	return by
}

func BenchmarkLang(b *testing.B) {
	by := load(b)
	guess := func(d lang.Detector) func(string) string {
		return func(s string) string { return d.Detect(s).Tag.String() }
	}
	for _, d := range []struct {
		name string
		load func() func(string) string // returns the ISO 639-1 code of a text
	}{
		{"winnow", func() func(string) string { return guess(lang.New()) }},
		{"lingua-high", func() func(string) string { return guess(lingua.New()) }},
		{"lingua-low", func() func(string) string { return guess(lingua.NewLow()) }},
		{"whatlanggo", func() func(string) string {
			return func(s string) string { return whatlanggo.DetectLang(s).Iso6391() }
		}},
	} {
		var detect func(string) string
		for _, kind := range []string{"single-words", "word-pairs", "sentences"} {
			if len(by[kind]) == 0 {
				continue
			}
			b.Run(d.name+"/"+kind, func(b *testing.B) {
				if detect == nil {
					detect = d.load()
					for _, it := range by[kind] { // lingua loads its models when it needs them
						detect(it.Text)
					}
				}
				size := 0
				for _, it := range by[kind] {
					size += len(it.Text)
				}
				b.SetBytes(int64(size))
				answers := make([]string, len(by[kind]))
				for b.Loop() {
					for i, it := range by[kind] {
						answers[i] = detect(it.Text)
					}
				}
				right, all := map[string]int{}, map[string]int{}
				for i, it := range by[kind] {
					all[it.Lang]++
					if answers[i] == it.Lang {
						right[it.Lang]++
					}
				}
				sum := 0.0
				for l, n := range all {
					sum += float64(right[l]) / float64(n)
				}
				b.ReportMetric(sum/float64(len(all)), "accuracy")
			})
		}
	}
}
