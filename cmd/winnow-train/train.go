package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// A trainer fits a linear softmax model: the score of a language is the sum of
// its weights in the rows of a text's n-grams. It learns by AdaGrad on the
// cross-entropy, first in floating point, then with every sum made of the
// quantised weights while the updates go to the exact ones.
type trainer struct {
	rows     int
	langs    int
	features func(dst []uint32, word []uint16, rows uint32) []uint32
	words    [][]uint16 // by language, each word ends with a zero
	weight   []float32  // rows × langs
	sumSq    []float32  // AdaGrad's sums of squared gradients
	used     []float32  // the weights as quantised, rows × langs
	step     float32    // between two levels of a weight, in nats
	quant    bool
	log      io.Writer
}

func newTrainer(rows int, step float32, words [][]uint16, log io.Writer) *trainer {
	n := rows * len(words)
	return &trainer{rows: rows, langs: len(words), words: words, step: step, log: log,
		weight: make([]float32, n), sumSq: make([]float32, n), used: make([]float32, n)}
}

const levels = 15 // steps of a 4-bit weight

// quantise writes the levels of a row: the best language has the highest, and
// what is further below than the range is cut off. Only differences count.
func (t *trainer) quantise(row uint32, to []uint8) {
	w := t.weight[int(row)*t.langs:][:t.langs]
	top, inverse := slices.Max(w), 1/t.step
	for i, x := range w {
		to[i] = uint8(max(0, levels-int((top-x)*inverse+0.5)))
	}
}

// requantise brings the used weights of a row up to date.
func (t *trainer) requantise(row uint32) {
	var q [64]uint8
	t.quantise(row, q[:])
	u := t.used[int(row)*t.langs:][:t.langs]
	for i := range u {
		u[i] = float32(q[i]) * t.step
	}
}

// run trains on n texts.
func (t *trainer) run(rng *rand.Rand, n int, rate float64, draw func(*rand.Rand) int) {
	var (
		rows   []uint32
		scores = make([]float32, t.langs)
		active = make([]int, 0, t.langs)
		next   = make([]int, t.langs)
		loss   float64
		right  int
		seen   int
		start  = time.Now()
	)
	quantFrom := n * 6 / 10
	for i := range n {
		if i == quantFrom {
			t.quant = true
			for r := range t.rows {
				t.requantise(uint32(r))
			}
		}
		lang := rng.IntN(t.langs)
		count := draw(rng)
		rows = rows[:0]
		words := t.words[lang]
		for k := 0; k < count; k++ {
			from := next[lang]
			to := from + 1
			for words[to-1] != 0 {
				to++
			}
			w := words[from:to]
			if next[lang] = to; to == len(words) {
				next[lang] = 0
			}
			if count == 1 && len(w) < 4 && rng.IntN(8) > 0 {
				k-- // words of one or two letters alone teach little
				continue
			}
			rows = t.features(rows, w, uint32(t.rows))
		}
		from := t.weight
		if t.quant {
			from = t.used
		}
		clear(scores)
		for _, r := range rows {
			w := from[int(r)*t.langs:][:len(scores)]
			for j, x := range w {
				scores[j] += x
			}
		}
		best := 0
		for j, s := range scores {
			if s > scores[best] {
				best = j
			}
		}
		top := scores[best]
		var sum float64
		for j, s := range scores {
			e := math.Exp(float64(s - top))
			sum += e
			scores[j] = float32(e)
		}
		active = active[:0]
		for j := range scores {
			p := float32(float64(scores[j]) / sum)
			if j == lang {
				loss -= math.Log(max(float64(p), 1e-30))
				p--
			}
			scores[j] = p
			if p > 0.004 || p < -0.004 {
				active = append(active, j)
			}
		}
		seen++
		if best == lang {
			right++
		}
		if len(active) > 0 {
			lr := float32(rate * (1 - 0.95*float64(i)/float64(n)))
			for _, r := range rows {
				off := int(r) * t.langs
				for _, j := range active {
					g := scores[j]
					sq := t.sumSq[off+j] + float32(g*g)
					t.sumSq[off+j] = sq
					t.weight[off+j] -= float32(lr*g) / float32(math.Sqrt(float64(sq)+0.1))
				}
				if t.quant {
					t.requantise(r)
				}
			}
		}
		if seen == n/20+1 || i == n-1 {
			fmt.Fprintf(t.log, "  %3d%% loss %.4f right %.4f %v\n", (i+1)*100/n, loss/float64(seen), float64(right)/float64(seen), time.Since(start).Round(time.Second))
			loss, right, seen = 0, 0, 0
		}
	}
}
