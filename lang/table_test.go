package lang

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

func (s *sums) of(lang int) int {
	return int(s[lang>>4<<2|lang&3] >> (lang >> 2 & 3 << 4) & 0xFFFF)
}

// most is how many rows can be summed before 16 bits overflow.
const most = 0xFFFF / 15

// plain is add, one weight at a time.
func (t *table) plain(rows []uint32) []int {
	sums := make([]int, len(t.tags))
	for _, r := range rows {
		for i := range sums {
			sums[i] += int(t.data[int(r)*t.stride+i/2] >> (i % 2 * 4) & 0xF)
		}
	}
	return sums
}

// TestPacked checks the sums of packed words, and the ranking, against plain ones.
func TestPacked(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, tb := range New().byScript {
		if tb == nil {
			continue
		}
		for _, n := range []int{0, 1, 2, 15, 16, 17, 33, 500, most} {
			rows := make([]uint32, n)
			for i := range rows {
				rows[i] = uint32(rng.IntN(int(tb.rows)))
			}
			if n > 3 {
				rows[0], rows[1] = 0, tb.rows-1
			}
			var s sums
			tb.add(&s, rows)
			want := tb.plain(rows)
			order := tb.rank(&s)
			for i, w := range want {
				assert.Equal(t, w, s.of(i), "%s %d rows", tb.tags[i], n)
			}
			for place := range min(len(order), len(want)) {
				best := 0
				for i, w := range want {
					if w > want[best] {
						best = i
					}
				}
				assert.Equal(t, best, order.lang(place))
				assert.Equal(t, want[best], order.sum(place))
				want[best] = -1
			}
		}
	}
}

// TestMost: no text can make a sum overflow.
func TestMost(t *testing.T) {
	assert.Less(t, (maxRead+len(reading{}.letters))*4, most)
}

func TestTables(t *testing.T) {
	langs := map[string]bool{}
	for _, tb := range New().byScript {
		if tb == nil {
			continue
		}
		assert.NotZero(t, tb.step)
		assert.Len(t, tb.data, int(tb.rows)*tb.stride+8)
		assert.True(t, tb.stride <= 8 || tb.stride == broad)
		for _, l := range tb.tags {
			langs[l.String()] = true
		}
	}
	for _, s := range scripts {
		if s.lang != "" {
			langs[s.lang] = true
		}
	}
	assert.Len(t, langs, 75)
}
