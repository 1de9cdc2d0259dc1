package score

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-966a822a/winnow/filter"
)

func TestWords(t *testing.T) {
	assert.Equal(t, []string{"don", "t", "stop", "x_1", "ßé", "漢", "字", "ok", "½"}, Words("Don't stop… X_1 ßÉ 漢字ok ½"))
	assert.Empty(t, Words(" – \n"))
}

func TestCompare(t *testing.T) {
	assert.Equal(t, Overlap{.5, 1, 2. / 3}, compare([]string{"a", "a", "b", "c"}, []string{"a", "b"}))
	assert.Equal(t, Overlap{1, 1, 1}, compare(nil, nil))
	assert.Equal(t, Overlap{}, compare(nil, []string{"a"}))
	assert.Equal(t, []string{"a b c d", "b c d e"}, shingles([]string{"a", "b", "c", "d", "e"}))
}

func TestDamage(t *testing.T) {
	text := "0123456789\nabcdefghij"
	r := filter.Result{Document: filter.Document{Text: text}, Decisions: []filter.Decision{
		{Span: filter.Span{Start: 0, End: 10}, Keep: true}, {Span: filter.Span{Start: 10, End: 12}}, {Span: filter.Span{Start: 12, End: 21}, Keep: true},
	}}
	hurt, chars, kept := damage(r)
	assert.False(t, hurt, "a tenth is not over a tenth")
	assert.Equal(t, [2]int{20, 19}, [2]int{chars, kept})
	r.Decisions[1].Span.End, r.Decisions[2].Span.Start = 13, 13
	hurt, _, _ = damage(r)
	assert.True(t, hurt)
}

func TestTable(t *testing.T) {
	var b bytes.Buffer
	table := Table{Head: []string{"lang", "F1"}}
	table.Add("中文", .5)
	table.Print(&b)
	assert.Equal(t, "| lang |    F1 |\n|------|------:|\n| 中文 | 0.500 |\n", b.String())
}
