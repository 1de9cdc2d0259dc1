package batch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// A File is one input.
type File struct {
	Path    string // to open
	Rel     string // in the output tree, with slashes
	Size    int64
	ModTime time.Time
	Err     error // why it cannot be read
}

// Select says which files of a directory to take: patterns as of path.Match,
// for the name, or, with a slash in them, for the path below the directory.
type Select struct{ Include, Exclude []string }

// Check returns an error for a pattern that is none.
func (s Select) Check() error {
	for _, p := range append(s.Include, s.Exclude...) {
		if _, err := path.Match(p, ""); err != nil {
			return fmt.Errorf("bad pattern %q: [ needs a ]", p)
		}
	}
	return nil
}

func (s Select) takes(rel string) bool {
	any := func(patterns []string) bool {
		for _, p := range patterns {
			name := path.Base(rel)
			if strings.Contains(p, "/") {
				name = rel
			}
			if ok, _ := path.Match(p, name); ok {
				return true
			}
		}
		return false
	}
	return (len(s.Include) == 0 || any(s.Include)) && !any(s.Exclude)
}

// Walk lists the files that paths name, those of a directory in the order of
// their names. What cannot be read is listed too, with its error.
func Walk(paths []string, s Select) []File {
	var files []File
	for _, root := range paths {
		fi, err := os.Stat(root)
		if err == nil && fi.IsDir() {
			files = append(files, walk(root, s)...)
			continue
		}
		f := File{Path: root, Rel: filepath.Base(root), Err: reason(err)}
		if err == nil {
			f.Size, f.ModTime = fi.Size(), fi.ModTime()
		}
		files = append(files, f)
	}
	return files
}

func walk(root string, s Select) (files []File) {
	real, err := filepath.EvalSymlinks(root)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return []File{{Path: root, Rel: ".", Err: reason(err)}}
	}
	filepath.WalkDir(real, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(real, p)
		f := File{Path: filepath.Join(root, rel), Rel: filepath.ToSlash(rel)}
		switch {
		case err != nil:
			f.Err = reason(err)
		case d.IsDir():
			if d.Name() == StateDir {
				return fs.SkipDir
			}
			return nil
		case !s.takes(f.Rel):
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			target, err := filepath.EvalSymlinks(p)
			if err != nil {
				f.Err = errors.New("a symbolic link to nothing: skipped")
				break
			}
			if !Within(real, target) {
				f.Err = fmt.Errorf("a symbolic link out of the directory, to %s: skipped", target)
				break
			}
			fi, err := os.Stat(target)
			if err == nil && fi.IsDir() {
				return nil // its files are done where they are
			}
			f.Err = reason(err)
			if err == nil {
				f.Size, f.ModTime = fi.Size(), fi.ModTime()
			}
		case !d.Type().IsRegular():
			f.Err = errors.New("not a regular file: skipped")
		default:
			fi, err := d.Info()
			if f.Err = reason(err); err == nil {
				f.Size, f.ModTime = fi.Size(), fi.ModTime()
			}
		}
		files = append(files, f)
		return nil
	})
	return files
}

// StateDir is where a run keeps its notes, in the output directory.
const StateDir = ".winnow"

// Within reports whether path is dir or below it; both are clean and real.
func Within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// reason takes the path out of an error, as messages begin with it.
func reason(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
