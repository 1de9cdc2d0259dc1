package lang

import "golang.org/x/text/language"

// groups are languages so close that a short text is often a text of both:
// together they make up most of what winnow-train lang --report prints as
// most often wrong. The last is one language under two tags.
var groups = [][]language.Tag{
	{tag("hr"), tag("bs"), tag("sr-Latn"), tag("sr")},
	{tag("id"), tag("ms")},
	{tag("nb"), tag("nn"), tag("da"), tag("no")},
	{tag("zu"), tag("xh")},
	{tag("st"), tag("tn")},
	{tag("cs"), tag("sk")},
	{tag("tl"), tag("fil")},
}

// SameGroup reports whether a phrase of one language may stand in a text of
// the other: they are the same, or as close as Croatian and Bosnian, Malay and
// Indonesian, Bokmål and Nynorsk.
func SameGroup(a, b language.Tag) bool {
	if a == b {
		return true
	}
	for _, g := range groups {
		in := 0
		for _, t := range g {
			if t == a || t == b {
				in++
			}
		}
		if in == 2 {
			return true
		}
	}
	return false
}
