package model

import (
	"bufio"
	"embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/seed-966a822a/winnow/filter/model"
)

//go:embed train.py
var scripts embed.FS

// A Trainer makes the block model.
type Trainer struct {
	Docs []*Doc
	// Units cuts a document; nil is [model.Split]. What filter makes of it has
	// phrase hits too.
	Units func(d *Doc) []model.Unit

	work, python string
	threads      int
	log          io.Writer

	units [][]model.Unit // of each document
	body  [][]float32    // share of each unit's words that is in the gold; NaN if that is not known
	words [][]int32      // of each unit
	gold  []int          // words of each gold
}

// NewTrainer returns a Trainer that keeps its files in the directory work and
// grows forests with a Python that has requirements.txt.
func NewTrainer(docs []*Doc, work, python string, threads int, log io.Writer) *Trainer {
	return &Trainer{Docs: docs, work: work, python: python, threads: threads, log: log}
}

// The forests: how many trees, and how much each of them learns.
var forests = [3]struct {
	name  string
	trees int
	rate  float64
}{{"first", 100, .2}, {"page", 240, .12}, {"leftover", 160, .1}}

// Folds is the number of parts for cross-validation. Sites never part.
const Folds = 5

// none is the fold number for training on everything.
const none = 255

func (t *Trainer) prepare() {
	if t.Units == nil {
		t.Units = func(d *Doc) []model.Unit { return model.Split(nil, d.Text) }
	}
	for _, d := range t.Docs {
		t.add(d)
	}
	t.augment()
	fmt.Fprintf(t.log, "%d documents\n", len(t.Docs))
}

// add cuts and labels a document.
func (t *Trainer) add(d *Doc) {
	units := t.Units(d)
	body, words, gold := []float32(nil), []int32(nil), 0
	if d.Kind == Segments {
		body, words = segmentLabels(d, units)
		gold = usual
	} else {
		body, words = Labels(d, units)
		gold = len(vocab{}.words(nil, d.Gold))
	}
	t.units, t.body, t.words, t.gold = append(t.units, units), append(t.body, body), append(t.words, words), append(t.gold, gold)
}

// usual is how many words a gold has, if it is not known.
const usual = 400

// share is what a kind of text weighs in training. Of segments, few units count.
var share = [numKinds]float64{Page: 1, Silver: .6, Segments: 2, Leftover: .5, Broken: .4, Clean: 1, CleanBroken: .5, Cut: .3, Near: .4, Mute: .4, Spliced: .5, Verse: .15}

// weight is what a unit weighs: the measure is over words and its mean is over
// documents, but a short line still counts for something (the square root was
// better than words themselves).
func (t *Trainer) weight(doc, unit, pass int) float64 {
	if body := t.body[doc][unit]; body != body {
		return 0 // unknown
	}
	d := t.Docs[doc]
	w := share[d.Kind]
	if pass == 1 && (d.Kind == Clean || d.Kind == CleanBroken) {
		w *= 2 // few of these look like pages, and those few must not be cut
	}
	if pass == 1 && d.Lang != "en" {
		w *= 1.5 // they stand for all the other languages
	}
	if d.Type != "article" {
		w *= .8
	}
	w *= math.Sqrt(max(float64(t.words[doc][unit]), .3) / max(float64(t.gold[doc]), 80))
	return w * max(math.Abs(2*float64(t.body[doc][unit])-1), .1)
}

// label is 1 for a unit that is not the article, 0 for one that is.
func (t *Trainer) label(doc, unit int) float32 {
	if t.body[doc][unit] < .5 {
		return 1
	}
	return 0
}

