package model

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// story is an article with what surrounds one.
var story = strings.Join([]string{
	"Home", "News", "Sport", "Weather", "Log in", "Subscribe",
	"Home › News › Harbour",
	"Old ferry returns to the harbour after nine years",
	"By Ada Quill", "12 March 2024, 08:15",
	"The ferry that carried three generations of islanders to school came back to the harbour on Tuesday, nine years after it was sold for scrap. Several hundred people stood on the quay, some of them in tears, when it rounded the breakwater.",
	"Its new owner, a carpenter from the mainland, had found the hull in a yard where it was used as a shed. He spent his savings, four winters and a good deal of his neighbours' patience on the repairs.",
	"“I never thought that it would float again,” said the harbour master, who was a deckhand on its last crossing. “When I heard the old horn I had to sit down.”",
	"From May the ferry will make two crossings a day, weather permitting. The council has agreed to pay for the first season, and will decide about the rest when it has seen how many people come.",
	"Share", "Tweet", "Print",
	"More stories",
	"Council votes on new library", "11 March 2024",
	"School kitchen wins prize", "10 March 2024",
	"Road closed until Friday", "9 March 2024",
	"About us", "Contact", "Privacy", "Terms of use", "© 2024 The Harbour Times",
}, "\n")

func keep(text string) (kept, removed []string) {
	var s Scorer
	units := Split(nil, text)
	scores := make([]float32, len(units))
	threshold := s.Score(text, units, scores)
	for i, u := range units {
		if scores[i] > threshold {
			removed = append(removed, text[u.Start:u.End])
		} else {
			kept = append(kept, text[u.Start:u.End])
		}
	}
	return kept, removed
}

// Two values share a word: whatever their signs, they come out as they went in.
func TestPairs(t *testing.T) {
	for _, low := range []int64{0, 1, -1, math.MaxInt32, math.MinInt32} {
		for _, high := range []int64{0, 7, -7, math.MaxInt32, math.MinInt32} {
			a, b := unpair(pair(low, high))
			assert.Equal(t, [2]int64{low, high}, [2]int64{a, b})
		}
	}
	sum := layer{pair(5, -5)}
	sum.add(3, &layer{pair(-2, 4)})
	low, high := unpair(sum[0])
	assert.Equal(t, [2]int64{-1, 7}, [2]int64{low, high})
}

// A net whose sums could leave their half of a word is no model.
func TestHugeNet(t *testing.T) {
	var net Net
	for k := range net.Numbers {
		net.Numbers[k][3] = 10
	}
	empty := make([]byte, 8)
	_, err := Parse(Join(empty, empty, empty, net.Append(nil)))
	assert.ErrorContains(t, err, "overflow")
	_, err = Parse(Join(empty, empty, empty, new(Net).Append(nil)))
	assert.NoError(t, err)
}

func TestStory(t *testing.T) {
	kept, removed := keep(story)
	for _, want := range []string{"Several hundred people", "When I heard the old horn", "The council has agreed"} {
		assert.Contains(t, strings.Join(kept, "\n"), want)
	}
	for _, want := range []string{"Log in", "Share", "School kitchen wins prize", "Privacy", "© 2024"} {
		assert.Contains(t, strings.Join(removed, "\n"), want)
	}
}

// What people write is not always paragraphs: it must stay whole all the same.
func TestClean(t *testing.T) {
	for name, text := range map[string]string{
		"poem":      "The Lamp\n\nI lit the lamp at half past five,\nthe rain was at the door;\nthe cat, the only thing alive,\nlay down upon the floor.\n\nYou wrote that you would come in May.\nThe lamp is burning still.\nThe cat has moved to France, they say.\nI do not think you will.",
		"interview": "You left the orchestra at forty. Why?\nBecause I had begun to count the bars until the end.\nAnd now?\nNow I repair violins. A violin does not mind if you stop in the middle.\nDo you still play?\nOn Sundays, for the dog.",
		"recipe":    "Lentil soup for four\n200 g brown lentils\n1 onion\n2 carrots\n1 bay leaf\nFry the onion and the carrots in a little oil until they smell sweet.\nAdd the lentils, the bay leaf and a litre of water, and let it simmer for forty minutes.\nSalt at the end, not before.",
		"short":     "A tram derailed near the market on Monday morning. Nobody was hurt.",
		"cookies":   "Why every site asks about cookies\nA cookie is a small file that a site leaves with your browser. Since 2018 a site that wants to leave more than it needs has to ask.\nMost people accept without reading. In a survey of our own, nine in ten could not say what they had agreed to, and half were sure that they had agreed to nothing.",
		"chinese":   "清晨的渡口只有一位老人在等船。他说,这条船他坐了四十年,从前送孩子上学,如今去看孙子。\n船来的时候,雾还没有散。老人把伞收好,慢慢走上甲板,向岸上挥了挥手。",
		"one line":  "The bridge will close for nine weeks from June. Trains stop at the northern bank, and buses take people across. The council says that the work cannot wait. Shopkeepers on the island say that it could have waited until the autumn.",
	} {
		_, removed := keep(text)
		assert.Empty(t, removed, name)
	}
}

