package filter

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

// hear runs the phrases of a pack over one block of a page and returns the
// texts that they speak of.
func hear(pack, block string, vocabulary bool) []string {
	var heard []string
	for _, s := range signalsOf("de", pack, block) {
		if (s.Rule == vocabularyRule) == vocabulary {
			heard = append(heard, block[s.Span.Start:s.Span.End])
		}
	}
	return heard
}

// signalsOf returns what a pack for a language says of a block amid others, with
// offsets in the block.
func signalsOf(lang, pack, block string) []Signal {
	const before = "Der Rat tagt.\n"
	x, tag := newLexicon(fstest.MapFS{lang + ".txt": {Data: []byte(pack)}}), language.Make(lang)
	span := Span{len(before), len(before) + len(block)}
	signals := newReader(x).read(nil, before+block+"\nEs regnet.", span, tag, tag)
	for i := range signals {
		signals[i].Span.Start -= len(before)
		signals[i].Span.End -= len(before)
	}
	return signals
}

func TestPhrases(t *testing.T) {
	const pack = `
[share]
Artikel teilen
~ Facebook
~ Twitter
E-Mail
[related]
Lesen Sie auch: …
Mehr zum Thema
[credit]
(Mit Material von …
… hat zu diesem Bericht beigetragen
[syndication]
Der Beitrag … erschien zuerst auf …
[newsletter]
Jetzt Newsletter abonnieren
! Newsletter abonnieren viele
[comments]
5 Kommentare
`
	for _, c := range []struct {
		block string
		want  []string
	}{
		// A whole block, however it is set.
		{"Artikel teilen", []string{"Artikel teilen"}},
		{"  ► ARTIKEL  TEILEN:", []string{"  ► ARTIKEL  TEILEN:"}},
		{"12.345 Kommentare", []string{"12.345 Kommentare"}},
		// Phrases in a row, glued or not.
		{"Artikel teilen: Facebook | Twitter | E-Mail", []string{"Artikel teilen: Facebook | Twitter | E-Mail"}},
		{"Artikel teilenFacebookTwitter", []string{"Artikel teilenFacebookTwitter"}},
		{"Facebook Twitter", []string{"Facebook Twitter"}},
		// What is quoted is not said, unless all is quoted.
		{"„Lesen Sie auch: den Anhang“ steht dort.", nil},
		{"„Lesen Sie auch: den Anhang“", []string{"„Lesen Sie auch: den Anhang“"}},
		// A part of a block.
		{"Es regnet. Jetzt Newsletter abonnieren! Es schneit.", []string{"Jetzt Newsletter abonnieren!"}},
		{"Das war 2016Artikel teilen", []string{"Artikel teilen"}},
		{"Es regnet. Lesen Sie auch: Wer hat das Rad erfunden? Es schneit.", []string{"Lesen Sie auch: Wer hat das Rad erfunden?"}},
		{"Es regnet. Anna Wu hat zu diesem Bericht beigetragen.", []string{"Anna Wu hat zu diesem Bericht beigetragen."}},
		{"Es regnet. (Mit Material von dpa und J. S. Maier)", []string{"(Mit Material von dpa und J. S. Maier)"}},
		{"Der Beitrag Warum? Darum! erschien zuerst auf Bote.", []string{"Der Beitrag Warum? Darum! erschien zuerst auf Bote."}},
		// What only looks so.
		{"Artikel teilen wir gern mit allen.", nil},
		{"Wer Artikel teilen will, darf das.", nil},
		{"Mit Material von dpa arbeiten viele.", nil},
		{"Er sagte: „Jetzt Newsletter abonnieren“ sei ein schlechter Satz.", nil},
		{"Jetzt Newsletter abonnieren! Newsletter abonnieren viele.", []string{"Jetzt Newsletter abonnieren!"}},
		{"Newsletter abonnieren viele", nil},
		{"Mehr zum Thema Wasser steht im Bericht.", nil},
	} {
		assert.Equal(t, c.want, hear(pack, c.block, false), "%q", c.block)
	}
}

// A phrase that no pack has, but whose joints they have.
func TestVocabulary(t *testing.T) {
	const pack = `
[newsletter]
Jetzt Newsletter abonnieren
Unseren täglichen Newsletter bestellen
Den Newsletter kostenlos abonnieren
[share]
Artikel teilen
`
	for block, want := range map[string]bool{
		"Jetzt unseren täglichen Newsletter kostenlos abonnieren": true,
		"Unseren Newsletter abonnieren":                           true,
		"Die Fähre fährt wieder":                                  false,
		"Newsletter, die niemand liest":                           false,
		"12.5.2024":                                               false,
	} {
		heard := hear(pack, block, true)
		assert.Equal(t, want, len(heard) > 0, "%q", block)
	}
	alone := newLexicon(fstest.MapFS{"de.txt": {Data: []byte(pack)}})
	const block = "Jetzt unseren täglichen Newsletter kostenlos abonnieren"
	assert.Empty(t, newReader(alone).read(nil, block, Span{0, len(block)}, language.German, language.German), "nothing stands beside it")
}

