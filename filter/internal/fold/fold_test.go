package fold

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"case", "Read Entire ARTICLE", "read entire article"},
		{"spaces", "  read\t\u00a0 more ", "read more"},
		{"numbers", "12:30 on 3.4.2025, 1,234 views, 5-6", "0 on 0, 0 views, 0"},
		{"digits of other scripts", "१२ · ٣٤ · １２", "0 · 0 · 0"},
		{"accents", "À lire aussi : L’Été", "a lire aussi: l'ete"},
		{"decomposed accents", "E\u0301te\u0301", "ete"},
		{"dotless and dotted i", "HABERİ PAYLAŞ, ılık", "haberi paylas, ilik"},
		{"sharp s", "Straße", "strasse"},
		{"final sigma", "ΔΙΑΒΆΣΤΕ επίσης", "διαβαστε επισησ"},
		{"quotes and dashes", "“So” – «said»…", `"so" - "said"...`},
		{"full width", "ＦＡＣＥＢＯＯＫ：１２", "facebook:0"},
		{"half-width kana", "ﾒｰﾙﾏｶﾞｼﾞﾝ", "メールマカシン"},
		{"ligatures", "oﬃcial", "official"},
		{"no spaces in unspaced scripts", "责任编辑 ： 张 三", "责任编辑:张三"},
		{"Arabic points and tatweel", "اقــرأ أَيْضًا", "اقرا ايضا"},
		{"Persian letters", "کتاب\u200cهای", "كتابهاي"},
		{"Hebrew points", "קְרָא עוֹד", "קרא עוד"},
		{"Indic vowel signs stay", "साझा करें", "साझा करें"},
		{"Hangul", "무단 전재", "무단 전재"},
		{"zero width and direction marks", "sha\u200bre\u200e th\u00adis\ufeff", "share this"},
		{"invalid UTF-8", "a\xffb", "a\ufffdb"},
		{"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var f Text
			f.Fold(c.in)
			assert.Equal(t, c.want, string(f.Bytes))
		})
	}
}

func TestStarts(t *testing.T) {
	for in, want := range map[string]string{
		"one two":               "o one two|w two",
		"In 2016Share this":     "o in 2016share this|w 2016share this|g share this|w this",
		"a. b | c":              "o a. b | c|o b | c|o c",
		"l'article, x e-mail":   "o l'article, x e-mail|w article, x e-mail|w x e-mail|w e-mail|w mail",
		"iPhone":                "o iphone|g phone",
		"完。责任":                  "o 完.责任|o 责任|w 任",
		"FacebookTwitter Email": "o facebooktwitter email|g twitter email|w email",
	} {
		var f Text
		f.Fold(in)
		var got []string
		for _, s := range f.Starts {
			got = append(got, string("wog"[s.Kind])+" "+string(f.Bytes[s.At:]))
		}
		want = strings.ReplaceAll(want, "2016", "0")
		assert.Equal(t, want, strings.Join(got, "|"), in)
	}
}

func TestBoundary(t *testing.T) {
	var f Text
	f.Fold("FacebookTwitter 分享 to2025")
	for at, want := range map[int]bool{0: true, 3: false, 8: true, 10: false, 15: true, 18: true, 21: true, 22: false, 23: true, len(f.Bytes): true} {
		assert.Equal(t, want, f.Boundary(at), "%d in %q", at, f.Bytes)
	}
}

// Every folded byte must lead back to the input it came from.
func checkMap(t *testing.T, in string) {
	var f Text
	f.Fold(in)
	assert.True(t, utf8.Valid(f.Bytes), "folded %q is not UTF-8", in)
	before := 0
	for at := range f.Bytes {
		i := f.Input(at, len(in))
		if i < before || i > len(in) {
			t.Fatalf("%q: folded offset %d comes from %d, the one before from %d", in, at, i, before)
		}
		before = i
	}
	assert.Equal(t, len(in), f.Input(len(f.Bytes), len(in)))
	for _, s := range f.Starts {
		if i := f.Input(int(s.At), len(in)); i < len(in) && !utf8.RuneStart(in[i]) && utf8.ValidString(in) {
			t.Fatalf("%q: a word starts in the middle of a letter, at %d", in, i)
		}
	}
}

func TestInput(t *testing.T) {
	var f Text
	in := "  Ärger —  Straße 12.30 分 享 ok"
	f.Fold(in)
	for _, word := range []struct{ folded, input string }{{"arger", "Ärger"}, {"strasse", "Straße"}, {"0", "12.30"}, {"分", "分"}, {"享", "享"}, {"ok", "ok"}} {
		at := strings.Index(string(f.Bytes), word.folded)
		i := f.Input(at, len(in))
		assert.True(t, strings.HasPrefix(in[i:], word.input), "%q leads to %q", word.folded, in[i:])
	}
	checkMap(t, in)
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"À LIRE AUSSI : 12,5 %", "责任编辑 ： 张 三", "ﬃﬃ \xff\xfe ß ½ İ", "e\u0301 \u200f1.\u0661"} {
		f.Add(s)
	}
	f.Fuzz(checkMap)
}

func BenchmarkFold(b *testing.B) {
	for name, text := range map[string]string{
		"en": "The council approved the budget on Tuesday, 12 votes to 3, after a debate of four hours. ",
		"ru": "Городской совет во вторник одобрил бюджет двенадцатью голосами против трёх. ",
		"zh": "市议会周二以十二票对三票通过了预算，此前进行了四个小时的辩论。",
		"th": "สภาเทศบาลอนุมัติงบประมาณเมื่อวันอังคารด้วยคะแนนเสียงสิบสองต่อสาม ",
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(text, 20)
			var f Text
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				f.Fold(text)
			}
		})
	}
}
