package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter"
)

type packsCmd struct {
	List  packsList  `cmd:"" default:"withargs" help:"List the phrases, tab-separated: language, category, rule, phrase (the default)."`
	Check packsCheck `cmd:"" help:"Check packs of your own; say what is wrong with which line."`
}

type packsList struct {
	Lang     tag        `placeholder:"TAG" help:"Only of this language."`
	Category categories `placeholder:"LIST" help:"Only of these categories."`
	Packs    string     `placeholder:"DIR" help:"The packs of DIR, not the built-in ones."`
	Count    bool       `help:"Count them by language and category."`
}

// Run lists.
func (l *packsList) Run(a *app) error {
	packs := filter.Packs()
	if l.Packs != "" {
		if _, err := os.ReadDir(l.Packs); err != nil {
			return usage("--packs: %v", err)
		}
		packs = os.DirFS(l.Packs)
	}
	phrases, err := filter.ReadPacks(packs)
	if err != nil {
		a.fail("%v", err)
	}
	wanted := map[filter.Category]bool{}
	for _, c := range l.Category {
		wanted[c] = true
	}
	type cell struct {
		lang     language.Tag
		category filter.Category
	}
	counts := map[cell]int{}
	var langs []language.Tag
	w := a.buffered()
	for _, p := range phrases {
		if l.Lang.Tag != language.Und && l.Lang.Tag != p.Lang || len(wanted) > 0 && !wanted[p.Category] {
			continue
		}
		if l.Count {
			if len(langs) == 0 || langs[len(langs)-1] != p.Lang {
				langs = append(langs, p.Lang)
			}
			counts[cell{p.Lang, p.Category}]++
			continue
		}
		mark := ""
		if p.Weak {
			mark = "~ "
		} else if p.Guard {
			mark = "! "
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s%s\n", p.Lang, p.Category, p.Rule(), mark, p.Text)
	}
	if l.Count {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, tag := range langs {
			for _, c := range filter.Categories() {
				if n := counts[cell{tag, c}]; n > 0 {
					fmt.Fprintf(t, "%s\t%s\t%d\n", tag, c, n)
				}
			}
		}
		t.Flush()
	}
	return w.Flush()
}

type packsCheck struct {
	Paths []string `arg:"" optional:"" name:"path" help:"Packs, or directories of packs; none: the built-in ones."`
}

// Run checks.
func (c *packsCheck) Run(a *app) error {
	if len(c.Paths) == 0 {
		return checkPacks(a, filter.Packs(), "packs")
	}
	for _, p := range c.Paths {
		fi, err := os.Stat(p)
		switch {
		case err != nil:
			a.fail("%s: %v", p, reason(err))
		case fi.IsDir():
			if err := checkPacks(a, os.DirFS(p), p); err != nil {
				return err
			}
		default:
			if !strings.HasSuffix(p, ".txt") {
				a.fail("%s: a pack is called by its language, such as de.txt", p)
				continue
			}
			if err := checkPacks(a, single{os.DirFS(filepath.Dir(p)), filepath.Base(p)}, filepath.Dir(p)); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkPacks says what is wrong, a line for each line that is.
func checkPacks(a *app, packs fs.FS, dir string) error {
	phrases, err := filter.ReadPacks(packs)
	if err == nil && len(phrases) == 0 {
		err = fmt.Errorf("no packs here: files named as de.txt")
	}
	if err == nil {
		files := map[string]bool{}
		for _, p := range phrases {
			files[p.Pack] = true
		}
		_, err = fmt.Fprintf(a.stdout, "%s: %d phrases in %d packs, all well\n", dir, len(phrases), len(files))
		return err
	}
	for _, e := range flatten(err) {
		var bad *filter.PackError
		switch {
		case errors.As(e, &bad) && bad.Line > 0:
			a.fail("%s:%d: %v", filepath.Join(dir, bad.Pack), bad.Line, bad.Err)
		case errors.As(e, &bad):
			a.fail("%s: %v", filepath.Join(dir, bad.Pack), bad.Err)
		default:
			a.fail("%s: %v", dir, e)
		}
	}
	return nil
}

// flatten takes joined errors apart.
func flatten(err error) (all []error) {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			all = append(all, flatten(e)...)
		}
		return all
	}
	return []error{err}
}

// single is a file system with one file of another.
type single struct {
	fs.FS
	name string
}

// Glob finds the file.
func (s single) Glob(string) ([]string, error) { return []string{s.name}, nil }
