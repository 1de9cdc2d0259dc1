package model

import (
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-966a822a/winnow/filter/model"
)

// toy is a document of which the units before a mark, or after one of another
// kind, are not the article: neither unit nor neighbours tell, only what came
// before or will come.
func toy(random *rand.Rand) lesson {
	n := 20 + random.IntN(20)
	l := lesson{make([]uint8, n*len(model.NetColumns)), make([]uint8, n*len(model.NetClasses)), make([]float32, n), make([]float32, n), 0}
	first, last := random.IntN(n/2), n/2+random.IntN(n/2)
	for i := range n {
		l.w[i] = 1
		if i < first || i > last {
			l.y[i] = 1
		}
		for k := range model.NetClasses {
			l.classes[i*len(model.NetClasses)+k] = uint8(k)
		}
		row := l.numbers[i*len(model.NetColumns):]
		row[0] = uint8(random.IntN(128))
		if i == first {
			row[1] = 100
		}
		if i == last {
			row[2] = 100
		}
	}
	return l
}

func TestNetRemembers(t *testing.T) {
	if testing.Short() {
		t.Skip("learns for seconds")
	}
	random := rand.New(rand.NewPCG(1, 2))
	var lessons []lesson
	for range 4000 {
		lessons = append(lessons, toy(random))
	}
	p := &pupil{random: random}
	net, _ := learn(lessons, none)
	p.net = *net
	for k := range p.scale {
		p.scale[k] = 1 // it takes numbers as they are now
	}
	right, all := 0, 0
	for range 100 {
		l := toy(random)
		p.study(&l)
		for i, s := range p.out {
			if all++; (s > 0) == (l.y[i] > 0) {
				right++
			}
		}
	}
	assert.Greater(t, float64(right)/float64(all), .95)
}

// What a net says while it learns is what it says in use.
func TestNetInUse(t *testing.T) {
	text := strings.Repeat("Home\nNews\nA council met on Tuesday, and it took three hours. Nobody knew why.\n12 March 2024\n", 9)
	units := model.Split(nil, text)
	forest := binary.LittleEndian.AppendUint32(make([]byte, 4), 5<<10) // no tree: all is clearly boilerplate, so this is a page
	empty := make([]byte, 8)

	first, err := model.Parse(model.Join(forest, empty, empty, nil))
	require.NoError(t, err)
	s := model.Scorer{Model: first}
	require.True(t, s.Second(units, s.FirstScores(text, units)))
	l := newLesson(&s, make([]float32, len(units)), make([]float32, len(units)), 0)

	p := &pupil{random: rand.New(rand.NewPCG(3, 4))}
	p.standardise([]lesson{l})
	p.begin()
	for _, w := range [][]float32{p.net.Out[:], p.net.Ways[0].Out[:], p.net.Ways[1].Out[:], p.net.Ways[0].Held[:]} {
		for i := range w {
			w[i] = p.random.Float32() - .5
		}
	}
	p.study(&l)

	m, err := model.Parse(model.Join(forest, empty, empty, p.plain().Append(nil)))
	require.NoError(t, err)
	s.Model = m
	got := make([]float32, len(units))
	s.Score(text, units, got)
	for i, want := range p.out {
		assert.InDelta(t, want, 2*got[i], .02) // the page forest, which is empty, has the other half
	}
}
