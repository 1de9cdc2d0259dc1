// Package lang tells the language of short blocks of text.
package lang

import "golang.org/x/text/language"

// A Detector tells the language of a text. Implementations are safe for
// concurrent use and never panic, whatever the bytes.
type Detector interface {
	// Detect judges text by itself, as one block.
	Detect(text string) Guess
}

// A Guess is what a Detector makes of one block of text.
// The zero Guess means "no language": Tag is [language.Und].
type Guess struct {
	Tag    language.Tag    // und when unsure; und-Ethi when only the script is known
	Script language.Script // of most letters; the zero Script when there are no letters
	Margin float64         // natural log of the odds of Tag over the runner-up, 0 when Tag is und
	Next   [3]Candidate    // runners-up, best first; unused places are zero
}

// A Candidate is a language that a [Guess] ranked below its best.
type Candidate struct {
	Tag    language.Tag
	Behind float64 // natural log of the odds of the best language over this one, ≥ 0
}
