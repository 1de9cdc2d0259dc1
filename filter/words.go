package filter

import (
	"embed"
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter/internal/fold"
)

// How common words are in ordinary text, a file a language, by their first
// letters. "winnow-train words" makes them.
//
//go:embed words/*.txt
var words embed.FS

// rare is how frequent a word is taken to be that is not listed.
const rare = 1e-4

// commonness returns how frequent the listed stems of a language are, by their
// folded form. It is empty if the language has no list.
func commonness(tag language.Tag) map[string]float64 {
	common := map[string]float64{}
	text, err := words.ReadFile("words/" + tag.String() + ".txt")
	if err != nil {
		return common
	}
	var t fold.Text
	for line := range strings.Lines(string(text)) {
		level, stems, _ := strings.Cut(strings.TrimSpace(line), " ")
		bits, err := strconv.Atoi(level)
		if err != nil {
			continue // a comment
		}
		for _, s := range strings.Fields(stems) {
			t.Fold(s)
			common[string(stem(t.Bytes))] += math.Exp2(-float64(bits))
		}
	}
	return common
}
