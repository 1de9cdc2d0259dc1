package main

import (
	"os"
	"strings"
	"unicode"

	train "github.com/seed-966a822a/winnow/cmd/winnow-train/model"
	"github.com/seed-966a822a/winnow/filter"
	"github.com/seed-966a822a/winnow/filter/model"
)

// modelCmd grows filter's block model and reports what it is worth.
//
// The data are JSONL files, gzipped or not, told apart by name: pages-* (text,
// and gold: the body), leftovers-* (text that an extractor left, with the id of
// its page), segments-* (with and without: what must stay and what must go;
// all else of them is unknown) and pages-silver-* (gold that is good but not perfect; only
// trained on). Sites never part between training and measuring.
type modelCmd struct {
	Data    string    `arg:"" type:"existingdir" help:"Directory of JSONL files."`
	Out     string    `type:"path" help:"Where to write the model, such as filter/model/model.bin."`
	Work    string    `type:"path" required:"" help:"Directory for matrices, forests and nets; --report reads the latter again."`
	Report  bool      `help:"Grow nothing, only report on what is in the work directory."`
	Packs   bool      `help:"Cut documents as filter does, with what its packs say of them, so that the model learns to weigh phrases."`
	Python  string    `default:"python3" help:"Interpreter with cmd/winnow-train/model/requirements.txt."`
	Threads int       `default:"1" help:"Threads for growing and learning; forests depend on it in their last digits."`
	Bias    []float32 `default:"1,0,-0.75" help:"Added to the threshold in the report."`
}

func (c *modelCmd) Run() error {
	docs, err := train.Load(c.Data)
	if err != nil {
		return err
	}
	t := train.NewTrainer(docs, c.Work, c.Python, c.Threads, os.Stderr)
	if c.Packs {
		f, err := filter.New(filter.Options{})
		if err != nil {
			return err
		}
		t.Units = func(d *train.Doc) []model.Unit {
			units := f.Units(filter.Document{Text: d.Text})
			if d.Kind == train.Mute {
				for i := range units {
					units[i].Hits = [model.NumGroups]uint8{}
					units[i].Terms, units[i].Unknown, units[i].Joints = 0, 0, 0
				}
			}
			return units
		}
	}
	all, folds, err := t.Train(!c.Report)
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := os.WriteFile(c.Out, all, 0o644); err != nil {
			return err
		}
	}
	scores, thresholds, err := t.Scores(folds)
	if err != nil {
		return err
	}
	var whole []train.Whole
	if c.Packs {
		if whole, err = pipelines(folds); err != nil {
			return err
		}
	}
	t.Report(os.Stdout, scores, thresholds, c.Bias, whole)
	return t.Shapes(os.Stdout, folds)
}

// pipelines returns filter around the models of the folds.
func pipelines(folds [][]byte) (list []train.Whole, err error) {
	for _, data := range folds {
		m, err := model.Parse(data)
		if err != nil {
			return nil, err
		}
		f, err := filter.New(filter.Options{Model: m})
		if err != nil {
			return nil, err
		}
		list = append(list, func(d *train.Doc) (v train.Verdict) {
			line := 0
			for _, x := range f.Scan(filter.Document{Text: d.Text}).Decisions {
				// The golds of pages lack the title; as input they may have one.
				keep := x.Keep && (x.Category != filter.Title || d.Kind != train.Page && d.Kind != train.Leftover && d.Kind != train.Broken)
				at := x.Span.Start
				for piece := range strings.SplitAfterSeq(d.Text[x.Span.Start:x.Span.End], "\n") {
					if n := len(strings.TrimRightFunc(piece, unicode.IsSpace)); n > 0 {
						v.Units = append(v.Units, model.Unit{Start: at, End: at + n, Line: line})
						v.Keep = append(v.Keep, keep)
					}
					at += len(piece)
					if strings.HasSuffix(piece, "\n") {
						line++
					}
				}
			}
			return v
		})
	}
	return list, nil
}
