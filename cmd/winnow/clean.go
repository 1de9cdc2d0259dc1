package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/report"
	"github.com/seed-966a822a/winnow/filter"
)

type cleanCmd struct {
	filterFlags
	inputFlags
	Out      string `short:"o" placeholder:"DIR" help:"Write a tree of the inputs' names to DIR. A run that was killed goes on where it stopped."`
	Jobs     int    `short:"j" placeholder:"N" help:"Work on N things at a time (${jobs})."`
	Removed  string `placeholder:"FILE" help:"Write what was removed to FILE, enough for winnow restore."`
	Annotate bool   `help:"Add a field winnow to JSONL records: language, title, byline, removed spans."`
	Emit     string `enum:",text,jsonl,attributes" default:"" placeholder:"WHAT" help:"Write not the input's format but text, jsonl (id, url, lang, title, byline, text) or attributes (Dolma's)."`

	Include []string `placeholder:"GLOB" help:"Of a directory, take only files of such names: *.jsonl, sub/*.txt, **/2024/**; as in .gitignore."`
	Exclude []string `placeholder:"GLOB" help:"Of a directory, leave out files of such names."`
	Shard   shard    `placeholder:"I/N" help:"Take only the I-th of N parts of the files."`
	DryRun  bool     `help:"Say what would be done, and do nothing."`
	Force   bool     `help:"Do all files again, also those that are done, and those of other options."`
	Verify  bool     `help:"Know done files by their content, not by size and time."`

	Stats        string  `placeholder:"FILE" help:"Write counts to FILE, as JSON."`
	Report       string  `placeholder:"FILE" help:"Write a page to look at, FILE.html: what was removed, by category, language and rule, and a sample of documents."`
	ReportSample int     `default:"200" placeholder:"N" help:"Documents in the report (${default})."`
	WarnRemoved  float64 `placeholder:"SHARE" help:"Name documents that lose more than this, such as 0.9."`
	Quiet        bool    `short:"q" help:"No progress and no summary."`
	Verbose      bool    `short:"v" help:"Print a summary, also when not on a terminal, and all messages of every file."`

	Paths []string `arg:"" optional:"" name:"path" help:"Files, directories and globs; none: standard input."`
}

// Run cleans.
func (c *cleanCmd) Run(a *app) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	files, err := c.files()
	if err != nil {
		return err
	}
	if err := c.checkSides(files); err != nil {
		return err
	}
	if c.DryRun {
		return c.dryRun(a, files)
	}
	f, err := c.filter()
	if err != nil {
		return err
	}
	w := newCleaner(a, c, f, len(files))
	if c.Out != "" {
		if w.state, err = batch.OpenState(filepath.Join(c.Out, c.notes()), c.key(), c.Force); err != nil {
			return fmt.Errorf("%s: %w", c.Out, reason(err))
		}
		defer w.state.Close()
		if w.out, err = batch.OpenOutput(c.Out, c.notes()); err != nil {
			return fmt.Errorf("%s: %w", c.Out, reason(err))
		}
		defer w.out.Close()
	}
	var removed sideFile // written as it comes, or from the state at the end
	switch {
	case c.Removed != "" && w.state != nil:
		w.removed = named{w.state.Store, w.state.Store.Name()}
	case c.Removed != "":
		if removed, err = createSide(c.Removed); err != nil {
			return err
		}
		defer removed.Cleanup()
		w.removed = named{removed, c.Removed}
	}
	if len(c.Paths) == 0 && isTerminal(a.stdin) {
		a.say("reading from the terminal; Ctrl-D ends the text, winnow --help says more")
	}
	if len(files) == 0 {
		a.say("no files to clean here")
	}
	defer w.watch(files, removed)()
	batch.InTurn(min(c.Jobs, max(len(files), 1)), w.until(slices.Values(files)), w.file)
	w.progress.end()
	if err := w.stopped(); err != nil {
		if err == errInterrupted {
			a.say("stopped after %d of %d files; run the same command again to go on", w.stats.Files, len(files))
		} else if w.state != nil {
			err = fmt.Errorf("%w; stopped after %d of %d files, the same command goes on from there", err, w.stats.Files-w.stats.Failed, len(files))
		}
		return err
	}
	if w.state != nil {
		err = writeSide(c.Removed, func(to io.Writer) error { return w.state.CopyRemoved(to, files) })
	} else if removed != nil {
		err = removed.CloseAtomicallyReplace()
	}
	w.complete(files)
	return errors.Join(err, w.report())
}

