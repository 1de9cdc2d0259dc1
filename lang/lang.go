// Package lang tells the language of blocks of text, from single words on, in
// 75 languages; of a script beyond these it tells the script, as und-Ethi.
//
//	d := lang.Default()
//	g := d.Detect("Der Wald ist still.") // g.Tag is de, g.Margin between 5 and 6
//
// The blocks of a document are best judged together: [Votes] finds the page's
// language, and [Guess.Within] judges each block again in its light.
//
// # Method
//
// A script with one language among the 75 decides at once, and so do scripts
// with none. Latin, Cyrillic, Arabic, Devanagari and Han have a table each: the
// score of a language is the sum of its weights over the n-grams of 2 to 5
// letters of the words, edges counted as letters, and a margin is a difference
// of scores. An n-gram is hashed to a row of the table, which has 4 bits for
// each language of the script, and the sums of all languages are formed at once
// in 64-bit words. Tokens of ASCII with digits or underscores, camelCase, file
// names, addresses and handles are no language and are passed over. Of a long
// text up to 300 letters are read, from its beginning, middle and between.
//
// The tables are trained by winnow-train lang, a linear softmax model fitted to
// words drawn from the n-gram models of pemistahl/lingua-go 1.4.0 (Apache-2.0,
// made from the Leipzig corpora, see its README): they keep the counts of all
// n-grams, hence the distribution of what words begin with, of what follows
// four letters, and of where words end. So no text is needed but for Hindi and
// Marathi, whose words lingua's models cut at vowel signs. The scores are sums
// of log odds as if words were independent; margins are scaled down, the more
// the longer the text, to the odds that real text shows.
//
// Some languages are hardly to be told apart in a short text; see [SameGroup].
// Serbian is known in Cyrillic only, in Latin letters it comes out as Croatian
// or Bosnian. Tagalog is tl, as in lingua, not fil.
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
