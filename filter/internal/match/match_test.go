package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
)

func folded(s string) *fold.Text {
	var t fold.Text
	t.Fold(s)
	return &t
}

func TestFind(t *testing.T) {
	patterns := []Pattern{
		{Literals: []string{"share"}},
		{Literals: []string{"share this"}},
		{Literals: []string{"share this post"}},
		{Literals: []string{"shares"}},
		{Literals: []string{"the post", "appeared first on"}},
		{Literals: []string{"责任编辑:"}, OpenEnd: true},
		{Literals: []string{"contributed to this report"}, OpenStart: true},
	}
	set := Compile(patterns)
	for _, c := range []struct {
		text string
		want []int
	}{
		{"share this post", []int{2, 1, 0}},
		{"share this postman", []int{1, 0}},
		{"sharethis", nil},
		{"shares", []int{3}},
		{"s", nil},
		{"the post a b c appeared first on d", []int{4}},
		{"the post appeared first on d", []int{4}},
		{"the post " + strings.Repeat("a ", MaxGap/2-1) + "appeared first on d", []int{4}},
		{"the post " + strings.Repeat("a ", MaxGap) + "appeared first on d", nil},
		{"责任编辑：张三", []int{5}},
	} {
		var got []int
		for _, h := range set.Anchored(nil, folded(c.text), 0) {
			got = append(got, h.Pattern)
		}
		assert.Equal(t, c.want, got, c.text)
	}
	assert.Empty(t, set.Afloat(nil, folded("share this"), 0))
	assert.Equal(t, []Hit{{6, 4, 30}}, set.Afloat(nil, folded("Ann contributed to this report"), 4))
}

// The table must find what comparing with every literal finds.
func TestAgainstAllLiterals(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func(n int) string {
		var b strings.Builder
		for range 1 + random.IntN(n) {
			b.WriteByte("ab "[random.IntN(3)])
		}
		return strings.TrimSpace(b.String())
	}
	for range 200 {
		var patterns []Pattern
		for len(patterns) < 40 {
			if w := word(8); len(w) > 1 {
				patterns = append(patterns, Pattern{Literals: []string{w}})
			}
		}
		set := Compile(patterns)
		text := folded(word(30) + "x")
		for at := range text.Bytes {
			var want, got []string
			for i, p := range patterns {
				end := at + len(p.Literals[0])
				if strings.HasPrefix(string(text.Bytes[at:]), p.Literals[0]) && text.Boundary(end) {
					want = append(want, fmt.Sprint(i, " ", end))
				}
			}
			before := 1 << 30
			for _, h := range set.Anchored(nil, text, at) {
				got = append(got, fmt.Sprint(h.Pattern, " ", h.End))
				assert.LessOrEqual(t, h.End, before, "longest first")
				before = h.End
			}
			slices.Sort(want)
			slices.Sort(got)
			assert.Equal(t, want, got, "%q at %d", text.Bytes, at)
		}
	}
}
