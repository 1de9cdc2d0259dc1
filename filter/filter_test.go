package filter

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-966a822a/winnow/filter/model"
)

func newFilter(t testing.TB, o Options) *Filter {
	t.Helper()
	f, err := New(o)
	require.NoError(t, err)
	return f
}

// checkTiling fails unless the decisions tile the text and what is kept and
// what is removed give it back.
func checkTiling(t testing.TB, f *Filter, text string) Result {
	t.Helper()
	r := f.Scan(Document{Text: text})
	end, kept := 0, ""
	for _, d := range r.Decisions {
		if d.Span.Start != end || d.Span.End <= d.Span.Start {
			t.Fatalf("%q: a decision on %v after one that ends at %d", text, d.Span, end)
		}
		end = d.Span.End
		if d.Score < 0 || d.Score > 1 {
			t.Fatalf("%q: a score of %v", text, d.Score)
		}
		for _, s := range d.Signals {
			if s.Span.Start < d.Span.Start || s.Span.End > d.Span.End {
				t.Fatalf("%q: the decision on %v has the signal %+v", text, d.Span, s)
			}
		}
		if d.Keep {
			kept += text[d.Span.Start:d.Span.End]
		}
	}
	if end != len(text) {
		t.Fatalf("%q: the decisions end at %d of %d", text, end, len(text))
	}
	assert.Equal(t, kept, r.Text())
	return r
}

// odd are texts that have broken filters before.
var odd = []string{
	"", " ", "\n", "\r\n\r\n", "\ufeff", "\ufeffText.\r\n", "a\rb\rc", "a\r\nb\n\rc", "\x00", "\x00\n\x00", "\xff\xfe", "a\xffb\n\xc3",
	"\u200b\u200e\n\u2028x\u2029", "Share this\n", "\n\nShare this", "Home | News | Sport", "   indented\n\t\ttabs\n", "…", "\"\n(\n[",
	"The post appeared first on", "The post " + strings.Repeat("x ", 3000) + "appeared first on", strings.Repeat("(", 2000),
	strings.Repeat("Share this ", 500), strings.Repeat("a.", 5000), strings.Repeat("责任编辑：", 500),
}

func TestDecisionsTileTheText(t *testing.T) {
	f := newFilter(t, Options{})
	for _, text := range odd {
		checkTiling(t, f, text)
	}
	pieces := []string{"Share this", "The mayor opened the bridge on Monday, after four years of work. ", "\n", "\n\n", "\r\n", " ", "Read more", "spot_img", "12.3.2020", "阅读免责声明 : 此处", "\x00", "\xff", "Related posts", "Sign up for our newsletter. "}
	random := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		checkTiling(t, f, b.String())
	}
}

func FuzzScan(f *testing.F) {
	for _, text := range odd {
		f.Add(text)
	}
	filters := []*Filter{newFilter(f, Options{}), newFilter(f, Options{Mode: Recall, Drop: []Category{Title}}), newFilter(f, Options{Mode: Precision, Keep: Categories()})}
	f.Fuzz(func(t *testing.T, text string) {
		for i, filter := range filters {
			r := checkTiling(t, filter, text)
			if i == 2 && r.Text() != text {
				t.Fatalf("%q became %q though every category is kept", text, r.Text())
			}
		}
	})
}

func FuzzPack(f *testing.F) {
	f.Add("[share]\nshare this\n~ home\n! do not\n# x\n")
	f.Add("[consent]\n…\n(… \n… a\n\xff\n[\n]\n[]")
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := parsePack("xx.txt", text)
		if err == nil && !utf8.ValidString(text) && !strings.Contains(text, "#") {
			t.Fatalf("%q is not UTF-8, and no error", text)
		}
		for _, e := range entries {
			if len(e.literals) == 0 || e.Line < 1 || e.Line > strings.Count(text, "\n")+1 {
				t.Fatalf("%q gave %+v", text, e)
			}
		}
	})
}

func TestConcurrentUse(t *testing.T) {
	f := newFilter(t, Options{})
	text := strings.Join(odd, "\n")
	want := f.Clean(text)
	var done sync.WaitGroup
	for range 8 {
		done.Go(func() {
			for range 20 {
				assert.Equal(t, want, f.Clean(text))
			}
		})
	}
	done.Wait()
}

func TestALineOf50MB(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	f := newFilter(t, Options{})
	text := strings.Repeat("The mayor opened the bridge on Monday, after four years of work. ", 50<<20/66)
	assert.Len(t, f.Clean(text), len(text))
}

func TestKeepAndDrop(t *testing.T) {
	text := "Bridge opens after four years\n\nThe mayor opened the bridge on Monday, after four years of work and two elections.\n\nShare this post\n"
	assert.NotContains(t, newFilter(t, Options{}).Clean(text), "Share this")
	assert.Contains(t, newFilter(t, Options{Keep: []Category{Share}}).Clean(text), "Share this")
	assert.NotContains(t, newFilter(t, Options{Drop: []Category{Title}}).Clean(text), "Bridge opens")
}