// A long phrase counts on pages of any language that the block may speak, a
// short one only on those of its own.
func TestLanguagesOfPhrases(t *testing.T) {
	x := newLexicon(fstest.MapFS{
		"en.txt":  {Data: []byte("[share]\nshare this post with your friends\nshare it\n")},
		"hr.txt":  {Data: []byte("[share]\npodijeli\n")},
		"und.txt": {Data: []byte("[advert]\nspot_img\n")},
	})
	french, serbian := language.French, language.MustParse("sr-Latn")
	for _, c := range []struct {
		text        string
		block, page language.Tag
		want        bool
	}{
		{"Share this post with your friends", language.Und, french, true},
		{"Share it", language.Und, french, false},
		{"Share it", language.English, french, true},
		{"Share it", language.Und, language.English, true},
		{"Share it", language.Und, language.Und, true},
		{"Podijeli", language.Und, serbian, true},
		{"Podijeli", language.Und, french, false},
		{"spot_img", language.Und, french, true},
	} {
		got := newReader(x).read(nil, c.text, Span{0, len(c.text)}, c.block, c.page)
		assert.Equal(t, c.want, len(got) > 0, "%q, a block in %v on a page in %v", c.text, c.block, c.page)
	}
}

// Particles of Korean cling to the name before them.
func TestParticles(t *testing.T) {
	for block, want := range map[string]bool{
		"김민서에게 답변하기":     true,
		"Anna에게 답변하기":    true,
		"김민서에게 답변하기 어렵다": false,
	} {
		got := signalsOf("ko", "[comments]\n…에게 답변하기\n", block)
		assert.Equal(t, want, len(got) > 0, block)
	}
}

// Every language that has a list of common words has a pack, and its list says
// something.
func TestWords(t *testing.T) {
	lists, err := words.ReadDir("words")
	require.NoError(t, err)
	require.NotEmpty(t, lists)
	for _, list := range lists {
		_, err := embedded.Open("packs/" + list.Name())
		assert.NoError(t, err)
		tag, err := tagOf(list.Name())
		require.NoError(t, err)
		assert.NotEmpty(t, commonness(tag), list.Name())
		listed := readWords(list.Name())
		assert.Greater(t, len(listed), 300, list.Name())
		sum := 0.0
		for _, p := range listed {
			sum += p
		}
		assert.True(t, .2 < sum && sum < 1.3, "%s: %v of all words are listed", list.Name(), sum)
	}
	assert.Greater(t, commonness(language.German)["und"], .01)
	assert.Empty(t, commonness(language.Thai))
}

// A weak phrase is enough with a name.
func TestNames(t *testing.T) {
	for block, want := range map[string]bool{
		"Von Anna Berg":                     true,
		"Von Anna de la Cruz":               true,
		"VON J. R. Maier":                   true,
		"Von Hamburg nach Berlin":           false,
		"Von Hamburg":                       false,
		"Willkommen bei Kronika":            true,
		"Willkommen bei uns":                false,
		"Anna Berg schreibt":                true,
		"Wer heute noch schreibt":           false,
		"Von Anna Berg, Jutta Maier, Ich":   false,
		"Von Anna Berg hat man nie gehört.": false,
	} {
		got := signalsOf("de", "[credit]\n~ Von …\n~ Willkommen bei …\n~ … schreibt\n", block)
		assert.Equal(t, want, len(got) > 0 && got[0].Weight >= weightName, block)
	}
}

// The model hears what the words of each unit are like, also of the sentences of
// a long line.
func TestTerms(t *testing.T) {
	f := newFilter(t, Options{})
	text := "The ferry came back to the harbour on Tuesday, nine years after it had been sold for scrap. Hundreds of people stood on the quay in the rain. Manage your cookie settings and privacy preferences in your browser here.\n" +
		"Log in with your email address to read our daily newsletter\n" +
		"1 2 3\n"
	units := f.Units(Document{Text: text})
	require.Len(t, units, 5)
	for _, plug := range units[2:4] {
		for _, prose := range units[:2] {
			assert.Greater(t, plug.Terms, prose.Terms+20)
			assert.Greater(t, plug.Joints, prose.Joints)
			assert.Less(t, plug.Unknown, prose.Unknown)
		}
	}
	assert.Zero(t, units[4].Terms, "numbers say nothing")

	for _, u := range f.Units(Document{Text: "登录后订阅我们的新闻通讯\n"}) { // nobody knows how common words are, but what follows what
		assert.Zero(t, u.Terms)
		assert.Positive(t, u.Joints)
	}
}
