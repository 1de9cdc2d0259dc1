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

// commonness returns how frequent the listed stems of a language and its close
// relatives are, by their folded form: where they differ, in the language that
// has most of them. It is empty if no list is theirs.
func commonness(tag language.Tag) map[string]float64 {
	common := map[string]float64{}
	lists, _ := words.ReadDir("words")
	for _, list := range lists {
		if of, err := tagOf(list.Name()); err == nil && sameGroup(of, tag) {
			for s, p := range readWords(list.Name()) {
				common[s] = max(common[s], p)
			}
		}
	}
	return common
}

func readWords(name string) map[string]float64 {
	frequency := map[string]float64{}
	text, _ := words.ReadFile("words/" + name)
	var t fold.Text
	for line := range strings.Lines(string(text)) {
		level, stems, _ := strings.Cut(strings.TrimSpace(line), " ")
		bits, err := strconv.Atoi(level)
		if err != nil {
			continue // a comment
		}
		for _, s := range strings.Fields(stems) {
			t.Fold(s)
			frequency[string(stem(t.Bytes))] += math.Exp2(-float64(bits)) // accents may have told stems apart
		}
	}
	return frequency
}