// White space around what goes: paragraphs stay paragraphs, and nothing is
// left over at the edges.
func TestModel(t *testing.T) {
	page := strings.Repeat("Home\nNews\nSport\n", 5) + "The ferry came back on Tuesday, nine years after it was sold. Hundreds of people stood on the quay.\n"
	data, err := os.ReadFile("model/model.bin")
	require.NoError(t, err)
	same, err := model.Parse(data)
	require.NoError(t, err)
	bias := func(v uint32) []byte { return binary.LittleEndian.AppendUint32(make([]byte, 4), v<<10) } // a forest without a tree
	none, err := model.Parse(model.Join(bias(0), bias(0), bias(0), nil))
	require.NoError(t, err)
	clean := func(m *model.Model) string {
		f, err := New(Options{Model: m})
		require.NoError(t, err)
		return f.Clean(page)
	}
	assert.Equal(t, clean(nil), clean(same))
	assert.NotEqual(t, clean(nil), clean(none))
}

func TestWhiteSpace(t *testing.T) {
	const a = "The mayor opened the bridge on Monday, after four years of work."
	const b = "It cost twelve million, twice as much as planned, the council said."
	f := newFilter(t, Options{})
	for in, want := range map[string]string{
		a + "\n\nShare this post\n\n" + b + "\n":                        a + "\n\n" + b + "\n",
		a + "\nShare this post\n\n" + b:                                 a + "\n\n" + b,
		a + "\n\nShare this post\n" + b:                                 a + "\n\n" + b,
		a + "\r\nShare this post\r\n" + b + "\r\n":                      a + "\r\n" + b + "\r\n",
		"Share this post\n\n" + a + "\n":                                a + "\n",
		a + "\n" + b + "\n\nShare this post\n\n":                        a + "\n" + b + "\n",
		a + " " + b + " The post Bridge appeared first on Gazette.\n\n": a + " " + b + "\n",
		"  " + a + "\n\n\n" + b:                                         "  " + a + "\n\n\n" + b,
		"\n\n" + a + "\n \n" + b + "  \n\n":                             "\n\n" + a + "\n \n" + b + "  \n\n",
	} {
		assert.Equal(t, want, f.Clean(in), "%q", in)
	}
}

// The user's two documents, if they are there.
func TestSamples(t *testing.T) {
	const dir = "../../shared/samples"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the samples are not part of the repository: ", err)
	}
	f := newFilter(t, Options{})
	read := func(name string) (string, Result) {
		b, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		return string(b), f.Scan(Document{Text: string(b)})
	}
	category := func(r Result, part string) Category {
		at := strings.Index(r.Document.Text, part)
		require.GreaterOrEqual(t, at, 0, part)
		for _, d := range r.Decisions {
			if d.Span.Start <= at && at < d.Span.End {
				return d.Category
			}
		}
		return numCategories
	}

	text, r := read("000_e66679cf0c2ae5ef.txt")
	from, to := strings.Index(text, "Vitalik Buterin, co-founder"), strings.Index(text, "\nThe post")
	title := text[:strings.Index(text, "Share This")]
	assert.Equal(t, title+text[from:to], r.Text())
	for part, want := range map[string]Category{"Vitalik Buterin says": Title, "Share This Post": Share, "The post Vitalik": Syndication, "Read Entire": ReadMore, "spot_img": Advert, "- Adv": Advert, "Related Posts": Related, "Trump Memecoin": Related, "Inflows into": Related} {
		assert.Equal(t, want, category(r, part), part)
	}

	text, r = read("002_a528c8143f839011.txt")
	from, to = strings.Index(text, "Vitalik Buterin pushes"), strings.Index(text, " Want your project")
	assert.Equal(t, text[from:to]+"\n", r.Text())
	for part, want := range map[string]Category{"Cryptopolitan\n": Byline, "2025-12": Byline, "Vitalik Buterin pushes": Title, "Want your project": Newsletter, "Feature it in": Newsletter, "获取": Newsletter, "阅读": Disclaimer, "交易是一项": Disclaimer} {
		assert.Equal(t, want, category(r, part), part)
	}
	for _, d := range r.Removed() {
		if d.Category == Disclaimer {
			assert.Equal(t, "zh", d.Lang.String())
		}
	}
}

// A line that reads like boilerplate goes from a short text, and from the end
// of a long one; deep inside a clean article it may be part of it.
func TestCaution(t *testing.T) {
	f := newFilter(t, Options{})
	var prose []string
	for i := range 160 {
		prose = append(prose, []string{
			"The council met on Tuesday and talked about the bridge for three hours.",
			"Nobody was willing to say what the work would cost in the end.",
			"Two engineers had brought a model made of wood and string.",
			"A child asked whether the river would still be there afterwards.",
		}[i%4])
	}
	const label = "Read more: a walk by the river"
	removed := func(lines []string, at int) bool {
		text := strings.Join(lines[:at], "\n") + "\n" + label + "\n" + strings.Join(lines[at:], "\n")
		for _, d := range f.Scan(Document{Text: text}).Removed() {
			if strings.Contains(text[d.Span.Start:d.Span.End], label) {
				return true
			}
		}
		return false
	}
	assert.True(t, removed(prose[:5], 3))
	assert.False(t, removed(prose, 80))
}

// Lone phrases in a long text: who asks for all that is likely gets it.
func TestDoubt(t *testing.T) {
	text := readGolden(t, "../testdata/articles/lone-phrases.txt").text
	lone := []string{"Photograph: Mara Lind", "Related: the church organ"}
	for _, s := range lone {
		assert.Contains(t, newFilter(t, Options{}).Clean(text), s)
		assert.NotContains(t, newFilter(t, Options{Mode: Recall}).Clean(text), s)
	}
	for _, mode := range []Mode{Balanced, Recall} {
		assert.NotContains(t, newFilter(t, Options{Mode: mode}).Clean(text), "The post The lighthouse")
	}
}
