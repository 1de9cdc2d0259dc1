package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-966a822a/winnow/internal/gram"
	"github.com/seed-966a822a/winnow/lang"
)

type langCmd struct {
	Models string   `help:"Directory of lingua's language models (default: found in the module cache)."`
	Real   string   `help:"JSONL with lang, kind and text: real text for the scripts that lingua's models break (Devanagari); half of it is used."`
	Out    string   `help:"Directory to write the tables to." default:"lang/tables"`
	Only   []string `help:"Build only these tables."`
	Words  int      `help:"Words to draw for a language." default:"1500000"`
	Texts  int      `help:"Texts to train on for a language." default:"1000000"`
	Rows   int      `help:"Rows of the Latin table." default:"88000"`
	Step   float32  `help:"Nats between two levels of a weight." default:"0.25"`
	Rate   float64  `help:"Learning rate." default:"0.4"`
	Seed   uint64   `help:"Seed of everything random." default:"1"`
	Report string   `help:"Build nothing; print the accuracy over this JSONL with lang, kind (single-words, word-pairs, sentences) and text." placeholder:"JSONL"`
}

// A group is a script that several languages share, and gets a table.
type group struct {
	name, script string
	langs        []string
	rows         int
	ahead        float64 // nats that the first language starts with
	perRow       float64 // nats that it gets for each row besides
}

var groups = []group{
	{"latin", "Latn", strings.Fields(`af az bs ca cs cy da de en eo es et eu fi fr ga hr hu id is it la lg lt lv
		mi ms nb nl nn pl pt ro sk sl sn so sq st sv sw tl tn tr ts vi xh yo zu`), 0, 0, 0},
	{"cyrillic", "Cyrl", strings.Fields("be bg kk mk mn ru sr uk"), 40_000, 0, 0},
	{"arabic", "Arab", strings.Fields("ar fa ur"), 30_000, 0, 0},
	{"devanagari", "Deva", strings.Fields("hi mr"), 30_000, 0, 0},
	// Japanese without any kana is rare, and the rarer the longer.
	{"han", "Hani", strings.Fields("zh ja"), 8_192, 2.5, 0.5},
}

func (c *langCmd) Run() error {
	if c.Report != "" {
		items, err := readItems(c.Report)
		if err != nil {
			return err
		}
		report(os.Stdout, lang.Default(), items)
		return nil
	}
	var err error
	if c.Models, err = linguaModels(c.Models); err != nil {
		return err
	}
	for _, g := range groups {
		if len(c.Only) > 0 && !slices.Contains(c.Only, g.name) {
			continue
		}
		if g.rows == 0 {
			g.rows = c.Rows
		}
		if err := c.build(g); err != nil {
			return err
		}
	}
	return nil
}

// linguaModels returns path, or where the module cache has lingua's language
// models if it is empty.
func linguaModels(path string) (string, error) {
	if path != "" {
		return path, nil
	}
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/pemistahl/lingua-go").Output()
	if err != nil {
		return "", fmt.Errorf("finding lingua's models: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(dir)), "language-models"), nil
}

func (c *langCmd) build(g group) error {
	fmt.Fprintf(os.Stderr, "%s: %d languages, %d rows\n", g.name, len(g.langs), g.rows)
	words := make([][]uint16, len(g.langs))
	for i, l := range g.langs {
		rng := rand.New(rand.NewPCG(c.Seed, hash(l)))
		var err error
		if g.script == "Deva" {
			if c.Real == "" {
				return fmt.Errorf("%s needs text: give --real, or leave it out with --only", g.name)
			}
			words[i], err = realWords(c.Real, l)
		} else {
			words[i], err = c.draw(rng, g, l)
		}
		if err != nil {
			return err
		}
	}
	t := newTrainer(g.rows, c.Step, words, os.Stderr)
	t.features = gram.Words[uint16]
	if g.script == "Hani" {
		t.features = gram.Han[uint16]
	}
	drawn := 0
	for _, w := range words {
		for _, l := range w {
			if l == 0 {
				drawn++
			}
		}
	}
	// Where there is little text, more than a few passes learn it by heart.
	texts := min(c.Texts*len(g.langs), 4*drawn)
	t.run(rand.New(rand.NewPCG(c.Seed, hash(g.name))), texts, c.Rate, textLength)
	for i := 0; i < len(t.weight); i += t.langs {
		t.weight[i] += float32(g.perRow)
	}
	return t.write(filepath.Join(c.Out, g.name+".tbl"), g)
}

// textLength draws how many words a text has: blocks are short more often
// than not, and short ones are what is hard.
func textLength(rng *rand.Rand) int {
	switch x := rng.IntN(100); {
	case x < 45:
		return 1
	case x < 68:
		return 2
	case x < 88:
		return 3 + rng.IntN(3)
	default:
		return 6 + rng.IntN(7)
	}
}

func hash(s string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, s)
	return h.Sum64()
}

// draw returns words of a language as lingua knows it, each ended by a zero.
func (c *langCmd) draw(rng *rand.Rand, g group, lang string) ([]uint16, error) {
	src, err := newSource(c.Models, lang)
	if err != nil {
		return nil, err
	}
	var words []uint16
	var buf []rune
	for n := 0; n < c.Words; n++ {
		buf = src.word(rng, buf)
		start := len(words)
		for _, r := range buf {
			if g.script == "Hani" && !unicode.Is(unicode.Han, r) {
				continue
			}
			if r < 0x10000 {
				words = append(words, uint16(r))
			}
		}
		if len(words) > start {
			words = append(words, 0)
		}
	}
	return words, nil
}

// An item is a line of the files with labelled text.
type item struct{ Lang, Kind, Text string }

func readItems(path string) ([]item, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	var items []item
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var it item
		if err := json.Unmarshal(lines.Bytes(), &it); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, len(items)+1, err)
		}
		items = append(items, it)
	}
	return items, lines.Err()
}

// trainsOn reports whether a text is in the half that tables may learn from;
// reports for the languages concerned use the other half.
func trainsOn(it item) bool {
	return (it.Lang == "hi" || it.Lang == "mr") && hash(it.Text)%2 == 0
}

// realWords returns the words of the learning half, in order.
func realWords(path, lang string) ([]uint16, error) {
	items, err := readItems(path)
	if err != nil {
		return nil, fmt.Errorf("real text for %s: %w", lang, err)
	}
	var words []uint16
	for _, it := range items {
		if it.Lang != lang || !trainsOn(it) {
			continue
		}
		for _, r := range it.Text + " " {
			switch {
			case unicode.Is(unicode.Devanagari, r) && (unicode.IsLetter(r) || unicode.IsMark(r)):
				words = append(words, uint16(r))
			case len(words) > 0 && words[len(words)-1] != 0:
				words = append(words, 0)
			}
		}
	}
	return words, nil
}

// write stores the table as lang reads it: a head of lines that end with an
// empty one, then the rows, two weights a byte, the lower half first.
func (t *trainer) write(path string, g group) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "winnow language table 1\nscript %s\nlangs %s\nrows %d\nstep %g\nahead %g\n\n", g.script, strings.Join(g.langs, " "), t.rows, t.step, g.ahead)
	q := make([]uint8, t.langs+1)
	for r := range t.rows {
		q[t.langs] = 0
		t.quantise(uint32(r), q[:t.langs])
		for i := 0; i < t.langs; i += 2 {
			b.WriteByte(q[i] | q[i+1]<<4)
		}
	}
	b.Write(make([]byte, 8)) // rows are read eight bytes at a time
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