// check looks at flags.
func (c *cleanCmd) check() error {
	if err := c.parse(); err != nil {
		return err
	}
	switch {
	case c.Jobs < 0:
		return usage("-j %d: it can be 1 or more", c.Jobs)
	case c.WarnRemoved < 0 || c.WarnRemoved > 1:
		return usage("--warn-removed %v: it is a share, from 0 to 1", c.WarnRemoved)
	case c.ReportSample < 0:
		return usage("--report-sample %d: it can be 0 or more", c.ReportSample)
	case c.Emit != "" && c.Annotate:
		return usage("--annotate adds to the records of the input, --emit writes others: use one of them")
	case c.Out == "" && (c.DryRun || c.Verify):
		return usage("--dry-run and --verify need -o DIR")
	}
	if c.Jobs == 0 {
		c.Jobs = runtime.GOMAXPROCS(0)
	}
	return nil
}

// notes names the directory, below the output directory, that a run keeps to
// itself; shards may run side by side.
func (c *cleanCmd) notes() string {
	if c.Shard.n > 0 {
		return filepath.Join(batch.StateDir, fmt.Sprintf("shard-%d-of-%d", c.Shard.i, c.Shard.n))
	}
	return batch.StateDir
}

// key is all that outputs depend on, beside inputs.
func (c *cleanCmd) key() string {
	key := version()
	with := func(flag, value string) {
		if value != "" {
			key += " --" + flag + " " + value
		}
	}
	with("mode", [...]string{"", "precision", "recall"}[c.Mode])
	with("keep", c.Keep.String())
	with("drop", c.Drop.String())
	if c.Lang.Tag != language.Und {
		with("lang", c.Lang.String())
	}
	with("format", c.Format)
	with("text-field", c.TextField)
	with("id-field", c.IDField)
	with("encoding", c.Encoding)
	with("emit", c.Emit)
	with("max-record", fmt.Sprint(c.MaxRecord))
	key += fmt.Sprintf(" %v", c.detectorFlags)
	if c.Annotate {
		key += " --annotate"
	}
	if c.Removed != "" {
		key += " --removed"
	}
	if c.Packs != "" {
		h := xxhash.New()
		for _, f := range batch.Walk([]string{c.Packs}, batch.Select{}) {
			hash, _ := batch.Hash(f.Path)
			fmt.Fprintln(h, f.Rel, hash)
		}
		with("packs", fmt.Sprintf("%016x", h.Sum64()))
	}
	if c.Model != "" {
		hash, _ := batch.Hash(c.Model)
		with("model", hash)
	}
	return key
}

// dryRun says what would be done.
func (c *cleanCmd) dryRun(a *app, files []batch.File) error {
	state, err := batch.PeekState(filepath.Join(c.Out, c.notes()), c.key(), c.Force)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Out, reason(err))
	}
	w := a.buffered()
	for _, f := range files {
		if f.Err != nil {
			a.fail("%s: %v", called(f.Path), f.Err)
			continue
		}
		to, hash, note := filepath.Join(c.Out, filepath.FromSlash(c.emitted(f.Rel))), "", ""
		if c.Verify {
			hash, _ = batch.Hash(f.Path)
		}
		if _, done := state.Done(f, to, hash); done {
			note = ", done already"
		}
		fmt.Fprintf(w, "%s -> %s (%s, %s%s)\n", called(f.Path), called(to), c.formatOf(f).Name, report.Size(f.Size), note)
	}
	return w.Flush()
}

