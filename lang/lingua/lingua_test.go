package lingua_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/lang"
	"github.com/seed-966a822a/winnow/lang/lingua"
)

// TestAgreement compares the tables to lingua on sentences of our own. It asks
// lingua for some languages only, so that the test takes little time and memory.
func TestAgreement(t *testing.T) {
	names := strings.Fields("cs de en es fr it nl pl pt ru sv tr uk zh")
	var langs []language.Tag
	for _, n := range names {
		langs = append(langs, language.Make(n))
	}
	oracle := lingua.New(langs...)
	data, err := os.ReadFile("../testdata/sentences.tsv")
	require.NoError(t, err)
	asked := 0
	for line := range strings.Lines(string(data)) {
		tag, text, _ := strings.Cut(strings.TrimSpace(line), "\t")
		for _, n := range names {
			if n == tag {
				asked++
				assert.Equal(t, oracle.Detect(text).Tag, lang.Default().Detect(text).Tag, text)
			}
		}
	}
	assert.Equal(t, len(names), asked)
}

func TestGuess(t *testing.T) {
	d := lingua.NewLow(language.English, language.German)
	g := d.Detect("Die alte Brücke wird gesperrt, sagte der Bürgermeister.")
	assert.Equal(t, language.German, g.Tag)
	assert.Positive(t, g.Margin)
	assert.Equal(t, lang.Guess{}, d.Detect("12 34"))
}
