package model

// The features of a unit are columns of bytes from 0 to 127, so that a tree
// compares eight units at a time. Lengths and distances are on a scale of four
// steps an octave, shares are in 127ths. A tree may also ask for a column of the
// units before and after, by a shift; see trees.go.
const (
	// The unit by itself.
	cWords = iota // length
	cRunes
	cLetters  // letters and digits a word
	cLast     // class of the last rune
	cFirst    // class of the first rune
	cStops    // stops
	cInner    // stops and colons inside
	cCommas   // commas a word
	cDigits   // share of digits
	cUppers   // share of capitals
	cCapitals // share of words that begin with a capital
	cShouted  // share of words in capitals
	cLongs    // share of long words
	cNumbers  // numbers
	cDates    // years, times and dates
	cBars     // separators
	cSigns    // ©, @, #, currency
	cLinks    // addresses
	cQuotes   // quotes
	cMarks    // ! and ?
	cColons   // colons
	cHyphens  // hyphens and apostrophes
	cBrackets // brackets
	cSymbols  // symbols, emoji
	cUnspaced // share of unspaced script

	// The unit and the words of its document.
	cCommon   // share of words that are frequent on the page
	cOverlap  // share of the other words that long units elsewhere have
	cBodywide // the same, each word weighed by the number of long units it is in
	cFresh    // share of the other words met for the first time
	cCopies   // units with the same text: all
	cCopiesUp // and before it

	// Its line.
	cLineWords  // length
	cLineUnits  // units of it
	cLineBefore // words of it before the unit
	cLineAfter  // words of it after the unit

	// What phrases say.
	cHits // NumGroups columns
)

const (
	cGuard   = cHits + int(NumGroups) + iota
	cTerms   // what words say
	cUnknown // share of those that phrases do not have
	cJoints  // share of pairs that phrases of one category have
	cForeign
)

const (
	// Where it stands.
	cFromStart   = cForeign + 1 + iota // units
	cFromEnd                           //
	cWordsBefore                       // words
	cWordsAfter                        //
	cPlace                             // share of words before

	// Prose around it. Prose is a unit of 15 words, or of 7 that ends with a stop.
	cProseBefore  // words
	cProseAfter   //
	cProsePlace   // share of prose words before
	cToProseUp    // units to the next prose, 0 in prose
	cToProseDown  //
	cGapWordsUp   // words since the last prose
	cGapWordsDown //
	cMassDecayUp  // words of prose before, halved every four units
	cMassDecayDown
	cCluster     // words of the prose cluster that it is in or next to
	cClusterBest // the same against the heaviest cluster's
	cFromBestUp  // units since the heaviest cluster's end, 0 before it
	cFromBestDown
	cFromProse     // units since the first prose
	cClusterNumber // clusters before
	cDatesBefore   // short units with a date before
	cDatesAfter
	cToDateUp // units since the last of them
	cToDateDown

	// Windows of ±2, ±5, ±12, ±40 units: each takes numWindow columns.
	cWindows
)

const (
	wProse    = iota // words in prose
	wWords           // words
	wShorts          // units of up to three words
	wDates           // dates and times
	wMarks           // ! and ?
	wCopies          // units that are met twice
	wCapitals        // share of words with a capital
	wBare            // units that end without a stop
	wDots            // units that end with an ellipsis
	wNovel           // share of rare words that are met for the first time
	wEcho            // share of rare words that prose elsewhere has
	wTerms           // mean of what terms say
	numWindow
)

var windows = [...]int{2, 5, 12, 40}

const (
	// Repeated shapes: how alike the units around are to those k before, k = 1…6.
	cPeriod  = cWindows + len(windows)*numWindow + iota // the best share
	cPeriodK                                            // its k
	cAlikeUp                                            // units since the last of this shape
	cAlikeN                                             // units of this shape on the page

	// Since the last phrase of a group.
	cSinceHit // NumGroups columns
)

const (
	// Stretches: lines with prose, one after the other, and the breaks between
	// them. A body has few breaks, comments and teasers have many.
	cStretch       = cSinceHit + int(NumGroups) + iota // words of its stretch, 0 in a break
	cStretchLines                                      // lines of its stretch or break
	cStretchBest                                       // words against the longest stretch's
	cStretchBefore                                     // words of the stretch before
	cStretchAfter
	cBreakBefore // lines of the break before
	cBreakAfter
	cStretches // stretches that begin in ±40 units

	// Chains: a short line that comes again and again, such as Reply.
	cChain       // links of the longest chain around the unit
	cChainBefore // of them, before it
	cChainAfter
	cChainGap  // words a link
	cChainPast // units since the last chain
	cDateChain // the same, of short units with a date
	cDateChainBefore
	cDateChainGap
)

const (
	// The document.
	dUnits = cDateChainGap + 1 + iota
	dLines
	dWords
	dProse      // share of words in prose
	dShorts     // share of units of up to three words
	dBare       // share of units that end without a stop
	dBareWords  // share of words in them
	dCopies     // share of units met twice
	dProseUnits // units of prose
	dMeanProse  // words a unit of prose
	dBest       // share of the prose in the heaviest cluster
	dClusters   // clusters
	dDates
	numFirst // columns of the first pass
)

const (
	// What the first pass said, as probabilities of boilerplate.
	pSelf = numFirst + iota
	pLine // mean over the words of its line
	pNear2
	pNear5
	pNear12
	pUp5
	pDown5
	pUp20
	pDown20
	pUp60
	pDown60
	pUpAll
	pDownAll
	pBodyBefore // words of likely body before
	pBodyAfter
	pBodyPlace // share of the likely body before
	pRank      // share of words that are likelier body
	pMargin    // score less the threshold of the best expected F1
	pRun       // words of the run of units on the same side
	pSinceBody // units since the last that is body for certain
	pToBody
	pMassUp // likely body before, halved every four units
	pMassDown
	pWindow     // before, in or after the best window
	pWindowIn   // units into it, or away from it
	pWindowEnd  // units to its end
	pWindowCost // words lost by stretching it to here, or by cutting it here
	pWindow2    // the same with even chances at a half
	pWindow2In
	pWindow2End
	pWindow2Cost
	pBodyWords // words of likely body in the document
	pBodyShare // share of it
	pSure      // share of words that are one or the other for certain
	pBorders   // changes between body and boilerplate
	pLowest    // lowest of the document
	pHighest   // highest
	pBestF     // best expected F1
	pBestLevel // its threshold
	pLikely    // share of words that are likelier body than not
	// Words that are not frequent on the page, shared with likely body.
	pEcho       // share that other likely body has
	pEcho5      // the same of the units up to five away
	pEcho12     // up to twelve
	pEchoUp     // share that likely body before has
	pEchoUp5    // of the units up to five away
	pEchoCore   // share that the heart of the best window has, of the units up to five away
	pEchoAfter  // share that the twelve units after it share with likely body before it
	pEchoBefore // share of the twelve units before it
	// Stretches and chains.
	pNear40
	pStretch       // mean over its stretch or break
	pStretchBefore // mean over the stretch before
	pStretchAfter
	pChain       // mean over its chain
	pEchoStretch // share of the stretch's words that the heart of the best window has
	numColumns
)
