package model

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// columnsOf returns the first pass's columns of a text, by line.
func columnsOf(text string, columns ...int) (rows [][]uint8) {
	var s Scorer
	units := Split(nil, text)
	s.First(text, units)
	for i := range units {
		var row []uint8
		for _, c := range columns {
			row = append(row, s.col(c)[i])
		}
		rows = append(rows, row)
	}
	return rows
}

const (
	prose = "The ferry that carried three generations of islanders to school came back on Tuesday."
	other = "Several hundred people stood on the quay to see how it rounded the old breakwater."
)

func TestStretches(t *testing.T) {
	text := strings.Join([]string{"Home", "News", prose, other, "Share", prose}, "\n")
	assert.Equal(t, [][]uint8{
		// words, lines, words before and after, lines of the breaks before and after
		{0, 2, 0, octave(29), 2, 2},
		{0, 2, 0, octave(29), 2, 2},
		{octave(29), 2, 0, octave(14), 2, 1},
		{octave(29), 2, 0, octave(14), 2, 1},
		{0, 1, octave(29), octave(14), 1, 1},
		{octave(14), 1, octave(29), 0, 1, 0},
	}, columnsOf(text, cStretch, cStretchLines, cStretchBefore, cStretchAfter, cBreakBefore, cBreakAfter))
}

func TestChains(t *testing.T) {
	comment := other + "\nReply 3\n"
	rows := columnsOf(prose+"\n"+strings.Repeat(comment, 4)+prose, cChain, cChainPast)
	assert.Equal(t, []uint8{0, 0}, rows[0], "before the first link")
	assert.Equal(t, []uint8{0, 0}, rows[1])
	for _, row := range rows[2:9] {
		assert.Equal(t, []uint8{4, 0}, row)
	}
	assert.Equal(t, []uint8{0, 1}, rows[9], "after the last")

	rows = columnsOf(prose+"\n"+comment+strings.Repeat(prose+"\n", 60)+comment+comment, cChain)
	assert.Equal(t, []uint8{0}, rows[30], "links too far apart")
}

// A block of comments, each the article with a chance of a third, stays or goes
// as one: here it goes, though a third is more than half of the best F1.
func TestTogether(t *testing.T) {
	var s Scorer
	s.hist = [128]int64{40: 100, 69: 300}
	assert.Less(t, s.together(), float32(69-64)/8)
	assert.Greater(t, s.independent(), float32(69-64)/8)
	s.hist = [128]int64{40: 100, 60: 300}
	assert.Greater(t, s.together(), float32(60-64)/8, "likely body stays")
}
