package batch

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
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

// Select says which files of a directory to take: patterns as in .gitignore.
// One without a slash is for names at any depth, one with a slash for paths
// below the directory; ** stands for any directories; what matches a directory
// matches all that is in it, and with a slash at its end only directories.
type Select struct{ Include, Exclude []string }

// Check returns an error for a pattern that is none.
func (s Select) Check() error {
	for _, p := range slices.Concat(s.Include, s.Exclude) {
		if _, err := path.Match(p, ""); err != nil {
			return fmt.Errorf("bad pattern %q: [ needs a ], and \\ something after it", p)
		}
	}
	return nil
}

func (s Select) takes(rel string) bool {
	return (len(s.Include) == 0 || matchAny(s.Include, rel, false)) && !s.leaves(rel, false)
}

// leaves reports whether a file or a directory is left out.
func (s Select) leaves(rel string, dir bool) bool { return matchAny(s.Exclude, rel, dir) }

// matchAny reports whether a pattern matches a path, or a directory in it.
func matchAny(patterns []string, rel string, dir bool) bool {
	parts := strings.Split(rel, "/")
	for _, p := range patterns {
		p, dirs := strings.CutSuffix(p, "/")
		anchored := strings.Contains(p, "/")
		pattern := strings.Split(strings.TrimPrefix(p, "/"), "/")
		for i := range parts {
			from := i
			if anchored {
				from = 0
			}
			if (!dirs || dir || i < len(parts)-1) && match(pattern, parts[from:i+1]) {
				return true
			}
		}
	}
	return false
}

func match(pattern, parts []string) bool {
	switch {
	case len(pattern) == 0:
		return len(parts) == 0
	case pattern[0] == "**":
		return match(pattern[1:], parts) || len(parts) > 0 && match(pattern, parts[1:])
	case len(parts) == 0:
		return false
	}
	ok, _ := path.Match(pattern[0], parts[0])
	return ok && match(pattern[1:], parts[1:])
}

// Walk lists the files that paths name, those of a directory in the order of
// their names. A path may be a pattern that the shell has left as it is. What
// cannot be read is listed too, with its error.
func Walk(paths []string, s Select) []File {
	var files []File
	for _, root := range paths {
		fi, err := os.Stat(root)
		if errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(root, magic) {
			files = append(files, glob(root, s.Exclude)...)
			continue
		}
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

const magic = "*?["

// glob lists the files of a pattern. Their names in the output tree begin
// where the pattern does.
func glob(pattern string, exclude []string) []File {
	slashed := filepath.ToSlash(pattern)
	at := strings.LastIndex(slashed[:strings.IndexAny(slashed, magic)], "/") + 1
	s := Select{Include: []string{"/" + slashed[at:]}, Exclude: exclude}
	err := s.Check()
	if err == nil {
		var files []File
		for _, f := range walk(cmp.Or(filepath.FromSlash(slashed[:at]), "."), s) {
			if f.Err == nil || s.takes(f.Rel) || f.Rel == "." {
				files = append(files, f)
			}
		}
		if len(files) > 0 {
			return files
		}
		err = errors.New("no file has such a name")
	}
	return []File{{Path: pattern, Rel: filepath.Base(pattern), Err: err}}
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
			if d.Name() == StateDir || rel != "." && s.leaves(f.Rel, true) {
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
