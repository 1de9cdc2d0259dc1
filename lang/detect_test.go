package lang_test

import (
	_ "embed"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/seed-966a822a/winnow/lang"
)

//go:embed testdata/sentences.tsv
var sentences string

func TestSentences(t *testing.T) {
	for line := range strings.Lines(sentences) {
		want, text, ok := strings.Cut(strings.TrimSpace(line), "\t")
		require.True(t, ok, line)
		g := lang.Default().Detect(text)
		assert.Equal(t, want, g.Tag.String(), "%s: %+v", text, g)
	}
}

func TestScripts(t *testing.T) {
	for _, c := range []struct{ text, tag, script string }{
		{"", "und", "Zzzz"},
		{"— … !!! 123", "und", "Zzzz"},
		{"ሰላም ለዓለም", "und-Ethi", "Ethi"},
		{"မင်္ဂလာပါ", "und-Mymr", "Mymr"},
		{"សួស្តី\u200bពិភពលោក", "und-Khmr", "Khmr"},
		{"ສະບາຍດີ", "und-Laoo", "Laoo"},
		{"ನಮಸ್ಕಾರ", "und-Knda", "Knda"},
		{"ഹലോ ലോകം", "und-Mlym", "Mlym"},
		{"ආයුබෝවන්", "und-Sinh", "Sinh"},
		{"བཀྲ་ཤིས", "und-Tibt", "Tibt"},
		{"Καλημέρα κόσμε", "el", "Grek"},
		{"会社概要とお知らせ", "ja", "Jpan"},
		{"안녕하세요", "ko", "Kore"},
		{"这个电话是谁的？我们马上回来。", "zh", "Hans"},
		{"這個電話是誰的？我們馬上回來。", "zh", "Hant"},
		{"Ｔｈｅ　ｗｅａｔｈｅｒ　ｗｉｌｌ　ｂｅ　ｆｉｎｅ", "en", "Latn"},
		{"Новости дня от YouTube и Facebook сегодня вечером", "ru", "Cyrl"},
	} {
		g := lang.Default().Detect(c.text)
		assert.Equal(t, c.tag, g.Tag.String(), c.text)
		assert.Equal(t, c.script, g.Script.String(), c.text)
	}
}

func TestJunk(t *testing.T) {
	for _, text := range []string{
		"spot_img", "getElementById", "2024-05-17T10:22:31Z", "a3f9c2e1b7d0", "550e8400-e29b-41d4-a716-446655440000",
		"https://www.example.com/weather/today", "someone@example.org", "example.com", "header-image.jpg", "aGVsbG8gd29ybGQhIQ==",
		"@weathernews", "v1.2.3-rc1", "+49 (30) 123-456", "1920x1080",
	} {
		assert.Equal(t, lang.Guess{}, lang.Default().Detect(text), text)
	}
	// It does not spoil the words around it.
	g := lang.Default().Detect("Das Wetter von gestern steht noch auf https://example.com/weather_today und bei wetter_app.")
	assert.Equal(t, "de", g.Tag.String())
}

// Accents may come as runes of their own.
func TestComposed(t *testing.T) {
	for line := range strings.Lines(sentences) {
		tag, text, _ := strings.Cut(line, "\t")
		switch tag {
		case "fr", "cs", "vi", "ru", "uk", "is":
			assert.Equal(t, lang.Default().Detect(norm.NFC.String(text)).Tag, lang.Default().Detect(norm.NFD.String(text)).Tag, text)
		}
	}
	assert.Equal(t, "vi", lang.Default().Detect(norm.NFD.String("thông báo đóng cửa")).Tag.String())
}

