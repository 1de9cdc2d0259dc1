package lang

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What a memory adds is what the table has, whether the words are new or not.
func TestMemory(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	m := new(memory)
	for _, s := range []script{latin, cyrillic, arabic, devanagari, han} {
		tb := New().byScript[s]
		some := []letter{0, 0, 0}
		for i, l := range alphabet() {
			if l.script() == s && (i < 0x180 || rng.IntN(20) == 0) {
				some = append(some, l)
			}
		}
		if s == han {
			some = append(some, beyond('书'), beyond('電'))
		}
		for range 20_000 {
			letters := make([]letter, rng.IntN(len(reading{}.letters)))
			longer := rng.IntN(8) == 0
			for i := range letters {
				letters[i] = some[rng.IntN(min(len(some), 6))]
				if longer && letters[i] == 0 {
					letters[i] = some[3+rng.IntN(len(some)-3)]
				}
			}
			var got, want sums
			m.add(tb, &got, letters)
			tb.add(&want, tb.features(nil, letters))
			for i := range tb.tags {
				assert.Equal(t, want.of(i), got.of(i))
			}
		}
	}
}
