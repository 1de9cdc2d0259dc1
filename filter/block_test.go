package filter

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/stretchr/testify/assert"
)

func TestSplit(t *testing.T) {
	for in, want := range map[string]string{
		"":                           "",
		" \n\t\r\n":                  "",
		"a":                          "a",
		"a\nb\r\nc\rd\u2028e\u2029f": "a|b|c|d|e|f",
		"\n\n a \n\n  b":             " a|  b",
		"\ufeffa\n\u200b\nb\u00a0":   "\ufeffa|b",
		"\x00\n\xff\n\xe2\x80":       "\x00|\xff|\xe2\x80",
		"…a…\n“b”":                   "…a…|“b”",
	} {
		blocks := split(nil, in)
		var got []string
		end := 0
		for i, b := range blocks {
			got = append(got, in[b.Start:b.End])
			if i > 0 {
				assert.Equal(t, end, b.Start, "%q", in)
			}
			end = b.next
		}
		assert.Equal(t, want, strings.Join(got, "|"), "%q", in)
		if len(blocks) > 0 {
			assert.Equal(t, len(in), end, "%q", in)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, want := range []string{
		"First. |Two! |“Three?” |Four",
		"J. S. Bach met Mr. Wu on Monday. |They spoke.",
		"It rained (in March. And in May. Both were wet) all day. |Then not.",
		"In the U.S. it rained. |In Europe it did not.",
		"一句。|两句！|三句？",
		"Version 1.2 came at 12.30. |It works.",
	} {
		in := strings.ReplaceAll(want, "|", "")
		var got []string
		for _, s := range sentencesOf(nil, in, Span{0, len(in)}) {
			got = append(got, in[s.Start:s.next])
		}
		assert.Equal(t, want, strings.Join(got, "|"))
	}
}

// No rune ends a sentence that sentenceEnd passes over.
func TestGoesOn(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if first := string(r)[0]; mayStop[first] && (r < utf8.RuneSelf || !goesOn(r)) {
			continue
		}
		tokens := sentences.FromString("a" + string(r) + " Ab")
		tokens.Next()
		assert.False(t, tokens.Next(), "%U", r)
	}
}

// Passing over what stands before a stop changes nothing.
func TestSentenceEnd(t *testing.T) {
	parts := strings.Split("a|b|A|1|.|.| | |!|?|\"|”|“|(|)|é|\u0301|。|中|文|\u200d|\n|\r|\u00a0|,|:|\x80|\xe2|\xe2\x80|\xc2|\u2028|…|ก|।|😀|ab cd. Ef|\u0085|\ufeff|\u00ad|한|\u3099|．", "|")
	random := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		var text string
		for range 1 + random.IntN(14) {
			text += parts[random.IntN(len(parts))]
		}
		tokens := sentences.FromString(text)
		for start := 0; start < len(text); start = tokens.End() {
			tokens.Next()
			assert.Equal(t, tokens.End(), sentenceEnd(text, start), "%q from %d", text, start)
		}
	}
}
