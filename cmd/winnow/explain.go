package main

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"golang.org/x/term"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/report"
	"github.com/seed-966a822a/winnow/filter"
)

type explainCmd struct {
	filterFlags
	inputFlags
	Color string   `placeholder:"auto" enum:"auto,always,never" default:"auto" help:"auto (on a terminal, unless NO_COLOR is set), always or never."`
	Paths []string `arg:"" optional:"" name:"path" help:"Files and directories; none: standard input."`
}

// Run explains.
func (x *explainCmd) Run(a *app) error {
	f, err := x.filter()
	if err != nil {
		return err
	}
	eye, width := isTerminal(a.stdout), 100
	if out, ok := a.stdout.(*os.File); ok && eye {
		if w, _, err := term.GetSize(int(out.Fd())); err == nil && w > 0 {
			width = w
		}
	}
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && columns > 40 && !isTerminal(a.stdout) {
		width = columns
	}
	e := report.Explainer{
		W:     a.buffered(),
		Eye:   eye || x.Color == "always",
		Color: x.Color == "always" || x.Color == "auto" && eye && os.Getenv("NO_COLOR") == "",
		Width: min(width, 140), // a line should not be too long to read
	}
	err = documents(a, x.Paths, &x.inputFlags, func(name string, rec format.Record, doc filter.Document) error {
		doc.Lang = x.Lang.Tag
		e.Document(name, f.Scan(doc))
		return e.W.Flush()
	})
	if err != nil {
		return err
	}
	return e.W.Flush()
}

// documents reads the documents of all paths, one after another. The name of
// a document is empty when there is only one input with one document.
func documents(a *app, paths []string, flags *inputFlags, use func(name string, rec format.Record, doc filter.Document) error) error {
	if err := flags.parse(); err != nil {
		return err
	}
	files := []batch.File{{}}
	if len(paths) > 0 {
		files = batch.Walk(paths, batch.Select{})
	}
	for _, f := range files {
		if err := documentsOf(a, f, called(f.Path), len(files) > 1, flags, use); err != nil {
			return err
		}
	}
	return nil
}

func documentsOf(a *app, f batch.File, name string, many bool, flags *inputFlags, use func(string, format.Record, filter.Document) error) error {
	if f.Err != nil {
		a.fail("%s: %v", name, f.Err)
		return nil
	}
	in, err := format.Open(f.Path, flags.open)
	if err != nil {
		a.fail("%s: %v", name, reason(err))
		return nil
	}
	defer in.Close()
	return documentsIn(a, in, name, many, flags, use)
}

func documentsIn(a *app, in *format.Input, name string, many bool, flags *inputFlags, use func(string, format.Record, filter.Document) error) error {
	records, err := in.Records(flags.options)
	for err == nil {
		var rec format.Record
		if rec, err = records.Read(); err != nil {
			break
		}
		if long, ok := rec.(*format.Long); ok {
			a.fail("%s: %v: longer than --max-record", name, long.At)
			if err = long.Stream(io.Discard); err != nil {
				break
			}
			continue
		}
		doc, derr := rec.Document()
		if derr != nil {
			if derr != format.ErrPass {
				a.fail("%s: %v", name, derr)
			}
			continue
		}
		title := ""
		switch {
		case in.Format != format.Text && doc.ID != "":
			title = fmt.Sprintf("%s record %d %s", name, rec.Where().N, doc.ID)
		case in.Format != format.Text:
			title = fmt.Sprintf("%s record %d", name, rec.Where().N)
		case many:
			title = name
		}
		if uerr := use(title, rec, doc); uerr != nil {
			return uerr
		}
	}
	if err != io.EOF {
		a.fail("%s: %v", name, reason(err))
	}
	return nil
}
