package filter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A golden is a page with judgements: testdata/articles/README.md says how it
// is written.
type golden struct {
	text   string
	pieces []goldenPiece
}

type goldenPiece struct {
	span   Span
	margin string
	line   int
}

func readGolden(t *testing.T, file string) (g golden) {
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	for i, line := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if line == "" {
			g.text += "\n"
			continue
		}
		margin, text, ok := strings.Cut(line, "| ")
		margin = strings.TrimSpace(margin)
		require.True(t, ok, "%s:%d has no margin", file, i+1)
		if rest, ok := strings.CutPrefix(margin, "+"); ok {
			margin = rest
			g.text = strings.TrimSuffix(g.text, "\n") + " "
		}
		g.pieces = append(g.pieces, goldenPiece{Span{len(g.text), len(g.text) + len(text)}, margin, i + 1})
		g.text += text + "\n"
	}
	return g
}

func TestGoldenArticles(t *testing.T) {
	files, err := filepath.Glob("../testdata/articles/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	f := newFilter(t, Options{})
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			g := readGolden(t, file)
			r := checkTiling(t, f, g.text)
			for _, p := range g.pieces {
				for _, d := range r.Decisions {
					from, to := max(d.Span.Start, p.span.Start), min(d.Span.End, p.span.End)
					if from >= to || strings.TrimSpace(g.text[from:to]) == "" {
						continue
					}
					keep := p.margin == "body" || p.margin == "title"
					if d.Keep != keep || p.margin != "-" && d.Category.String() != p.margin {
						t.Errorf("%s:%d: want %s, got %v (%s, score %.2f): %q", filepath.Base(file), p.line, p.margin, d.Category, d.Rule(), d.Score, g.text[from:to])
					}
				}
			}
		})
	}
}