func TestWithin(t *testing.T) {
	de, fr := language.German, language.French
	d := lang.Default()

	english := d.Detect("The town council announced yesterday that the old bridge would be closed.")
	assert.Equal(t, language.English, english.Within(de).Tag, "foreign blocks stay foreign")
	assert.Equal(t, english, english.Within(language.Und))

	narrow := lang.Guess{Tag: fr, Margin: .5, Next: [3]lang.Candidate{{Tag: language.Spanish, Behind: .5}, {Tag: de, Behind: 1}}}
	got := narrow.Within(de)
	assert.Equal(t, de, got.Tag, "narrow margins take the page's language")
	assert.Equal(t, [3]lang.Candidate{{Tag: fr, Behind: 2}, {Tag: language.Spanish, Behind: 2.5}}, got.Next)
	assert.Equal(t, 2.0, got.Margin)

	assert.Equal(t, language.Und, narrow.Within(language.Greek).Tag, "neither clear nor plausible")
	assert.Equal(t, language.Und, d.Detect("spot_img").Within(de).Tag, "junk is no language on any page")
	assert.Equal(t, "und-Ethi", d.Detect("ሰላም ለዓለም").Within(de).Tag.String())
	assert.Equal(t, 3.5, narrow.Within(fr).Margin)
}

func TestVotes(t *testing.T) {
	var v lang.Votes
	assert.Equal(t, language.Und, v.Winner())
	for _, text := range []string{
		"Die Stadt teilte gestern mit, dass die alte Brücke gesperrt wird.", "Wetter", "Sport",
		"Read more about the weather", "Der Umbau dauert bis zum Herbst und kostet mehr als geplant.", "spot_img",
	} {
		v.Add(lang.Default().Detect(text), len(text))
	}
	assert.Equal(t, language.German, v.Winner())
}

func TestSameGroup(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{{"hr", "bs", true}, {"id", "ms", true}, {"nb", "nn", true}, {"de", "de", true}, {"de", "nl", false}, {"und", "de", false}, {"hr", "id", false}} {
		assert.Equal(t, c.same, lang.SameGroup(language.Raw.Make(c.a), language.Raw.Make(c.b)), "%s %s", c.a, c.b)
		assert.Equal(t, c.same, lang.SameGroup(language.Raw.Make(c.b), language.Raw.Make(c.a)), "%s %s", c.b, c.a)
	}
}

func TestNoAllocations(t *testing.T) {
	d := lang.Default()
	for _, s := range append(samples, struct{ name, text string }{"long", strings.Repeat(samples[1].text+" ", 500)}) {
		assert.Zero(t, testing.AllocsPerRun(20, func() {
			var v lang.Votes
			g := d.Detect(s.text)
			v.Add(g, len(s.text))
			g.Within(v.Winner())
			g.Within(language.Dutch)
		}), s.name)
	}
}

func TestConcurrent(t *testing.T) {
	d := lang.New()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for line := range strings.Lines(sentences) {
				assert.Equal(t, lang.Default().Detect(line), d.Detect(line))
			}
		})
	}
	wait.Wait()
}

func FuzzDetect(f *testing.F) {
	for line := range strings.Lines(sentences) {
		f.Add(line)
	}
	f.Add("e\u0302\u0301_@ a\u0301 \u0301")
	f.Add("a\xff\xfe_b\x00 \u0301 ﷺ 𝔘 é")
	f.Add(strings.Repeat("x", 5000))
	f.Add(strings.Repeat("電", 700) + "かな")
	d := lang.Default()
	f.Fuzz(func(t *testing.T, text string) {
		g := d.Detect(text)
		require.Equal(t, g, d.Detect(text))
		require.GreaterOrEqual(t, g.Margin, 0.0)
		last := g.Margin
		for i, c := range g.Next {
			if c.Tag != language.Und {
				require.GreaterOrEqual(t, c.Behind, last, i)
				last = c.Behind
			}
		}
		for _, page := range []language.Tag{language.Und, language.English, language.Russian, language.Japanese} {
			w := g.Within(page)
			require.GreaterOrEqual(t, w.Margin, 0.0)
			if w.Tag != language.Und && w.Tag != g.Tag {
				require.Equal(t, page, w.Tag)
			}
		}
	})
}
