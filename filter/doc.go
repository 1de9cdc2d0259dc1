// Package filter finds the article in the plain text of a web page, and says
// of every byte that is not part of it what it is and why.
//
//	f, err := filter.New(filter.Options{})
//	…
//	article := f.Clean(page)
//
// [Filter.Scan] gives the whole [Result]: [Decision]s that tile the text, each
// with a [Category], a language, a score and the [Signal]s behind it. What is
// kept and what is removed make up the input byte for byte, whatever the bytes.
//
// # Packs
//
// What is known by name stands in packs: one UTF-8 file a language, named by
// its BCP 47 tag (packs/de.txt; packs/und.txt for all languages). A line is a
// phrase, a [section] named after a category, or a # comment:
//
//	[syndication]
//	read entire article
//	The post … appeared first on …
//	(Reporting by …
//	… contributed to this report
//	~ home
//	! share this post with
//
// A phrase matches where it fills a whole block, a whole sentence, or a label
// between separators (| · / …), alone or together with other phrases: with
// "share this", "facebook" and "email", the block "Share this: Facebook |
// Email" is recognised, and so is the end of "…in 2016Share this:Facebook".
// Alternatives stand in brackets: "(follow|join) us( today|)" is four phrases.
//
// Inside the phrase, … stands for anything, up to 240 bytes and never past the
// block. At its end, … takes the rest of the sentence (or of the block, if no
// sentence ends); at its beginning, the sentence up to there. An open phrase of
// less than ten letters and without a colon, such as "By …", is a label: it
// counts where it fills its block but for a name's length.
//
// Comparison is on folded text: no case, no accents, no difference between full
// and half width, or among quotes, dashes and spaces; any number, date or time
// is one "0" (write "5 min read", "12 comments", "Updated: 1.1.2020"); symbols,
// bullets and emoji around a phrase do not count, so "Share this" also finds
// "► Share this:". Two cases where symbols do count: those before an open end
// ("Read also: …" needs its colon), and the bracket or sign that opens a phrase
// with … in it ("(Reporting by …" needs its bracket). What stands in quotation
// marks is quoted, not said, and does not match.
//
// A mark ~ makes a phrase weak: a word that may also be an ordinary heading,
// evidence, but never enough alone. It is enough with a name: "~ By …" counts
// where it fills its block with two to four words that begin with a capital, or
// one, if the phrase has six letters. A mark ! makes it a guard: a phrase that
// overlaps a guard's text does not count. A phrase counts in blocks or pages of
// its language and its close relatives; one of 14 letters or more (five, in a
// script without spaces) that is not weak counts wherever its pack is looked
// into: that of the page's language, that of the block's, and English.
//
// # How it decides
//
// The text is split into lines, and lines into sentences and what phrases speak
// of. The block model (package model) gives each of these units the log-odds
// that it is not the article, by its shape and surroundings alone; packs add
// theirs. What is above the document's threshold goes, under the category of the
// strongest phrase, or of its shape. decide.go is the only place that judges.
//
// Packs say more than their phrases: a short line made of words that are far
// commoner in the packs of its language than in ordinary text (words/*.txt), and
// that follow one another there, is taken for a phrase nobody wrote down. Its
// rule is "vocabulary".
//
// Damage to a clean text is worse than a footer left over. Where the looks of a
// document show no boilerplate, packs have to overcome a caution that grows with
// its length and with the distance from its edges; and in the midst of a long
// text they are believed only where looks agree.
package filter
