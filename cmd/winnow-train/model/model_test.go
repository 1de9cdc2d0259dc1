package model

import (
	"testing"

	"github.com/stretchr/testify/assert"

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
