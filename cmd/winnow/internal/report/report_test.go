package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter"
)

// result is a text of which the last line is removed.
func result() filter.Result {
	text := "Ünï\xff 桥\nspot_img\x1b[2J"
	return filter.Result{
		Document: filter.Document{ID: "a", Text: text, Lang: language.English},
		Decisions: []filter.Decision{
			{Span: filter.Span{Start: 0, End: 11}, Keep: true, Lang: language.English},
			{Span: filter.Span{Start: 11, End: len(text)}, Category: filter.Advert, Score: .98765, Signals: []filter.Signal{{Rule: "packs/und.txt:3", Weight: 2}}},
		},
	}
}

func TestOffsetsAreCodePoints(t *testing.T) {
	r := result()
	row := Removal(r)
	assert.Equal(t, 7, row.Spans[0].Start, "Ü n ï and the bad byte, a space, 桥, the line end")
	assert.Equal(t, 19, row.Spans[0].End)
	assert.JSONEq(t, `{"lang":"en","removed":[{"start":7,"end":19,"category":"advert","rule":"packs/und.txt:3","score":0.988,"lang":"und"}]}`, string(Note(r)))
	assert.Equal(t, `{"id":"a","source":"web","attributes":{"winnow_advert":[[7,19,0.988]]}}`+"\n", string(Attributes("a", "web", r)))
}

func TestTidy(t *testing.T) {
	r := result()
	blank := filter.Decision{Span: filter.Span{Start: 6, End: 7}}
	r.Decisions = []filter.Decision{blank, r.Decisions[0], blank, r.Decisions[1], blank}
	r = Tidy(r)
	for _, d := range r.Removed() {
		assert.Equal(t, filter.Advert, d.Category)
	}
	assert.Equal(t, filter.Body, r.Decisions[1].Category, "what is kept")
}

func TestExplain(t *testing.T) {
	var b bytes.Buffer
	e := Explainer{W: bufio.NewWriter(&b)}
	e.Document("", result())
	e.W.Flush()
	assert.Equal(t, "+\tbody\ten\t0.000\t.\tÜnï\uFFFD 桥\n-\tadvert\tund\t0.988\tpacks/und.txt:3\tspot_img\uFFFD[2J\n", b.String())

	b.Reset()
	e = Explainer{W: bufio.NewWriter(&b), Eye: true, Width: 60}
	e.Document("", result())
	e.W.Flush()
	assert.Contains(t, b.String(), "advert      und     .99 │ spot_img\uFFFD[2J ‹packs/und.txt:3›\n")
}

func TestWrap(t *testing.T) {
	for _, text := range []string{strings.Repeat("word ", 40), strings.Repeat("大桥将关闭到春天。", 9), strings.Repeat("สะพานปิดถึงฤดูใบไม้ผลิ", 8), strings.Repeat("x", 99), ""} {
		lines := wrap(text, 30)
		for _, l := range lines {
			assert.LessOrEqual(t, uniseg.StringWidth(l), 30)
		}
		assert.Equal(t, strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(strings.Join(lines, ""), " ", ""))
	}
}

func TestStatsAddUp(t *testing.T) {
	var one, sum Stats
	one.Files = 1
	one.Document(result())
	sum.Add(one)
	sum.Add(one)
	assert.Equal(t, Tally{2, 24}, sum.Categories["advert"])
	var back Stats
	assert.NoError(t, json.Unmarshal(JSON(sum), &back))
	assert.Equal(t, sum.Removed, back.Removed)
	assert.Equal(t, 2, back.Documents)
}
