package report

import (
	"github.com/seed-966a822a/winnow/filter"
)

type attributes struct {
	ID         string                  `json:"id"`
	Source     string                  `json:"source"`
	Attributes map[string][][3]float64 `json:"attributes"`
}

// Attributes returns what was removed as a line of Dolma's attributes, one
// for each category: [start, end, score], in code points.
func Attributes(id, source string, r filter.Result) []byte {
	a := attributes{id, source, map[string][][3]float64{}}
	points := codePoints{text: r.Document.Text}
	for _, d := range r.Removed() {
		name := "winnow_" + d.Category.String()
		a.Attributes[name] = append(a.Attributes[name], [3]float64{float64(points.at(d.Span.Start)), float64(points.at(d.Span.End)), round(d.Score)})
	}
	return append(JSON(a), '\n')
}

type row struct {
	ID     string `json:"id"`
	URL    string `json:"url,omitempty"`
	Lang   string `json:"lang"`
	Title  string `json:"title,omitempty"`
	Byline string `json:"byline,omitempty"`
	Text   string `json:"text"`
}

// Row returns the document as a line of JSON.
func Row(id string, r filter.Result) []byte {
	return append(JSON(row{id, r.Document.URL, Lang(r).String(), r.First(filter.Title), r.First(filter.Byline), r.Text()}), '\n')
}
