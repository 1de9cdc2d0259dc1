package filter

import (
	"fmt"
	"os"
	"testing"
)

func TestTry(t *testing.T) {
	f, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"000_e66679cf0c2ae5ef.txt", "002_a528c8143f839011.txt"} {
		b, _ := os.ReadFile("/work/shared/samples/" + n)
		r := f.Scan(Document{Text: string(b)})
		for _, d := range r.Decisions {
			s := r.Document.Text[d.Span.Start:d.Span.End]
			if len(s) > 90 {
				s = s[:40] + " ... " + s[len(s)-40:]
			}
			fmt.Printf("%-5v %-11v %.2f %-22s %q\n", d.Keep, d.Category, d.Score, d.Rule(), s)
		}
	}
}
