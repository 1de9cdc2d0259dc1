package model

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-966a822a/winnow/filter/model"
)

func TestWords(t *testing.T) {
	v := vocab{}
	assert.Len(t, v.words(nil, "Don't PANIC, don’t panic: 42_x"), 7)
	assert.Len(t, v, 4) // don, t, panic, 42_x
	assert.Len(t, v.words(nil, "今天 is ไทย"), 6)
}

func TestLabels(t *testing.T) {
	d := &Doc{
		Text: "Home\nNews\nThe ferry is back\nThe ferry came back on Tuesday. Subscribe to our letter.\nA heading\nIt sails in May, they say.\nThe ferry came late",
		Gold: "The ferry came back on Tuesday.\nA heading\nIt sails in May, they say.",
	}
	body, words := Labels(d, model.Split(nil, d.Text))
	var kept []bool
	for _, b := range body {
		kept = append(kept, b >= .5)
	}
	assert.Equal(t, []bool{false, false, false, true, false, true, true, false}, kept)
	assert.Equal(t, int32(6), words[3])
}

func TestSegmentLabels(t *testing.T) {
	d := &Doc{
		Kind:    Segments,
		Text:    "Home\nThe ferry\nThe ferry came back on Tuesday. Subscribe to our letter.\nThe ferry\nIt sails in May.\nHome",
		With:    []string{"came  back on Tuesday", "The ferry"}, // the second is met three times
		Without: []string{"Subscribe", "Home"},
	}
	body, words := segmentLabels(d, model.Split(nil, d.Text))
	var labels []string
	for _, b := range body {
		labels = append(labels, fmt.Sprint(b))
	}
	assert.Equal(t, []string{"0", "NaN", "1", "0", "NaN", "NaN", "0"}, labels)
	assert.Equal(t, int32(6), words[2])
}

// A spliced page has the menu of one page and the body of another.
func TestSplice(t *testing.T) {
	var docs []*Doc
	for _, what := range []string{"ferry", "bridge", "library", "school", "tunnel"} {
		body := "The " + what + " was opened on Tuesday.\nNobody knows who will pay for the " + what + " next year."
		docs = append(docs, &Doc{
			ID: what, Site: "example", Lang: "en", Type: "article", Title: "A new " + what + " for the town",
			Text: "Menu of the " + what + " page\nA new " + what + " for the town\n" + body + "\nAll about the " + what + " club", Gold: body,
		})
	}
	trainer := NewTrainer(docs, t.TempDir(), "", 1, io.Discard)
	trainer.prepare()
	spliced := 0
	for i, d := range trainer.Docs {
		if d.Kind != Spliced {
			continue
		}
		spliced++
		outer, inner, _ := strings.Cut(d.ID, "+")
		require.NotEqual(t, outer, inner)
		lines := strings.Split(d.Text, "\n")
		assert.Equal(t, "Menu of the "+outer+" page", lines[0])
		assert.Equal(t, "A new "+inner+" for the town", lines[1])
		assert.Equal(t, "All about the "+outer+" club", lines[4])
		assert.Equal(t, []float32{1, 1}, trainer.body[i][2:4])
		assert.Less(t, trainer.body[i][0], float32(.5))
		assert.Less(t, trainer.body[i][4], float32(.5))
	}
	assert.GreaterOrEqual(t, spliced, 3)
}

func TestVerse(t *testing.T) {
	gold := strings.Repeat("The ferry came back, and “nobody” knew why. – It sails in May. ", 20)
	known := map[string]bool{}
	for _, w := range strings.Fields(gold) {
		known[strings.ToLower(strings.TrimFunc(w, unicode.IsPunct))] = true
	}
	for seed := range uint64(200) {
		text := verse(gold, seed*7919)
		lines := strings.Split(strings.TrimSpace(text), "\n")
		require.Greater(t, len(lines), 2)
		for _, line := range lines {
			assert.LessOrEqual(t, len(strings.Fields(line)), 12)
			for _, w := range strings.Fields(strings.TrimLeft(line, "0123456789.•- ")) {
				assert.True(t, known[strings.ToLower(strings.TrimFunc(w, unicode.IsPunct))], w)
			}
		}
	}
	assert.Empty(t, verse("Too short.", 1))
	assert.Empty(t, verse(strings.Repeat("没有空格的文字没有空格的文字 ", 80), 1))
}

func TestSample(t *testing.T) {
	d := &Doc{Text: "Home\nOne two three four.\nFive six.", Gold: "One two three four."}
	s := newSample(d, model.Split(nil, d.Text))
	assert.InDelta(t, 1, s.f1(func(i int) bool { return i == 1 }), 1e-9)
	assert.InDelta(t, 2*4./(7+4), s.f1(func(int) bool { return true }), 1e-9)
	damaged, kept, all := s.damage(func(i int) bool { return i > 0 })
	assert.True(t, damaged)
	assert.Equal(t, all-4, kept)
}

func TestSite(t *testing.T) {
	assert.Equal(t, "example", site(&Doc{URL: "https://www.example.co.uk/a"}))
	assert.Equal(t, site(&Doc{Host: "news.example.com"}), site(&Doc{URL: "http://example.de/"}))
}