// grow writes the matrix of a pass and has its forests grown. The first scores
// are given for the second pass.
func (t *Trainer) grow(pass int, out []int, first [][]int32, page []bool) error {
	name := forests[pass].name
	dir := filepath.Join(t.work, name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	// Rows of little weight are thinned, and what stays of them weighs more.
	mean, rows := 0.0, 0
	for i := range t.Docs {
		for j := range t.words[i] {
			if w := t.weight(i, j, pass); w > 0 {
				mean += w
				rows++
			}
		}
	}
	mean /= float64(rows)
	type row struct{ doc, unit int }
	var picked []row
	var y, w []float32
	var fold []byte
	random := rand.New(rand.NewPCG(7, uint64(pass)))
	for i, d := range t.Docs {
		if pass > 0 && page[i] != (pass == 1) {
			continue
		}
		for j := range t.words[i] {
			v := t.weight(i, j, pass) / mean
			p := min(v/2, 1)
			if random.Float64() >= p {
				continue
			}
			picked = append(picked, row{i, j})
			w = append(w, float32(v/p))
			y = append(y, t.label(i, j))
			fold = append(fold, byte(d.Fold(Folds)))
		}
	}
	features := model.Features(pass)
	x := make([]byte, len(features)*len(picked))
	var s model.Scorer
	for k := 0; k < len(picked); {
		i, end := picked[k].doc, k
		for ; end < len(picked) && picked[end].doc == i; end++ {
		}
		s.First(t.Docs[i].Text, t.units[i])
		if pass > 0 {
			s.Second(t.units[i], first[i])
		}
		for f, feature := range features {
			col := s.Column(feature)
			for n := k; n < end; n++ {
				x[f*len(picked)+n] = col[picked[n].unit]
			}
		}
		k = end
	}
	spec := struct {
		Features [][2]int `json:"features"`
		Out      []int    `json:"out"`
		Trees    int      `json:"trees"`
		Rate     float64  `json:"rate"`
		Threads  int      `json:"threads"`
	}{nil, out, forests[pass].trees, forests[pass].rate, t.threads}
	for _, f := range features {
		spec.Features = append(spec.Features, [2]int{int(f.Column), int(f.Shift)})
	}
	js, err := json.Marshal(spec)
	if err != nil {
		return err
	}
	script, _ := scripts.ReadFile("train.py")
	for file, data := range map[string]any{"x.u8": x, "y.f32": y, "w.f32": w, "fold.u8": fold, "spec.json": js, "train.py": script} {
		if err := write(filepath.Join(dir, file), data); err != nil {
			return err
		}
	}
	fmt.Fprintf(t.log, "%s: %d rows of %d, %d features\n", name, len(picked), rows, len(features))
	cmd := exec.Command(t.python, filepath.Join(dir, "train.py"), dir)
	cmd.Stdout, cmd.Stderr = t.log, t.log
	return cmd.Run()
}

func write(path string, data any) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	if err := binary.Write(w, binary.LittleEndian, data); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// Train makes a model of all documents, and one a fold that has never seen the
// sites of that fold.
//
// The second forest learns from scores that the first gave to documents of
// sites it had not seen, as it will in use. For a fold's model these scores
// come from forests of which some have seen the fold's own documents; only
// scores of other documents, so nothing of the fold's labels is learnt.
//
// If grow is false it takes what an earlier call left in the work directory.
func (t *Trainer) Train(grow bool) (all []byte, folds [][]byte, err error) {
	t.prepare()
	if !grow {
		return t.models()
	}
	out := []int{none, 0, 1, 2, 3, 4}
	if err := t.grow(0, out, nil, nil); err != nil {
		return nil, nil, err
	}
	scores, page := make([][]int32, len(t.Docs)), make([]bool, len(t.Docs))
	empty := make([]byte, 8)
	for f := range Folds {
		data, err := os.ReadFile(t.file("first", f))
		if err != nil {
			return nil, nil, err
		}
		m, err := model.Parse(model.Join(data, empty, empty, nil))
		if err != nil {
			return nil, nil, err
		}
		s := model.Scorer{Model: m}
		for i, d := range t.Docs {
			if d.Fold(Folds) == f {
				scores[i] = append([]int32(nil), s.FirstScores(d.Text, t.units[i])...)
				if len(t.units[i]) > 0 {
					page[i] = s.Second(t.units[i], scores[i])
				}
			}
		}
	}
	for _, pass := range []int{1, 2} {
		if err := t.grow(pass, out, scores, page); err != nil {
			return nil, nil, err
		}
	}
	if err := t.teach(out, scores, page); err != nil {
		return nil, nil, err
	}
	return t.models()
}

// file returns where a part of a model is kept.
func (t *Trainer) file(name string, out int) string {
	return filepath.Join(t.work, name, part(out)+".bin")
}

// part names what a forest or net was made from: all but a fold.
func part(out int) string {
	if out == none {
		return "all"
	}
	return fmt.Sprint(out)
}

// models reads the models in the work directory.
func (t *Trainer) models() (all []byte, folds [][]byte, err error) {
	for _, f := range []int{none, 0, 1, 2, 3, 4} {
		var parts [4][]byte
		for k, name := range [...]string{forests[0].name, forests[1].name, forests[2].name, "net"} {
			if parts[k], err = os.ReadFile(t.file(name, f)); err != nil {
				return nil, nil, err
			}
		}
		m := model.Join(parts[0], parts[1], parts[2], parts[3])
		if f == none {
			all = m
		} else {
			folds = append(folds, m)
		}
	}
	return all, folds, nil
}

// Scores scores every document by the model of the fold that it is in, which
// has not seen its site. It returns log-odds and each document's threshold.
func (t *Trainer) Scores(folds [][]byte) (scores [][]float32, thresholds []float32, err error) {
	scores, thresholds = make([][]float32, len(t.Docs)), make([]float32, len(t.Docs))
	for f, data := range folds {
		m, err := model.Parse(data)
		if err != nil {
			return nil, nil, err
		}
		s := model.Scorer{Model: m}
		for i, d := range t.Docs {
			if d.Fold(Folds) == f {
				units := t.units[i]
				scores[i] = make([]float32, len(units))
				thresholds[i] = s.Score(d.Text, units, scores[i])
			}
		}
	}
	return scores, thresholds, nil
}
