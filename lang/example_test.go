package lang_test

import (
	"fmt"

	"github.com/seed-966a822a/winnow/lang"
)

func Example() {
	blocks := []string{
		"Die Stadt teilte gestern mit, dass die alte Brücke im Frühjahr gesperrt wird.",
		"Wetter",
		"spot_img",
		"The full report is available in English on our website.",
	}
	var votes lang.Votes
	guesses := make([]lang.Guess, len(blocks))
	for i, b := range blocks {
		guesses[i] = lang.Default().Detect(b)
		votes.Add(guesses[i], len(b))
	}
	page := votes.Winner()
	for _, g := range guesses {
		fmt.Println(g.Within(page).Tag)
	}
	// Output:
	// de
	// de
	// und
	// en
}
