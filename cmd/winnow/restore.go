package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
)

type restoreCmd struct {
	Format    string `placeholder:"NAME" help:"${formats}. Default: from the file's name or first bytes."`
	TextField string `default:"text" placeholder:"NAME" help:"The field or column that holds the text (${default})."`
	Out       string `short:"o" placeholder:"DIR" help:"Where to write the files of a cleaned directory."`
	File      string `placeholder:"NAME" help:"Which file of REMOVED the cleaned one is, when its name does not tell."`

	Cleaned string `arg:"" help:"What winnow wrote: a file, - or a directory."`
	Removed string `arg:"" help:"What winnow --removed wrote."`
}

// Help says more.
func (*restoreCmd) Help() string {
	return "What was compressed is compressed anew, and Parquet is written anew, so their files may differ in bytes; what is in them does not."
}

// Run restores. It holds the rows of one file at a time in step with the
// file's records, so it needs no memory for either.
func (r *restoreCmd) Run(a *app) error {
	in := inputFlags{Format: r.Format, TextField: r.TextField}
	if err := in.parse(); err != nil {
		return err
	}
	index, err := indexRows(r.Removed)
	if err != nil {
		return err
	}
	if r.Cleaned == "-" {
		r.Cleaned = ""
	} else if fi, err := os.Stat(r.Cleaned); err == nil && fi.IsDir() {
		return r.tree(a, in, index)
	}
	name, err := r.find(r.Cleaned, index)
	if err != nil {
		return err
	}
	out := a.buffered()
	if err := r.one(r.Cleaned, name, in, index, out); err != nil {
		return fmt.Errorf("%s: %w", called(r.Cleaned), reason(err))
	}
	return out.Flush()
}

// tree restores a directory.
func (r *restoreCmd) tree(a *app, in inputFlags, index rowIndex) error {
	if r.Out == "" {
		return usage("%s is a directory: say where the restored files go, with -o DIR", r.Cleaned)
	}
	if err := apart(r.Cleaned, r.Out); err != nil {
		return err
	}
	out, err := batch.OpenOutput(r.Out, batch.StateDir)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Out, reason(err))
	}
	defer out.Close()
	for _, f := range batch.Walk([]string{r.Cleaned}, batch.Select{}) {
		err := f.Err
		if err == nil {
			err = r.file(f, in, index, out)
		}
		if err != nil {
			a.fail("%s: %v", called(f.Path), reason(err))
		}
		delete(index, format.Name(f.Rel))
	}
	for _, name := range slices.Sorted(maps.Keys(index)) {
		a.fail("%s: has text of %s, which is not in %s", r.Removed, called(string(name)), r.Cleaned)
	}
	return nil
}

func (r *restoreCmd) file(f batch.File, in inputFlags, index rowIndex, out *batch.Output) error {
	pending, err := out.Create(f.Rel)
	if err != nil {
		return err
	}
	defer pending.Cleanup()
	w := bufio.NewWriter(pending)
	if err := r.one(f.Path, f.Rel, in, index, w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return pending.CloseAtomicallyReplace()
}

// one restores one file, which is called name in the rows.
func (r *restoreCmd) one(path, name string, flags inputFlags, index rowIndex, w io.Writer) error {
	if flags.open.Format == nil {
		flags.open.Format = format.ByPath(name) // the input's name tells more than the output's
	}
	in, err := format.Open(path, flags.open)
	if err != nil {
		return err
	}
	defer in.Close()
	rows, err := openRows(r.Removed, format.Name(name), index)
	if err != nil {
		return err
	}
	defer rows.Close()
	records, err := in.Records(flags.options)
	if err != nil {
		return err
	}
	plain := in.Compression.Writer(w)
	if in.Format.Members {
		plain = format.None.Writer(w) // each record is compressed by itself
	}
	var rowWriter format.RowWriter
	if in.Format.Rows != nil {
		if rowWriter, err = in.Format.Rows(w, records); err != nil {
			return err
		}
	}
	row, err := rows.next()
	for {
		if err != nil {
			return err
		}
		rec, rerr := records.Read()
		if rerr == io.EOF {
			break
		} else if rerr != nil {
			return rerr
		}
		if long, ok := rec.(*format.Long); ok {
			if err := long.Stream(plain); err != nil {
				return err
			}
			continue
		}
		back := rec.Append(nil)
		if row != nil && row.Record == rec.Where().N {
			if back, err = rec.Restore(*row); err != nil {
				return fmt.Errorf("%v: %w", rec.Where(), err)
			}
			row, err = rows.next()
		}
		if in.Format.Members {
			back = in.Compression.Compress(back)
		}
		if rowWriter != nil {
			if werr := rowWriter.Write(rec); werr != nil {
				return werr
			}
		} else if _, werr := plain.Write(back); werr != nil {
			return werr
		}
	}
	if row != nil {
		return fmt.Errorf("%s has text for record %d, which is not there: %w", r.Removed, row.Record, format.ErrMismatch)
	}
	if rowWriter != nil {
		return rowWriter.Close()
	}
	return plain.Close()
}

// find says what the rows call the cleaned file: by --file, by its name, or
// because they know only one.
func (r *restoreCmd) find(cleaned string, index rowIndex) (string, error) {
	if r.File != "" {
		return r.File, nil
	}
	slashed := "/" + filepath.ToSlash(cleaned)
	some := ""
	for name := range index {
		if some = string(name); strings.HasSuffix(slashed, "/"+some) || len(index) == 1 {
			return some, nil
		}
	}
	if len(index) == 0 {
		return "", nil
	}
	return "", fmt.Errorf("%s has text of %d files, none of them called %s: name one with --file, such as %s", r.Removed, len(index), cleaned, some)
}

// A rowIndex says at which byte the rows of a file begin; they stand together.
type rowIndex map[format.Name]int64

func indexRows(path string) (rowIndex, error) {
	index, at, last := rowIndex{}, int64(0), format.Name("\x00")
	in, err := format.Open(path, format.OpenOptions{Format: format.Text})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, reason(err))
	}
	defer in.Close()
	for n := 1; ; n++ {
		line, err := in.Bytes().ReadBytes('\n')
		if len(line) == 0 {
			if err == io.EOF {
				return index, nil
			}
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		var row struct{ File format.Name }
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, fmt.Errorf("%s: line %d: not a row of removed text: %w", path, n, err)
		}
		if row.File != last {
			index[row.File], last = at, row.File
		}
		at += int64(len(line))
	}
}

// removedRows reads the rows of one file.
type removedRows struct {
	in   *format.Input
	path string
	name format.Name
}

func openRows(path string, name format.Name, index rowIndex) (*removedRows, error) {
	at, ok := index[name]
	if !ok {
		return &removedRows{}, nil
	}
	in, err := format.Open(path, format.OpenOptions{Format: format.Text})
	if err == nil {
		err = in.Skip(at)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, reason(err))
	}
	return &removedRows{in, path, name}, nil
}

func (rows *removedRows) Close() error {
	if rows.in == nil {
		return nil
	}
	return rows.in.Close()
}

// next returns nil after the last row.
func (rows *removedRows) next() (*format.Removal, error) {
	if rows.in == nil {
		return nil, nil
	}
	line, err := rows.in.Bytes().ReadBytes('\n')
	if len(line) == 0 {
		if err == io.EOF {
			err = nil
		}
		return nil, err
	}
	row := new(format.Removal)
	if err := json.Unmarshal(line, row); err != nil {
		return nil, fmt.Errorf("%s: not a row of removed text: %w", rows.path, err)
	}
	if row.File != rows.name {
		return nil, nil
	}
	return row, nil
}
