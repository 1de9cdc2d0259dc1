package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/filter"
	"github.com/seed-966a822a/winnow/lang"
)

type langCmd struct {
	detectorFlags
	inputFlags
	Paths []string `arg:"" optional:"" name:"path" help:"Files and directories; none: standard input."`
}

// Run says the language of every line, or of every record.
func (l *langCmd) Run(a *app) error {
	if err := l.parse(); err != nil {
		return err
	}
	files := []batch.File{{}}
	if len(l.Paths) > 0 {
		files = batch.Walk(l.Paths, batch.Select{})
	}
	l.options.MaxRecord = 0 // every record goes through memory here
	detector := l.detector()
	w := a.buffered()
	for _, f := range files {
		name := called(f.Path)
		if err := f.Err; err != nil {
			a.fail("%s: %v", name, err)
			continue
		}
		in, err := format.Open(f.Path, l.open)
		if err != nil {
			a.fail("%s: %v", name, reason(err))
			continue
		}
		if in.Format.Name == "jsonl" {
			err = l.records(a, name, in, detector, w)
		} else {
			err = documentsIn(a, in, name, len(files) > 1, &l.inputFlags, func(title string, _ format.Record, doc filter.Document) error {
				if title != "" {
					fmt.Fprintf(w, "==> %s <==\n", title)
				}
				for line := range strings.Lines(doc.Text) {
					g := detector.Detect(line)
					if _, err := fmt.Fprintf(w, "%s\t%.2f\t%s\n", g.Tag, g.Margin, strings.TrimRight(line, "\r\n")); err != nil {
						return err
					}
				}
				return nil
			})
		}
		in.Close()
		if err != nil {
			return err
		}
	}
	return w.Flush()
}

// records adds the fields lang and lang_margin to every record.
func (l *langCmd) records(a *app, name string, in *format.Input, d lang.Detector, w io.Writer) error {
	records, err := in.Records(l.options)
	if err != nil {
		a.fail("%s: %v", name, reason(err))
		return nil
	}
	type done struct {
		out []byte
		err error
	}
	var write error
	err = batch.Ordered(4*runtime.GOMAXPROCS(0), records.Read, func(rec format.Record) done {
		doc, err := rec.Document()
		if err == nil {
			g := d.Detect(doc.Text)
			object := rec.(format.Object)
			object.Set("lang", fmt.Appendf(nil, "%q", g.Tag))
			object.Set("lang_margin", fmt.Appendf(nil, "%.2f", g.Margin))
		}
		return done{rec.Append(nil), err}
	}, func(d done) error {
		if d.err != nil && d.err != format.ErrPass {
			a.fail("%s: %v", name, d.err)
		}
		_, write = w.Write(d.out)
		return write
	})
	if err != nil && write == nil {
		a.fail("%s: %v", name, reason(err))
	}
	return write
}
