// Package lingua is a [lang.Detector] on top of pemistahl/lingua-go.
//
// It is the oracle of lang's tests, and there for whoever wants the library
// itself. With all languages it takes seconds to start, 1 to 2 GB and half a
// millisecond or more for a block; lang.Default needs none of that and does
// not link this package.
package lingua

import (
	"math"
	"strings"

	lingua "github.com/pemistahl/lingua-go"
	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/lang"
)

// Detector detects with lingua. It is safe for concurrent use.
type Detector struct {
	detector lingua.LanguageDetector
}

// New returns a detector for some languages, or for all 75 when none is named.
// Languages that lingua does not know are left out; it needs two or more.
func New(langs ...language.Tag) *Detector {
	return &Detector{builder(langs).Build()}
}

// NewLow is [New] in lingua's mode of low accuracy, which is faster and smaller.
func NewLow(langs ...language.Tag) *Detector {
	return &Detector{builder(langs).WithLowAccuracyMode().Build()}
}

func builder(langs []language.Tag) lingua.LanguageDetectorBuilder {
	var want []lingua.Language
	for _, l := range lingua.AllLanguages() {
		for _, t := range langs {
			if b, _ := t.Base(); b.String() == strings.ToLower(l.IsoCode639_1().String()) {
				want = append(want, l)
			}
		}
	}
	if len(want) < 2 {
		return lingua.NewLanguageDetectorBuilder().FromAllLanguages()
	}
	return lingua.NewLanguageDetectorBuilder().FromLanguages(want...)
}

// Detect implements [lang.Detector]. The script is the usual one of the
// language, not one seen in the text.
func (d *Detector) Detect(text string) lang.Guess {
	values := d.detector.ComputeLanguageConfidenceValues(text)
	best := values[0].Value()
	if best == 0 || best == values[1].Value() {
		return lang.Guess{}
	}
	var g lang.Guess
	g.Tag = tag(values[0].Language())
	g.Script, _ = g.Tag.Script()
	g.Margin = behind(best, values[1].Value())
	for i := range g.Next {
		if i+1 < len(values) && values[i+1].Value() > 0 {
			g.Next[i] = lang.Candidate{Tag: tag(values[i+1].Language()), Behind: behind(best, values[i+1].Value())}
		}
	}
	return g
}

// behind is the log of the odds, held finite.
func behind(best, other float64) float64 { return min(math.Log(best/max(other, 1e-9)), 20) }

func tag(l lingua.Language) language.Tag {
	return language.Make(strings.ToLower(l.IsoCode639_1().String()))
}
