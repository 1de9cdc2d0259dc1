package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/alecthomas/kong"
	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/filter"
	"github.com/seed-966a822a/winnow/filter/model"
)

// filterFlags choose what is removed.
type filterFlags struct {
	detectorFlags
	Mode  mode       `placeholder:"balanced" help:"precision (remove what is certain), balanced, or recall (remove what is likely)."`
	Keep  categories `placeholder:"LIST" help:"Categories to keep too, such as byline,credit."`
	Drop  categories `placeholder:"LIST" help:"Categories to drop too, such as title."`
	Packs string     `placeholder:"DIR" help:"More phrases: a directory of files named as de.txt."`
	Model string     `placeholder:"FILE" help:"Another block model, as winnow-train makes it."`
	Lang  tag        `placeholder:"TAG" help:"The documents' language, if known."`
}

func (f *filterFlags) filter() (*filter.Filter, error) {
	o := filter.Options{Detector: f.detector(), Mode: filter.Mode(f.Mode), Keep: f.Keep, Drop: f.Drop}
	if f.Packs != "" {
		if _, err := os.ReadDir(f.Packs); err != nil {
			return nil, usage("--packs: %v", err)
		}
		o.Packs = os.DirFS(f.Packs)
	}
	if f.Model != "" {
		data, err := os.ReadFile(f.Model)
		if err != nil {
			return nil, usage("--model: %v", err)
		}
		if o.Model, err = model.Parse(data); err != nil {
			return nil, usage("--model %s: %v; winnow-train model makes one", f.Model, err)
		}
	}
	made, err := filter.New(o)
	if err != nil {
		return nil, usageError{err}
	}
	return made, nil
}

// inputFlags choose how inputs are read.
type inputFlags struct {
	Format    string `placeholder:"NAME" help:"${formats}. Default: from the file's name or first bytes."`
	TextField string `default:"text" placeholder:"NAME" help:"The field or column that holds the text (${default})."`
	IDField   string `name:"id-field" default:"id" placeholder:"NAME" help:"The field that names a record (${default})."`
	Encoding  string `placeholder:"NAME" help:"Of text files that are not UTF-8, such as gbk or windows-1252. They come out as UTF-8."`

	MaxRecord       size `default:"32MB" placeholder:"SIZE" help:"Pass longer records through as they are (${default}); a record takes ten times its size in memory."`
	MaxDecompressed size `default:"100GB" placeholder:"SIZE" help:"Give up on a compressed file that gets bigger than this (${default})."`

	options format.Options
	open    format.OpenOptions
}

// parse checks the flags.
func (f *inputFlags) parse() error {
	if f.Format != "" {
		if f.open.Format = format.ByName(strings.ToLower(f.Format)); f.open.Format == nil {
			return usage("unknown format %q%s", f.Format, nearest(f.Format, format.Names()))
		}
	}
	f.open.MaxDecompressed = int64(f.MaxDecompressed)
	f.options = format.Options{TextField: f.TextField, IDField: f.IDField, MaxRecord: int64(f.MaxRecord)}
	if f.Encoding != "" {
		name, err := format.CheckEncoding(f.Encoding)
		if err != nil {
			return usageError{err}
		}
		f.options.Encoding = name
	}
	return nil
}

type categories []filter.Category

// Decode reads a list with commas.
func (c *categories) Decode(ctx *kong.DecodeContext) error {
	var list string
	if err := ctx.Scan.PopValueInto("list", &list); err != nil {
		return err
	}
	for name := range strings.SplitSeq(list, ",") {
		category, err := filter.ParseCategory(strings.TrimSpace(name))
		if err != nil {
			return fmt.Errorf("%v%s", err, nearest(name, categoryNames()))
		}
		*c = append(*c, category)
	}
	return nil
}

// String lists them, sorted, as their order means nothing.
func (c categories) String() string {
	var names []string
	for _, category := range c {
		names = append(names, category.String())
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ",")
}

func categoryNames() (names []string) {
	for _, c := range filter.Categories() {
		names = append(names, c.String())
	}
	return names
}

type mode filter.Mode

// Decode reads a mode's name.
func (m *mode) Decode(ctx *kong.DecodeContext) error {
	var name string
	if err := ctx.Scan.PopValueInto("mode", &name); err != nil {
		return err
	}
	modes := []string{"balanced", "precision", "recall"} // as filter numbers them
	for i, known := range modes {
		if strings.EqualFold(name, known) {
			*m = mode(i)
			return nil
		}
	}
	return fmt.Errorf("unknown mode %q%s", name, nearest(name, modes))
}

type tag struct{ language.Tag }

// Decode reads a BCP 47 language tag.
func (t *tag) Decode(ctx *kong.DecodeContext) (err error) {
	var name string
	if err := ctx.Scan.PopValueInto("tag", &name); err != nil {
		return err
	}
	if t.Tag, err = language.Parse(name); err != nil {
		return fmt.Errorf("%q is no language tag, such as de, zh or pt-BR", name)
	}
	return nil
}

type size int64

// Decode reads a number of bytes with a unit, as in 256MB.
func (s *size) Decode(ctx *kong.DecodeContext) error {
	var text string
	if err := ctx.Scan.PopValueInto("size", &text); err != nil {
		return err
	}
	n, err := parseSize(text)
	*s = size(n)
	return err
}

func parseSize(text string) (int64, error) {
	number := strings.TrimRight(strings.ToUpper(text), "BIKMGT")
	unit := strings.TrimRight(strings.ToUpper(text)[len(number):], "IB")
	factor, ok := map[string]float64{"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}[unit]
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !ok || n < 0 || n*factor > 1<<60 {
		return 0, fmt.Errorf("%q is no size, such as 256MB or 2GB", text)
	}
	return int64(n * factor), nil
}

type shard struct{ i, n int }

// Decode reads 3/8.
func (s *shard) Decode(ctx *kong.DecodeContext) error {
	var text string
	if err := ctx.Scan.PopValueInto("shard", &text); err != nil {
		return err
	}
	if n, err := fmt.Sscanf(text, "%d/%d", &s.i, &s.n); n != 2 || err != nil || s.i < 1 || s.i > s.n {
		return fmt.Errorf("%q is no shard, such as 3/8", text)
	}
	return nil
}

// nearest returns ", did you mean …?" for the name that is most like s, "" if
// none is.
func nearest(s string, names []string) string {
	best, most := "", 0.6 // of its length must be different at most .4
	for _, name := range names {
		longest := float64(max(len(s), len(name)))
		if like := 1 - float64(distance(strings.ToLower(s), name))/longest; like >= most {
			best, most = name, like
		}
	}
	if best == "" {
		return ": it can be " + strings.Join(names, ", ")
	}
	return fmt.Sprintf(", did you mean %q?", best)
}

// distance counts the letters to change, add, drop or swap.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
		for j := range rows[0] {
			if i == 0 {
				rows[0][j] = j
			} else if j > 0 {
				differ := 1
				if a[i-1] == b[j-1] {
					differ = 0
				}
				rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+differ)
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
				}
			}
		}
	}
	return rows[len(a)][len(b)]
}

func formatNames() string { return strings.Join(format.Names(), ", ") }

func jobs() string { return strconv.Itoa(runtime.GOMAXPROCS(0)) }

// called is what messages call an input. A name that could break a message,
// or give orders to a terminal, is quoted.
func called(path string) string {
	switch {
	case path == "":
		return "standard input"
	case strings.ContainsFunc(path, unicode.IsControl):
		return strconv.Quote(path)
	}
	return path
}

// reason takes the path out of an error, as messages begin with it.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
