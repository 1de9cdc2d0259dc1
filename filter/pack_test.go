package filter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

func TestPackErrors(t *testing.T) {
	_, err := ReadPacks(fstest.MapFS{
		"de.txt": {Data: []byte("# ok\n[share]\nArtikel teilen\n\n[cooky]\nfoo\n[consent]\n…\n a …\nARTIKEL TEILEN\nArtikel  teilen!\n\xff\nMehr in …:\n[navigaton]\n")},
		"q!.txt": {Data: []byte("[share]\nx y\n")},
	})
	require.Error(t, err)
	assert.Equal(t, []string{
		`packs/de.txt:5: unknown section "cooky"`,
		`packs/de.txt:8: the phrase is empty`,
		`packs/de.txt:9: "a …" is too short: one letter is no phrase`,
		`packs/de.txt:10: "ARTIKEL TEILEN" stands at line 3 already`,
		`packs/de.txt:11: "Artikel  teilen!" stands at line 3 already`,
		`packs/de.txt:12: not UTF-8`,
		`packs/de.txt:13: "Mehr in …:" has nothing but symbols beside its …`,
		`packs/de.txt:14: unknown section "navigaton", did you mean "navigation"?`,
		`packs/q!.txt: the name is not a language tag followed by .txt`,
	}, strings.Split(err.Error(), "\n"))
}

// Every phrase of every pack finds itself, as a block of its own.
func TestEveryPhraseMatchesItself(t *testing.T) {
	entries, err := readPacks(Packs())
	require.NoError(t, err)
	x, lost := builtin(), 0
	readers := map[language.Tag]*reader{}
	for _, e := range entries {
		if e.Guard {
			continue
		}
		r := readers[e.Lang]
		if r == nil {
			r = newReader(x)
			readers[e.Lang] = r
		}
		// Names stand for what a gap stands for.
		text := strings.TrimLeft(string(e.lead), "\x00") + strings.Join(e.literals, " Xyqz Vyk ")
		if e.openStart {
			text = "Xyqz Vyk " + text
		}
		if e.openEnd {
			text += " Xyqz Vyk"
		}
		covered := 0 // by phrases, or by the vocabulary, which says more than a weak one
		for _, s := range r.read(nil, text, Span{0, len(text)}, e.Lang, e.Lang) {
			covered += s.Span.Len()
		}
		if covered < len(text)*9/10 {
			lost++
			t.Errorf("%s: %q does not match itself as %q", e.Rule(), e.Text, text)
		}
		if lost > 50 {
			t.Fatal("…")
		}
	}
}

func TestAlternatives(t *testing.T) {
	for in, want := range map[string][]string{
		"share this":                {"share this"},
		"share (this|the post) now": {"share this now", "share the post now"},
		"share( this|)":             {"share this", "share"},
		"(a|b) (c|d)":               {"a c", "a d", "b c", "b d"},
		"(Reporting by …":           {"(Reporting by …"},
		"(Reporting) (or|and) (x":   {"(Reporting) or (x", "(Reporting) and (x"},
		"分享到(微信|微博)":                {"分享到微信", "分享到微博"},
	} {
		got, err := expand(in)
		assert.NoError(t, err)
		assert.Equal(t, want, got, in)
	}
	_, err := expand(strings.Repeat("(a|b)", 11))
	assert.ErrorContains(t, err, "more than 1000 alternatives")
}

// testdata/lang has, for every section of every pack, a block that goes and one
// that stays.
func TestPackExamples(t *testing.T) {
	packs, err := filepath.Glob("packs/*.txt")
	require.NoError(t, err)
	f := newFilter(t, Options{})
	for _, pack := range packs {
		t.Run(strings.TrimSuffix(filepath.Base(pack), ".txt"), func(t *testing.T) {
			file := filepath.Join("..", "testdata", "lang", filepath.Base(pack))
			raw, err := os.ReadFile(file)
			require.NoError(t, err, "every pack has examples")
			tag := language.Make(strings.TrimSuffix(filepath.Base(pack), ".txt"))
			var body []string
			section, goes, stays := "", map[string]int{}, map[string]int{}
			for i, line := range strings.Split(string(raw), "\n") {
				switch mark, text, _ := strings.Cut(line, " "); {
				case line == "" || mark == "#":
				case line[0] == '[':
					section = strings.Trim(line, "[]")
				case section == "body":
					body = append(body, line)
				case mark == "-" || mark == "+":
					require.GreaterOrEqual(t, len(body), 2, "%s: a [body] first", file)
					d := decisionOn(f, tag, body, text)
					if mark == "-" {
						goes[section]++
						assert.False(t, d.Keep, "%s:%d: must go: %q", file, i+1, text)
						assert.Equal(t, section, d.Category.String(), "%s:%d: %q (%s)", file, i+1, text, d.Rule())
					} else {
						stays[section]++
						assert.True(t, d.Keep, "%s:%d: must stay: %q (%v, %s)", file, i+1, text, d.Category, d.Rule())
					}
				default:
					t.Errorf("%s:%d: neither [section], - nor +: %q", file, i+1, line)
				}
			}
			sections := map[string]bool{}
			entries, err := parsePack(filepath.Base(pack), read(t, pack))
			require.NoError(t, err)
			for _, e := range entries {
				if !e.Weak && !e.Guard {
					sections[e.Category.String()] = true
				}
			}
			for s := range sections {
				assert.NotZero(t, goes[s], "%s: nothing goes in [%s]", file, s)
				assert.NotZero(t, stays[s], "%s: nothing stays in [%s]", file, s)
			}
		})
	}
}

// decisionOn returns the judgement on text as a line of its own among a few
// body lines: the one on its longest removed part, if any is removed.
func decisionOn(f *Filter, tag language.Tag, body []string, text string) Decision {
	page := strings.Join(body, "\n") + "\n" + text + "\n" + body[0]
	start := strings.Index(page, "\n"+text+"\n") + 1
	var found Decision
	for _, d := range f.Scan(Document{Text: page, Lang: tag}).Decisions {
		if d.Span.End > start && d.Span.Start < start+len(text) && (found.Span.Len() == 0 || !d.Keep && (found.Keep || d.Span.Len() > found.Span.Len())) {
			found = d
		}
	}
	return found
}

func read(t *testing.T, file string) string {
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(raw)
}
