package main

import (
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-966a822a/winnow/internal/gram"
)

func TestChoice(t *testing.T) {
	c := new(choice)
	c.add('a', .5)
	c.add('b', .25) // and a quarter of the words end here
	rng := rand.New(rand.NewPCG(1, 1))
	got := map[rune]float64{}
	const n = 20000
	for range n {
		got[c.draw(rng)] += 1. / n
	}
	assert.InDelta(t, .5, got['a'], .02)
	assert.InDelta(t, .25, got['b'], .02)
	assert.InDelta(t, .25, got[0], .02)
	assert.Zero(t, (*choice)(nil).draw(rng))
}

// words codes words as the trainer has them.
func words(list ...string) (codes []uint16) {
	for _, w := range list {
		for _, r := range w {
			codes = append(codes, uint16(r))
		}
		codes = append(codes, 0)
	}
	return codes
}

func TestTrain(t *testing.T) {
	langs := [][]uint16{words("der", "die", "und", "wald", "haus"), words("the", "and", "wood", "house"), words("le", "les", "et", "bois")}
	g := group{name: "x", script: "Latn", langs: []string{"de", "en", "fr"}}
	var tables [2][]byte
	for i := range tables {
		tr := newTrainer(500, .25, langs, io.Discard)
		tr.features = gram.Words[uint16]
		tr.run(rand.New(rand.NewPCG(1, 1)), 3000, .4, textLength)
		path := filepath.Join(t.TempDir(), "x.tbl")
		require.NoError(t, tr.write(path, g))
		var err error
		tables[i], err = os.ReadFile(path)
		require.NoError(t, err)

		for want, text := range langs {
			sums := make([]int, 3)
			q := make([]uint8, 3)
			for _, r := range gram.Words(nil, text, 500) {
				tr.quantise(r, q)
				for j := range sums {
					sums[j] += int(q[j])
				}
			}
			for j := range sums {
				assert.LessOrEqual(t, sums[j], sums[want])
			}
		}
	}
	assert.Equal(t, tables[0], tables[1], "the same seed makes the same table")
}
