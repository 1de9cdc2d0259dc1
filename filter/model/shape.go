package model

// A Shape is what a unit that is not the article looks like, when no phrase
// says what it is.
type Shape uint8

// The shapes, named like filter's categories.
const (
	Other Shape = iota
	Navigation
	Related
	Comments
	Consent
	Byline
	Credit
)

var shapeNames = [...]string{"other", "navigation", "related", "comments", "consent", "byline", "credit"}

// String returns the shape's name, such as "navigation".
func (s Shape) String() string { return shapeNames[s] }

// Shape tells what unit i of the text just scored looks like, given that it is
// not the article. The rules are few, and were read off labelled pages: most of
// a page is menus and headlines, and their length tells them apart.
func (s *Scorer) Shape(i int) Shape {
	t := &s.stats[i]
	at := func(c int) int { return int(s.cols[c*s.stride+pad+i]) }
	before, inside := at(pWindow) == 1, at(pWindow) == 2 // the article's best window
	dated := t.times+t.years > 0
	switch {
	case t.count[unspaced] == 0 && t.words == 0 && t.numbers == 0:
		return Navigation // arrows and bars
	case (before && at(pWindowIn) <= 8 || inside && at(pWindowIn) <= 4) && dated && t.quarters <= 60:
		return Byline
	case inside && t.count[sign] > 0 && t.quarters <= 100:
		return Credit
	case s.prose[i] && t.last == stop && t.quarters >= 40 && !before && !inside && at(cDatesAfter) > 1 && (at(cToDateUp) <= 3 || at(cToDateDown) <= 2):
		return Comments
	case s.prose[i] && t.quarters >= 60 && (at(cFromStart) <= octaveOf8 || at(cFromEnd) <= octaveOf8):
		return Consent
	case t.quarters >= 20 || t.quarters >= 12 && min(at(cToDateUp), at(cToDateDown)) <= 2 || dated && s.headlinesAround(i):
		return Related
	}
	return Navigation
}

// octaveOf8 is eight units on the columns' scale.
const octaveOf8 = 8

// headlinesAround reports whether two of the four units around i have four
// words or more.
func (s *Scorer) headlinesAround(i int) bool {
	n := 0
	for j := max(i-2, 0); j < min(i+3, s.n); j++ {
		if j != i && s.stats[j].quarters >= 16 {
			n++
		}
	}
	return n >= 2
}