// files lists the inputs and refuses what cannot end well.
func (c *cleanCmd) files() ([]batch.File, error) {
	sel := batch.Select{Include: c.Include, Exclude: c.Exclude}
	if err := sel.Check(); err != nil {
		return nil, usageError{err}
	}
	if len(c.Paths) == 0 {
		if c.Out != "" {
			return nil, usage("-o needs paths: standard input has no name to write to")
		}
		return []batch.File{{}}, nil
	}
	for _, p := range c.Paths {
		fi, err := os.Stat(p)
		switch {
		case err != nil:
			if !strings.ContainsAny(p, `./\`) {
				if like := nearest(p, []string{"clean", "explain", "lang", "eval", "restore", "packs", "stats", "version"}); strings.HasPrefix(like, ", did") {
					return nil, usage("no command and no file %q%s", p, like)
				}
			}
		case fi.IsDir() && c.Out == "":
			return nil, usage("%s is a directory: say where the cleaned files go, with -o DIR", p)
		case fi.IsDir():
			if err := apart(p, c.Out); err != nil {
				return nil, err
			}
		}
	}
	files := batch.Walk(c.Paths, sel)
	files = slices.DeleteFunc(files, func(f batch.File) bool { return !batch.Shard(f, c.Shard.i, c.Shard.n) })
	if c.Out == "" {
		return files, c.joinable(files)
	}
	seen := map[string]string{}
	for _, f := range files {
		if f.Err != nil {
			continue
		}
		rel := c.emitted(f.Rel)
		if before, twice := seen[rel]; twice {
			return nil, usage("%s and %s would both become %s: clean them into directories of their own", before, f.Path, filepath.Join(c.Out, rel))
		}
		seen[rel] = f.Path
		if in, err := os.Stat(f.Path); err == nil {
			if out, err := os.Stat(filepath.Join(c.Out, rel)); err == nil && os.SameFile(in, out) {
				return nil, usage("%s would be overwritten by its own output: choose another -o", f.Path)
			}
		}
	}
	return files, nil
}

// apart refuses an output directory inside of an input directory, where a
// second run would clean the first one's output, and the other way round,
// where the output may overwrite the input.
func apart(in, out string) error {
	in, out = real(in), real(out)
	if batch.Within(in, out) {
		return usage("the output directory %s lies inside of the input directory %s: choose one outside", out, in)
	}
	if batch.Within(out, in) {
		return usage("the input directory %s lies inside of the output directory %s: choose another", in, out)
	}
	return nil
}

// real resolves links in the part of a path that exists.
func real(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if r, err := filepath.EvalSymlinks(abs); err == nil {
		return r
	}
	dir, base := filepath.Split(abs)
	if dir == abs {
		return abs
	}
	return filepath.Join(real(filepath.Clean(dir)), base)
}

// joinable says whether the outputs can follow one another on standard output.
func (c *cleanCmd) joinable(files []batch.File) error {
	if len(files) < 2 {
		return nil
	}
	first := c.formatOf(files[0])
	for _, f := range files {
		switch kind := c.formatOf(f); {
		case kind != first:
			return usage("%s is %s but %s is %s: they cannot share standard output, give -o DIR", files[0].Path, first.Name, f.Path, kind.Name)
		case kind != format.Text && !kind.Joins:
			return usage("several %s files cannot share standard output: give -o DIR", kind.Name)
		}
	}
	return nil
}

func (c *cleanCmd) formatOf(f batch.File) *format.Format {
	if c.open.Format != nil {
		return c.open.Format
	}
	if named := format.ByPath(f.Path); named != nil {
		return named
	}
	return format.Text
}

// newCleaner prepares to clean n files.
func newCleaner(a *app, c *cleanCmd, f *filter.Filter, n int) *cleaner {
	w := &cleaner{
		app: a, cmd: c, filter: f,
		slots:  make(chan struct{}, c.Jobs),
		ahead:  2*c.Jobs/min(c.Jobs, max(n, 1)) + 1,
		headed: n > 1 && c.Out == "",
		stdout: named{a.stdout, "standard output"},
	}
	w.sample.Most = c.ReportSample
	w.stderr = barred{&w.progress, a.stderr}
	return w
}
