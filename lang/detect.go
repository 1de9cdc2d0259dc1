package lang

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Tables is the built-in [Detector]. It allocates nothing to detect.
type Tables struct {
	byScript [len(scripts)]*table
	tags     [len(scripts)]language.Tag // of scripts without a table
	codes    [len(scripts)]language.Script

	hans, hant language.Script

	memories sync.Pool // of *memory
}

// Default returns the built-in detector.
var Default = sync.OnceValue(New)

// New returns a detector on the embedded tables. It takes well under a
// millisecond; the tables are used where they lie in the program.
func New() *Tables {
	t := new(Tables)
	for s := latin; int(s) < len(scripts); s++ {
		t.codes[s] = language.MustParseScript(scripts[s].code)
		if l := scripts[s].lang; l != "" {
			t.tags[s] = tag(l)
		} else {
			t.tags[s], _ = language.Compose(t.codes[s])
		}
	}
	for _, s := range []string{latinTable, cyrillicTable, arabicTable, devanagariTable, hanTable} {
		table := parseTable(s)
		t.byScript[table.script] = table
	}
	t.hans, t.hant = language.MustParseScript("Hans"), language.MustParseScript("Hant")
	t.memories.New = func() any { return new(memory) }
	alphabet()
	variants()
	return t
}

const (
	glance     = 40  // letters that are enough when the margin is wide
	wideMargin = 12  // nats
	maxRead    = 300 // letters at most
)

// Detect implements [Detector]. Of a long text it reads up to 300 letters, in
// four windows; 40 are enough when they are clear.
func (t *Tables) Detect(text string) Guess {
	// Where each window goes on, and where it ends.
	var at, end [4]int
	windows := 1
	switch {
	case len(text) > 1024:
		windows = 4
	case len(text) > 96:
		windows = 2
	}
	for i := 1; i < windows; i++ {
		at[i] = wordStart(text, i*len(text)/windows)
		end[i-1] = at[i]
	}
	end[windows-1] = len(text)

	var (
		rd    reading
		s     sums
		tb    *table
		m     *memory
		order ranking
		most  script

		taken, kept, simplified int
	)
	for {
		rd.n = 0
		more := false
		for i := range windows {
			at[i] += rd.read(text[at[i]:end[i]], glance/windows)
			more = more || at[i] < end[i]
		}
		if tb == nil {
			var n int
			var clear bool
			if most, n, clear = rd.script(); n > 0 {
				if !clear && more {
					most, n = census(text)
				}
				if tb = t.byScript[most]; tb == nil {
					return t.only(most, n)
				}
				s[0] = uint64(tb.ahead / tb.step)
				m = t.memories.Get().(*memory)
			}
		}
		if tb != nil {
			taken += rd.n
			kept += rd.keep(most)
			if most == han {
				simplified += rd.simplified()
			}
			m.add(tb, &s, rd.letters[:rd.n])
			order = tb.rank(&s)
		}
		if !more || taken >= maxRead || tb != nil && float64(order.sum(0)-order.sum(1))*tb.step >= wideMargin {
			break
		}
	}
	if m != nil {
		t.memories.Put(m)
	}
	if kept == 0 {
		return Guess{}
	}
	g := t.guess(tb, order, kept)
	if most == han && simplified > 0 {
		g.Script = t.hans
	} else if most == han && simplified < 0 {
		g.Script = t.hant
	}
	return g
}

// wordStart returns the start of the first word at or after i, or of the rune
// if there is no space soon.
func wordStart(text string, i int) int {
	for j := i; j < min(i+32, len(text)); j++ {
		if class[text[j]] == space {
			return j + 1
		}
	}
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return i
}

// census returns the script of most letters of a text, as far as 2 KB.
func census(text string) (script, int) {
	text = text[:min(len(text), 2048)]
	var rd reading
	for i := 0; i < len(text); rd.n = 0 {
		i += rd.read(text[i:], glance)
	}
	most, n, _ := rd.script()
	return most, n
}

// keep turns letters of other scripts into gaps, and returns how many are left.
func (rd *reading) keep(s script) (n int) {
	for i, l := range rd.letters[:rd.n] {
		if l.script() == s {
			n++
		} else {
			rd.letters[i] = 0
		}
	}
	return n
}

// only is the guess of a script that has one language, or none of the 75.
func (t *Tables) only(s script, letters int) Guess {
	g := Guess{Tag: t.tags[s], Script: t.codes[s]}
	if scripts[s].lang != "" {
		g.Margin = float64(min(letters, 20))
	}
	return g
}

// independent is after how many letters further ones are worth half: the tables
// are trained on words as independent as dice, those of a real text share its
// topic, its names and its habits. It makes margins the log odds that real text
// shows, see the calibration part of winnow-train lang --report.
const independent = 17

func (t *Tables) guess(tb *table, order ranking, letters int) Guess {
	g := Guess{Tag: tb.tags[order.lang(0)], Script: t.codes[tb.script]}
	step := tb.step / (1 + float64(letters)/independent)
	for i := range g.Next {
		if j := order.lang(i + 1); j < len(tb.tags) {
			g.Next[i] = Candidate{tb.tags[j], float64(order.sum(0)-order.sum(i+1)) * step}
		}
	}
	g.Margin = g.Next[0].Behind
	return g
}