func TestShape(t *testing.T) {
	var s Scorer
	units := Split(nil, story)
	s.Score(story, units, make([]float32, len(units)))
	for i, u := range units {
		switch story[u.Start:u.End] {
		case "Weather", "Contact":
			assert.Equal(t, Navigation, s.Shape(i))
		case "School kitchen wins prize", "Council votes on new library":
			assert.Equal(t, Related, s.Shape(i))
		case "12 March 2024, 08:15":
			assert.Equal(t, Byline, s.Shape(i))
		}
	}
}

func TestSame(t *testing.T) { // the same scores, whatever the scorer has seen before
	var s Scorer
	units := Split(nil, story)
	first, again := make([]float32, len(units)), make([]float32, len(units))
	a := s.Score(story, units, first)
	for _, other := range []string{"", "x", strings.Repeat(story+"\n", 5), "一。二。三"} {
		u := Split(nil, other)
		s.Score(other, u, make([]float32, len(u)))
	}
	b := s.Score(story, units, again)
	assert.Equal(t, first, again)
	assert.Equal(t, a, b)
}

func TestAllocations(t *testing.T) {
	var s Scorer
	units := Split(nil, story)
	dst := make([]float32, len(units))
	s.Score(story, units, dst)
	assert.Zero(t, testing.AllocsPerRun(20, func() {
		units = Split(units[:0], story)
		s.Score(story, units, dst)
	}))
}

func TestParse(t *testing.T) {
	assert.LessOrEqual(t, len(embedded), 2<<20)
	for _, n := range []int{0, 7, 100, len(embedded) - 1} {
		_, err := Parse(embedded[:n])
		assert.Error(t, err)
	}
	odd := slices.Clone(embedded)
	binary.LittleEndian.PutUint32(odd[len(odd)-4:], math.Float32bits(float32(math.NaN())))
	_, err := Parse(odd)
	assert.Error(t, err)
}

func FuzzScore(f *testing.F) {
	f.Add(story)
	f.Add("\xff\xfe. \u2028。\r\n\x00")
	var s Scorer
	f.Fuzz(func(t *testing.T, text string) {
		units := Split(nil, text)
		end, line := 0, -1
		for _, u := range units {
			if u.Start < end || u.End <= u.Start || u.End > len(text) || u.Line < line || u.Line > line+1 {
				t.Fatalf("units out of order: %v", units)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[u.Start:u.End]) {
				t.Fatalf("a rune cut in two: %v", u)
			}
			end, line = u.End, u.Line
		}
		s.Score(text, units, make([]float32, len(units)))
	})
}

func benchmark(b *testing.B, text string) {
	b.SetBytes(int64(len(text)))
	var s Scorer
	var units []Unit
	dst := make([]float32, len(Split(nil, text)))
	for b.Loop() {
		units = Split(units[:0], text)
		s.Score(text, units, dst)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(units)), "ns/unit")
}

func BenchmarkStory(b *testing.B) { benchmark(b, story) }
func BenchmarkPage(b *testing.B)  { benchmark(b, strings.Repeat(story+"\n", 10)) }
func BenchmarkOneLine(b *testing.B) {
	benchmark(b, strings.Repeat("The ferry came back on a Tuesday. ", 100))
}

func BenchmarkSplit(b *testing.B) {
	b.SetBytes(int64(len(story)))
	var units []Unit
	for b.Loop() {
		units = Split(units[:0], story)
	}
}
